import type { Growing } from './tree-grow';
import { midpoint, type Pending } from './tree-nodes';
import { placeMask, rankBits, type SortedList } from './tree-sort';

/** Working memory of small nodes. */
export interface CutSpace {
  /** By place in the rows that the lists are about: class, how often it was drawn, where the cut in hand sends it. */
  readonly labels: Int32Array;
  readonly times: Int32Array;
  readonly goesLeft: Uint8Array;
  /** By class, of the cut in hand. */
  readonly left: Float64Array;
  readonly cross: Float64Array;
}

export interface Cut {
  feature: number;
  /** The first place of the list that does not go left. */
  at: number;
  score: number;
}

export const noCut = (): Cut => ({ feature: -1, at: -1, score: -Infinity });

export const createCutSpace = (longest: number, nClasses: number): CutSpace => ({
  labels: new Int32Array(longest),
  times: new Int32Array(longest),
  goesLeft: new Uint8Array(longest),
  left: new Float64Array(nClasses),
  cross: new Float64Array(nClasses),
});

/** Fetches what stands at the places that lists tell: rows[start … start + n − 1]. */
export function fetchRows(
  { set, rows, times }: Growing,
  { labels, times: own }: CutSpace,
  start: number,
  n: number,
): void {
  for (let place = 0; place < n; place++) {
    const row = rows[start + place];
    labels[place] = set.labels[row];
    own[place] = times[row];
  }
}

export function isConstant(list: SortedList, start: number, end: number): boolean {
  return list[start] >>> rankBits === list[end - 1] >>> rankBits;
}

/**
 * The best cut of one feature, whose list in [start, end) holds the rows of the node. Returns whether it beats the best
 * so far, which it then replaces.
 *
 * With the counts l_c on the left and t_c in all, each row weighing w_c, the weighted Gini impurity of the two sides is
 * smallest where score = Σ (w_c·l_c)² / Σ w_c·l_c + Σ (w_c·(t_c − l_c))² / Σ w_c·(t_c − l_c) is largest. The second sum of
 * squares is Σ (w_c·t_c)² − 2·Σ w_c²·t_c·l_c + Σ (w_c·l_c)², so a row costs the same whatever the number of classes.
 * Without weights all of these are whole numbers. Only a strictly better score replaces the best: on a tie the smallest
 * threshold stays.
 */
export function tryCuts(
  { weights, squaredWeights, minSamplesLeaf }: Growing,
  { labels, times, left, cross }: CutSpace,
  list: SortedList,
  start: number,
  end: number,
  { counts, nRows }: Pending,
  feature: number,
  best: Cut,
): boolean {
  let allSquares = 0;
  let allWeight = 0;
  for (let c = 0; c < counts.length; c++) {
    left[c] = 0;
    cross[c] = squaredWeights[c] * counts[c];
    allSquares += cross[c] * counts[c];
    allWeight += weights[c] * counts[c];
  }
  let nLeft = 0;
  let leftSquares = 0;
  let leftWeight = 0;
  let crossed = 0;
  let bestScore = best.score;
  let bestAt = -1;
  let entry = list[start];
  for (let i = start + 1; i < end; i++) {
    const place = entry & placeMask;
    const c = labels[place];
    const time = times[place];
    const before = left[c];
    left[c] = before + time;
    nLeft += time;
    leftSquares += squaredWeights[c] * (time * (2 * before + time));
    crossed += cross[c] * time;
    leftWeight += weights[c] * time;
    const next = list[i];
    const isSame = next >>> rankBits === entry >>> rankBits;
    entry = next;
    if (isSame || nLeft < minSamplesLeaf) continue;
    if (nRows - nLeft < minSamplesLeaf) break;
    const rightSquares = allSquares - 2 * crossed + leftSquares;
    const rightWeight = allWeight - leftWeight;
    const score =
      (leftSquares * rightWeight + rightSquares * leftWeight) / (leftWeight * rightWeight);
    if (score > bestScore) {
      bestScore = score;
      bestAt = i;
    }
  }
  if (bestAt < 0) return false;
  best.feature = feature;
  best.at = bestAt;
  best.score = bestScore;
  return true;
}

/** Marks which rows of the list go left, and returns the class counts of those that do. */
export function markLeft(
  { goesLeft, labels, times, left }: CutSpace,
  list: SortedList,
  start: number,
  end: number,
  at: number,
): number[] {
  const counts = new Array<number>(left.length).fill(0);
  for (let i = start; i < at; i++) {
    const place = list[i] & placeMask;
    goesLeft[place] = 1;
    counts[labels[place]] += times[place];
  }
  for (let i = at; i < end; i++) goesLeft[list[i] & placeMask] = 0;
  return counts;
}

/** Half way between the two values at a cut; the list's places begin at rows[start]. */
export function thresholdAt(
  list: SortedList,
  values: Float64Array,
  rows: Int32Array,
  start: number,
  at: number,
): number {
  const lower = values[rows[start + (list[at - 1] & placeMask)]];
  return midpoint(lower, values[rows[start + (list[at] & placeMask)]]);
}
