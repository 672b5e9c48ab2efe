import type { Context } from '../context';
import type { LoadedMatrix } from '../engine';
import { AppError } from '../errors';
import { countDistinctRows, type Matrix } from '../matrix';
import { addCenter, seedRows } from './kmeans-init';
import { orderBySize } from './label-order';
import { lloyd, type Run } from './lloyd';

export interface KMeansParams {
  readonly nClusters: number;
  /** Independent starts; the one with the lowest inertia wins, the earliest on a tie. ≥ 1 */
  readonly nInit: number;
  readonly seed: number;
  /** Row-major (nClusters − 1) × nFeatures: centres of a solution with one cluster less. One more start grows from it. */
  readonly growFrom?: Float64Array;
  /** From `seedStarts` with the same matrix, `seed` and `nInit` and as many clusters or more; computed if missing. */
  readonly seeds?: readonly Int32Array[];
}

/** A start stops when its centres move, squared and summed, less than this times the mean variance of the columns. */
const tol = 1e-4;
const maxIter = 300;
/** Enough for any finite data: each iteration lowers the inertia, and there are finitely many partitions. */
const maxIterOfWinner = 10_000;

export interface KMeans {
  readonly nClusters: number;
  /** Row-major nClusters × nFeatures, in the units of X. Clusters are numbered by size, ties by first row. */
  readonly centers: Float64Array;
  /** Nearest centre of each row. Length nSamples. */
  readonly labels: Int32Array;
  readonly sizes: readonly number[];
  /** Σ of squared distances to the own centre, in squared units of X, summed in float64. */
  readonly inertia: number;
  readonly nIter: number;
  /** Inertia at which each of the `nInit` starts stopped, by start. */
  readonly startInertias: readonly number[];
}

/**
 * Lloyd's K-Means from greedy k-means++ starts. The winner is iterated on until no label changes, so that every row lies
 * nearest to its own centre: predicting a row of the training data returns its label.
 * Source: Lloyd (1982); scikit-learn `_kmeans.py`.
 *
 * Differs from scikit-learn: clusters are numbered by size; the winner is fully converged (there only to `tol`); starts
 * are shared between values of k (`seedRows`); `growFrom`.
 *
 * @param X centred, nSamples × nFeatures
 * @param loaded the same matrix, in the engine that computes
 * @throws AppError `k-too-large` when there are fewer distinct rows than clusters
 */
export async function fitKMeans(
  X: Matrix,
  loaded: LoadedMatrix,
  params: KMeansParams,
  ctx: Context,
): Promise<KMeans> {
  const { nClusters, seed, growFrom } = params;
  assertDistinctRows(X, nClusters);
  const tolerance = tol * meanVariance(X);
  const seeds = params.seeds ?? (await seedStarts(X, loaded, params, ctx));
  const startInertias: number[] = [];
  let best: Run | undefined;
  const descend = async (start: Float64Array) => {
    const run = await lloyd(X, loaded, start, tolerance, maxIter, ctx);
    if (best === undefined || run.inertia < best.inertia) best = run;
    return run.inertia;
  };
  for (const rows of seeds) {
    startInertias.push(await descend(rowsOf(X, rows.subarray(0, nClusters))));
  }
  if (growFrom !== undefined) await descend(addCenter(X, loaded, growFrom, seed));
  if (best === undefined)
    throw new AppError('setting-invalid', 'K-Means needs at least one start.');
  const final = await lloyd(X, loaded, best.centers, 0, maxIterOfWinner, ctx);
  return { ...orderClusters(X, final), nIter: best.nIter + final.nIter, startInertias };
}

/**
 * The rows that each of `nInit` starts begins with. One pass serves all values of k: the first k rows of a start are
 * its start for k.
 */
export async function seedStarts(
  X: Matrix,
  loaded: LoadedMatrix,
  { nClusters, nInit, seed }: KMeansParams,
  ctx: Context,
): Promise<Int32Array[]> {
  const seeds: Int32Array[] = [];
  for (let restart = 0; restart < nInit; restart++) {
    seeds.push(seedRows(X, loaded, nClusters, seed, restart));
    await ctx.breathe();
  }
  return seeds;
}

