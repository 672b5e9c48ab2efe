import type { Context } from '../context';
import type { LoadedMatrix } from '../engine';
import { countDistinctRows, type Matrix } from '../matrix';
import { calinskiHarabasz, daviesBouldin } from '../judge/indices';
import { findKnee, type Knee } from '../judge/knee';
import { silhouettes, type Silhouette } from '../judge/silhouette';
import { createRandom } from '../random';
import { fitKMeans, improveByDropping, seedStarts, type KMeans } from './kmeans';

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
  { kMax, nInit, seed }: SweepParams,
  ctx: Context,
): Promise<Sweep> {
  const kLimit = countDistinctRows(X, kMax);
  const work = (kLimit * (kLimit + 1)) / 2;
  const fits: KMeans[] = [];
  // Those for a smaller k are the first ones of those for the largest.
  const seeds = await seedStarts(X, loaded, { nClusters: kLimit, nInit, seed }, ctx);
  for (let k = 1; k <= kLimit; k++) {
    const growFrom = fits.at(-1)?.centers;
    const params = { nClusters: k, nInit, seed, seeds, ...(growFrom && { growFrom }) };
    fits.push(await fitKMeans(X, loaded, params, ctx));
    ctx.progress(0.75 * ((k * (k + 1)) / 2 / work), 1);
  }
  for (let k = kLimit - 1; k >= 2; k--) {
    fits[k - 1] = await improveByDropping(X, loaded, fits[k - 1], fits[k], ctx);
  }
  const rows = rowsToJudgeBy(X, seed);
  const judged = fits.filter(({ nClusters }) => nClusters > 1 && nClusters < X.nSamples);
  const scores = await silhouettes(loaded, rows, judged, {
    ...ctx,
    progress: (done, total) => ctx.progress(0.75 + (0.25 * done) / total, 1),
  });
  const byK = fits.map((fit) => scores[judged.indexOf(fit)] as Silhouette | undefined);
  const knee = findKnee(fits.map(({ inertia }) => inertia));
  return {
    fits,
    silhouettes: byK,
    calinskiHarabasz: fits.map((fit) => calinskiHarabasz(fit, fits[0].inertia)),
    daviesBouldin: fits.map((fit) => daviesBouldin(X, fit)),
    nSilhouetteRows: rows.length,
    knee,
    suggested: knee?.nClusters ?? bestBySilhouette(byK) ?? kLimit,
  };
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
function rowsToJudgeBy({ nSamples }: Matrix, seed: number): Int32Array {
  const rows = Int32Array.from({ length: nSamples }, (_, i) => i);
  if (nSamples <= silhouetteRows) return rows;
  return createRandom(seed, -1).shuffle(rows).slice(0, silhouetteRows).sort();
}
