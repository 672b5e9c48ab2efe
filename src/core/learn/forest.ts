import type { Context } from '../context';
import { createRandom, type Random } from '../random';
import { addShares } from './forest-predict';
import type { Tree } from './tree';
import { assembleTree } from './tree-assemble';
import { drawnFeatures } from './tree-candidates';
import {
  checkTreeData,
  checkTreeParams,
  checkWhole,
  weightsOf,
  type ClassWeight,
  type TreeData,
} from './tree-data';
import { growTree } from './tree-grow';
import { sum } from './tree-nodes';
import { majority } from './tree-predict';
import { prepareTraining, rowsInUse, type TrainingSet } from './tree-training';
import { countWork } from './worked';

export interface ForestParams {
  /** Number of trees, from 1. */
  readonly nEstimators: number;
  readonly maxDepth: number | null;
  readonly minSamplesLeaf: number;
  readonly minSamplesSplit: number;
  /** Features that a node tries: a number from 1 (more than there are: all), ⌊√nFeatures⌋, or null for all. */
  readonly maxFeatures: 'sqrt' | number | null;
  /** Whether each tree learns from as many rows as there are, drawn with putting back; if not, from all rows. */
  readonly bootstrap: boolean;
  /** `balanced` by all training rows, not by those that a tree drew. */
  readonly classWeight: ClassWeight;
  /** Whether to compute `oobScore`; needs bootstrap. */
  readonly oobScore: boolean;
  /** 32-bit integer. Tree t has stream t of this seed. */
  readonly seed: number;
}

/** As scikit-learn's. */
export const forestDefaults: ForestParams = {
  nEstimators: 100,
  maxDepth: null,
  minSamplesLeaf: 1,
  minSamplesSplit: 2,
  maxFeatures: 'sqrt',
  bootstrap: true,
  classWeight: null,
  oobScore: false,
  seed: 42,
};

export interface Forest {
  readonly nFeatures: number;
  readonly nClasses: number;
  readonly trees: readonly Tree[];
  /** Mean over the trees that have a split, made to add up to 1. */
  readonly featureImportances: number[];
  /**
   * Accuracy on the training rows, each judged by the trees that did not draw it; rows that all trees drew are left out.
   * null where it was not asked for, without bootstrap, or when no row is left.
   */
  readonly oobScore: number | null;
}

/**
 * Fits a random forest: trees on bootstrap samples whose nodes each try a few features, drawn anew.
 *
 * @returns plain data. `growTrees` for any parts of 0 … nEstimators, put together by `assembleForest`, gives the same
 * @throws AppError as `fitTree`
 *
 * Source: Breiman, "Random Forests" (2001); scikit-learn `ensemble/_forest.py`.
 * Differs from scikit-learn in: what `fitTree` differs in; another stream of random numbers; a row that was drawn twice
 * counts twice for minSamplesLeaf and minSamplesSplit (there: once).
 */
export async function fitForest(
  data: TreeData,
  params: ForestParams,
  ctx: Context,
): Promise<Forest> {
  const set = await prepareForest(data, params, ctx);
  return assembleForest(set, params, await ctx.engine.growForest(set, params, ctx));
}

