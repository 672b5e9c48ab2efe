import { evaluateFormula } from './derive/evaluate';
import { parseFormula } from './derive/parse';
import { encodedWidth, placeOf, type Encoding } from './features/encode';
import { applyPower } from './features/power';
import { scaleValue } from './features/scale';
import { decisionPath, predictTree, type DecisionStep } from './learn/tree-predict';
import { project } from './project';
import type { ModelFeature, SegmentModel } from './model';
import { mover } from './reduce/transformation';
import type { CategoryColumn, NumberColumn } from './table/table';

/** What is known of one customer, by input of the model; null or NaN is missing. */
export type CustomerValues = readonly (number | string | null)[];

/** The same of many customers. */
export type ScoreColumn =
  Pick<NumberColumn, 'kind' | 'values'> | Pick<CategoryColumn, 'kind' | 'codes' | 'levels'>;

export interface Prediction {
  /** Index into `model.segments`. */
  readonly segment: number;
  /** Distance to the nearest centre of each segment, in units of the space that they were formed in. */
  readonly distances: readonly number[];
  /** The customer on the map. */
  readonly point: readonly [number, number];
  /** Features that were missing and were filled. */
  readonly filled: readonly number[];
  /** What the tree says, and by which questions. */
  readonly treeSegment: number;
  readonly treePath: readonly DecisionStep[];
}

export interface RowPredictions {
  /** Index into `model.segments`, by row. */
  readonly labels: Int32Array;
  /** Rows in which at least one feature was missing and was filled. */
  readonly nRowsFilled: number;
}

/**
 * Which segment one customer belongs to, and why.
 *
 * @param values by input of the model; of the wrong kind is missing
 */
export function predict(model: SegmentModel, values: CustomerValues): Prediction {
  const columns = model.inputs.map(({ kind }, at) => columnOf(kind, values[at]));
  const { values: features, filled } = featureValues(model, placeAll(model, columns), 0, 1);
  const x = new Float32Array(features.length);
  scaleRow(model, features, 0, x);
  const squared = new Float64Array(model.segments.length);
  const segment = createMeasure(model)(x, squared);
  const getValue = (feature: number) => features[feature][0];
  return {
    segment,
    distances: Array.from(squared, Math.sqrt),
    point: project(model, x),
    filled: filled.flatMap((rows, j) => (rows[0] === 1 ? [j] : [])),
    treeSegment: predictTree(model.tree, getValue).label,
    treePath: decisionPath(model.tree, getValue).steps,
  };
}

function columnOf(kind: ScoreColumn['kind'], value: CustomerValues[number]): ScoreColumn {
  if (kind === 'number') {
    return { kind, values: Float64Array.of(typeof value === 'number' ? value : NaN) };
  }
  return typeof value === 'string'
    ? { kind, levels: [value], codes: Int32Array.of(0) }
    : { kind, levels: [], codes: Int32Array.of(-1) };
}

/** Rows at a time: what is prepared of them stays small. */
const blockRows = 4096;

/**
 * The segment of every row, exactly as `predict` would say one by one.
 *
 * @param columns by input of the model, of its kind, all of length nRows
 */
export function predictRows(
  model: SegmentModel,
  columns: readonly ScoreColumn[],
  nRows: number,
): RowPredictions {
  const labels = new Int32Array(nRows);
  const { nRowsFilled } = eachRow(model, columns, nRows, (row, label) => (labels[row] = label));
  return { labels, nRowsFilled };
}

/** What the form says of one customer, of many. All by row. */
export interface RowScores {
  /** Index into `model.segments`. */
  readonly labels: Int32Array;
  /** Distance to the nearest centre of the own segment, in units of the space that segments were formed in. */
  readonly distances: Float64Array;
  /** The segment with the next nearest centre, and its distance; −1 and Infinity where there is one segment only. */
  readonly seconds: Int32Array;
  readonly secondDistances: Float64Array;
  /** By feature: 1 for the rows in which it was missing and was filled; null where it never was. */
  readonly filled: readonly (Uint8Array | null)[];
  readonly nRowsFilled: number;
}

/** As `predictRows`, with how clear each answer is. */
export function scoreRows(
  model: SegmentModel,
  columns: readonly ScoreColumn[],
  nRows: number,
): RowScores {
  const labels = new Int32Array(nRows);
  const distances = new Float64Array(nRows);
  const seconds = new Int32Array(nRows);
  const secondDistances = new Float64Array(nRows);
  const { nRowsFilled, filled } = eachRow(model, columns, nRows, (row, label, squared) => {
    let second = -1;
    let nearest = Infinity;
    for (let c = 0; c < squared.length; c++) {
      if (c === label || squared[c] >= nearest) continue;
      second = c;
      nearest = squared[c];
    }
    labels[row] = label;
    distances[row] = Math.sqrt(squared[label]);
    seconds[row] = second;
    secondDistances[row] = Math.sqrt(nearest);
  });
  return { labels, distances, seconds, secondDistances, filled, nRowsFilled };
}

