import { AppError } from '../errors';
import type { Forest } from './forest';
import type { Tree } from './tree';
import { sum } from './tree-nodes';
import { majority } from './tree-predict';

/**
 * Share of each class, for each listed row: the mean over the trees of the shares in the leaf that the row reaches.
 *
 * @param features nFeatures columns, as in `fitForest`
 * @param rows which rows, in any order
 * @returns row-major rows.length × nClasses; each row adds up to 1
 * @throws AppError `internal` when the number of columns is not the trees'
 */
export function predictProba(
  trees: readonly Tree[],
  features: readonly Float64Array[],
  rows: Int32Array,
): Float64Array {
  const nClasses = trees[0].nClasses;
  const shares = new Float64Array(rows.length * nClasses);
  for (const tree of trees) {
    if (features.length !== tree.nFeatures) {
      const message = `The forest was fitted on ${tree.nFeatures} columns, got ${features.length}.`;
      throw new AppError('internal', message);
    }
    addShares(tree, features, rows, shares);
  }
  return shares.map((share) => share / trees.length);
}

/** Adds the shares of each class in the leaf of every listed row. */
export function addShares(
  tree: Tree,
  features: readonly Float64Array[],
  rows: Int32Array,
  shares: Float64Array,
): void {
  const { nClasses } = tree;
  const feature = new Int32Array(tree.feature);
  const threshold = new Float64Array(tree.threshold);
  const left = new Int32Array(tree.left);
  const right = new Int32Array(tree.right);
  const leafShares = sharesOf(tree);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    let node = 0;
    while (left[node] >= 0) {
      node = features[feature[node]][row] <= threshold[node] ? left[node] : right[node];
    }
    for (let c = 0; c < nClasses; c++) shares[i * nClasses + c] += leafShares[node * nClasses + c];
  }
}

function sharesOf({ value, nClasses }: Tree): Float64Array {
  const shares = new Float64Array(value.length * nClasses);
  for (let node = 0; node < value.length; node++) {
    const weights = value[node];
    const total = sum(weights);
    for (let c = 0; c < nClasses; c++) shares[node * nClasses + c] = weights[c] / total;
  }
  return shares;
}

/**
 * The class of each listed row: the one with the largest mean share, the smallest class on a tie.
 * Parameters and errors as `predictProba`.
 */
export function predictForest(
  forest: Forest,
  features: readonly Float64Array[],
  rows: Int32Array,
): Int32Array {
  const { trees, nClasses } = forest;
  const shares = predictProba(trees, features, rows);
  return rows.map((_, i) => majority(shares.subarray(i * nClasses, (i + 1) * nClasses)));
}
