import type { Context } from '../context';
import type { LoadedMatrix, Run } from '../engine';
import { whenNear } from '../learn/kmeans';
import { countDistinctRows, takeRows, type Matrix } from '../matrix';

export interface RefitParams {
  /** Ascending. */
  readonly ks: readonly number[];
  /** Starts from greedy k-means++ for each k. ≥ 1 */
  readonly nInit: number;
  readonly seed: number;
}

/** Up to here all starts are followed to the end: they are cheap, and near-ties of two solutions are settled late. */
const fewClusters = 4;
/** Of more clusters the best of several starts goes on alone after so many iterations. */
const heat = 6;
/** How much sooner than of the data themselves the end counts as reached: inertias are higher by less than 0.1 %. */
const sooner = 10;

/**
 * K-Means for several k of a matrix that stands beside the data: a resample, a half, a table without groups. All k are
 * under way at once. With many clusters the best start after a few iterations is followed alone, which is half the work
 * and leaves inertias within about half a per cent. The result is compared, and never shown.
 *
 * @returns by index of `ks`; undefined where fewer rows differ than there would be clusters
 */
export async function refit(
  X: Matrix,
  loaded: LoadedMatrix,
  { ks, nInit, seed }: RefitParams,
  ctx: Pick<Context, 'breathe'>,
): Promise<(Run | undefined)[]> {
  const nDistinct = countDistinctRows(X, Math.max(...ks));
  const possible = ks.filter((k) => k <= nDistinct);
  if (possible.length === 0) return ks.map(() => undefined);
  const most = Math.max(...possible);
  const seeds = await allOf(
    Array.from({ length: nInit }, (_, restart) => loaded.seed(most, seed, restart)),
  );
  await ctx.breathe();
  const { tolerance, maxIter } = whenNear(X);
  const near = { tolerance: sooner * tolerance, maxIter };
  const runs = await allOf(
    possible.map(async (k) => {
      let starts: readonly Float64Array[] = seeds.map((rows) =>
        Float64Array.from(takeRows(X, rows.subarray(0, k)).data),
      );
      if (k > fewClusters && starts.length > 1) {
        const first = await loaded.descend(starts, { ...near, maxIter: heat }, ctx.breathe);
        starts = [first.best.centers];
      }
      return (await loaded.descend(starts, near, ctx.breathe)).best;
    }),
  );
  return ks.map((_, i) => runs.at(i));
}

/** Loads a matrix for as long as it is used. */
export async function whileLoaded<T>(
  X: Matrix,
  ctx: Pick<Context, 'engine'>,
  use: (loaded: LoadedMatrix) => Promise<T>,
): Promise<T> {
  const loaded = ctx.engine.load(X);
  try {
    return await use(loaded);
  } finally {
    loaded.dispose();
  }
}

/**
 * Repeats a piece of work `count` times, a few of them at once so that whoever shares the work always has some. Each
 * depends on its number alone.
 *
 * @returns by number
 */
export async function repeat<T>(
  count: number,
  ctx: Context,
  work: (number: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  let done = 0;
  let hasFailed = false;
  const lane = async () => {
    while (next < count && !hasFailed) {
      const number = next++;
      try {
        results[number] = await work(number);
        ctx.progress(++done, count);
        await ctx.breathe();
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const { nWorkers } = ctx.engine;
  await allOf(Array.from({ length: nWorkers === 1 ? 1 : nWorkers + 1 }, lane));
  return results;
}

/** Waits for all of them, even when one fails: nothing may still be at work on a matrix that is disposed of. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
