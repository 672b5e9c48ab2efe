import type { ClusterSums, Partition } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';

/**
 * Watches what must hold whatever the data, and wherever the centres go: sizes add up to the rows, and to the centres of a
 * move the rows are at least as near by their new labels as by those before. The inertia about centres c_j is
 * Σ‖x‖² + Σ_j (n_j‖c_j‖² − 2 c_j·s_j) with n_j the rows of cluster j and s_j their sum, so it is enough to compare the second
 * sum, k·d additions. A card that lost its memory goes on returning numbers; these are signs that no sample of rows may show.
 *
 * @throws AppError `engine-failed` from `move`
 */
export function watchPartition(partition: Partition, nSamples: number): Partition {
  let before: ClusterSums | undefined;
  return {
    ...partition,
    async move(centers) {
      const moved = await partition.move(centers);
      const { sums, counts } = moved;
      const total = counts.reduce((sum, count) => sum + count, 0);
      if (total !== nSamples || !isNoWorse(centers, moved, before)) throw absurd();
      // Whoever asked makes means of the sums, in place.
      before = { sums: sums.slice(), counts: counts.slice() };
      return moved;
    },
  };
}

/** Of the size of its terms a sum may lose this to rounding: far more than float64 does, far less than any harm. */
const tolerance = 1e-9;

function isNoWorse(centers: Float64Array, now: ClusterSums, before?: ClusterSums): boolean {
  const { cost, size } = costOf(centers, now);
  // An infinite or missing number is caught here as well.
  if (!(size < Infinity)) return false;
  return before === undefined || cost <= costOf(centers, before).cost + tolerance * size;
}

/** Σ_j (n_j‖c_j‖² − 2 c_j·s_j), and how large its terms are. */
function costOf(centers: Float64Array, { sums, counts }: ClusterSums) {
  const nFeatures = sums.length / counts.length;
  let cost = 0;
  let size = 0;
  sums.forEach((sum, at) => {
    const square = counts[Math.floor(at / nFeatures)] * centers[at] * centers[at];
    const product = 2 * centers[at] * sum;
    cost += square - product;
    size += square + Math.abs(product);
  });
  return { cost, size };
}

function absurd(): AppError {
  return new AppError(
    'engine-failed',
    'K-Means went uphill, which it cannot: the graphics card computes wrongly. Its results cannot be used.',
  );
}
