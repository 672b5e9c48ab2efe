import type { Context } from '../context';
import type { Run } from '../engine';
import { whenNear, type KMeans } from '../learn/kmeans';
import { piecesOf, takeRows, type Matrix } from '../matrix';
import { countTogether } from './agreement';
import { dissolvedUpTo, largestJaccards, recoveredFrom } from './bootstrap';
import { whileLoaded } from './refit';

/** Shares of the customers that are left out in turn: those farthest from the average of all. */
export const leftOut = [0.01, 0.025, 0.05, 0.1] as const;
/** Fewer than this cannot be left out of so few. */
const fewestLeft = 20;

/** What becomes of clusters when the customers farthest from the average are left out. */
export interface Influence {
  readonly nRows: number;
  readonly trials: readonly InfluenceTrial[];
}

export interface InfluenceTrial {
  /** Of `leftOut`. */
  readonly share: number;
  readonly nLeftOut: number;
  readonly clusters: readonly ClusterWithout[];
}

export interface ClusterWithout {
  /** How many of those who are left out it has. */
  readonly nLeftOut: number;
  /**
   * Largest Jaccard similarity of what is left of it to a cluster that is formed without them; 0 where nobody is left.
   * Hennig (2007) calls it dissolved up to 0.5, and recovered from 0.75.
   */
  readonly jaccard: number;
}

export type Fate = 'lost' | 'changed' | 'found';

export function fateOf({ jaccard }: ClusterWithout): Fate {
  return jaccard <= dissolvedUpTo ? 'lost' : jaccard >= recoveredFrom ? 'found' : 'changed';
}

/**
 * Forms clusters without the customers who lie farthest out, and looks whether each is found again among those who are
 * left. As many clusters, and one fewer: where a cluster is gone its centre is free to cut another one in two, which is not
 * lost for that. The best of some starts and of the centres as they were counts, so that none is lost for want of luck.
 *
 * @param X the space that segments are formed in
 * @param fit the clusters of K-Means
 */
export async function influence(
  X: Matrix,
  { labels, nClusters, centers }: Pick<KMeans, 'labels' | 'nClusters' | 'centers'>,
  params: { readonly nInit: number; readonly seed: number },
  ctx: Context,
): Promise<Influence> {
  const outward = rowsOutward(X);
  const trials: InfluenceTrial[] = [];
  for (const [done, share] of leftOut.entries()) {
    const nLeftOut = nFarthest(share, X.nSamples);
    if (nLeftOut < 1 || X.nSamples - nLeftOut < Math.max(fewestLeft, nClusters)) continue;
    const left = outward.subarray(nLeftOut).slice().sort();
    const runs = await formWithout(takeRows(X, left), centers, nClusters, params, ctx);
    const before = left.map((row) => labels[row]);
    const jaccards = runs
      .map((run, fewer) =>
        largestJaccards(countTogether(before, nClusters, run.labels, nClusters - fewer)),
      )
      .reduce((a, b) => a.map((jaccard, c) => Math.max(jaccard, b[c])));
    const counts = new Array<number>(nClusters).fill(0);
    for (const row of outward.subarray(0, nLeftOut)) counts[labels[row]]++;
    trials.push({
      share,
      nLeftOut,
      clusters: jaccards.map((jaccard, c) => ({ nLeftOut: counts[c], jaccard })),
    });
    ctx.progress(done + 1, leftOut.length);
    await ctx.breathe();
  }
  return { nRows: X.nSamples, trials };
}

/** K-Means of the rows that are left: as many clusters, and one fewer where that still is two. */
function formWithout(
  rest: Matrix,
  centers: Float64Array,
  nClusters: number,
  { nInit, seed }: { readonly nInit: number; readonly seed: number },
  ctx: Context,
): Promise<Run[]> {
  const { nFeatures } = rest;
  return whileLoaded(rest, ctx, async (loaded) => {
    const seeds = await Promise.all(
      Array.from({ length: nInit }, (_, restart) => loaded.seed(nClusters, seed, restart)),
    );
    const startsOf = (k: number) =>
      seeds.map((rows) => Float64Array.from(takeRows(rest, rows.subarray(0, k)).data));
    const without = Array.from({ length: nClusters }, (_, c) =>
      centers.filter((__, at) => Math.floor(at / nFeatures) !== c),
    );
    const best = async (starts: readonly Float64Array[]) =>
      (await loaded.descend(starts, whenNear(rest), ctx.breathe)).best;
    const same = await best([centers, ...startsOf(nClusters)]);
    return nClusters < 3 ? [same] : [same, await best([...without, ...startsOf(nClusters - 1)])];
  });
}

/** The share of the rows that lies farthest from the average of all. */
export function farthestRows(X: Matrix, share: number): Int32Array {
  return rowsOutward(X).subarray(0, nFarthest(share, X.nSamples));
}

function nFarthest(share: number, nRows: number): number {
  return Math.round(share * nRows);
}

/** Row indices, the farthest from the average of all first; of equals the earlier row. */
function rowsOutward(X: Matrix): Int32Array {
  const { nSamples, nFeatures } = X;
  const means = new Float64Array(nFeatures);
  for (const { data, nSamples: nRows } of piecesOf(X)) {
    for (let i = 0; i < nRows; i++) {
      for (let j = 0; j < nFeatures; j++) means[j] += data[i * nFeatures + j];
    }
  }
  for (let j = 0; j < nFeatures; j++) means[j] /= nSamples;
  const squared = new Float64Array(nSamples);
  for (const { data, nSamples: nRows, first } of piecesOf(X)) {
    for (let i = 0; i < nRows; i++) {
      for (let j = 0; j < nFeatures; j++) {
        squared[first + i] += (data[i * nFeatures + j] - means[j]) ** 2;
      }
    }
  }
  return Int32Array.from(squared.keys()).sort((a, b) => squared[b] - squared[a] || a - b);
}
