import { beforeAll, describe, expect, it } from 'vitest';
import { clean, cleanDefaults } from '../src/core/clean/clean';
import { fitScaler, transform } from '../src/core/features/scale';
import {
  classifiers,
  compareClassifiers,
  type ClassifierId,
  type ClassifierResult,
} from '../src/core/judge/compare-classifiers';
import type { Context } from '../src/core/context';
import {
  permutationImportance,
  type PermutationImportance,
} from '../src/core/judge/permutation-importance';
import { fitTree } from '../src/core/learn/tree';
import { predictTreeRows } from '../src/core/learn/tree-predict';
import { nearestCenter } from '../src/core/learn/nearest';
import { createSimdEngine } from '../workers/engines/simd';
import { read } from '../workers/read/read-for-test';
import { ctx as plain } from './helpers/context';
import { hasShared, readShared, readSharedJson, whyAbsent } from './helpers/shared-data';

interface KnownAnswers {
  readonly labelSizes: number[];
  readonly permutationImportanceTree: {
    readonly column: string;
    readonly meanAccuracyDrop: number;
    readonly sd: number;
  }[];
  readonly models: Record<string, { meanAccuracy: number; meanMacroF1: number }>;
}

interface KnownClusters {
  readonly byK: Record<string, { centroidsOriginalUnits: number[][] }>;
}

const answers = 'known-answer/classifiers.json';
const clusters = 'known-answer/cc-general-kmeans-median.json';
const table = 'CC GENERAL.csv';
const isAbsent = [answers, clusters, table].some((name) => !hasShared(name));

/** Of the full tree of fold 0, on the rows of fold 0. */
async function mixedInFold0(features: readonly Float64Array[], labels: Int32Array, ctx: Context) {
  const rows = Int32Array.from(labels.keys());
  const test = rows.filter((row) => row % 5 === 0);
  const data = { features, labels, nClasses: 4, rows: rows.filter((row) => row % 5 !== 0) };
  const tree = await fitTree(data, { maxDepth: null, minSamplesLeaf: 1, minSamplesSplit: 2 }, ctx);
  return permutationImportance(
    {
      features: features.map((values) => Float64Array.from(test, (row) => values[row])),
      labels: test.map((row) => labels[row]),
      groups: features.map((_, j) => [j]),
    },
    (some) => predictTreeRows(tree, some, Int32Array.from(test.keys())),
    20,
    0,
    ctx,
  );
}

describe.skipIf(isAbsent)(isAbsent ? whyAbsent : 'classifiers of the credit-card file', () => {
  const ctx = { ...plain };
  let known: KnownAnswers;
  let found: Map<ClassifierId, ClassifierResult>;
  let sizes: number[];
  let mixed: PermutationImportance;
  let columns: readonly string[];

  beforeAll(async () => {
    ctx.engine = await createSimdEngine();
    known = readSharedJson<KnownAnswers>(answers);
    const { table: cards } = await read(new TextDecoder().decode(readShared(table)));
    const { features } = await clean(cards, cleanDefaults, ctx);
    const scaler = await fitScaler(features, 'standard', ctx);
    const X = await transform(scaler, features, ctx);
    const { centroidsOriginalUnits } = readSharedJson<KnownClusters>(clusters).byK[4];
    const centers = Float64Array.from(
      centroidsOriginalUnits.flatMap((center) =>
        center.map((value, j) => (value - scaler.center[j]) / scaler.scale[j]),
      ),
    );
    const labels = Int32Array.from({ length: X.nSamples }, (_, i) =>
      nearestCenter(X.data, i * X.nFeatures, centers, 4, X.nFeatures),
    );
    sizes = [0, 1, 2, 3].map((c) => labels.filter((label) => label === c).length);
    const tree = { maxDepth: null, minSamplesLeaf: 1, minSamplesSplit: 2 };
    // The folds of the file: row i in fold i mod 5.
    const foldOf = labels.map((_, i) => i % 5);
    const data = { X, values: features, labels, nClasses: 4, tree };
    const results = await compareClassifiers(data, foldOf, 5, ctx);
    columns = cards.columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
    mixed = await mixedInFold0(features, labels, ctx);
    found = new Map(results.map((result) => [result.id, result]));
  }, 120_000);

  it('learn the same segments', () => {
    sizes.forEach((size, c) => expect(Math.abs(size - known.labelSizes[c])).toBeLessThanOrEqual(2));
  });

  it.for([
    ['logistic-regression', 'logisticRegression', 0.0015, 0.985],
    ['neighbours', 'knn5', 0.0015, 0.95],
    ['naive-bayes', 'gaussianNB', 0.0015, 0.91],
    ['nearest-centroid', 'nearestCentroidOfTrainingFolds', 0.0015, 0.99],
    ['majority', 'majority', 0.0015, 0.44],
    ['tree', 'tree', 0.008, 0.925],
    ['forest', 'randomForest100', 0.008, 0.955],
  ] as const)('%s is as accurate as scikit-learn’s', ([id, name, tolerance, least]) => {
    const { report, accuracies } = found.get(id) ?? expect.fail();
    expect(Math.abs(report.accuracy - known.models[name].meanAccuracy)).toBeLessThan(tolerance);
    expect(report.accuracy).toBeGreaterThanOrEqual(least);
    expect(accuracies).toHaveLength(5);
  });

  it('a small network beats the trees, and is no better than what the segments were made by', () => {
    const accuracyOf = (id: ClassifierId) => found.get(id)?.report.accuracy ?? NaN;
    // scikit-learn's MLPClassifier with 32 hidden units on the same folds: 0.985 to 0.989 over three seeds and two activations.
    expect(accuracyOf('network')).toBeGreaterThanOrEqual(0.975);
    expect(accuracyOf('network')).toBeGreaterThan(accuracyOf('forest'));
    expect(accuracyOf('network')).toBeLessThan(accuracyOf('nearest-centroid'));
  });

  it('miss the same columns of a tree as scikit-learn does, and as much', () => {
    const ours = columns
      .map((column, j) => ({ column, ...mixed.importances[j] }))
      .sort((a, b) => b.mean - a.mean);
    const known5 = known.permutationImportanceTree.slice(0, 5).map(({ column }) => column);
    const top = ours.slice(0, 6).map(({ column }) => column);
    expect(known5.filter((column) => top.includes(column)).length).toBeGreaterThanOrEqual(4);
    expect(ours[0].column).toBe(known5[0]);
    for (const { column, meanAccuracyDrop } of known.permutationImportanceTree) {
      if (meanAccuracyDrop < 0.02) continue;
      const own = ours.find((importance) => importance.column === column)?.mean ?? NaN;
      // Our tree is another one where columns tell the same: it leans on the one, theirs on the other. With the very
      // same tree the numbers are the same (permutation-importance.test.ts).
      expect.soft(Math.abs(own - meanAccuracyDrop), column).toBeLessThan(0.025);
    }
  });

  it('are all there, each tested on every customer', () => {
    expect([...found.keys()]).toEqual([...classifiers]);
    for (const { confusion } of found.values()) {
      expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(8950);
    }
  });
});
