import type { Context } from '../context';
import type { TreeData, TreeParams } from './tree-data';
import { checkTreeData, checkTreeParams } from './tree-data';
import type { Split, Workspace } from './tree-split';
import { bestCut, markLeft, partition, sortedRows, sumOfSquares } from './tree-split';

/**
 * A fitted tree as plain data. Nodes are numbered from the root (0) downwards, left before right;
 * the arrays have one entry per node, like scikit-learn's `tree_`.
 */
export interface Tree {
  readonly nFeatures: number;
  readonly nClasses: number;
  /** The feature that the node asks for, −1 in a leaf. */
  readonly feature: number[];
  /** A row goes left when its value <= threshold. 0 in a leaf. */
  readonly threshold: number[];
  /** The node for rows that go left, −1 in a leaf. */
  readonly left: number[];
  /** The node for rows that go right, −1 in a leaf. */
  readonly right: number[];
  /** Training rows per class, nNodes × nClasses. */
  readonly value: number[][];
  readonly nSamples: number[];
  /** Gini impurity, 0 … 1 − 1/nClasses. */
  readonly impurity: number[];
  /** Length nFeatures: share of the total decrease in impurity, adds up to 1 (all 0 when there is no split). */
  readonly featureImportances: number[];
}

/** After so many values looked at (some milliseconds) the tree lets a cancel through. */
const valuesPerBreath = 500_000;

/**
 * Fits a classification tree (CART): binary splits that decrease the Gini impurity 1 − Σ_c (n_c/n)² the most, at
 * midpoints between neighbouring distinct values. On a tie the smaller feature index wins, then the smaller threshold.
 *
 * As in scikit-learn an impure node is split even where the best split decreases nothing (exclusive or needs that).
 *
 * @returns the tree; nothing in it refers to the data
 * @throws AppError `too-few-rows` without a training row, `not-finite` when a training value is NaN or infinite,
 *   `setting-invalid` for parameters out of range, `internal` for shapes or labels that do not fit
 *
 * Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees" (1984);
 * scikit-learn `tree/_tree.pyx` (DepthFirstTreeBuilder), `tree/_splitter.pyx`, `tree/_criterion.pyx` (Gini).
 * Differs from scikit-learn in: ties are broken by a rule, not by a seed; values are compared in float64, not float32,
 * and any difference counts (there: more than 1e-7); missing values are refused; `value` holds counts, not shares;
 * a leaf has feature −1 and threshold 0 (there: −2).
 */
export async function fitTree(
  data: TreeData,
  params: TreeParams,
  ctx: Pick<Context, 'breathe'>,
): Promise<Tree> {
  checkTreeParams(params);
  checkTreeData(data);
  const worked = countWork(ctx);
  const space = await createWorkspace(data, worked);
  const tree = nodelessTree(data.features.length, data.nClasses);
  const waiting = [rootOf(data)];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const id = addNode(tree, node);
    if (!maySplit(node, params)) continue;
    const split = await bestSplit(space, node, params.minSamplesLeaf, worked);
    if (split === null) continue;
    tree.feature[id] = split.feature;
    tree.threshold[id] = split.threshold;
    // The right one waits longer, so that the whole left branch is numbered first.
    const [left, right] = await divide(space, node, split, id, worked);
    waiting.push(right, left);
  }
  return { ...tree, featureImportances: importances(tree) };
}

function nodelessTree(nFeatures: number, nClasses: number): Tree {
  return {
    nFeatures,
    nClasses,
    feature: [],
    threshold: [],
    left: [],
    right: [],
    value: [],
    nSamples: [],
    impurity: [],
    featureImportances: [],
  };
}

/** A node that is still to be looked at: its range in the sorted lists, its class counts and where it hangs. */
interface Pending {
  readonly start: number;
  readonly end: number;
  readonly counts: number[];
  readonly depth: number;
  readonly parent: number;
  readonly isLeft: boolean;
}

/** The whole training set as one node, not yet hung anywhere. */
function rootOf({ labels, nClasses, rows }: TreeData): Pending {
  const counts = new Array<number>(nClasses).fill(0);
  for (const row of rows) counts[labels[row]]++;
  return { start: 0, end: rows.length, counts, depth: 0, parent: -1, isLeft: false };
}

