import { sumBlockRows } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';

const rowsPerStretch = 1_024;

/** `LoadedMatrix.covariance` by plain loops: the definition of its bits. */
export async function plainCovariance(
  X: Matrix,
  rest: (share: number) => Promise<void>,
): Promise<Float64Array> {
  const { nSamples, nFeatures } = X;
  const means = meansOf(columnSums(X), nSamples);
  const sums = new Float64Array(nFeatures * nFeatures);
  const block = new Float64Array(nFeatures * nFeatures);
  for (let first = 0; first < nSamples; first += rowsPerStretch) {
    const end = Math.min(nSamples, first + rowsPerStretch);
    addProducts(X, first, end, means, block);
    if (end % sumBlockRows === 0 || end === nSamples) {
      for (let at = 0; at < sums.length; at++) sums[at] += block[at];
      block.fill(0);
    }
    await rest(end / nSamples);
  }
  return symmetric(sums, nFeatures, nSamples, nFeatures);
}

function columnSums({ data, nFeatures }: Matrix): Float64Array {
  const sums = new Float64Array(nFeatures);
  for (let at = 0; at < data.length;) {
    for (let j = 0; j < nFeatures; j++) sums[j] += data[at++];
  }
  return sums;
}

/** Adds the products of the rows from `first` to before `end`, on and above the diagonal. */
function addProducts(
  { data, nFeatures }: Matrix,
  first: number,
  end: number,
  means: Float64Array,
  sums: Float64Array,
): void {
  const row = new Float64Array(nFeatures);
  for (let i = first; i < end; i++) {
    for (let j = 0; j < nFeatures; j++) row[j] = data[i * nFeatures + j] - means[j];
    for (let j = 0; j < nFeatures; j++) {
      for (let l = j; l < nFeatures; l++) sums[j * nFeatures + l] += row[j] * row[l];
    }
  }
}

export function meansOf(columnSums: Float64Array, nSamples: number): Float64Array {
  return columnSums.map((sum) => sum / nSamples);
}

/**
 * Sums of products, on and above the diagonal, to covariances.
 *
 * @param width values from one row of `sums` to the next
 */
export function symmetric(
  sums: Float64Array,
  width: number,
  nSamples: number,
  nFeatures: number,
): Float64Array {
  const covariance = new Float64Array(nFeatures * nFeatures);
  for (let j = 0; j < nFeatures; j++) {
    for (let l = j; l < nFeatures; l++) {
      const value = sums[j * width + l] / Math.max(1, nSamples - 1);
      covariance[j * nFeatures + l] = value;
      covariance[l * nFeatures + j] = value;
    }
  }
  return covariance;
}
