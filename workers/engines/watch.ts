import type { ClusterSums, Partition } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import { costOf } from '../../src/core/learn/cost';

/**
 * Watches what must hold whatever the data, and wherever the centres go: sizes add up to the rows, and to the centres of a
 * move the rows are at least as near by their new labels as by those before (`costOf`). A card that lost its memory goes on returning numbers; these are signs that no sample of rows may show.
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

function absurd(): AppError {
  return new AppError(
    'engine-failed',
    'K-Means went uphill, which it cannot: the graphics card computes wrongly. Its results cannot be used.',
  );
}
