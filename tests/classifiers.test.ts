import { beforeAll, describe, expect, it } from 'vitest';
import { clean, cleanDefaults } from '../src/core/clean/clean';
import { fitScaler, transform } from '../src/core/features/scale';
import {
  classifiers,
  compareClassifiers,
  type ClassifierId,
  type ClassifierResult,
} from '../src/core/judge/compare-classifiers';
import { nearestCenter } from '../src/core/learn/nearest';
import { createSimdEngine } from '../workers/engines/simd';
import { read } from '../workers/read/read-for-test';
import { ctx as plain } from './helpers/context';
import { hasShared, readShared, readSharedJson, whyAbsent } from './helpers/shared-data';

interface KnownAnswers {
  readonly labelSizes: number[];
  readonly models: Record<string, { meanAccuracy: number; meanMacroF1: number }>;
}

interface KnownClusters {
  readonly byK: Record<string, { centroidsOriginalUnits: number[][] }>;
}

const answers = 'known-answer/classifiers.json';
const clusters = 'known-answer/cc-general-kmeans-median.json';
const table = 'CC GENERAL.csv';
const isAbsent = [answers, clusters, table].some((name) => !hasShared(name));

describe.skipIf(isAbsent)(isAbsent ? whyAbsent : 'classifiers of the credit-card file', () => {
  const ctx = { ...plain };
  let known: KnownAnswers;
  let found: Map<ClassifierId, ClassifierResult>;
  let sizes: number[];

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

  it('are all there, each tested on every customer', () => {
    expect([...found.keys()]).toEqual([...classifiers]);
    for (const { confusion } of found.values()) {
      expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(8950);
    }
  });
});
