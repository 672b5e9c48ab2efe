import type { Context } from '../context';
import type { Matrix } from '../matrix';
import { eigenSymmetric } from './eigen';

/** Principal components of a centred matrix, all of them, by falling variance. */
export interface Pca {
  readonly nFeatures: number;
  /** Row-major nFeatures × nFeatures; row m is the unit vector of component m. Its largest loading is positive. */
  readonly components: Float64Array;
  /** Variance along each component (divided by n − 1, as scikit-learn does), in squared units of X. */
  readonly explainedVariance: Float64Array;
  /** Shares of the total variance; they sum to 1. */
  readonly explainedVarianceRatio: Float64Array;
}

/**
 * Principal component analysis through the eigenvectors of the covariance matrix, which is summed in float64.
 *
 * Differs from scikit-learn: the sign makes the largest absolute loading positive (the smallest index on a tie).
 * With at least as many columns as rows the last components have variance 0.
 *
 * @param X nSamples × nFeatures, columns centred
 */
export async function fitPca(X: Matrix, ctx: Context): Promise<Pca> {
  const { nFeatures } = X;
  const { values, vectors } = eigenSymmetric(await covariance(X, ctx), nFeatures);
  const explainedVariance = values.map((value) => Math.max(0, value));
  const total = explainedVariance.reduce((sum, value) => sum + value, 0);
  for (let m = 0; m < nFeatures; m++) {
    fixSign(vectors.subarray(m * nFeatures, (m + 1) * nFeatures));
  }
  return {
    nFeatures,
    components: vectors,
    explainedVariance,
    explainedVarianceRatio: explainedVariance.map((value) => (total > 0 ? value / total : 0)),
  };
}

/** Covariance of the columns, divided by n − 1, row-major nFeatures × nFeatures. */
async function covariance(X: Matrix, ctx: Context): Promise<Float64Array> {
  const { data, nSamples, nFeatures } = X;
  const mean = new Float64Array(nFeatures);
  for (let i = 0, at = 0; i < nSamples; i++) {
    for (let j = 0; j < nFeatures; j++) mean[j] += data[at++];
  }
  for (let j = 0; j < nFeatures; j++) mean[j] /= nSamples;

  const sums = new Float64Array(nFeatures * nFeatures);
  const row = new Float64Array(nFeatures);
  for (let i = 0; i < nSamples; i++) {
    for (let j = 0; j < nFeatures; j++) row[j] = data[i * nFeatures + j] - mean[j];
    for (let j = 0; j < nFeatures; j++) {
      for (let l = j; l < nFeatures; l++) sums[j * nFeatures + l] += row[j] * row[l];
    }
    if (i % 4096 === 0) await ctx.breathe();
  }
  for (let j = 0; j < nFeatures; j++) {
    for (let l = j; l < nFeatures; l++) {
      const value = sums[j * nFeatures + l] / Math.max(1, nSamples - 1);
      sums[j * nFeatures + l] = value;
      sums[l * nFeatures + j] = value;
    }
  }
  return sums;
}

function fixSign(vector: Float64Array): void {
  let largest = 0;
  for (let j = 1; j < vector.length; j++) {
    if (Math.abs(vector[j]) > Math.abs(vector[largest])) largest = j;
  }
  if (vector[largest] < 0) for (let j = 0; j < vector.length; j++) vector[j] = -vector[j];
}
