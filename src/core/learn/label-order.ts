/**
 * Numbers clusters by falling size, ties by the smaller first row, so that names and colours do not depend on chance.
 *
 * @returns order: old cluster at each new position; rank: new position of each old cluster; sizes: by new position
 */
export function orderBySize(labels: Int32Array, nClusters: number) {
  const counts = new Array<number>(nClusters).fill(0);
  const firstRow = new Array<number>(nClusters).fill(labels.length);
  for (let i = labels.length - 1; i >= 0; i--) {
    counts[labels[i]]++;
    firstRow[labels[i]] = i;
  }
  const order = counts
    .map((_, c) => c)
    .sort((a, b) => counts[b] - counts[a] || firstRow[a] - firstRow[b]);
  const rank = new Int32Array(nClusters);
  order.forEach((from, to) => (rank[from] = to));
  return { order, rank, sizes: order.map((c) => counts[c]) };
}
