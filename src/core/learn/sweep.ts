import type { Context } from '../context';
import type { LoadedMatrix } from '../engine';
import { countDistinctRows, type Matrix } from '../matrix';
import { findKnee, type Knee } from '../judge/knee';
import { silhouettes, type Silhouette } from '../judge/silhouette';
import { createRandom } from '../random';
import { fitKMeans, improveByDropping, type KMeans } from './kmeans';

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
  for (let k = 1; k <= kLimit; k++) {
    const growFrom = fits.at(-1)?.centers;
    const params = { nClusters: k, nInit, seed, ...(growFrom && { growFrom }) };
    fits.push(await fitKMeans(X, loaded, params, ctx));
    ctx.progress(0.75 * ((k * (k + 1)) / 2 / work), 1);
  }
  for (let k = kLimit - 1; k >= 2; k--) {
    fits[k - 1] = await improveByDropping(X, loaded, fits[k - 1], fits[k], ctx);
  }
  const sample = sampleRows(X, seed);
  const judged = fits.filter(({ nClusters }) => nClusters > 1 && nClusters < X.nSamples);
  const scores = await silhouettes(
    sample === undefined ? X : takeRows(X, sample),
    judged.map((fit) => (sample === undefined ? fit : takeLabels(fit, sample))),
    { ...ctx, progress: (done, total) => ctx.progress(0.75 + (0.25 * done) / total, 1) },
  );
  const byK = fits.map((fit) => scores[judged.indexOf(fit)] as Silhouette | undefined);
  const knee = findKnee(fits.map(({ inertia }) => inertia));
  return {
    fits,
    silhouettes: byK,
    nSilhouetteRows: sample?.length ?? X.nSamples,
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

/** Ascending row indices, or undefined when all rows are few enough. */
function sampleRows({ nSamples }: Matrix, seed: number): Int32Array | undefined {
  if (nSamples <= silhouetteRows) return undefined;
  const rows = Int32Array.from({ length: nSamples }, (_, i) => i);
  return createRandom(seed, -1).shuffle(rows).slice(0, silhouetteRows).sort();
}

function takeRows({ data, nFeatures }: Matrix, rows: Int32Array): Matrix {
  const taken = new Float32Array(rows.length * nFeatures);
  rows.forEach((row, i) => {
    taken.set(data.subarray(row * nFeatures, (row + 1) * nFeatures), i * nFeatures);
  });
  return { data: taken, nSamples: rows.length, nFeatures };
}

function takeLabels({ labels, nClusters }: KMeans, rows: Int32Array) {
  return { labels: rows.map((i) => labels[i]), nClusters };
}
