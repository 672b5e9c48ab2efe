/**
 * Puts clusters that lie near each other next to each other: halves them again and again at the median of the column
 * in which they vary most (a k-d tree), down to groups of `groupSize`. Only speed depends on this order.
 *
 * @param points row-major, nFeatures values per cluster
 * @param clusters reordered in place; afterwards each `groupSize` of them, in order, are a group
 */
export function orderByBoxes(
  points: Float32Array,
  nFeatures: number,
  clusters: Int32Array,
  groupSize: number,
): void {
  halve(points, nFeatures, clusters, groupSize, new Float32Array(clusters.length));
}

/** @param keys written, as many as there are clusters */
function halve(
  points: Float32Array,
  nFeatures: number,
  clusters: Int32Array,
  groupSize: number,
  keys: Float32Array,
): void {
  if (clusters.length <= groupSize) return;
  const column = widestColumn(points, nFeatures, clusters);
  for (let i = 0; i < clusters.length; i++) keys[i] = points[clusters[i] * nFeatures + column];
  const middle = Math.ceil(clusters.length / groupSize / 2) * groupSize;
  splitAt(keys, clusters, middle);
  const [low, high] = [clusters.subarray(0, middle), clusters.subarray(middle)];
  halve(points, nFeatures, low, groupSize, keys.subarray(0, middle));
  halve(points, nFeatures, high, groupSize, keys.subarray(middle));
}

/** The column of the largest variance. One pass and its rounding are good enough here. */
function widestColumn(points: Float32Array, nFeatures: number, clusters: Int32Array): number {
  let widest = 0;
  let most = -1;
  for (let j = 0; j < nFeatures; j++) {
    let sum = 0;
    let squares = 0;
    for (const cluster of clusters) {
      const value = points[cluster * nFeatures + j];
      sum += value;
      squares += value * value;
    }
    const variance = squares - (sum * sum) / clusters.length;
    if (variance > most) [most, widest] = [variance, j];
  }
  return widest;
}

/** Hoare's selection: afterwards no key before `middle` is larger than one from there on. */
function splitAt(keys: Float32Array, clusters: Int32Array, middle: number): void {
  let low = 0;
  let high = keys.length - 1;
  while (low < high) {
    const pivot = keys[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (keys[i] < pivot) i++;
      while (keys[j] > pivot) j--;
      if (i > j) break;
      swap(keys, i, j);
      swap(clusters, i++, j--);
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

function swap(values: Float32Array | Int32Array, i: number, j: number): void {
  const value = values[i];
  values[i] = values[j];
  values[j] = value;
}
