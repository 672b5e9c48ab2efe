import { AppError } from '../errors';
import type { Tree } from './tree';

/** One question on the way down. */
export interface DecisionStep {
  readonly node: number;
  readonly feature: number;
  readonly threshold: number;
  readonly value: number;
  readonly wentLeft: boolean;
}

/**
 * The leaf and the class of one row: the class with most training rows in the leaf, the smallest index on a tie.
 * @param getValue the row's value of a feature, 0 … nFeatures − 1, in the units that the tree was fitted on
 */
export function predictTree(
  tree: Tree,
  getValue: (feature: number) => number,
): { leaf: number; label: number } {
  let node = 0;
  while (tree.left[node] >= 0) {
    const isLeft = getValue(tree.feature[node]) <= tree.threshold[node];
    node = isLeft ? tree.left[node] : tree.right[node];
  }
  return { leaf: node, label: majority(tree.value[node]) };
}

/**
 * The class of each listed row.
 * @param features nFeatures columns, as in `fitTree`
 * @param rows which rows, in any order
 * @returns length rows.length, in the order of `rows`
 * @throws AppError `internal` when the number of columns is not the tree's
 */
export function predictTreeRows(
  tree: Tree,
  features: readonly Float64Array[],
  rows: Int32Array,
): Int32Array {
  if (features.length !== tree.nFeatures) {
    throw new AppError(
      'internal',
      `The tree was fitted on ${tree.nFeatures} columns, got ${features.length}.`,
    );
  }
  const { feature, threshold, left, right } = tree;
  const labelOf = tree.value.map(majority);
  return rows.map((row) => {
    let node = 0;
    while (left[node] >= 0) {
      node = features[feature[node]][row] <= threshold[node] ? left[node] : right[node];
    }
    return labelOf[node];
  });
}

/**
 * The questions that one row is asked on its way from the root, and the leaf that it reaches.
 * @param getValue as in `predictTree`
 */
export function decisionPath(
  tree: Tree,
  getValue: (feature: number) => number,
): { steps: DecisionStep[]; leaf: number } {
  const steps: DecisionStep[] = [];
  let node = 0;
  while (tree.left[node] >= 0) {
    const feature = tree.feature[node];
    const threshold = tree.threshold[node];
    const value = getValue(feature);
    const wentLeft = value <= threshold;
    steps.push({ node, feature, threshold, value, wentLeft });
    node = wentLeft ? tree.left[node] : tree.right[node];
  }
  return { steps, leaf: node };
}

/** The index of the largest count, the smallest index on a tie. */
export function majority(counts: ArrayLike<number>): number {
  let best = 0;
  for (let c = 1; c < counts.length; c++) if (counts[c] > counts[best]) best = c;
  return best;
}

/** Number of questions on the longest way down; 0 for a lone root. */
export function treeDepth(tree: Tree): number {
  const depth = tree.left.map(() => 0);
  let deepest = 0;
  for (let node = 0; node < depth.length; node++) {
    if (tree.left[node] < 0) continue;
    // Children are numbered after their parent.
    depth[tree.left[node]] = depth[tree.right[node]] = depth[node] + 1;
    deepest = Math.max(deepest, depth[node] + 1);
  }
  return deepest;
}

export function countLeaves(tree: Tree): number {
  return tree.left.filter((child) => child < 0).length;
}
