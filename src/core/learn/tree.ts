import type { Context } from '../context';
import { allFeatures } from './tree-candidates';
import type { TreeData, TreeParams } from './tree-data';
import { checkTreeData, checkTreeParams, weightsOf } from './tree-data';
import { growTree } from './tree-grow';
import { assembleTree } from './tree-assemble';
import { growLarge, manyRows } from './tree-large';
import { pruneTree } from './tree-prune';
import { prepareTraining } from './tree-training';
import { countWork } from './worked';

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
  /** What the training rows of each class weigh, nNodes × nClasses: their number, unless classes have weights. */
  readonly value: number[][];
  /** Training rows, without weights. */
  readonly nSamples: number[];
  /** Gini impurity, 0 … 1 − 1/nClasses. */
  readonly impurity: number[];
  /** Length nFeatures: share of the total decrease in impurity, adds up to 1 (all 0 when there is no split). */
  readonly featureImportances: number[];
}

/**
 * Fits a classification tree (CART): binary splits that decrease the Gini impurity 1 − Σ_c (n_c/n)² the most, n_c being
 * the weights of the rows of class c, at midpoints between neighbouring distinct values.
 * On a tie the smaller feature index wins, then the smaller threshold.
 *
 * A node of at most 512 rows, and any node where there are at most 1,024 training rows, looks at every value. A larger one
 * looks at the borders of bins: every column has at most 256, one for each distinct value where that is enough, otherwise
 * of about a 256th of the training rows each.
 *
 * As in scikit-learn an impure node is split even where the best split decreases nothing (exclusive or needs that).
 *
 * @returns the tree; nothing in it refers to the data
 * @throws AppError `too-few-rows` without a training row, `not-finite` when a training value is NaN or infinite,
 *   `setting-invalid` for parameters out of range, `internal` for shapes or labels that do not fit
 *
 * Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees" (1984);
 * scikit-learn `tree/_tree.pyx` (DepthFirstTreeBuilder), `tree/_splitter.pyx`, `tree/_criterion.pyx` (Gini);
 * the bins as in Ke et al., "LightGBM" (2017).
 * Differs from scikit-learn in: large nodes are split between bins; ties are broken by a rule, not by a seed; values are
 * compared in float64, not float32, and any difference counts (there: more than 1e-7); missing values are refused;
 * `value` holds weights, not shares; a leaf has feature −1 and threshold 0 (there: −2).
 */
export async function fitTree(
  data: TreeData,
  params: TreeParams,
  ctx: Pick<Context, 'breathe' | 'engine'>,
): Promise<Tree> {
  checkTreeParams(params);
  checkTreeData(data);
  const grow = data.rows.length > manyRows ? growLarge : growAtOnce;
  return pruneTree(await grow(data, params, ctx), params.ccpAlpha ?? 0);
}

async function growAtOnce(
  data: TreeData,
  params: TreeParams,
  ctx: Pick<Context, 'breathe' | 'engine'>,
): Promise<Tree> {
  const training = await prepareTraining(data, ctx);
  const { set } = training;
  const weights = weightsOf(params.classWeight ?? null, set.counts);
  const splitter = ctx.engine.splitter(set, weights, params.minSamplesLeaf);
  try {
    const seedling = { set, splitter, times: set.times, candidates: allFeatures(set.nFeatures) };
    return assembleTree(await growTree(seedling, params, countWork(ctx)), training, weights);
  } finally {
    splitter.dispose();
  }
}
