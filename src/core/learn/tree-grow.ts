import type { Candidates } from './tree-candidates';
import type { TreeParams } from './tree-data';
import { createDrawnSpace, growDrawn } from './tree-drawn';
import { growLarge } from './tree-large';
import { addLeaf, noNodes, sum, type Nodes, type Pending } from './tree-nodes';
import { createSmallSpace, growSmall } from './tree-small';
import { rowsInUse, type TrainingSet } from './tree-training';
import type { Worked } from './worked';

/** What one tree is grown from. */
export interface Seedling {
  readonly set: TrainingSet;
  /** Length nRows: how often each row counts. */
  readonly times: Int32Array;
  readonly candidates: Candidates;
  /** Length nClasses: what a row of the class weighs. */
  readonly weights: Float64Array;
}

export interface Growing {
  readonly set: TrainingSet;
  readonly times: Int32Array;
  readonly candidates: Candidates;
  readonly weights: Float64Array;
  /** The rows in use, each once; reordered so that every large node has a range of them. */
  readonly rows: Int32Array;
  readonly squaredWeights: Float64Array;
  readonly minSamplesLeaf: number;
  readonly maySplit: (node: Pending) => boolean;
  readonly nodes: Nodes;
}

/** Grows a tree to its leaves: large nodes one by one, then each small subtree at a stroke. */
export async function growTree(
  seedling: Seedling,
  { maxDepth, minSamplesLeaf, minSamplesSplit }: TreeParams,
  worked: Worked,
): Promise<Nodes> {
  const { set, times, candidates, weights } = seedling;
  const growing: Growing = {
    set,
    times,
    candidates,
    weights,
    rows: rowsInUse(times),
    squaredWeights: weights.map((weight) => weight * weight),
    minSamplesLeaf,
    maySplit: ({ counts, nRows, depth }) =>
      nRows >= minSamplesSplit &&
      nRows >= 2 * minSamplesLeaf &&
      (maxDepth === null || depth < maxDepth) &&
      !counts.includes(nRows),
    nodes: noNodes(),
  };
  const subtrees = await growLarge(growing, plantRoot(growing), worked);
  const longest = subtrees.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  const growSubtree = createSubtreeGrower(growing, longest);
  for (const subtree of subtrees) {
    if (worked.on(growSubtree(subtree))) await worked.rest();
  }
  return growing.nodes;
}

/** Of subtrees with up to so many rows. */
function createSubtreeGrower(growing: Growing, longest: number): (subtree: Pending) => number {
  const { nFeatures, nClasses } = growing.set;
  if (growing.candidates.maxFeatures < nFeatures) {
    const space = createDrawnSpace(nClasses, longest);
    return (subtree) => growDrawn(growing, space, subtree);
  }
  const space = createSmallSpace(nFeatures, nClasses, longest);
  return (subtree) => growSmall(growing, space, subtree);
}

function plantRoot({ set, rows, times, nodes }: Growing): Pending {
  const counts = new Array<number>(set.nClasses).fill(0);
  for (const row of rows) counts[set.labels[row]] += times[row];
  const id = addLeaf(nodes, counts);
  return { id, depth: 0, start: 0, end: rows.length, counts, nRows: sum(counts) };
}
