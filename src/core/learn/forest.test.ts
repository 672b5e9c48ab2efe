import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { AppError, CancelledError } from '../errors';
import { createRandom } from '../random';
import {
  assembleForest,
  fitForest,
  forestDefaults,
  growTrees,
  prepareForest,
  type ForestParams,
} from './forest';
import { predictForest, predictProba } from './forest-predict';
import { fitTree } from './tree';

/** Two classes whose border runs across the columns; the last column is noise. */
function customers(nRows: number, seed: number) {
  const random = createRandom(seed);
  const features = Array.from({ length: 5 }, () =>
    Float64Array.from({ length: nRows }, () => random.normal()),
  );
  const [a, b, c, d] = features;
  const labels = Int32Array.from(a, (x, i) => (x + b[i] + c[i] > d[i] ** 2 ? 1 : 0));
  return { features, labels, nClasses: 2, rows: Int32Array.from(labels.keys()) };
}

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const small: ForestParams = { ...forestDefaults, nEstimators: 12 };

describe('a random forest', () => {
  it.for([300, 3000])('is the same whoever grows its trees, of %i rows', async (nRows) => {
    const data = customers(nRows, 1);
    const params = { ...small, oobScore: true };
    const forest = await fitForest(data, params, ctx);
    const training = await prepareForest(data, params, ctx);
    const late = await growTrees(structuredClone(training.set), params, { first: 5, end: 12 }, ctx);
    const early = await growTrees(training.set, params, { first: 0, end: 5 }, ctx);
    expect(assembleForest(training, params, [...early, ...late])).toEqual(forest);
    expect(await fitForest(data, { ...params, seed: 43 }, ctx)).not.toEqual(forest);
  });

  it('of one tree on all rows and columns is that tree', async () => {
    const data = customers(2000, 2);
    const params = { ...small, nEstimators: 1, bootstrap: false, maxFeatures: null, maxDepth: 7 };
    const { trees, oobScore, featureImportances } = await fitForest(data, params, ctx);
    const tree = await fitTree(data, params, ctx);
    expect(trees).toEqual([tree]);
    expect(oobScore).toBeNull();
    featureImportances.forEach((share, j) =>
      expect(share).toBeCloseTo(tree.featureImportances[j], 12),
    );
  });

  it('tells unseen rows apart better than one tree, and guesses that without seeing them', async () => {
    const data = customers(3000, 3);
    const unseen = customers(3000, 4);
    const accuracy = (labels: Int32Array) =>
      labels.filter((label, i) => label === unseen.labels[i]).length / labels.length;
    const forest = await fitForest(data, { ...forestDefaults, oobScore: true }, ctx);
    const own = accuracy(predictForest(forest, unseen.features, unseen.rows));
    const lone = { ...forest, trees: forest.trees.slice(0, 1) };
    expect(own).toBeGreaterThan(accuracy(predictForest(lone, unseen.features, unseen.rows)) + 0.03);
    // Both are shares of 3,000: sd 0.005 each.
    expect(Math.abs((forest.oobScore ?? 0) - own)).toBeLessThan(0.025);
    expect(sum(forest.featureImportances)).toBeCloseTo(1, 12);
    expect(Math.min(...forest.featureImportances)).toBe(forest.featureImportances[4]);
  });

  it('gives shares that add up to 1, and the class with the largest', async () => {
    const data = customers(400, 5);
    const forest = await fitForest(data, { ...small, minSamplesLeaf: 20 }, ctx);
    const shares = predictProba(forest.trees, data.features, data.rows);
    const labels = predictForest(forest, data.features, data.rows);
    for (const row of data.rows) {
      const [no, yes] = shares.subarray(2 * row, 2 * row + 2);
      expect(no + yes).toBeCloseTo(1, 12);
      expect(labels[row]).toBe(yes > no ? 1 : 0);
    }
  });

  it('draws as many rows as are listed, none that is not, and keeps its leaves large', async () => {
    const data = customers(2500, 6);
    const rows = data.rows.filter((row) => row % 2 === 0);
    const { trees } = await fitForest({ ...data, rows }, { ...small, minSamplesLeaf: 9 }, ctx);
    for (const tree of trees) {
      expect(tree.nSamples[0]).toBe(1250);
      expect(Math.min(...tree.nSamples)).toBeGreaterThanOrEqual(9);
    }
    const holed = data.features.map((values) => values.map((x, i) => (i % 2 === 0 ? x : NaN)));
    expect(
      (await fitForest({ ...data, features: holed, rows }, { ...small, minSamplesLeaf: 9 }, ctx))
        .trees,
    ).toEqual(trees);
  });

  it.for([300, 3000])(
    'goes on drawing until a column has two values, of %i rows',
    async (nRows) => {
      const { features, labels, ...rest } = customers(nRows, 7);
      const flat = Array.from({ length: 30 }, () => new Float64Array(nRows).fill(3));
      const params = { ...small, maxFeatures: 1 };
      const { trees } = await fitForest(
        { ...rest, labels, features: [...flat, features[0]] },
        params,
        ctx,
      );
      for (const tree of trees) expect(tree.feature[0]).toBe(30);
    },
  );

  it('of one class has no split', async () => {
    const data = customers(50, 8);
    const forest = await fitForest(
      { ...data, labels: new Int32Array(50) },
      { ...small, oobScore: true },
      ctx,
    );
    expect(forest.featureImportances).toEqual([0, 0, 0, 0, 0]);
    expect(forest.oobScore).toBe(1);
  });

  it('refuses settings out of range, and can be cancelled', async () => {
    const data = customers(3000, 9);
    for (const wrong of [
      { nEstimators: 0 },
      { maxFeatures: 0 },
      { maxFeatures: 1.5 },
      { minSamplesLeaf: 0 },
    ]) {
      await expect(fitForest(data, { ...small, ...wrong }, ctx)).rejects.toThrow(AppError);
    }
    const cancelled = {
      ...ctx,
      breathe: () => Promise.reject(new CancelledError()),
    };
    await expect(fitForest(data, forestDefaults, cancelled)).rejects.toThrow(CancelledError);
    const forest = await fitForest(data, small, ctx);
    expect(() => predictForest(forest, [], data.rows)).toThrow(AppError);
  });
});
