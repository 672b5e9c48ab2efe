import { describe, expect, it } from 'vitest';
import { blobs, ctx, matrixOf } from '../../../tests/helpers/context';
import { minimise } from '../learn/lbfgs';
import { fitLogisticRegression, predictLogistic } from '../learn/logistic-regression';
import { fitNaiveBayes, predictNaiveBayes } from '../learn/naive-bayes';
import { classifyByNeighbours } from '../learn/nearest-neighbours';
import { compareClassifiers, stratifiedFolds } from './compare-classifiers';

const all = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe('minimising', () => {
  it('finds the bottom of a long valley', async () => {
    // (x − 3)² + 100·(y + 1)², lowest at (3, −1).
    const at = Float64Array.of(-5, 7);
    const value = await minimise(
      ([x, y], gradient) => {
        gradient.set([2 * (x - 3), 200 * (y + 1)]);
        return (x - 3) ** 2 + 100 * (y + 1) ** 2;
      },
      at,
      { tolerance: 1e-8, maxIter: 100 },
      () => Promise.resolve(),
    );
    expect(value).toBeCloseTo(0, 12);
    expect(at[0]).toBeCloseTo(3, 6);
    expect(at[1]).toBeCloseTo(-1, 8);
  });
});

describe('logistic regression', () => {
  it('balances the classes where nothing tells them apart', async () => {
    // Three of four are class 1: the intercepts alone, log 3 apart.
    const X = matrixOf([[0], [0], [0], [0]]);
    const labels = Int32Array.of(0, 1, 1, 1);
    const { weights } = await fitLogisticRegression(
      X,
      labels,
      2,
      all(4),
      { C: 1, maxIter: 500 },
      ctx,
    );
    expect(weights[3] - weights[1]).toBeCloseTo(Math.log(3), 4);
    expect(weights[0]).toBe(0);
  });

  it('has no slope left at the end: penalty and loss pull alike', async () => {
    const X = matrixOf([[-1], [1]]);
    const labels = Int32Array.of(0, 1);
    const C = 2;
    const { weights } = await fitLogisticRegression(X, labels, 2, all(2), { C, maxIter: 500 }, ctx);
    // By symmetry weights ∓w, intercepts 0: both rows lose 1/(1 + e^(2w)) in each class, and w = 2·C/(1 + e^(2w)).
    const w = weights[2];
    expect(weights[0]).toBeCloseTo(-w, 6);
    expect(w).toBeCloseTo((2 * C) / (1 + Math.exp(2 * w)), 4);
    expect(predictLogistic({ nClasses: 2, nFeatures: 1, weights }, X, all(2))).toEqual(labels);
  });
});

describe('naive Bayes', () => {
  it('goes by distance in deviations and by how frequent a class is', () => {
    // Class 0: 0, 2 (mean 1, variance 1), class 1: 6, 10 (mean 8, variance 4).
    const X = matrixOf([[0], [2], [6], [10], [3.1], [3.9]]);
    const labels = Int32Array.of(0, 0, 1, 1, 0, 0);
    const model = fitNaiveBayes(X, labels, 2, Int32Array.of(0, 1, 2, 3));
    expect(Array.from(model.means)).toEqual([1, 8]);
    expect(model.variances[0]).toBeCloseTo(1, 6);
    expect(model.variances[1]).toBeCloseTo(4, 6);
    // At x the scores are −(x − 1)²/2 and −(x − 8)²/8 − log 2: equal at about 3.6.
    expect(Array.from(predictNaiveBayes(model, X, Int32Array.of(4, 5)))).toEqual([0, 1]);
  });
});

describe('nearest neighbours', () => {
  it('take a vote, the smaller class and the earlier row first', async () => {
    const X = matrixOf([[0], [1], [2], [10], [1.4], [6]]);
    const labels = Int32Array.of(1, 0, 0, 1, 0, 0);
    const ask = (test: number[], n: number) =>
      classifyByNeighbours(X, labels, 2, Int32Array.of(0, 1, 2, 3), Int32Array.from(test), n, ctx);
    expect(Array.from(await ask([4], 1))).toEqual([0]);
    expect(Array.from(await ask([4], 3))).toEqual([0]);
    // 2 and 10 are equally far from 6: one vote each, the smaller class.
    expect(Array.from(await ask([5], 2))).toEqual([0]);
    expect(Array.from(await ask([5], 99))).toEqual([0]);
  });
});

describe('folds', () => {
  it('have their share of every segment, and are of one size', () => {
    const labels = Int32Array.from({ length: 103 }, (_, i) => (i < 70 ? 0 : i < 100 ? 1 : 2));
    const foldOf = stratifiedFolds(labels, 3, 5, 1);
    for (let fold = 0; fold < 5; fold++) {
      const inFold = (c: number) =>
        labels.filter((label, i) => label === c && foldOf[i] === fold).length;
      expect([inFold(0), inFold(1)]).toEqual([14, 6]);
      expect([20, 21]).toContain(inFold(0) + inFold(1) + inFold(2));
    }
    expect(stratifiedFolds(labels, 3, 5, 1)).toEqual(foldOf);
    expect(stratifiedFolds(labels, 3, 5, 2)).not.toEqual(foldOf);
  });
});

describe('the comparison', () => {
  it('tests every classifier on every row once', async () => {
    const { X, truth } = blobs(
      [
        [0, 0],
        [6, 0],
        [0, 6],
      ],
      20,
      0.5,
      3,
    );
    const values = [0, 1].map((j) =>
      Float64Array.from({ length: 60 }, (_, i) => X.data[2 * i + j]),
    );
    const tree = { maxDepth: null, minSamplesLeaf: 1, minSamplesSplit: 2 };
    const shares: number[] = [];
    const progress = (done: number, whole: number) => shares.push(done / whole);
    const results = await compareClassifiers(
      { X, values, labels: truth, nClasses: 3, tree },
      stratifiedFolds(truth, 3, 5, 1),
      5,
      { ...ctx, engine: ctx.engine, progress },
    );
    expect(shares.length).toBeGreaterThan(40);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 12);
    for (const { id, report, accuracies } of results) {
      expect(accuracies).toHaveLength(5);
      // Far blobs: everybody but the majority gets (nearly) all of them.
      if (id === 'majority') expect(report.accuracy).toBeCloseTo(1 / 3, 12);
      else expect(report.accuracy).toBeGreaterThan(0.95);
    }
  });
});
