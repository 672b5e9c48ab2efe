import type { Context } from '../context';
import type { LoadedMatrix, Run } from '../engine';
import { takeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { adjustedRandIndex, countTogether } from './agreement';
import { refit, repeat, whileLoaded } from './refit';

/** One of the clusterings whose stability is in question. */
export interface Original {
  readonly nClusters: number;
  readonly labels: Int32Array;
}

export interface BootstrapParams {
  readonly nBootstraps: number;
  /** Starts of each bootstrap and k. */
  readonly nInit: number;
  readonly seed: number;
}

/** How much of a clustering comes back when the rows are drawn anew. */
export interface Stability {
  /** Of each bootstrap: all rows by its centres against the original, ascending. */
  readonly adjustedRandIndices: readonly number[];
  readonly clusters: readonly ClusterStability[];
}

export interface ClusterStability {
  /** Mean over the bootstraps of the largest Jaccard similarity to one of their clusters. */
  readonly jaccard: number;
  /** Bootstraps with at most 0.5, and with at least 0.75. */
  readonly nDissolved: number;
  readonly nRecovered: number;
}

export const dissolvedUpTo = 0.5;
export const recoveredFrom = 0.75;

/**
 * Draws as many rows as there are, with replacement, and clusters those that were drawn, each once; again and again.
 * No start is at the original centres: that would find the old clusters again where better ones have taken their place.
 *
 * Per cluster: the Jaccard similarity |A ∩ B| / |A ∪ B| to the cluster of the bootstrap that is most like it, among the
 * rows that were drawn. For the whole: the adjusted Rand index of all rows, each given the nearest centre of the
 * bootstrap, with the original. Source: Hennig (2007), "Cluster-wise assessment of cluster stability"; R
 * `fpc::clusterboot` (bootmethod = "boot", multipleboot = FALSE); Dolnicar, Leisch (2010) for the whole.
 *
 * @param loaded X in the engine
 * @returns by index of `originals`; undefined where no bootstrap had as many different rows as there are clusters
 */
export async function bootstrapStability(
  X: Matrix,
  loaded: LoadedMatrix,
  originals: readonly Original[],
  { nBootstraps, nInit, seed }: BootstrapParams,
  ctx: Context,
): Promise<(Stability | undefined)[]> {
  const ks = originals.map(({ nClusters }) => nClusters);
  const outcomes = await repeat(nBootstraps, ctx, async (number) => {
    const random = createRandom(seed, number);
    const rows = drawRows(X.nSamples, random);
    const sample = takeRows(X, rows);
    const params = { ks, nInit, seed: random.integer(2 ** 32) };
    const runs = await whileLoaded(sample, ctx, (own) => refit(sample, own, params, ctx));
    const compared: (Outcome | undefined)[] = [];
    for (const [at, run] of runs.entries()) {
      await ctx.breathe();
      compared.push(
        run === undefined ? undefined : await compare(loaded, originals[at], rows, run),
      );
    }
    return compared;
  });
  return originals.map((original, at) =>
    summarise(
      outcomes.map((compared) => compared[at]).filter((outcome) => outcome !== undefined),
      original.nClusters,
    ),
  );
}

interface Outcome {
  readonly adjustedRandIndex: number;
  /** By cluster of the original. */
  readonly jaccards: readonly number[];
}

/** The different rows of n draws with replacement, ascending. About 63 % of them. */
function drawRows(n: number, random: { integer(n: number): number }): Int32Array {
  const isDrawn = new Uint8Array(n);
  for (let i = 0; i < n; i++) isDrawn[random.integer(n)] = 1;
  return Int32Array.from({ length: n }, (_, i) => i).filter((i) => isDrawn[i] === 1);
}

async function compare(
  loaded: LoadedMatrix,
  { labels, nClusters }: Original,
  rows: Int32Array,
  run: Run,
): Promise<Outcome> {
  const predicted = new Int32Array(labels.length);
  await loaded.assign(run.centers, nClusters, predicted);
  const before = rows.map((row) => labels[row]);
  return {
    adjustedRandIndex: adjustedRandIndex(countTogether(labels, nClusters, predicted, nClusters)),
    jaccards: largestJaccards(countTogether(before, nClusters, run.labels, nClusters)),
  };
}

/** @param crosstab counts of rows. @returns by row of the crosstab; 0 for one without rows */
export function largestJaccards(crosstab: readonly (readonly number[])[]): number[] {
  const sizes = crosstab[0].map((_, b) => crosstab.reduce((sum, row) => sum + row[b], 0));
  return crosstab.map((row) => {
    const size = row.reduce((sum, count) => sum + count, 0);
    return row.reduce((best, shared, b) => {
      const union = size + sizes[b] - shared;
      return union > 0 ? Math.max(best, shared / union) : best;
    }, 0);
  });
}

function summarise(outcomes: readonly Outcome[], nClusters: number): Stability | undefined {
  if (outcomes.length === 0) return undefined;
  return {
    adjustedRandIndices: outcomes.map((outcome) => outcome.adjustedRandIndex).sort((a, b) => a - b),
    clusters: Array.from({ length: nClusters }, (_, c) => {
      const values = outcomes.map(({ jaccards }) => jaccards[c]);
      return {
        jaccard: values.reduce((sum, value) => sum + value, 0) / values.length,
        nDissolved: values.filter((value) => value <= dissolvedUpTo).length,
        nRecovered: values.filter((value) => value >= recoveredFrom).length,
      };
    }),
  };
}
