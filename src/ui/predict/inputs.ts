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

/** By input of the model. */
export function inputUses({ inputs, derived, features }: SegmentModel): InputUse[] {
  /** By column: the inputs that it is computed from. */
  const sources = new Map(inputs.map(({ name }) => [name, new Set([name])]));
  for (const { name, formula } of derived) {
    const needed = columnsOf(parseFormula(formula));
    sources.set(name, new Set(needed.flatMap((column) => [...(sources.get(column) ?? [])])));
  }
  return inputs.map(({ name }) => {
    const own = features.find(({ from }) => from.kind === 'number' && from.column === name);
    const fed = features.filter(
      ({ from }) => from.column !== name && sources.get(from.column)?.has(name) === true,
    );
    return { fill: own?.fill ?? null, feeds: fed.map(featureLabel) };
  });
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
