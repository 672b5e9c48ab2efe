import { agreement, type Agreement } from './agreement';
import { cheapestAssignment } from './assignment';

/** Two segmentations of the same customers, before and after a change. */
export interface Comparison extends Agreement {
  /** Per new segment: the old one that it continues, null for one that is new. */
  readonly continues: readonly (number | null)[];
  /** Per old segment: the new one that continues it, null for one that is gone. */
  readonly continuedBy: readonly (number | null)[];
  /** Rows that have a segment in both. The crosstab counts these alone. */
  readonly nCompared: number;
  /** Of those, rows whose new segment does not continue their old one. */
  readonly nMoved: number;
  /** nMoved / nCompared; 0 where there is nothing to compare. */
  readonly shareMoved: number;
}

/**
 * How much two segmentations agree, and how many customers would be in another segment. Segments are matched one to one
 * so that as many customers as possible stay where they are.
 *
 * @param before labels in [0, nBefore); −1 for rows without a segment, which are left out
 * @param after labels of the same rows, in [0, nAfter) or −1
 */
export function compareLabelings(
  before: Int32Array,
  nBefore: number,
  after: Int32Array,
  nAfter: number,
): Comparison {
  const inBoth = (_: number, i: number) => before[i] >= 0 && after[i] >= 0;
  const a = before.filter(inBoth);
  const b = after.filter(inBoth);
  const shared = agreement(a, nBefore, b, nAfter);
  const continuedBy = matchClusters(shared.crosstab);
  const continues = new Array<number | null>(nAfter).fill(null);
  let nStayed = 0;
  continuedBy.forEach((next, old) => {
    if (next === null) return;
    continues[next] = old;
    nStayed += shared.crosstab[old][next];
  });
  const nMoved = a.length - nStayed;
  return {
    ...shared,
    continues,
    continuedBy,
    nCompared: a.length,
    nMoved,
    shareMoved: a.length > 0 ? nMoved / a.length : 0,
  };
}

/**
 * The one-to-one matching of rows to columns with the largest sum of counts (the assignment problem).
 *
 * @param crosstab whole counts, any rectangle
 * @returns per row its column; null for one that is left over, or that shares nothing with its column
 */
export function matchClusters(crosstab: readonly (readonly number[])[]): (number | null)[] {
  const nRows = crosstab.length;
  const nColumns = crosstab[0]?.length ?? 0;
  if (nRows > nColumns) {
    const flipped = Array.from({ length: nColumns }, (_, c) => crosstab.map((row) => row[c]));
    const matched = new Array<number | null>(nRows).fill(null);
    matchClusters(flipped).forEach((row, column) => {
      if (row !== null) matched[row] = column;
    });
    return matched;
  }
  const columnOf = cheapestAssignment(crosstab.map((row) => row.map((count) => -count)));
  return columnOf.map((column, row) => (crosstab[row][column] > 0 ? column : null));
}
