import { agreement, type Agreement } from './agreement';

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
  const columnOf = assign(crosstab, nRows, nColumns);
  return columnOf.map((column, row) => (crosstab[row][column] > 0 ? column : null));
}

/**
 * The Hungarian method by shortest augmenting paths: rows come in one after the other, and each one's arrival shifts the
 * others along the cheapest chain. Costs are the counts, negated; all arithmetic is of whole numbers. O(nRows²·nColumns).
 * Source: Jonker, Volgenant (1987), "A shortest augmenting path algorithm for dense and sparse linear assignment problems".
 *
 * @param counts nRows × nColumns, nRows ≤ nColumns
 * @returns per row its column, every row another one
 */
function assign(counts: readonly (readonly number[])[], nRows: number, nColumns: number): number[] {
  const rowPrice = new Float64Array(nRows);
  const columnPrice = new Float64Array(nColumns);
  const rowOf = new Int32Array(nColumns).fill(-1);
  for (let arriving = 0; arriving < nRows; arriving++) {
    const distance = new Float64Array(nColumns).fill(Infinity);
    const cameFrom = new Int32Array(nColumns).fill(-1);
    const isDone = new Uint8Array(nColumns);
    const visited: number[] = [];
    let [row, last, reached] = [arriving, -1, 0];
    for (;;) {
      for (let c = 0; c < nColumns; c++) {
        const longer = reached - counts[row][c] - rowPrice[row] - columnPrice[c];
        if (isDone[c] === 1 || longer >= distance[c]) continue;
        distance[c] = longer;
        cameFrom[c] = last;
      }
      const nearest = nearestOpen(distance, isDone);
      isDone[nearest] = 1;
      reached = distance[nearest];
      last = nearest;
      if (rowOf[nearest] < 0) break;
      visited.push(nearest);
      row = rowOf[nearest];
    }
    rowPrice[arriving] += reached;
    for (const column of visited) {
      rowPrice[rowOf[column]] += reached - distance[column];
      columnPrice[column] -= reached - distance[column];
    }
    for (let column = last; column >= 0; column = cameFrom[column]) {
      rowOf[column] = cameFrom[column] < 0 ? arriving : rowOf[cameFrom[column]];
    }
  }
  const columnOf = new Array<number>(nRows).fill(-1);
  rowOf.forEach((row, column) => {
    if (row >= 0) columnOf[row] = column;
  });
  return columnOf;
}

/** The first of the nearest. */
function nearestOpen(distance: Float64Array, isDone: Uint8Array): number {
  let nearest = -1;
  for (let c = 0; c < distance.length; c++) {
    if (isDone[c] === 0 && (nearest < 0 || distance[c] < distance[nearest])) nearest = c;
  }
  return nearest;
}