/** All trees, one after the other: what `Engine.growForest` is where there is nobody to share the work with. */
export async function growForest(
  set: TrainingSet,
  params: ForestParams,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<Tree[]> {
  const trees: Tree[] = [];
  for (let t = 0; t < params.nEstimators; t++) {
    trees.push(...(await growTrees(set, params, t, t + 1, ctx)));
    ctx.progress(t + 1, params.nEstimators);
  }
  return trees;
}

/** Checks what `fitForest` is given and lays the rows out, once for all trees. */
export async function prepareForest(
  data: TreeData,
  params: ForestParams,
  ctx: Pick<Context, 'breathe'>,
): Promise<TrainingSet> {
  checkTreeParams(params);
  checkWhole('nEstimators', params.nEstimators, 1);
  if (typeof params.maxFeatures === 'number') checkWhole('maxFeatures', params.maxFeatures, 1);
  checkTreeData(data);
  const { length: nFeatures } = data.features;
  const triesAll = featuresPerNode(params.maxFeatures, nFeatures) === nFeatures;
  return prepareTraining(data, triesAll ? 'by-row' : 'by-feature', countWork(ctx));
}

/**
 * The trees firstTree … endTree − 1. Each depends on its number alone, so any worker may grow any of them.
 * @param set of `prepareForest`
 */
export async function growTrees(
  set: TrainingSet,
  params: ForestParams,
  firstTree: number,
  endTree: number,
  ctx: Pick<Context, 'breathe'>,
): Promise<Tree[]> {
  const worked = countWork(ctx);
  const weights = weightsOf(params.classWeight, set.counts);
  const maxFeatures = featuresPerNode(params.maxFeatures, set.nFeatures);
  const trees: Tree[] = [];
  for (let t = firstTree; t < endTree; t++) {
    const random = createRandom(params.seed, t);
    const times = params.bootstrap ? bootstrap(set, random) : set.times;
    const candidates = drawnFeatures(set.nFeatures, maxFeatures, random);
    const nodes = await growTree({ set, times, candidates, weights }, params, worked);
    trees.push(assembleTree(nodes, set.nFeatures, weights));
    await ctx.breathe();
  }
  return trees;
}

function featuresPerNode(maxFeatures: ForestParams['maxFeatures'], nFeatures: number): number {
  if (maxFeatures === null) return nFeatures;
  const wanted =
    maxFeatures === 'sqrt' ? Math.max(1, Math.floor(Math.sqrt(nFeatures))) : maxFeatures;
  return Math.min(wanted, nFeatures);
}

/** How often each row of the table was drawn. */
function bootstrap({ rows, nRows }: TrainingSet, random: Random): Int32Array {
  const times = new Int32Array(nRows);
  for (let i = 0; i < rows.length; i++) times[rows[random.integer(rows.length)]]++;
  return times;
}

/** @param trees all of them, in the order of their numbers */
export function assembleForest(
  set: TrainingSet,
  params: ForestParams,
  trees: readonly Tree[],
): Forest {
  const { nFeatures, nClasses } = set;
  const grown = trees.filter((tree) => tree.left[0] >= 0);
  const decrease = Array.from({ length: nFeatures }, (_, j) =>
    sum(grown.map((tree) => tree.featureImportances[j])),
  );
  const total = sum(decrease);
  return {
    nFeatures,
    nClasses,
    trees,
    featureImportances: total > 0 ? decrease.map((value) => value / total) : decrease,
    oobScore: params.oobScore && params.bootstrap ? oobScore(set, params, trees) : null,
  };
}

function oobScore(set: TrainingSet, params: ForestParams, trees: readonly Tree[]): number | null {
  const { nRows, nClasses, labels, times } = set;
  const shares = new Float64Array(nRows * nClasses);
  trees.forEach((tree, t) => {
    const drawn = bootstrap(set, createRandom(params.seed, t));
    const others = rowsInUse(times.map((time, row) => (drawn[row] > 0 ? 0 : time)));
    const own = new Float64Array(others.length * nClasses);
    addShares(tree, set.features, others, own);
    addRows(own, others, nClasses, shares);
  });
  let nJudged = 0;
  let nHits = 0;
  for (let row = 0; row < nRows; row++) {
    const own = shares.subarray(row * nClasses, (row + 1) * nClasses);
    if (!own.some((share) => share > 0)) continue;
    // A row that is listed twice is judged twice.
    nJudged += times[row];
    if (majority(own) === labels[row]) nHits += times[row];
  }
  return nJudged === 0 ? null : nHits / nJudged;
}

function addRows(own: Float64Array, rows: Int32Array, width: number, all: Float64Array): void {
  for (let i = 0; i < rows.length; i++) {
    for (let c = 0; c < width; c++) all[rows[i] * width + c] += own[i * width + c];
  }
}
