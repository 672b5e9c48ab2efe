/**
 * The Hungarian method by shortest augmenting paths: rows come in one after the other, and each one's arrival shifts the
 * others along the cheapest chain. Of whole numbers all arithmetic is exact. O(nRows²·nColumns).
 * Source: Jonker, Volgenant (1987), "A shortest augmenting path algorithm for dense and sparse linear assignment problems".
 *
 * @param costs nRows × nColumns, finite, nRows ≤ nColumns
 * @returns per row its column, every row another one, so that the sum of costs is the smallest
 */
export function cheapestAssignment(costs: readonly (readonly number[])[]): number[] {
  const nRows = costs.length;
  const nColumns = costs[0]?.length ?? 0;
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
        const longer = reached + costs[row][c] - rowPrice[row] - columnPrice[c];
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