/**
 * The solution that remains when a solution with one cluster more gives up its least missed centre, if it is better than
 * `fit`; else `fit`. Where a larger k was solved well, this mends what all starts for k have missed.
 */
export async function improveByDropping(
  X: Matrix,
  loaded: LoadedMatrix,
  fit: KMeans,
  larger: KMeans,
  ctx: Context,
): Promise<KMeans> {
  const start = dropCenter(larger, leastMissed(larger, X.nFeatures), X.nFeatures);
  const run = await lloyd(X, loaded, start, 0, maxIterOfWinner, ctx);
  if (run.inertia >= fit.inertia) return fit;
  return { ...orderClusters(X, run), nIter: run.nIter, startInertias: fit.startInertias };
}

/** The cluster whose rows would pay least for moving to the next centre: size × squared distance to it. */
function leastMissed({ centers, sizes, nClusters }: KMeans, nFeatures: number): number {
  let least = 0;
  let leastCost = Infinity;
  for (let c = 0; c < nClusters; c++) {
    let nearest = Infinity;
    for (let other = 0; other < nClusters; other++) {
      if (other === c) continue;
      let distance = 0;
      for (let j = 0; j < nFeatures; j++) {
        distance += (centers[c * nFeatures + j] - centers[other * nFeatures + j]) ** 2;
      }
      nearest = Math.min(nearest, distance);
    }
    if (sizes[c] * nearest < leastCost) {
      least = c;
      leastCost = sizes[c] * nearest;
    }
  }
  return least;
}

function dropCenter({ centers }: KMeans, cluster: number, nFeatures: number): Float64Array {
  const rest = new Float64Array(centers.length - nFeatures);
  rest.set(centers.subarray(0, cluster * nFeatures));
  rest.set(centers.subarray((cluster + 1) * nFeatures), cluster * nFeatures);
  return rest;
}

function orderClusters({ nFeatures }: Matrix, { centers, labels, inertia }: Run) {
  const nClusters = centers.length / nFeatures;
  const { order, rank, sizes } = orderBySize(labels, nClusters);
  const ordered = new Float64Array(centers.length);
  order.forEach((from, to) => {
    ordered.set(centers.subarray(from * nFeatures, (from + 1) * nFeatures), to * nFeatures);
  });
  return { nClusters, centers: ordered, labels: labels.map((c) => rank[c]), sizes, inertia };
}

function rowsOf({ data, nFeatures }: Matrix, rows: Int32Array): Float64Array {
  const centers = new Float64Array(rows.length * nFeatures);
  rows.forEach((row, c) => {
    centers.set(data.subarray(row * nFeatures, (row + 1) * nFeatures), c * nFeatures);
  });
  return centers;
}

/** Mean over the columns of their population variance. X is centred, so the one-pass formula is safe. */
function meanVariance({ data, nSamples, nFeatures }: Matrix): number {
  const sums = new Float64Array(nFeatures);
  const squares = new Float64Array(nFeatures);
  for (let i = 0, at = 0; i < nSamples; i++) {
    for (let j = 0; j < nFeatures; j++, at++) {
      sums[j] += data[at];
      squares[j] += data[at] * data[at];
    }
  }
  let total = 0;
  for (let j = 0; j < nFeatures; j++) total += squares[j] / nSamples - (sums[j] / nSamples) ** 2;
  return total / nFeatures;
}

function assertDistinctRows(X: Matrix, nClusters: number): void {
  const nDistinct = countDistinctRows(X, nClusters);
  if (nDistinct >= nClusters) return;
  throw new AppError(
    'k-too-large',
    `${nClusters} segments were asked for, but only ${nDistinct} customers differ from each other. Choose at most ${nDistinct}.`,
    { nClusters, nDistinct },
  );
}
