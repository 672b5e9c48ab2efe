import { AppError } from './errors';

/**
 * The matrix that is learned from: row-major, element (i, j) at `data[i * nFeatures + j]`.
 * Float32 keeps it small and is what every engine reads; whatever is summed from it is summed in float64.
 * The values of a column are multiples of a power of two so large that every sum of some of them is exact in float64
 * (`features/scale.ts`): sums do not depend on their order, so neither do clusterings on the number of workers.
 */
export interface Matrix {
  readonly data: Float32Array;
  readonly nSamples: number;
  readonly nFeatures: number;
}

/**
 * @param data row-major values, length nSamples × nFeatures
 * @throws AppError `internal` when the length does not fit the shape
 */
export function matrix(data: Float32Array, nSamples: number, nFeatures: number): Matrix {
  if (data.length !== nSamples * nFeatures) {
    throw new AppError(
      'internal',
      `A matrix of ${nSamples} × ${nFeatures} needs ${nSamples * nFeatures} values, got ${data.length}.`,
    );
  }
  return { data, nSamples, nFeatures };
}

/**
 * The number of distinct rows, counted up to `limit` (counting stops there).
 * Rows are equal when all their float32 values are.
 */
export function countDistinctRows(X: Matrix, limit: number): number {
  const { data, nSamples, nFeatures } = X;
  const seen: number[] = [];
  rows: for (let i = 0; i < nSamples && seen.length < limit; i++) {
    for (const other of seen) {
      let j = 0;
      while (j < nFeatures && data[i * nFeatures + j] === data[other * nFeatures + j]) j++;
      if (j === nFeatures) continue rows;
    }
    seen.push(i);
  }
  return seen.length;
}

/** @returns the rows listed, in that order */
export function takeRows({ data, nFeatures }: Matrix, rows: Int32Array): Matrix {
  const taken = new Float32Array(rows.length * nFeatures);
  for (let i = 0, to = 0; i < rows.length; i++) {
    const end = (rows[i] + 1) * nFeatures;
    for (let from = end - nFeatures; from < end; from++, to++) taken[to] = data[from];
  }
  return matrix(taken, rows.length, nFeatures);
}
