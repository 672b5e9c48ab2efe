/**
 * The inner loops of the decision tree: presorted row lists, the best split of a node, and the stable partition.
 * Valid input is assumed; `fitTree` in tree.ts checks it.
 *
 * Every feature keeps one list of all training rows, sorted by its values. A node owns the same range
 * [start, end) in all of these lists. Splitting a node partitions each range in place and keeps the order,
 * so nothing is ever sorted again: O(nFeatures · nSamples) per level of the tree.
 */
export interface Workspace {
  readonly features: readonly Float64Array[];
  readonly labels: Int32Array;
  /** Per feature: the training rows, ascending by value. */
  readonly sorted: readonly Int32Array[];
  /** Per row of the table: 1 when the split in hand sends it left. */
  readonly goesLeft: Uint8Array;
  /** Room for the right part while a range is partitioned. */
  readonly scratch: Int32Array;
  /** Class counts on either side of the cut, length nClasses. */
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** A cut `value <= threshold` of one feature. `score` grows with the decrease of the impurity. */
export interface Split {
  readonly feature: number;
  readonly threshold: number;
  readonly nLeft: number;
  readonly score: number;
}

/**
 * The training rows ascending by value, equal values in the order of `rows`.
 * The values are sorted natively, without a comparison function, and every row is put where its value begins:
 * about three times as fast as sorting the rows themselves.
 */
export function sortedRows(values: Float64Array, rows: Int32Array): Int32Array {
  const n = rows.length;
  const ascending = new Float64Array(n);
  for (let i = 0; i < n; i++) ascending[i] = values[rows[i]];
  ascending.sort();
  const placed = new Int32Array(n);
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const first = lowerBound(ascending, values[rows[i]]);
    order[first + placed[first]++] = rows[i];
  }
  return order;
}

/** The first index whose value is not below `value`. */
function lowerBound(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The best cut of one feature for the node at [start, end), or null when none beats `scoreToBeat`.
 *
 * The weighted Gini impurity of the two sides, n_L·(1 − Σ l_c²/n_L²) + n_R·(1 − Σ r_c²/n_R²), is smallest where
 * score = Σ l_c² / n_L + Σ r_c² / n_R is largest. Both sums of squares are whole numbers and change by 2·count ± 1
 * when one row moves from right to left, so they are exact and a row costs the same whatever the number of classes.
 * Only a strictly better score replaces the best: on a tie the smallest threshold (and feature) stays.
 */
export function bestCut(
  space: Workspace,
  feature: number,
  start: number,
  end: number,
  counts: readonly number[],
  minSamplesLeaf: number,
  scoreToBeat: number,
): Split | null {
  const { labels, left, right } = space;
  const values = space.features[feature];
  const order = space.sorted[feature];
  if (values[order[start]] === values[order[end - 1]]) return null;
  left.fill(0);
  right.set(counts);
  let leftSquares = 0;
  let rightSquares = sumOfSquares(counts);
  let bestScore = scoreToBeat;
  let bestAt = -1;
  const last = end - minSamplesLeaf;
  let value = values[order[start]];
  for (let i = start + 1; i <= last; i++) {
    const label = labels[order[i - 1]];
    leftSquares += 2 * left[label]++ + 1;
    rightSquares -= 2 * right[label]-- - 1;
    const next = values[order[i]];
    if (next === value) continue;
    value = next;
    if (i - start < minSamplesLeaf) continue;
    const score = leftSquares / (i - start) + rightSquares / (end - i);
    if (score > bestScore) {
      bestScore = score;
      bestAt = i;
    }
  }
  if (bestAt < 0) return null;
  const threshold = midpoint(values[order[bestAt - 1]], values[order[bestAt]]);
  return { feature, threshold, nLeft: bestAt - start, score: bestScore };
}

/**
 * Half way between two neighbouring values, at least the lower and always below the upper one.
 * Where no number lies between them, rounding may give the upper one, and `upper <= threshold` would send it left.
 */
export function midpoint(lower: number, upper: number): number {
  const middle = lower / 2 + upper / 2;
  return middle >= lower && middle < upper ? middle : lower;
}

export function sumOfSquares(counts: readonly number[]): number {
  let sum = 0;
  for (const count of counts) sum += count * count;
  return sum;
}

/** Marks which rows of [start, end) go left, and returns the class counts of those that do. */
export function markLeft(space: Workspace, split: Split, start: number, end: number): number[] {
  const order = space.sorted[split.feature];
  const counts = new Array<number>(space.left.length).fill(0);
  for (let i = start; i < end; i++) {
    const isLeft = i < start + split.nLeft;
    space.goesLeft[order[i]] = isLeft ? 1 : 0;
    if (isLeft) counts[space.labels[order[i]]]++;
  }
  return counts;
}

/** Moves the marked rows of [start, end) to the front, in one feature's list, without changing their order. */
export function partition(space: Workspace, feature: number, start: number, end: number): void {
  const { goesLeft, scratch } = space;
  const order = space.sorted[feature];
  let nLeft = start;
  let nRight = 0;
  for (let i = start; i < end; i++) {
    const row = order[i];
    if (goesLeft[row] === 1) order[nLeft++] = row;
    else scratch[nRight++] = row;
  }
  order.set(scratch.subarray(0, nRight), nLeft);
}
