import { part, type Context } from '../context';
import type { LoadedMatrix } from '../engine';
import { countDistinctRows, type Matrix } from '../matrix';
import { calinskiHarabasz, daviesBouldin } from '../judge/indices';
import { findKnee, type Knee } from '../judge/knee';
import { silhouettes, type Labelling, type Silhouette } from '../judge/silhouette';
import { createRandom } from '../random';
import {
  improveByDropping,
  improveByGrowing,
  settle,
  startDescents,
  whenNear,
  type KMeans,
} from './kmeans';
import { candidatesOf } from './kmeans-init';

export interface SweepParams {
  /** K-Means is fitted for k = 1 … kMax. */
  readonly kMax: number;
  /** Starts per k. */
  readonly nInit: number;
  readonly seed: number;
}

export const sweepDefaults: SweepParams = { kMax: 10, nInit: 10, seed: 42 };

export interface Sweep {
  /** Index k − 1. */
  readonly fits: readonly KMeans[];
  /** Index k − 1; undefined for k = 1 and for k = number of rows, where a silhouette means nothing. */
  readonly silhouettes: readonly (Silhouette | undefined)[];
  /** Index k − 1; undefined where the index means nothing. */
  readonly calinskiHarabasz: readonly (number | undefined)[];
  readonly daviesBouldin: readonly (number | undefined)[];
  /** Rows that the silhouettes were computed from: all, or a seeded sample above `silhouetteRows`. */
  readonly nSilhouetteRows: number;
  readonly knee: Knee | undefined;
  /** The k to start from: the knee, else the best silhouette, else 2 (or 1 with identical rows). */
  readonly suggested: number;
}

/** Up to here silhouettes are exact; above they are those of a sample of this many rows among themselves. */
export const silhouetteRows = 20_000;

/** K-Means for every k, each helped by its neighbours, with inertia, silhouette and knee to choose by. */
export async function sweep(
  X: Matrix,
  loaded: LoadedMatrix,
  params: SweepParams,
  ctx: Context,
): Promise<Sweep> {
  const { seed } = params;
  const fits = await fitAll(X, loaded, params, part(ctx, 0, 0.75));
  const rows = rowsToJudgeBy(X, seed);
  const byK = await judge(loaded, rows, fits, part(ctx, 0.75, 1));
  const knee = findKnee(fits.map(({ inertia }) => inertia));
  return {
    fits,
    silhouettes: byK,
    calinskiHarabasz: fits.map((fit) => calinskiHarabasz(fit, fits[0].inertia)),
    daviesBouldin: fits.map((fit) => daviesBouldin(X, fit)),
    nSilhouetteRows: rows.length,
    knee,
    suggested: knee?.nClusters ?? bestBySilhouette(byK) ?? fits.length,
  };
}

/**
 * Silhouettes of clusters that were formed in another space of the same rows.
 *
 * @returns by clustering; undefined where it means nothing
 */
export async function judgeIn(
  X: Matrix,
  clusterings: readonly Labelling[],
  seed: number,
  ctx: Context,
): Promise<(Silhouette | undefined)[]> {
  const loaded = ctx.engine.load(X);
  try {
    return await judge(loaded, rowsToJudgeBy(X, seed), clusterings, ctx);
  } finally {
    loaded.dispose();
  }
}

async function judge(
  loaded: LoadedMatrix,
  rows: Int32Array,
  clusterings: readonly Labelling[],
  ctx: Context,
): Promise<(Silhouette | undefined)[]> {
  const judged = clusterings.filter(
    ({ nClusters, labels }) => nClusters > 1 && nClusters < labels.length,
  );
  const scores = await silhouettes(loaded, rows, judged, ctx);
  return clusterings.map((one) => scores[judged.indexOf(one)] as Silhouette | undefined);
}

/**
 * The starts of all k are under way while each k, in turn, also grows from the one before; then, from the largest k down,
 * each takes over from the one after with a centre less. That last step is begun early, as soon as there is one after, and
 * only done again where that one has become better itself: rarely.
 */
export async function fitAll(
  X: Matrix,
  loaded: LoadedMatrix,
  { kMax, nInit, seed }: SweepParams,
  ctx: Context,
): Promise<KMeans[]> {
  const kLimit = countDistinctRows(X, kMax);
  const ks = Array.from({ length: kLimit }, (_, i) => i + 1);
  const work = (kLimit * (kLimit + 1)) / 2;
  const stop = whenNear(X);
  const fits: KMeans[] = [];
  const drop = (k: number) => improveByDropping(X, loaded, fits[k - 1], fits[k], ctx);
  /** Index k. */
  const dropped: Promise<KMeans>[] = [];
  const candidates = candidatesOf(X, loaded, seed, ctx.engine);
  try {
    const descents = await startDescents(loaded, candidates, ks, stop, { nInit, seed }, ctx);
    for (const k of ks) {
      let descent = await descents[k - 1];
      const smaller = fits.at(-1)?.centers;
      if (smaller !== undefined) {
        descent = await improveByGrowing(loaded, candidates, descent, smaller, stop, seed, ctx);
      }
      fits.push(await settle(X, loaded, descent, ctx));
      if (k > 2) {
        dropped[k - 1] = drop(k - 1);
        // Something else may fail before anybody awaits it.
        dropped[k - 1].catch(() => undefined);
      }
      ctx.progress((k * (k + 1)) / 2, work);
    }
  } finally {
    candidates.dispose();
  }
  let largerIsBetter = false;
  for (let k = kLimit - 1; k >= 2; k--) {
    const better: KMeans = await (largerIsBetter ? drop(k) : dropped[k]);
    largerIsBetter = better !== fits[k - 1];
    fits[k - 1] = better;
  }
  return fits;
}

function bestBySilhouette(scores: readonly (Silhouette | undefined)[]): number | undefined {
  let best: number | undefined;
  scores.forEach((score, i) => {
    if (score === undefined) return;
    if (best === undefined || score.mean > (scores[best - 1]?.mean ?? -1)) best = i + 1;
  });
  return best;
}

/** Ascending row indices: all, or a seeded sample where there are too many. */
export function rowsToJudgeBy({ nSamples }: Matrix, seed: number): Int32Array {
  const rows = Int32Array.from({ length: nSamples }, (_, i) => i);
  if (nSamples <= silhouetteRows) return rows;
  return createRandom(seed, -1).shuffle(rows).slice(0, silhouetteRows).sort();
}
