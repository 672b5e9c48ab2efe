import { AppError } from '../errors';
import type { Tree } from '../learn/tree';

/** Who reaches each node of a tree, by segment: nNodes × nClasses counts of rows. */
export interface NodeCounts {
  /** Of all rows, whether the tree learned from them or not. */
  readonly all: readonly (readonly number[])[];
  /** Of those that it was tested on. */
  readonly tested: readonly (readonly number[])[];
}

/**
 * Sends rows down a tree and counts them in every node on their way.
 *
 * @param features nFeatures columns, as in `fitTree`
 * @param labels class of each row, 0 … nClasses − 1
 * @param test the rows among them that the tree has not seen
 * @throws AppError `internal` when the number of columns is not the tree's
 */
export function countNodes(
  tree: Tree,
  features: readonly Float64Array[],
  labels: Int32Array,
  test: Int32Array,
): NodeCounts {
  if (features.length !== tree.nFeatures) {
    const message = `The tree was fitted on ${tree.nFeatures} columns, got ${features.length}.`;
    throw new AppError('internal', message);
  }
  const { feature, threshold, left, right, nClasses } = tree;
  const all = left.map(() => new Array<number>(nClasses).fill(0));
  const tested = left.map(() => new Array<number>(nClasses).fill(0));
  const isTest = new Uint8Array(labels.length);
  for (const row of test) isTest[row] = 1;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    for (let node = 0; node >= 0;) {
      all[node][label]++;
      if (isTest[row] === 1) tested[node][label]++;
      // −1 behind a leaf.
      const isLeft = left[node] < 0 || features[feature[node]][row] <= threshold[node];
      node = isLeft ? left[node] : right[node];
    }
  }
  return { all, tested };
}
