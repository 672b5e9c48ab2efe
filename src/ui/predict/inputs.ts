import { columnsOf } from '../../core/derive/columns';
import { parseFormula } from '../../core/derive/parse';
import { featureLabel } from '../../core/explain/feature-words';
import type { CategoryInput, ModelInput, SegmentModel } from '../../core/model';
import type { CustomerValues } from '../../core/score';

/** What a missing value of an input does. */
export interface InputUse {
  /** Of the feature that is the input itself; null where there is none. */
  readonly fill: number | null;
  /** Labels of features that are computed from the input. */
  readonly feeds: readonly string[];
}

/** By column: the inputs that it is computed from. */
function sourcesOf({ inputs, derived }: SegmentModel): ReadonlyMap<string, ReadonlySet<string>> {
  const sources = new Map(inputs.map(({ name }) => [name, new Set([name])]));
  for (const { name, formula } of derived) {
    const needed = columnsOf(parseFormula(formula));
    sources.set(name, new Set(needed.flatMap((column) => [...(sources.get(column) ?? [])])));
  }
  return sources;
}

/** By input of the model. */
export function inputUses(model: SegmentModel): InputUse[] {
  const { inputs, features } = model;
  const sources = sourcesOf(model);
  return inputs.map(({ name }) => {
    const own = features.find(({ from }) => from.kind === 'number' && from.column === name);
    const fed = features.filter(
      ({ from }) => from.column !== name && sources.get(from.column)?.has(name) === true,
    );
    return { fill: own?.fill ?? null, feeds: fed.map(featureLabel) };
  });
}

/** Places of the inputs, those first by which the tree tells the segments apart; equal ones as in the file. */
export function inputsByWeight(model: SegmentModel): number[] {
  const { inputs, features, tree } = model;
  const sources = sourcesOf(model);
  const weights = inputs.map(({ name }) =>
    features.reduce(
      (weight, { from }, j) =>
        sources.get(from.column)?.has(name) === true ? weight + tree.featureImportances[j] : weight,
      0,
    ),
  );
  return inputs.map((_, at) => at).sort((a, b) => weights[b] - weights[a] || a - b);
}

/** The usual customer: medians, and of each category the most frequent level. */
export function usualValues({ inputs }: SegmentModel): CustomerValues {
  return inputs.map((input) =>
    input.kind === 'number' ? Number(input.median.toPrecision(4)) : (input.levels.at(0) ?? null),
  );
}

/** A text that is none of the levels: it stands for any other. */
export function anotherLevel({ levels }: CategoryInput): string {
  let text = 'another';
  while (levels.includes(text)) text += ' one';
  return text;
}

export function hasCategories(inputs: readonly ModelInput[]): boolean {
  return inputs.some(({ kind }) => kind === 'category');
}
