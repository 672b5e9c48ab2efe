import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import fixture from '../../../tests/fixtures/importance.json';
import { predictTreeRows } from '../learn/tree-predict';
import { importanceFinding, lossText } from './importance-words';
import { groupsByColumn, permutationImportance } from './permutation-importance';

/** Says what the first column says. */
const byFirst = ([first]: readonly Float64Array[]) => Int32Array.from(first);

describe('the importance of a column by mixing', () => {
  it('is what is lost without it, by hand', async () => {
    // Two rows of two classes: mixing them either changes nothing (loss 0) or turns both round (loss 1), as often.
    const labels = Int32Array.of(0, 1);
    const features = [Float64Array.of(0, 1), Float64Array.of(5, 6)];
    const data = { features, labels, groups: [[0], [1]] };
    const n = 4000;
    const { accuracy, importances } = await permutationImportance(data, byFirst, n, 42, ctx);
    expect(accuracy).toBe(1);
    // Mean 1/2 and standard deviation 1/2, to four standard errors of 1/(2√n).
    expect(Math.abs(importances[0].mean - 0.5)).toBeLessThan(4 / (2 * Math.sqrt(n)));
    // Losses of 0 and 1 only: the variance is p(1 − p), exactly.
    const { mean } = importances[0];
    expect(importances[0].sd).toBeCloseTo(Math.sqrt(mean * (1 - mean)), 12);
    expect(importances[1]).toEqual({ mean: 0, sd: 0 });
  });

  it('mixes the features of a column by one order', async () => {
    // One of the two is 1 in every row, whatever the order: as long as they go together.
    const features = [Float64Array.of(1, 0, 1, 0), Float64Array.of(0, 1, 0, 1)];
    const labels = Int32Array.of(0, 0, 0, 0);
    const predict = ([a, b]: readonly Float64Array[]) =>
      a.map((value, i) => (value + b[i] === 1 ? 0 : 1));
    const asInts = (mixed: readonly Float64Array[]) => Int32Array.from(predict(mixed));
    const apart = { features, labels, groups: [[0], [1]] };
    const together = { features, labels, groups: [[0, 1]] };
    expect((await permutationImportance(together, asInts, 20, 1, ctx)).importances[0].mean).toBe(0);
    expect(
      (await permutationImportance(apart, asInts, 20, 1, ctx)).importances[0].mean,
    ).toBeGreaterThan(0.2);
  });

  it('is the same for the same seed, and touches nothing', async () => {
    const labels = Int32Array.of(0, 1, 1, 0, 1);
    const features = [Float64Array.from(labels)];
    const data = { features, labels, groups: [[0]] };
    const first = await permutationImportance(data, byFirst, 5, 7, ctx);
    expect(await permutationImportance(data, byFirst, 5, 7, ctx)).toEqual(first);
    expect(await permutationImportance(data, byFirst, 5, 8, ctx)).not.toEqual(first);
    expect([...features[0]]).toEqual([0, 1, 1, 0, 1]);
  });

  it('takes levels of one category for one column', () => {
    const features = ['a', 'b', 'a'].map((column) => ({ from: { column } }));
    expect(groupsByColumn(features)).toEqual([
      { column: 'a', features: [0, 2] },
      { column: 'b', features: [1] },
    ]);
  });
});

describe('of the same tree and the same rows', () => {
  it('is scikit-learn’s, up to the draws', async () => {
    const { X, y, mean, sd, accuracy, meta } = fixture;
    const nFeatures = X[0].length;
    const tree = {
      ...fixture.tree,
      nFeatures,
      nClasses: 3,
      nSamples: [],
      impurity: [],
      featureImportances: [],
    };
    const features = X[0].map((_, j) => Float64Array.from(X, (row) => row[j]));
    const rows = Int32Array.from(y.keys());
    const data = { features, labels: Int32Array.from(y), groups: features.map((_, j) => [j]) };
    const predict = (mixed: readonly Float64Array[]) => predictTreeRows(tree, mixed, rows);
    const nRepeats = 4000;
    const found = await permutationImportance(data, predict, nRepeats, 3, ctx);
    expect(found.accuracy).toBeCloseTo(accuracy, 12);
    expect(Math.max(...mean)).toBeGreaterThan(0.2);
    found.importances.forEach((own, j) => {
      // Two means of draws: five standard errors of their difference. A mean of squares has a wider one.
      const error = sd[j] * Math.sqrt(1 / nRepeats + 1 / meta.nRepeats);
      expect(Math.abs(own.mean - mean[j])).toBeLessThanOrEqual(5 * error);
      expect(Math.abs(own.sd - sd[j])).toBeLessThanOrEqual(0.1 * sd[j]);
    });
  });
});

describe('importance in words', () => {
  const column = (name: string, gain: number, mean: number, sd = 0.001) => ({
    column: name,
    gain,
    loss: { mean, sd },
  });

  it('says what is missed most, and what is asked for and not missed', () => {
    const columns = [
      column('age', 0.3, 0.001),
      column('spend', 0.5, 0.326),
      column('visits', 0.1, 0.051),
    ];
    expect(importanceFinding(columns, 2685)).toBe(
      'Without spend it would be right for 32.6 points fewer on 2,685 customers it had not seen; next come visits (5.1). It asks for age, and would hardly miss it: other columns tell as much.',
    );
  });

  it('says so where no single column is missed', () => {
    expect(importanceFinding([column('a', 0.5, 0.0001), column('b', 0.5, 0.006, 0.02)], 10)).toBe(
      'Without any single column the tree would be as good on 10 customers it had not seen: what one tells, others tell too.',
    );
  });

  it('writes losses in points', () => {
    expect(lossText({ mean: 0.3261, sd: 0.0043 })).toBe('32.6 ± 0.4');
    expect(lossText({ mean: -0.0002, sd: 0 })).toBe('0.0 ± 0.0');
    expect(lossText({ mean: -0.002, sd: 0 })).toBe('−0.2 ± 0.0');
  });
});
