import {
  createCutSpace,
  fetchRows,
  markLeft,
  noCut,
  thresholdAt,
  tryCuts,
  type Cut,
  type CutSpace,
} from './tree-cuts';
import type { Growing } from './tree-grow';
import { addSplit, type Pending } from './tree-nodes';
import { createSortSpace, sortRows, type SortedList, type SortSpace } from './tree-sort';

/**
 * Small subtrees whose nodes try a few features only: every value is looked at, and sorted where it is tried. That is
 * less work than keeping all features sorted.
 */
export interface DrawnSpace {
  readonly cuts: CutSpace;
  readonly sort: SortSpace;
  /** The list that is tried, and the one with the best cut so far. */
  readonly lists: readonly [SortedList, SortedList];
  readonly scratch: Int32Array;
}

/** Room for subtrees of up to so many rows. */
export function createDrawnSpace(nClasses: number, longest: number): DrawnSpace {
  return {
    cuts: createCutSpace(longest, nClasses),
    sort: createSortSpace(longest),
    lists: [new Uint32Array(longest), new Uint32Array(longest)],
    scratch: new Int32Array(longest),
  };
}

/** Grows one subtree to its leaves. Returns how many values were looked at. */
export function growDrawn(growing: Growing, space: DrawnSpace, subtree: Pending): number {
  const { set, nodes, rows, candidates } = growing;
  const waiting = [subtree];
  let work = 0;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { start } = node;
    const n = node.end - start;
    work += 5 * n * candidates.maxFeatures;
    fetchRows(growing, space.cuts, start, n);
    const cut = noCut();
    const list = tryFeatures(growing, space, node, cut);
    const { feature, at } = cut;
    if (feature < 0) continue;
    const leftCounts = markLeft(space.cuts, list, 0, n, at);
    const threshold = thresholdAt(list, set.features[feature], rows, start, at);
    partition(rows, start, n, space.cuts.goesLeft, space.scratch);
    const question = { feature, threshold, middle: start + at, leftCounts };
    const [left, right] = addSplit(nodes, node, question);
    if (growing.maySplit(right)) waiting.push(right);
    if (growing.maySplit(left)) waiting.push(left);
  }
  return work;
}

/** Tries features until enough were tried and one of them has two different values. Returns the list of the best cut. */
function tryFeatures(growing: Growing, space: DrawnSpace, node: Pending, best: Cut): SortedList {
  const { candidates, set, rows } = growing;
  const { start } = node;
  const n = node.end - start;
  let tried = space.lists[0];
  let kept = space.lists[1];
  let varies = false;
  for (let k = 0; k < set.nFeatures && (k < candidates.maxFeatures || !varies); k++) {
    const feature = candidates.at(k);
    if (!sortRows(tried, set, rows, start, n, feature, space.sort)) continue;
    varies = true;
    if (!tryCuts(growing, space.cuts, tried, 0, n, node, feature, best)) continue;
    const other = kept;
    kept = tried;
    tried = other;
  }
  return kept;
}

/** Moves the marked rows to the front, without changing their order. */
function partition(
  rows: Int32Array,
  start: number,
  n: number,
  goesLeft: Uint8Array,
  scratch: Int32Array,
): void {
  let nLeft = start;
  let nRight = 0;
  for (let place = 0; place < n; place++) {
    const row = rows[start + place];
    const isLeft = goesLeft[place];
    rows[nLeft] = row;
    scratch[nRight] = row;
    nLeft += isLeft;
    nRight += 1 - isLeft;
  }
  copy(scratch, nRight, rows, nLeft);
}

function copy(from: Int32Array, n: number, to: Int32Array, at: number): void {
  for (let i = 0; i < n; i++) to[at + i] = from[i];
}
