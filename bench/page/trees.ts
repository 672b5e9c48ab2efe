import type { CleanOutput } from '../../src/core/clean/clean';
import { stratifiedSplit, type TrainTestSplit } from '../../src/core/judge/classification';
import { fitForest, forestDefaults } from '../../src/core/learn/forest';
import { predictForest } from '../../src/core/learn/forest-predict';
import type { KMeans } from '../../src/core/learn/kmeans';
import { fitTree } from '../../src/core/learn/tree';
import type { TreeData } from '../../src/core/learn/tree-data';
import { predictTreeRows } from '../../src/core/learn/tree-predict';
import type { Recipe } from '../../src/core/recipe';
import type { StepContext } from '../../src/core/steps';
import type { Settings } from './api';

/** A classifier, timed without the split and the test, and how many of the test rows it places. */
export interface Judged {
  readonly milliseconds: number;
  readonly accuracy: number;
}

interface Wanted {
  readonly settings: Settings;
  readonly recipe: Recipe;
}

type Cleaned = Pick<CleanOutput, 'features'>;

/** The app's own split of the rows, to be used by both sides. */
export function splitOf({ labels, nClusters }: KMeans, { seed }: Settings): TrainTestSplit {
  return stratifiedSplit(labels, nClusters, 0.3, seed);
}

/** With the settings of the app's step. */
export function fitTreeOn(
  cleaned: Cleaned,
  fit: KMeans,
  { settings, recipe }: Wanted,
  ctx: StepContext,
) {
  const { maxDepth, minSamplesLeaf } = recipe.tree;
  const params = { maxDepth, minSamplesLeaf, minSamplesSplit: 2 };
  return judge(cleaned, fit, settings, (data) => fitTree(data, params, ctx), predictTreeRows);
}

/** With the defaults, which are scikit-learn's. */
export function fitForestOn(cleaned: Cleaned, fit: KMeans, { settings }: Wanted, ctx: StepContext) {
  const params = { ...forestDefaults, nEstimators: settings.nTrees, seed: settings.seed };
  return judge(cleaned, fit, settings, (data) => fitForest(data, params, ctx), predictForest);
}

async function judge<Model>(
  { features }: Cleaned,
  fit: KMeans,
  settings: Settings,
  train: (data: TreeData) => Promise<Model>,
  predict: (model: Model, features: readonly Float64Array[], rows: Int32Array) => Int32Array,
): Promise<Judged> {
  const { labels, nClusters: nClasses } = fit;
  const split = splitOf(fit, settings);
  const start = performance.now();
  const model = await train({ features, labels, nClasses, rows: split.train });
  const milliseconds = performance.now() - start;
  const predicted = predict(model, features, split.test);
  const nRight = split.test.reduce((n, row, i) => n + (predicted[i] === labels[row] ? 1 : 0), 0);
  return { milliseconds, accuracy: nRight / split.test.length };
}
