import type { Context } from '../context';
import type { LoadedMatrix, Run } from '../engine';
import { takeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { countTogether } from './agreement';
import { refit, repeat, whileLoaded } from './refit';

export interface PredictionStrengthParams {
  /** Ascending, ≥ 2. */
  readonly ks: readonly number[];
  /** How often the rows are split in two. */
  readonly nSplits: number;
  readonly nInit: number;
  readonly seed: number;
}

export interface PredictionStrength {
  readonly ks: readonly number[];
  /** Per k, in [0, 1]: 1 where both halves always put the same rows together. */
  readonly mean: readonly number[];
  /** Standard error of the mean over the splits. */
  readonly se: readonly number[];
  /** The largest k whose mean is above `strongEnough`; 1 if there is none. */
  readonly largestStrong: number;
}

/** Tibshirani, Walther (2005) find 0.8 to 0.9; the default of R's fpc. */
export const strongEnough = 0.8;

/**
 * Prediction strength: the rows are split at random in two halves, and both are clustered. Of each cluster of one half, the
 * share of its pairs of rows that the centres of the other half put together; the lowest of these over the clusters; the
 * mean of both halves; the mean over the splits. A cluster of a single row has 0.
 * Source: Tibshirani, Walther (2005), "Cluster validation by prediction strength"; R `fpc::prediction.strength` with
 * classification = "centroid".
 *
 * @param X at least 4 rows
 */
export async function predictionStrength(
  X: Matrix,
  { ks, nSplits, nInit, seed }: PredictionStrengthParams,
  ctx: Context,
): Promise<PredictionStrength> {
  const half = Math.floor(X.nSamples / 2);
  const bySplit = await repeat(nSplits, ctx, async (split) => {
    const random = createRandom(seed, split);
    const order = random.shuffle(Int32Array.from({ length: X.nSamples }, (_, i) => i));
    // Ascending, so that rows that lie together stay together in memory.
    const halves = [order.slice(0, half), order.slice(half)].map((rows) =>
      takeRows(X, rows.sort()),
    );
    const params = { ks, nInit, seed: random.integer(2 ** 32) };
    return whileLoaded(halves[0], ctx, (first) =>
      whileLoaded(halves[1], ctx, async (second) => {
        const [ofFirst, ofSecond] = await Promise.all([
          refit(halves[0], first, params, ctx),
          refit(halves[1], second, params, ctx),
        ]);
        const strengths: number[] = [];
        for (const [at, k] of ks.entries()) {
          const [a, b] = [ofFirst[at], ofSecond[at]];
          strengths.push(
            a === undefined || b === undefined
              ? 0
              : (weakest(a, await nearest(first, halves[0], b, k), k) +
                  weakest(b, await nearest(second, halves[1], a, k), k)) /
                  2,
          );
        }
        return strengths;
      }),
    );
  });
  const mean = ks.map((_, i) => bySplit.reduce((sum, values) => sum + values[i], 0) / nSplits);
  return {
    ks,
    mean,
    se: ks.map((_, i) => {
      const squares = bySplit.reduce((sum, values) => sum + (values[i] - mean[i]) ** 2, 0);
      return Math.sqrt(squares / Math.max(1, nSplits - 1) / nSplits);
    }),
    largestStrong: ks.reduce((best, k, i) => (mean[i] > strongEnough ? k : best), 1),
  };
}

async function nearest(
  loaded: LoadedMatrix,
  { nSamples }: Matrix,
  { centers }: Run,
  k: number,
): Promise<Int32Array> {
  const labels = new Int32Array(nSamples);
  await loaded.assign(centers, k, labels);
  return labels;
}

/** Over the clusters, the lowest share of pairs that stay together. */
export function weakest(
  { labels }: { readonly labels: Int32Array },
  others: Int32Array,
  k: number,
) {
  const shares = countTogether(labels, k, others, k).map((row) => {
    const size = row.reduce((sum, count) => sum + count, 0);
    const together = row.reduce((sum, count) => sum + count * (count - 1), 0);
    return size > 1 ? together / (size * (size - 1)) : 0;
  });
  return Math.min(...shares);
}
