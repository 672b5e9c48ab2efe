import type { Context } from '../context';
import type { Descent, LoadedMatrix, Run, StopRule } from '../engine';
import { AppError } from '../errors';
import { countDistinctRows, takeRows, type Matrix } from '../matrix';
import { addCenter, candidatesOf, type Candidates } from './kmeans-init';
import { orderBySize } from './label-order';
import { momentsOf } from './moments';

export interface KMeansParams {
  readonly nClusters: number;
  /** Independent starts; the one with the lowest inertia wins, the earliest on a tie. ≥ 1 */
  readonly nInit: number;
  readonly seed: number;
}

/** A start stops when its centres move, squared and summed, no more than this times the mean variance of the columns. */
const tol = 1e-4;
const maxIter = 300;
/** Enough for any finite data: each iteration lowers the inertia, and there are finitely many partitions. */
const untilSettled = { tolerance: 0, maxIter: 10_000 };

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
 * Differs from scikit-learn: clusters are numbered by size; the winner is fully converged (there only to `tol`).
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
  assertDistinctRows(X, params.nClusters);
  const candidates = candidatesOf(X, loaded, params.seed, ctx.engine);
  try {
    const ks = [params.nClusters];
    const [descent] = await startDescents(loaded, candidates, ks, whenNear(X), params, ctx);
    return await settle(X, loaded, await descent, ctx);
  } finally {
    candidates.dispose();
  }
}

/**
 * Descends from `nInit` starts for each of several k, all of them under way at once, so that whoever shares the work
 * always has some. One pass of seeding serves all k: the first k rows of a start for the largest are its start for k.
 *
 * @returns by index of `ks`; a failure of one is its own
 */
export async function startDescents(
  loaded: LoadedMatrix,
  candidates: Candidates,
  ks: readonly number[],
  stop: StopRule,
  { nInit, seed }: Pick<KMeansParams, 'nInit' | 'seed'>,
  ctx: Context,
): Promise<Promise<Descent>[]> {
  const most = Math.max(...ks);
  const restarts = Array.from({ length: nInit }, (_, restart) => restart);
  const seeds = await inTurns(restarts, ctx, (restart) =>
    candidates.loaded.seed(most, seed, restart),
  );
  return ks.map((k) => {
    const starts = seeds.map((rows) =>
      Float64Array.from(takeRows(candidates.X, rows.subarray(0, k)).data),
    );
    const descent = loaded.descend(starts, stop, ctx.breathe);
    // Whoever awaits another one first must not leave this one's failure unhandled.
    descent.catch(() => undefined);
    return descent;
  });
}

/** Begins all pieces of work, with a rest before each, and waits for all of them. */
async function inTurns<T, R>(
  items: readonly T[],
  ctx: Context,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const under: Promise<R>[] = [];
  for (const item of items) {
    under.push(work(item));
    await ctx.breathe();
  }
  return Promise.all(under);
}

/** When a start has come near enough to its end to be compared with the others. */
export function whenNear(X: Matrix): StopRule {
  return { tolerance: tol * meanVariance(X), maxIter };
}

/**
 * The better of an descent and of one that grows from a solution with one cluster less.
 *
 * @param smaller row-major (nClusters − 1) × nFeatures
 */
export async function improveByGrowing(
  loaded: LoadedMatrix,
  candidates: Candidates,
  descent: Descent,
  smaller: Float64Array,
  stop: StopRule,
  seed: number,
  ctx: Context,
): Promise<Descent> {
  const start = addCenter(candidates.X, candidates.loaded, smaller, seed);
  const { best } = await loaded.descend([start], stop, ctx.breathe);
  return best.inertia < descent.best.inertia ? { ...descent, best } : descent;
}

/** Iterates the winner on until no label changes, and numbers its clusters. */
export async function settle(
  X: Matrix,
  loaded: LoadedMatrix,
  { best, inertias }: Descent,
  ctx: Context,
): Promise<KMeans> {
  const { best: final } = await loaded.descend([best.centers], untilSettled, ctx.breathe);
  return {
    ...orderClusters(X, final),
    nIter: best.nIter + final.nIter,
    startInertias: inertias,
  };
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
  const { best } = await loaded.descend([start], untilSettled, ctx.breathe);
  if (best.inertia >= fit.inertia) return fit;
  return { ...orderClusters(X, best), nIter: best.nIter, startInertias: fit.startInertias };
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

/** Mean over the columns of their population variance. X is centred, so the one-pass formula is safe. */
function meanVariance(X: Matrix): number {
  const { nSamples, nFeatures } = X;
  const { sums, squares } = momentsOf(X);
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
