import type { Context } from '../context';
import type { LoadedMatrix } from '../engine';
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
 * @param loaded nSamples × nFeatures
 */
export async function fitPca(
  loaded: Pick<LoadedMatrix, 'covariance'>,
  nFeatures: number,
  ctx: Context,
): Promise<Pca> {
  const covariance = await loaded.covariance((share) => {
    ctx.progress(share, 1);
    return ctx.breathe();
  });
  const { values, vectors } = await eigenSymmetric(covariance, nFeatures, ctx.breathe);
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

function fixSign(vector: Float64Array): void {
  let largest = 0;
  for (let j = 1; j < vector.length; j++) {
    if (Math.abs(vector[j]) > Math.abs(vector[largest])) largest = j;
  }
  const sign = vector[largest] < 0 ? -1 : 1;
  // + 0 makes a plain zero of −0, which JSON does not keep.
  for (let j = 0; j < vector.length; j++) vector[j] = sign * vector[j] + 0;
}
