import type { Context } from '../context';
import { fitForest, forestDefaults } from '../learn/forest';
import { predictForest } from '../learn/forest-predict';
import {
  fitLogisticRegression,
  logisticDefaults,
  predictLogistic,
} from '../learn/logistic-regression';
import { fitNaiveBayes, predictNaiveBayes } from '../learn/naive-bayes';
import { nearestCenter } from '../learn/nearest';
import { classifyByNeighbours } from '../learn/nearest-neighbours';
import { fitNetwork, networkDefaults, predictNetwork } from '../learn/network-classifier';
import { fitTree } from '../learn/tree';
import type { TreeParams } from '../learn/tree-data';
import { predictTreeRows } from '../learn/tree-predict';
import type { Matrix } from '../matrix';
import { createRandom } from '../random';
import { classificationReport, confusionMatrix, type ClassificationReport } from './classification';

/** What recognises segments, from the most readable on; the last two are what all others have to beat. */
export const classifiers = [
  'tree',
  'forest',
  'logistic-regression',
  'neighbours',
  'naive-bayes',
  'network',
  'nearest-centroid',
  'majority',
] as const;
export type ClassifierId = (typeof classifiers)[number];

export interface ClassifierResult {
  readonly id: ClassifierId;
  /** Over all folds: each customer was tested once, by a classifier that had not seen them. */
  readonly report: ClassificationReport;
  readonly confusion: readonly (readonly number[])[];
  /** Accuracy of each fold. */
  readonly accuracies: readonly number[];
}

export interface ClassifierData {
  /** Scaled. */
  readonly X: Matrix;
  /** The same rows by feature, in own units. */
  readonly values: readonly Float64Array[];
  readonly labels: Int32Array;
  readonly nClasses: number;
  readonly tree: TreeParams;
}

interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** About how long each takes beside the others, on 9,000 rows of 17 columns: only progress goes by it. */
const costs: Readonly<Record<ClassifierId, number>> = {
  tree: 2,
  forest: 4,
  'logistic-regression': 5,
  neighbours: 4,
  'naive-bayes': 0.3,
  network: 3,
  'nearest-centroid': 0.1,
  majority: 0.1,
};

/** Neighbours that are asked. */
const nNeighbours = 5;

/**
 * All classifiers on the same folds.
 *
 * @param foldOf fold of each row, 0 … nFolds − 1
 * @returns in the order of `classifiers`
 */
export async function compareClassifiers(
  data: ClassifierData,
  foldOf: Int32Array,
  nFolds: number,
  ctx: Context,
): Promise<ClassifierResult[]> {
  const folds = Array.from({ length: nFolds }, (_, fold) => splitOf(foldOf, fold)).filter(
    ({ train, test }) => train.length > 0 && test.length > 0,
  );
  const results: ClassifierResult[] = [];
  const all = classifiers.reduce((sum, id) => sum + costs[id], 0);
  let done = 0;
  let told = 0;
  // A classifier may go through its rows more than once: what has been told is not taken back.
  const tell = (cost: number) => ctx.progress((told = Math.max(told, cost)), all);
  for (const id of classifiers) {
    const predicted = new Int32Array(data.labels.length);
    const accuracies: number[] = [];
    for (const fold of folds) {
      const cost = costs[id] / folds.length;
      const begun = done;
      const progress = (part: number, whole: number) => tell(begun + (cost * part) / whole);
      const part = { ...ctx, engine: ctx.engine, progress };
      const answers = await predictors[id](data, fold, part);
      let nRight = 0;
      fold.test.forEach((row, i) => {
        predicted[row] = answers[i];
        if (answers[i] === data.labels[row]) nRight++;
      });
      accuracies.push(nRight / fold.test.length);
      done += cost;
      tell(done);
      await ctx.breathe();
    }
    const confusion = confusionMatrix(data.labels, predicted, data.nClasses);
    results.push({ id, confusion, report: classificationReport(confusion), accuracies });
  }
  return results;
}

/**
 * Folds in which every segment has its share: the rows of a segment, in a seeded order, are dealt out one by one.
 *
 * @returns fold of each row, 0 … nFolds − 1
 */
export function stratifiedFolds(
  labels: Int32Array,
  nClasses: number,
  nFolds: number,
  seed: number,
): Int32Array {
  const random = createRandom(seed, -4);
  const foldOf = new Int32Array(labels.length);
  let dealt = 0;
  for (let c = 0; c < nClasses; c++) {
    const rows = Array.from(labels.keys()).filter((row) => labels[row] === c);
    // The next segment goes on where this one ends, so that folds are of one size.
    for (const row of random.shuffle(rows)) foldOf[row] = dealt++ % nFolds;
  }
  return foldOf;
}

function splitOf(foldOf: Int32Array, fold: number): Fold {
  const all = Int32Array.from(foldOf.keys());
  return {
    train: all.filter((row) => foldOf[row] !== fold),
    test: all.filter((row) => foldOf[row] === fold),
  };
}

type Predictor = (
  data: ClassifierData,
  fold: Fold,
  ctx: Context,
) => Promise<Int32Array> | Int32Array;

const predictors: Readonly<Record<ClassifierId, Predictor>> = {
  async tree({ values, labels, nClasses, tree }, { train, test }, ctx) {
    const fitted = await fitTree({ features: values, labels, nClasses, rows: train }, tree, ctx);
    return predictTreeRows(fitted, values, test);
  },
  async forest({ values, labels, nClasses }, { train, test }, ctx) {
    const data = { features: values, labels, nClasses, rows: train };
    return predictForest(await fitForest(data, forestDefaults, ctx), values, test);
  },
  async 'logistic-regression'({ X, labels, nClasses }, { train, test }, ctx) {
    const fitted = await fitLogisticRegression(X, labels, nClasses, train, logisticDefaults, ctx);
    return predictLogistic(fitted, X, test);
  },
  neighbours: ({ X, labels, nClasses }, { train, test }, ctx) =>
    classifyByNeighbours(X, labels, nClasses, train, test, nNeighbours, ctx),
  'naive-bayes': ({ X, labels, nClasses }, { train, test }) =>
    predictNaiveBayes(fitNaiveBayes(X, labels, nClasses, train), X, test),
  async network({ X, labels, nClasses }, { train, test }, ctx) {
    const fitted = await fitNetwork(X, labels, nClasses, train, networkDefaults, ctx);
    return predictNetwork(fitted, X, test, ctx);
  },
  'nearest-centroid': ({ X, labels, nClasses }, { train, test }) => {
    const centers = meansOf(X, labels, nClasses, train);
    return test.map((row) =>
      nearestCenter(X.data, row * X.nFeatures, centers, nClasses, X.nFeatures),
    );
  },
  majority: ({ labels, nClasses }, { train, test }) => {
    const counts = new Int32Array(nClasses);
    for (const row of train) counts[labels[row]]++;
    return new Int32Array(test.length).fill(counts.indexOf(Math.max(...counts)));
  },
};

function meansOf(
  { data, nFeatures }: Matrix,
  labels: Int32Array,
  nClasses: number,
  rows: Int32Array,
): Float64Array {
  const counts = new Float64Array(nClasses);
  const means = new Float64Array(nClasses * nFeatures);
  for (const row of rows) {
    counts[labels[row]]++;
    for (let j = 0; j < nFeatures; j++) {
      means[labels[row] * nFeatures + j] += data[row * nFeatures + j];
    }
  }
  // A class without rows is nowhere.
  return means.map((sum, at) => {
    const count = counts[Math.floor(at / nFeatures)];
    return count > 0 ? sum / count : Infinity;
  });
}
