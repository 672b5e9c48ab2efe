import type { Context } from '../context';
import type { Engine, RowRange } from '../engine';
import { createRandom, type Random } from '../random';
import { addShares } from './forest-predict';
import type { Tree } from './tree';
import { assembleTree } from './tree-assemble';
import { allFeatures, drawnFeatures } from './tree-candidates';
import {
  checkTreeData,
  checkTreeParams,
  checkWhole,
  weightsOf,
  type ClassWeight,
  type TreeData,
} from './tree-data';
import { growTree } from './tree-grow';
import { sum, type Nodes } from './tree-nodes';
import { majority } from './tree-predict';
import { prepareTraining, type Training, type TrainingSet } from './tree-training';
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
  const training = await prepareForest(data, params, ctx);
  return assembleForest(training, params, await ctx.engine.growForest(training.set, params, ctx));
}

/** Checks what `fitForest` is given and lays the rows out, once for all trees. */
export async function prepareForest(
  data: TreeData,
  params: ForestParams,
  ctx: Pick<Context, 'breathe' | 'engine'>,
): Promise<Training> {
  checkTreeParams(params);
  checkWhole('nEstimators', params.nEstimators, 1);
  if (typeof params.maxFeatures === 'number') checkWhole('maxFeatures', params.maxFeatures, 1);
  checkTreeData(data);
  return prepareTraining(data, ctx);
}

/**
 * The trees from `first` to before `end`. Each depends on its number alone, so any worker may grow any of them.
 * @param ctx `progress` is told how many of these trees there are
 */
export async function growTrees(
  set: TrainingSet,
  params: ForestParams,
  { first, end }: RowRange,
  ctx: Omit<Context, 'engine'> & { readonly engine: Pick<Engine, 'splitter'> },
): Promise<Nodes[]> {
  const worked = countWork(ctx);
  const maxFeatures = featuresPerNode(params.maxFeatures, set.nFeatures);
  const weights = weightsOf(params.classWeight, set.counts);
  const splitter = ctx.engine.splitter(set, weights, params.minSamplesLeaf);
  const trees: Nodes[] = [];
  try {
    for (let t = first; t < end; t++) {
      const random = createRandom(params.seed, t);
      const times = params.bootstrap ? bootstrap(set, random) : set.times;
      const candidates =
        maxFeatures === set.nFeatures
          ? allFeatures(maxFeatures)
          : drawnFeatures(set.nFeatures, maxFeatures, random);
      trees.push(await growTree({ set, splitter, times, candidates }, params, worked));
      ctx.progress(trees.length, end - first);
      await ctx.breathe();
    }
  } finally {
    splitter.dispose();
  }
  return trees;
}

function featuresPerNode(maxFeatures: ForestParams['maxFeatures'], nFeatures: number): number {
  if (maxFeatures === null) return nFeatures;
  const wanted =
    maxFeatures === 'sqrt' ? Math.max(1, Math.floor(Math.sqrt(nFeatures))) : maxFeatures;
  return Math.min(wanted, nFeatures);
}

/** How often each row was drawn. */
function bootstrap({ listed, nRows }: TrainingSet, random: Random): Int32Array {
  const times = new Int32Array(nRows);
  for (let i = 0; i < listed.length; i++) times[listed[random.integer(listed.length)]]++;
  return times;
}

/** @param grown all trees, in the order of their numbers */
export function assembleForest(
  training: Training,
  params: ForestParams,
  grown: readonly Nodes[],
): Forest {
  const { nFeatures, nClasses, counts } = training.set;
  const weights = weightsOf(params.classWeight, counts);
  const trees = grown.map((nodes) => assembleTree(nodes, training, weights));
  const split = trees.filter((tree) => tree.left[0] >= 0);
  const decrease = Array.from({ length: nFeatures }, (_, j) =>
    sum(split.map((tree) => tree.featureImportances[j])),
  );
  const total = sum(decrease);
  return {
    nFeatures,
    nClasses,
    trees,
    featureImportances: total > 0 ? decrease.map((value) => value / total) : decrease,
    oobScore: params.oobScore && params.bootstrap ? oobScore(training, params, trees) : null,
  };
}

function oobScore(
  { set, rows, data }: Training,
  params: ForestParams,
  trees: readonly Tree[],
): number | null {
  const { nRows, nClasses, labels, times } = set;
  const shares = new Float64Array(nRows * nClasses);
  trees.forEach((tree, t) => {
    const drawn = bootstrap(set, createRandom(params.seed, t));
    const others = Int32Array.from(rows.keys()).filter((row) => drawn[row] === 0);
    const own = new Float64Array(others.length * nClasses);
    addShares(
      tree,
      data.features,
      others.map((row) => rows[row]),
      own,
    );
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
