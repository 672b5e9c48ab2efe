import type { LoadedMatrix } from '../engine';
import { eigenSymmetric } from './eigen';

/** The directions that tell groups of rows apart best. */
export interface Discriminant {
  readonly nFeatures: number;
  /** Row-major nAxes × nFeatures. Along each of them the variance within the groups is 1, and no two are correlated there. */
  readonly axes: Float64Array;
  /** Of each axis: variance of the groups' means along it, in units of the variance within; falling. */
  readonly ratios: Float64Array;
  /** Share of what tells the groups apart, over all axes that there could be; 0 where their means are equal. */
  readonly explainedVarianceRatio: Float64Array;
}

export interface Groups {
  /** Rows of each group; every one has some. */
  readonly sizes: readonly number[];
  /** Row-major, as many rows as groups, nFeatures columns: their means. */
  readonly centers: Float64Array;
}

/**
 * Directions in which rows of one group agree are as good as they are useful: beyond this share of the widest one, less
 * spread does not count as more. It keeps columns that are constant within every group finite.
 */
const leastSpread = 1e-9;

/**
 * Linear discriminant analysis: maximises vᵀ·B·v / vᵀ·W·v, W the covariance within the groups and B that of their means,
 * both divided by n. W is made the identity first (eigenvectors, each over the root of its eigenvalue), then the
 * eigenvectors of B are the axes.
 * Source: Fisher (1936), Rao (1948); scikit-learn `discriminant_analysis.py`, `solver='eigen'`, to the sign of each axis.
 *
 * Differs from scikit-learn where W has no inverse: there it fails, here the spread has a floor. k groups have k − 1 axes
 * that mean something; those beyond have ratio 0 and stand for nothing but what is left.
 *
 * @param loaded nSamples × nFeatures, centred
 * @param nAxes ≤ nFeatures
 */
export async function fitDiscriminant(
  loaded: Pick<LoadedMatrix, 'covariance'>,
  groups: Groups,
  nAxes: number,
  breathe: () => Promise<void>,
): Promise<Discriminant> {
  const { sizes, centers } = groups;
  const nSamples = sizes.reduce((sum, size) => sum + size, 0);
  const nFeatures = centers.length / sizes.length;
  const total = await loaded.covariance(breathe);
  const between = covarianceOfMeans(groups, nSamples, nFeatures);
  const within = total.map(
    (value, at) => (value * Math.max(1, nSamples - 1)) / nSamples - between[at],
  );
  const whitening = await whiten(within, nFeatures, breathe);
  const inWhite = sandwich(whitening, between, nFeatures);
  const { values, vectors } = await eigenSymmetric(inWhite, nFeatures, breathe);
  const ratios = values.map((value) => Math.max(0, value));
  const sum = ratios.reduce((all, value) => all + value, 0);
  const axes = new Float64Array(nAxes * nFeatures);
  for (let m = 0; m < nAxes; m++) {
    for (let w = 0; w < nFeatures; w++) {
      const weight = vectors[m * nFeatures + w];
      for (let j = 0; j < nFeatures; j++) {
        axes[m * nFeatures + j] += weight * whitening[w * nFeatures + j];
      }
    }
  }
  return {
    nFeatures,
    axes,
    ratios: ratios.slice(0, nAxes),
    explainedVarianceRatio: ratios.slice(0, nAxes).map((ratio) => (sum > 0 ? ratio / sum : 0)),
  };
}

/** Of the groups' means, each as often as it has rows, divided by n. Row-major nFeatures × nFeatures. */
function covarianceOfMeans(
  { sizes, centers }: Groups,
  nSamples: number,
  nFeatures: number,
): Float64Array {
  const mean = new Float64Array(nFeatures);
  sizes.forEach((size, c) => {
    for (let j = 0; j < nFeatures; j++) mean[j] += (size / nSamples) * centers[c * nFeatures + j];
  });
  const between = new Float64Array(nFeatures * nFeatures);
  sizes.forEach((size, c) => {
    for (let i = 0; i < nFeatures; i++) {
      const apart = (size / nSamples) * (centers[c * nFeatures + i] - mean[i]);
      for (let j = 0; j < nFeatures; j++) {
        between[i * nFeatures + j] += apart * (centers[c * nFeatures + j] - mean[j]);
      }
    }
  });
  return between;
}

/** Rows w with w·W·wᵀ = the identity, by falling spread. */
async function whiten(
  within: Float64Array,
  n: number,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
  const { values, vectors } = await eigenSymmetric(within, n, breathe);
  const floor = leastSpread * Math.max(values[0], Number.MIN_VALUE);
  for (let m = 0; m < n; m++) {
    // Where nothing varies there is nothing to widen, either.
    const spread = Math.sqrt(Math.max(values[m], floor)) || 1;
    for (let j = 0; j < n; j++) vectors[m * n + j] /= spread;
  }
  return vectors;
}

/** R·M·Rᵀ, made symmetric to the last bit. */
function sandwich(rows: Float64Array, middle: Float64Array, n: number): Float64Array {
  const half = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let i = 0; i < n; i++) {
      const weight = rows[a * n + i];
      if (weight === 0) continue;
      for (let j = 0; j < n; j++) half[a * n + j] += weight * middle[i * n + j];
    }
  }
  const result = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += half[a * n + j] * rows[b * n + j];
      result[a * n + b] = sum;
      result[b * n + a] = sum;
    }
  }
  return result;
}