function eachRow(
  model: SegmentModel,
  columns: readonly ScoreColumn[],
  nRows: number,
  see: (row: number, label: number, squared: Float64Array) => void,
): Pick<RowScores, 'filled' | 'nRowsFilled'> {
  const measure = createMeasure(model);
  const placed = placeAll(model, columns);
  const x = new Float32Array(model.features.length);
  const squared = new Float64Array(model.segments.length);
  const allFilled: (Uint8Array | null)[] = model.features.map(() => null);
  let nRowsFilled = 0;
  for (let first = 0; first < nRows; first += blockRows) {
    const end = Math.min(first + blockRows, nRows);
    const { values, filled } = featureValues(model, placed, first, end);
    const gaps = filled.flatMap((rows, j) => (rows.includes(1) ? [{ rows, j }] : []));
    for (const { rows, j } of gaps) (allFilled[j] ??= new Uint8Array(nRows)).set(rows, first);
    for (let i = 0; i < end - first; i++) {
      scaleRow(model, values, i, x);
      see(first + i, measure(x, squared), squared);
      if (gaps.some(({ rows }) => rows[i] === 1)) nRowsFilled++;
    }
  }
  return { filled: allFilled, nRowsFilled };
}

/** An input of many customers; `places` of a category: which column of its encoding each row has, −1 for none. */
type PlacedColumn =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'category'; readonly places: Int32Array };

function placeAll(model: SegmentModel, columns: readonly ScoreColumn[]): PlacedColumn[] {
  return columns.map((column, at) => {
    if (column.kind === 'number') return column;
    const encoding = encodingOf(model, model.inputs[at].name);
    const byLevel = column.levels.map((level) => placeOf(encoding, level).index);
    const missing = placeOf(encoding, null).index;
    const places = column.codes.map((code) => (code < 0 ? missing : byLevel[code]));
    return { kind: 'category', places };
  });
}

/** How the levels of an input became features. */
function encodingOf({ features }: SegmentModel, column: string): Encoding {
  const origins = features.map(({ from }) => from).filter((from) => from.column === column);
  return {
    levels: origins.flatMap((from) => (from.kind === 'level' ? [from.level] : [])),
    hasOther: origins.some(({ kind }) => kind === 'other'),
    hasMissing: origins.some(({ kind }) => kind === 'missing'),
  };
}

/** By feature, in its own unit: derived, filled and clipped as in training; and 1 where something was filled. */
function featureValues(
  model: SegmentModel,
  columns: readonly PlacedColumn[],
  first: number,
  end: number,
): { values: Float64Array[]; filled: Uint8Array[] } {
  const nRows = end - first;
  const numbers = new Map<string, Float64Array>();
  const places = new Map<string, Int32Array>();
  for (const [at, { name }] of model.inputs.entries()) {
    const column = columns[at];
    if (column.kind === 'number') numbers.set(name, column.values.subarray(first, end));
    else places.set(name, column.places.subarray(first, end));
  }
  const getColumn = (name: string) => numbers.get(name) ?? new Float64Array(nRows).fill(NaN);
  for (const { name, formula } of model.derived) {
    numbers.set(name, evaluateFormula(parseFormula(formula), getColumn, nRows).values);
  }
  const filled = model.features.map(() => new Uint8Array(nRows));
  const values = model.features.map((feature, j) => {
    const { column } = feature.from;
    return feature.from.kind === 'number'
      ? prepare(feature, getColumn(column), filled[j])
      : indicator(feature, encodingOf(model, column), places.get(column) ?? new Int32Array(nRows));
  });
  return { values, filled };
}

function prepare(
  { fill, clip }: ModelFeature,
  values: Float64Array,
  filled: Uint8Array,
): Float64Array {
  const { lower, upper } = clip ?? { lower: -Infinity, upper: Infinity };
  return values.map((value, i) => {
    if (!Number.isNaN(value)) return Math.min(Math.max(value, lower), upper);
    filled[i] = 1;
    return fill;
  });
}

/** 1 for the rows whose level has this feature, as in training. */
function indicator({ from }: ModelFeature, encoding: Encoding, places: Int32Array): Float64Array {
  const own =
    from.kind === 'level'
      ? encoding.levels.indexOf(from.level)
      : from.kind === 'other'
        ? encoding.levels.length
        : encodedWidth(encoding) - 1;
  return Float64Array.from(places, (place) => (place === own ? 1 : 0));
}

const largestFloat32 = (2 - 2 ** -23) * 2 ** 127;

/**
 * Rounded to float32 as the training matrix was: a training row falls on the very same point. What lies beyond its
 * range is moved to the end of it, so that every customer has a distance.
 */
function scaleRow(
  { features }: SegmentModel,
  values: readonly Float64Array[],
  row: number,
  x: Float32Array,
): void {
  for (let j = 0; j < features.length; j++) {
    const { power, center, scale, step } = features[j];
    const scaled = scaleValue(applyPower(values[j][row], power), center, scale, step);
    x[j] = Math.min(Math.max(scaled, -largestFloat32), largestFloat32);
  }
}

/**
 * Writes the squared distances of a scaled row to the nearest centre of each segment, in the space that these were formed
 * in, summed as `nearestCenter` does.
 *
 * @returns the segment of the nearest centre, the first on a tie
 */
function createMeasure({ space, centers }: SegmentModel) {
  const move = space === null ? undefined : mover(space);
  const owners = Int32Array.from(centers, ({ segment }) => segment);
  const nNumbers = centers[0].at.length;
  const all = Float64Array.from(centers.flatMap(({ at }) => at));
  return (x: Float32Array, squared: Float64Array): number => {
    const point = move === undefined ? x : move(x);
    squared.fill(Infinity);
    let nearest = owners[0];
    let least = Infinity;
    for (let c = 0, from = 0; c < owners.length; c++, from += nNumbers) {
      let sum = 0;
      for (let j = 0; j < nNumbers; j++) {
        const difference = point[j] - all[from + j];
        sum += difference * difference;
      }
      if (sum < squared[owners[c]]) squared[owners[c]] = sum;
      if (sum < least) {
        least = sum;
        nearest = owners[c];
      }
    }
    return nearest;
  };
}
