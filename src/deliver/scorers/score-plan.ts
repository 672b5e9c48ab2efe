import type { BinaryOperator, Formula, FunctionName } from '../../core/derive/formula';
import { parseFormula } from '../../core/derive/parse';
import { applyPower, type Power } from '../../core/features/power';
import { scaleValue } from '../../core/features/scale';
import type { ModelCenter, ModelFeature, SegmentModel } from '../../core/model';
import type { Transformation } from '../../core/reduce/transformation';

/**
 * All that a scorer in any language has to do, in small steps: every target is a short printer of it.
 *
 * 1. Read the inputs. They are the first values.
 * 2. Each operation makes one more value of those before it.
 * 3. Each feature makes one coordinate.
 * 4. Where there is a space, the coordinates go through its layers, and what comes out is rounded.
 * 5. The nearest of the centres wins, the first on a tie, and with it its segment.
 */
export interface ScorePlan {
  readonly inputs: readonly { readonly name: string; readonly kind: 'number' | 'category' }[];
  /** Value `inputs.length + i` is the result of operation i. */
  readonly operations: readonly Operation[];
  readonly features: readonly PlannedFeature[];
  /** As `core/reduce/transformation.ts` moves a row; null: centres are among the features. */
  readonly space: PlannedSpace | null;
  readonly centers: readonly ModelCenter[];
  readonly segments: readonly { readonly name: string }[];
}

export type PlannedSpace = Pick<Transformation, 'layers' | 'center' | 'step'>;

/** With numbers by their index among the values. Missing and not finite are as in `core/derive/operations.ts`. */
export type Operation =
  | { readonly name: 'constant'; readonly value: number }
  | { readonly name: OperationName; readonly args: readonly number[] };

/** `finite`: what a formula sees of a column, where infinite is missing. `max` and `min` have two arguments. */
export type OperationName = BinaryOperator | FunctionName | 'negate' | 'finite';

export type PlannedFeature = MeasuredFeature | IndicatorFeature;

/** Clip, even out, scale, round to the grid, round to float32: what comes of a value that is there. */
export interface MeasuredFeature {
  readonly kind: 'number';
  /** Index among the values. */
  readonly value: number;
  /** The coordinate of a missing value: of `fill`, scaled. */
  readonly filled: number;
  readonly clip: ModelFeature['clip'];
  readonly power: Power;
  readonly center: number;
  readonly scale: number;
  /** 0: not rounded to a grid. */
  readonly step: number;
}

/** One of two coordinates. */
export interface IndicatorFeature {
  /** `level`: the input is one of `levels` (which is one); `other`: it is there and none of them; `missing`: it is not there. */
  readonly kind: 'level' | 'other' | 'missing';
  /** Index of the input. */
  readonly value: number;
  readonly levels: readonly string[];
  readonly whenTrue: number;
  readonly whenFalse: number;
}

export const largestFloat32 = (2 - 2 ** -23) * 2 ** 127;

/** @param model as `parseModel` or `assembleModel` give it: its formulas speak of what is there */
export function scorePlan(model: SegmentModel): ScorePlan {
  const values = new Map(model.inputs.map(({ name }, at) => [name, at]));
  const program = createProgram(values, model.inputs.length);
  for (const { name, formula } of model.derived) {
    values.set(name, program.add(parseFormula(formula)));
  }
  return {
    inputs: model.inputs.map(({ name, kind }) => ({ name, kind })),
    operations: program.operations,
    features: model.features.map((feature) => planned(feature, model, values)),
    space: model.space,
    centers: model.centers,
    segments: model.segments.map(({ name }) => ({ name })),
  };
}

/** Formulas as a list without nesting: no language has to bear their depth, and columns and constants are read once. */
function createProgram(values: ReadonlyMap<string, number>, nInputs: number) {
  const operations: Operation[] = [];
  const known = new Map<string, number>();

  function emit(operation: Operation): number {
    const key = JSON.stringify(operation);
    const at = known.get(key) ?? nInputs + operations.push(operation) - 1;
    known.set(key, at);
    return at;
  }

  function add(formula: Formula): number {
    switch (formula.kind) {
      case 'number':
        return emit({ name: 'constant', value: formula.value });
      case 'column': {
        const at = values.get(formula.name) ?? -1;
        // What a formula gave is finite already.
        return at < nInputs ? emit({ name: 'finite', args: [at] }) : at;
      }
      case 'negate':
        return emit({ name: 'negate', args: [add(formula.of)] });
      case 'binary':
        return emit({ name: formula.operator, args: [add(formula.left), add(formula.right)] });
      case 'call': {
        const { name } = formula;
        const args = formula.args.map(add);
        return name === 'max' || name === 'min'
          ? args.reduce((a, b) => emit({ name, args: [a, b] }))
          : emit({ name, args });
      }
    }
  }
  return { operations, add };
}

function planned(
  feature: ModelFeature,
  { features }: SegmentModel,
  values: ReadonlyMap<string, number>,
): PlannedFeature {
  const { from, fill, clip, power, center, scale, step } = feature;
  const value = values.get(from.column) ?? -1;
  if (from.kind === 'number') {
    const filled = coordinate(feature, fill);
    return { kind: 'number', value, filled, clip, power, center, scale, step };
  }
  const siblings = features.flatMap((other) =>
    other.from.kind === 'level' && other.from.column === from.column ? [other.from.level] : [],
  );
  return {
    kind: from.kind,
    value,
    levels: from.kind === 'level' ? [from.level] : from.kind === 'other' ? siblings : [],
    whenTrue: coordinate(feature, 1),
    whenFalse: coordinate(feature, 0),
  };
}

/** As `core/score.ts` scales. */
function coordinate({ power, center, scale, step }: ModelFeature, value: number): number {
  const scaled = scaleValue(applyPower(value, power), center, scale, step);
  return Math.min(Math.max(scaled, -largestFloat32), largestFloat32);
}
