import type { ClusterSums, Partition } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';

/**
 * Watches what must hold whatever the data: sizes add up to the rows, and the inertia is finite and never rises from one
 * iteration of Lloyd's to the next. Where every centre is the mean of its rows the inertia is Σ‖x‖² − Σ_c ‖s_c‖²/n_c with
 * s_c the sum of the rows of cluster c, so it is enough that the second sum, k·d additions, never falls. A card that lost
 * its memory goes on returning numbers; these are signs that no sample of rows may show.
 *
 * @param partition asked to move to the means of its own last answer only
 * @throws AppError `engine-failed` from `move`
 */
export function watchPartition(partition: Partition, nSamples: number): Partition {
  let before = 0;
  return {
    ...partition,
    async move(centers) {
      const moved = await partition.move(centers);
      const { counts } = moved;
      const total = counts.reduce((sum, count) => sum + count, 0);
      const between = betweenClusters(moved);
      const least = before * (1 - tolerance);
      if (total !== nSamples || !(between >= least && between < Infinity)) throw absurd();
      // An empty cluster takes over a row: the next centres are not the means of these labels.
      before = counts.includes(0) ? 0 : between;
      return moved;
    },
  };
}

/** Σ_c ‖s_c‖²/n_c may lose this to rounding: far more than float64 does, far less than any harm. */
const tolerance = 1e-9;

function betweenClusters({ sums, counts }: ClusterSums): number {
  const nFeatures = sums.length / counts.length;
  let between = 0;
  for (let c = 0, at = 0; c < counts.length; c++) {
    let square = 0;
    for (let j = 0; j < nFeatures; j++, at++) square += sums[at] * sums[at];
    if (counts[c] > 0) between += square / counts[c];
  }
  return between;
}

function absurd(): AppError {
  return new AppError(
    'engine-failed',
    'K-Means went uphill, which it cannot: the graphics card computes wrongly. Its results cannot be used.',
  );
}
