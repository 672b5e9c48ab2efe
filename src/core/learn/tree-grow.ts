import type { Splitter } from '../engine';
import type { Candidates } from './tree-candidates';
import type { TreeParams } from './tree-data';
import { nodeField, nodeWidth, sum, type Nodes } from './tree-nodes';
import type { TrainingSet } from './tree-training';
import type { Worked } from './worked';

/**
 * A node with more rows looks for its cut between bins; one with at most so many looks at every value. Where a node tries
 * a few features only, there are many trees, and no single cut matters much.
 */
const smallNode = 512;
const smallDrawnNode = 128;
/** So few rows learn an exact tree. */
const exactRows = 1024;

/** Nodes that there is room for at first. */
const leastRoom = 256;

/** What one tree is grown from. */
export interface Seedling {
  readonly set: TrainingSet;
  readonly splitter: Splitter;
  /** Length nRows: how often each row counts. */
  readonly times: Int32Array;
  readonly candidates: Candidates;
}

/** A node that is still to be looked at. */
export interface Pending {
  /** The node whose right child it is; −1 for a left child, and for the root. */
  readonly rightOf: number;
  readonly depth: number;
  /** Its range of the splitter's rows. */
  readonly start: number;
  readonly end: number;
  /** Rows per class, and in all. A row that was drawn twice counts twice. */
  readonly counts: readonly number[];
  readonly nRows: number;
}

/** A node in which no cut was found between bins, and its number: its values are to be looked at. */
export interface Waiting extends Pending {
  readonly id: number;
}

type Limits = Pick<TreeParams, 'maxDepth' | 'minSamplesLeaf' | 'minSamplesSplit'>;

/**
 * Grows a tree to its leaves, from the root downwards, left before right.
 *
 * @param waiting written: where it is given, only bins are looked at, and these nodes are left as leaves
 */
export function growTree(
  seedling: Seedling,
  limits: Limits,
  worked: Worked,
  waiting?: Waiting[],
): Promise<Nodes> {
  const { set, splitter, times } = seedling;
  const root = rootOf(set, times, splitter.plant(times));
  return growBranch(seedling, root, limits, worked, waiting);
}

/** The same from any node on, which gets the number 0. The splitter has been planted. */
export async function growBranch(
  { set, splitter, candidates }: Omit<Seedling, 'times'>,
  root: Pending,
  limits: Limits,
  worked: Worked,
  waiting?: Waiting[],
): Promise<Nodes> {
  const width = nodeWidth(set.nClasses);
  let nodes = new Int32Array(width * leastRoom);
  let nNodes = 0;
  const mostSorted = mostSortedOf(set, candidates);
  const pending: Pending[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const { start, end, counts, depth, rightOf } = node;
    const id = nNodes++;
    const at = id * width;
    if (at === nodes.length) nodes = enlarge(nodes);
    nodes[at + nodeField.feature] = -1;
    nodes[at + nodeField.right] = -1;
    for (let c = 0; c < counts.length; c++) nodes[at + nodeField.counts + c] = counts[c];
    if (rightOf >= 0) nodes[rightOf * width + nodeField.right] = id;
    if (!maySplit(node, limits)) continue;
    if (worked.on((end - start) * candidates.maxFeatures)) await worked.rest();
    splitter.open(start, end, counts);
    if (end - start > mostSorted) {
      if (splitter.countBins !== undefined) await splitter.countBins(() => worked.rest());
      tryFeatures(candidates, splitter.tryBins);
    }
    // Where no bin may end, or all rows lie in one bin of each feature, the values themselves are looked at.
    if (!splitter.hasCut()) {
      if (waiting === undefined) tryFeatures(candidates, splitter.tryRanks);
      else waiting.push({ ...node, id });
    }
    const split = splitter.split();
    if (split === undefined) continue;
    const { nLeft, leftCounts } = split;
    nodes[at + nodeField.feature] = split.feature;
    nodes[at + nodeField.below] = split.below;
    nodes[at + nodeField.above] = split.above;
    const middle = start + nLeft;
    pending.push(pendingOf(id, depth + 1, middle, end, difference(counts, leftCounts)));
    pending.push(pendingOf(-1, depth + 1, start, middle, leftCounts));
  }
  return nodes.slice(0, nNodes * width);
}

function enlarge(nodes: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * nodes.length);
  more.set(nodes);
  return more;
}

function pendingOf(
  rightOf: number,
  depth: number,
  start: number,
  end: number,
  counts: readonly number[],
): Pending {
  return { rightOf, depth, start, end, counts, nRows: sum(counts) };
}

function difference(a: readonly number[], b: readonly number[]): number[] {
  const left: number[] = [];
  for (let c = 0; c < a.length; c++) left.push(a[c] - b[c]);
  return left;
}

function rootOf({ labels, nClasses }: TrainingSet, times: Int32Array, nUsed: number): Pending {
  const counts = new Array<number>(nClasses).fill(0);
  for (let row = 0; row < times.length; row++) counts[labels[row]] += times[row];
  return pendingOf(-1, 0, 0, nUsed, counts);
}

function mostSortedOf({ nRows }: TrainingSet, { nFeatures, maxFeatures }: Candidates): number {
  if (nRows <= exactRows) return exactRows;
  return maxFeatures < nFeatures ? smallDrawnNode : smallNode;
}

/** Tries features until enough were tried and one of them has two different values. */
function tryFeatures(candidates: Candidates, tryThese: (features: Int32Array) => boolean): void {
  const { maxFeatures, nFeatures } = candidates;
  let varies = tryThese(candidates.draw(0, maxFeatures));
  for (let k = maxFeatures; k < nFeatures && !varies; k++) {
    varies = tryThese(candidates.draw(k, 1));
  }
}

function maySplit(
  { counts, nRows, depth }: Pending,
  { maxDepth, minSamplesLeaf, minSamplesSplit }: Limits,
): boolean {
  return (
    nRows >= minSamplesSplit &&
    nRows >= 2 * minSamplesLeaf &&
    (maxDepth === null || depth < maxDepth) &&
    !counts.includes(nRows)
  );
}
