import type { ClusterSums } from '../engine';

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