/** Writes a node down as a leaf and hangs it under its parent. Returns its number. */
function addNode(tree: Tree, node: Pending): number {
  const id = tree.nSamples.length;
  const n = node.end - node.start;
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.left.push(-1);
  tree.right.push(-1);
  tree.value.push(node.counts);
  tree.nSamples.push(n);
  tree.impurity.push(1 - sumOfSquares(node.counts) / (n * n));
  if (node.parent >= 0) (node.isLeft ? tree.left : tree.right)[node.parent] = id;
  return id;
}

function maySplit(node: Pending, params: TreeParams): boolean {
  const n = node.end - node.start;
  const isPure = node.counts.includes(n);
  const isDeepest = params.maxDepth !== null && node.depth >= params.maxDepth;
  return !isPure && !isDeepest && n >= params.minSamplesSplit && n >= 2 * params.minSamplesLeaf;
}

/** The best cut over all features in ascending order, or null when every feature is constant (or no cut is allowed). */
async function bestSplit(
  space: Workspace,
  { start, end, counts }: Pending,
  minSamplesLeaf: number,
  worked: Worked,
): Promise<Split | null> {
  let best: Split | null = null;
  for (let feature = 0; feature < space.features.length; feature++) {
    const scoreToBeat: number = best === null ? -Infinity : best.score;
    best = bestCut(space, feature, start, end, counts, minSamplesLeaf, scoreToBeat) ?? best;
    if (worked.on(end - start)) await worked.rest();
  }
  return best;
}

/** Partitions all lists by the split and returns the two children of node `id`. */
async function divide(
  space: Workspace,
  node: Pending,
  split: Split,
  id: number,
  worked: Worked,
): Promise<[Pending, Pending]> {
  const { start, end, depth } = node;
  const leftCounts = markLeft(space, split, start, end);
  for (let feature = 0; feature < space.features.length; feature++) {
    // The list of the split's own feature is in the right order already.
    if (feature !== split.feature) partition(space, feature, start, end);
    if (worked.on(end - start)) await worked.rest();
  }
  const rightCounts = node.counts.map((count, c) => count - leftCounts[c]);
  const middle = start + split.nLeft;
  const child = { depth: depth + 1, parent: id };
  return [
    { ...child, start, end: middle, counts: leftCounts, isLeft: true },
    { ...child, start: middle, end, counts: rightCounts, isLeft: false },
  ];
}

/** Mean decrease in impurity: Σ over the splits of n·G − n_L·G_L − n_R·G_R per feature, divided by its total. */
function importances(tree: Tree): number[] {
  const decrease = new Array<number>(tree.nFeatures).fill(0);
  const weighted = (node: number) => tree.nSamples[node] * tree.impurity[node];
  for (let node = 0; node < tree.left.length; node++) {
    if (tree.left[node] < 0) continue;
    const after = weighted(tree.left[node]) + weighted(tree.right[node]);
    decrease[tree.feature[node]] += weighted(node) - after;
  }
  const total = decrease.reduce((sum, value) => sum + value, 0);
  return total > 0 ? decrease.map((value) => value / total) : decrease;
}

async function createWorkspace(data: TreeData, worked: Worked): Promise<Workspace> {
  const { features, labels, nClasses, rows } = data;
  const sorted: Int32Array[] = [];
  for (const values of features) {
    sorted.push(sortedRows(values, rows));
    // A sorted row costs about as much as ten that are only looked at.
    if (worked.on(10 * rows.length)) await worked.rest();
  }
  return {
    features,
    labels,
    sorted,
    goesLeft: new Uint8Array(labels.length),
    scratch: new Int32Array(rows.length),
    left: new Float64Array(nClasses),
    right: new Float64Array(nClasses),
  };
}

/** Counts the work done and says when it is time to breathe, so that small nodes need not wait for a promise each. */
interface Worked {
  on(nValues: number): boolean;
  rest(): Promise<void>;
}

function countWork(ctx: Pick<Context, 'breathe'>): Worked {
  let done = 0;
  return {
    on: (nValues) => (done += nValues) >= valuesPerBreath,
    rest: () => {
      done = 0;
      return ctx.breathe();
    },
  };
}
