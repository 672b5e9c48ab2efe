import { piecesOf, type Matrix } from '../matrix';

/** Σ_i x_ij and Σ_i x_ij² by column, in float64, rows ascending. */
export interface Moments {
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

const known = new WeakMap<Matrix, Moments>();

/**
 * Remembered, as a matrix never changes: each start of K-Means asks for them, and to look at all rows takes as long as an
 * iteration.
 */
export function momentsOf(X: Matrix): Moments {
  let moments = known.get(X);
  if (moments === undefined) {
    moments = {
      sums: new Float64Array(X.nFeatures),
      squares: new Float64Array(X.nFeatures),
    };
    for (const { data } of piecesOf(X)) add(data, moments);
    known.set(X, moments);
  }
  return moments;
}

/** Adds the values of each column, and their squares. */
function add(data: Float32Array, { sums, squares }: Moments): void {
  const nFeatures = sums.length;
  for (let at = 0; at < data.length;) {
    for (let j = 0; j < nFeatures; j++, at++) {
      sums[j] += data[at];
      squares[j] += data[at] * data[at];
    }
  }
}

/** Σ_i ‖x_i‖² */
export function squaredLengths(X: Matrix): number {
  return momentsOf(X).squares.reduce((sum, square) => sum + square, 0);
}
