import type { ClusterSums } from '../engine';
import { piecesOf, type Matrix } from '../matrix';

/**
 * What an inertia has beyond the squares of its rows: the inertia of rows about centres c_j is
 * Σ‖x‖² + Σ_j (n_j‖c_j‖² − 2 c_j·s_j), with n_j the rows of cluster j and s_j their sum. k·d additions in place of n·d.
 *
 * @param centers row-major nClusters × nFeatures
 * @returns the second sum, and how large its terms are: to rounding it loses some 1e-15 of that
 */
export function costOf(centers: Float64Array, { sums, counts }: ClusterSums) {
  const nFeatures = sums.length / counts.length;
  let cost = 0;
  let size = 0;
  for (let c = 0, at = 0; c < counts.length; c++) {
    for (let j = 0; j < nFeatures; j++, at++) {
      const square = counts[c] * centers[at] * centers[at];
      const product = 2 * centers[at] * sums[at];
      cost += square - product;
      size += square + Math.abs(product);
    }
  }
  return { cost, size };
}

const known = new WeakMap<Matrix, number>();

/** Σ_i ‖x_i‖² in float64, rows ascending. Remembered: every start of K-Means asks for it. */
export function squaredLengths(X: Matrix): number {
  let total = known.get(X);
  if (total === undefined) {
    total = 0;
    for (const { data } of piecesOf(X)) for (const value of data) total += value * value;
    known.set(X, total);
  }
  return total;
}
