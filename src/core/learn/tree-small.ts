import {
  createCutSpace,
  fetchRows,
  isConstant,
  markLeft,
  noCut,
  thresholdAt,
  tryCuts,
  type Cut,
  type CutSpace,
} from './tree-cuts';
import type { Growing } from './tree-grow';
import { addSplit, type Pending } from './tree-nodes';
import { createSortSpace, placeMask, sortRows, type SortedList, type SortSpace } from './tree-sort';

/**
 * Small subtrees whose nodes try all features: every value is looked at, and sorted once. Each feature has one sorted list
 * of the rows of the subtree. A node owns the same range [start, end) of all lists; splitting it partitions each range
 * and keeps the order, so nothing is sorted again.
 */
export interface SmallSpace {
  readonly cuts: CutSpace;
  readonly sort: SortSpace;
  readonly lists: readonly SortedList[];
  readonly scratch: Uint32Array;
  /** By depth below the root: which features are known to have one value only. */
  readonly constants: Uint8Array[];
}

/** Room for subtrees of up to so many rows. */
export function createSmallSpace(nFeatures: number, nClasses: number, longest: number): SmallSpace {
  return {
    cuts: createCutSpace(longest, nClasses),
    sort: createSortSpace(longest),
    lists: Array.from({ length: nFeatures }, () => new Uint32Array(longest)),
    scratch: new Uint32Array(longest),
    constants: [new Uint8Array(nFeatures)],
  };
}

/** Grows one subtree to its leaves. Returns how many values were looked at. */
export function growSmall(growing: Growing, space: SmallSpace, subtree: Pending): number {
  const { set, nodes } = growing;
  const { nFeatures } = set;
  const { start: first, end } = subtree;
  const n = end - first;
  fetchRows(growing, space.cuts, first, n);
  for (let j = 0; j < nFeatures; j++) {
    sortRows(space.lists[j], set, growing.rows, first, n, j, space.sort);
  }
  space.constants[0].fill(0);
  const waiting: Pending[] = [{ ...subtree, start: 0, end: n }];
  let work = 5 * n * nFeatures;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    work += (node.end - node.start) * nFeatures;
    const constant = constantsOf(space, node.depth - subtree.depth);
    const { feature, at } = bestCut(growing, space, node, constant);
    if (feature < 0) continue;
    const list = space.lists[feature];
    const leftCounts = markLeft(space.cuts, list, node.start, node.end, at);
    const threshold = thresholdAt(list, set.features[feature], growing.rows, first, at);
    const [left, right] = addSplit(nodes, node, { feature, threshold, middle: at, leftCounts });
    const asksLeft = growing.maySplit(left);
    const asksRight = growing.maySplit(right);
    for (let j = 0; j < nFeatures && (asksLeft || asksRight); j++) {
      if (j !== feature && constant[j] === 0) partition(space, j, node);
    }
    // The right one waits longer: what is known to be constant is kept by depth.
    if (asksRight) waiting.push(right);
    if (asksLeft) waiting.push(left);
  }
  return work;
}

/** What the parent knew to be constant, to be added to. Left branches are finished before right ones begin. */
function constantsOf(space: SmallSpace, depth: number): Uint8Array {
  if (depth === 0) return space.constants[0];
  const parent = space.constants[depth - 1];
  const own = (space.constants[depth] ??= new Uint8Array(parent.length));
  own.set(parent);
  return own;
}

function bestCut(growing: Growing, space: SmallSpace, node: Pending, constant: Uint8Array): Cut {
  const { start, end } = node;
  const best = noCut();
  for (let j = 0; j < constant.length; j++) {
    if (constant[j] === 1) continue;
    if (isConstant(space.lists[j], start, end)) constant[j] = 1;
    else tryCuts(growing, space.cuts, space.lists[j], start, end, node, j, best);
  }
  return best;
}

/** Moves the marked rows of the node to the front, in one feature's list, without changing their order. */
function partition(
  { lists, cuts, scratch }: SmallSpace,
  feature: number,
  { start, end }: Pending,
): void {
  const list = lists[feature];
  const { goesLeft } = cuts;
  let nLeft = start;
  let nRight = 0;
  // No branch: which way a row goes cannot be guessed.
  for (let i = start; i < end; i++) {
    const entry = list[i];
    const isLeft = goesLeft[entry & placeMask];
    list[nLeft] = entry;
    scratch[nRight] = entry;
    nLeft += isLeft;
    nRight += 1 - isLeft;
  }
  copy(scratch, nRight, list, nLeft);
}

function copy(from: Uint32Array, n: number, to: Uint32Array, at: number): void {
  for (let i = 0; i < n; i++) to[at + i] = from[i];
}
