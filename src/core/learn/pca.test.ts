import { describe, expect, it } from 'vitest';
import { ctx, load, matrixOf } from '../../../tests/helpers/context';
import type { Matrix } from '../matrix';
import { createRandom } from '../random';
import { fitPca as fitLoaded } from './pca';

function noise(nSamples: number, nFeatures: number, seed: number): Matrix {
  const random = createRandom(seed);
  return matrixOf(
    Array.from({ length: nSamples }, () =>
      Array.from({ length: nFeatures }, (_, j) => (j + 1) * random.normal()),
    ),
  );
}

const fitPca = (X: Matrix) => fitLoaded(load(X), X.nFeatures, ctx);

describe('principal components', () => {
  it('of points on a line are that line and nothing', async () => {
    // (−2, −4), (0, 0), (2, 4): along (1, 2)/√5; variance (20 + 0 + 20)/2 = 20.
    const pca = await fitPca(
      matrixOf([
        [-2, -4],
        [0, 0],
        [2, 4],
      ]),
    );
    expect(pca.explainedVariance[0]).toBeCloseTo(20, 12);
    expect(pca.explainedVarianceRatio[0]).toBeCloseTo(1, 12);
    expect(pca.components[0]).toBeCloseTo(1 / Math.sqrt(5), 12);
    expect(pca.components[1]).toBeCloseTo(2 / Math.sqrt(5), 12);
    expect(Math.abs(pca.explainedVariance[1])).toBeLessThan(1e-12);
  });

  it('have ratios that fall and add up to 1, and unit vectors whose largest loading is positive', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { components, explainedVarianceRatio: ratios } = await fitPca(noise(80, 7, seed));
      expect(ratios.reduce((sum, ratio) => sum + ratio, 0)).toBeCloseTo(1, 12);
      for (let m = 0; m < 7; m++) {
        if (m > 0) expect(ratios[m]).toBeLessThanOrEqual(ratios[m - 1]);
        const vector = Array.from(components.subarray(7 * m, 7 * m + 7));
        expect(vector.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12);
        expect(Math.max(...vector)).toBe(Math.max(...vector.map(Math.abs)));
      }
    }
  });

  it('carry the variance of the scores, divided by n − 1', async () => {
    const X = noise(60, 4, 8);
    const { components, explainedVariance } = await fitPca(X);
    for (let m = 0; m < 4; m++) {
      const scores = Array.from({ length: 60 }, (_, i) => {
        let score = 0;
        for (let j = 0; j < 4; j++) score += X.data[4 * i + j] * components[4 * m + j];
        return score;
      });
      const mean = scores.reduce((sum, score) => sum + score, 0) / 60;
      const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / 59;
      expect(variance / explainedVariance[m]).toBeCloseTo(1, 10);
    }
  });

  it('do not depend on where the data lie', async () => {
    const X = noise(50, 3, 4);
    // 1024 + x is rounded to float32, hence the tolerance.
    const moved = { ...X, data: X.data.map((value) => value + 1024) };
    const [a, b] = [await fitPca(X), await fitPca(moved)];
    a.explainedVariance.forEach((value, m) =>
      expect(b.explainedVariance[m] / value).toBeCloseTo(1, 4),
    );
  });

  it('of fewer rows than columns end in variance 0, never below', async () => {
    const { explainedVariance } = await fitPca(noise(3, 6, 2));
    expect(explainedVariance.every((value) => value >= 0)).toBe(true);
    // Three points span two directions.
    expect(explainedVariance[1]).toBeGreaterThan(0.01);
    for (const value of explainedVariance.subarray(2)) expect(value).toBeLessThan(1e-10);
  });

  it('of rows that are all the same explain nothing, and say 0', async () => {
    const { explainedVarianceRatio } = await fitPca(
      matrixOf([
        [1, 1],
        [1, 1],
      ]),
    );
    expect(Array.from(explainedVarianceRatio)).toEqual([0, 0]);
  });

  it('have plain zeros for a column that is the same in every row', async () => {
    // Loadings of such a column are 0 in every other component; of which sign, toEqual would tell.
    const X = matrixOf([-3, 1, 2].map((value, i) => [value, 5, i % 2, 5]));
    const { components } = await fitPca(X);
    expect([components[1], components[3], components[5], components[7]]).toEqual([0, 0, 0, 0]);
    expect(Array.from(components).some((value) => Object.is(value, -0))).toBe(false);
  });

  it('of one row are not NaN', async () => {
    const { components, explainedVarianceRatio } = await fitPca(matrixOf([[3, 4]]));
    expect([...components, ...explainedVarianceRatio].every(Number.isFinite)).toBe(true);
  });
});
