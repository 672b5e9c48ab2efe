import type { Context } from '../context';
import { createRandom } from '../random';

export interface Importance {
  /** Mean loss of accuracy over the repeats; below 0 where mixing happened to help. */
  readonly mean: number;
  /** Population standard deviation over the repeats, as scikit-learn's `importances_std`. */
  readonly sd: number;
}

export interface PermutationImportance {
  /** Accuracy with all columns as they are. */
  readonly accuracy: number;
  readonly nRows: number;
  readonly nRepeats: number;
  /** By group. */
  readonly importances: readonly Importance[];
}

export interface ImportanceData {
  /** Columns of the rows to test on, none of which the classifier learned from; length n each. */
  readonly features: readonly Float64Array[];
  /** Class of each of these rows. */
  readonly labels: Int32Array;
  /** What is mixed together: features that are one column to people. */
  readonly groups: readonly (readonly number[])[];
}

/** Streams of random numbers downwards from here, one for each group. */
const firstStream = -1000;

/**
 * How much accuracy is lost when a column tells nothing any more: its values are mixed among the rows, a few times, and
 * nothing else is touched. Source: Breiman (2001); scikit-learn `inspection/_permutation_importance.py`.
 *
 * A column whose news another one tells as well loses little, though a classifier may ask for it often.
 * Differs from scikit-learn in: features of one category are mixed by the same order, so that nobody gets two levels.
 *
 * @param predict class of each row
 * @param nRepeats ≥ 1
 * @param seed 32-bit integer; every group and repeat has an order of its own
 */
export async function permutationImportance(
  { features, labels, groups }: ImportanceData,
  predict: (features: readonly Float64Array[]) => Int32Array,
  nRepeats: number,
  seed: number,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<PermutationImportance> {
  const accuracy = shareRight(predict(features), labels);
  const importances: Importance[] = [];
  for (const [g, group] of groups.entries()) {
    const random = createRandom(seed, firstStream - g);
    const losses: number[] = [];
    for (let repeat = 0; repeat < nRepeats; repeat++) {
      const order = random.shuffle(Int32Array.from(labels.keys()));
      const mixed = features.map((values, j) =>
        group.includes(j) ? Float64Array.from(order, (row) => values[row]) : values,
      );
      losses.push(accuracy - shareRight(predict(mixed), labels));
      await ctx.breathe();
    }
    importances.push(meanAndSd(losses));
    ctx.progress(g + 1, groups.length);
  }
  return { accuracy, nRows: labels.length, nRepeats, importances };
}

function shareRight(predicted: Int32Array, labels: Int32Array): number {
  let nRight = 0;
  for (let i = 0; i < labels.length; i++) if (predicted[i] === labels[i]) nRight++;
  return labels.length === 0 ? 0 : nRight / labels.length;
}

function meanAndSd(values: readonly number[]): Importance {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / values.length) };
}

/** Features by the column that they come from, in the order of the features. */
export function groupsByColumn(
  features: readonly { readonly from: { readonly column: string } }[],
): { readonly column: string; readonly features: readonly number[] }[] {
  const groups = new Map<string, number[]>();
  features.forEach(({ from: { column } }, j) => {
    groups.set(column, [...(groups.get(column) ?? []), j]);
  });
  return [...groups].map(([column, own]) => ({ column, features: own }));
}
