import { describe, expect, it } from 'vitest';
import { blobs, ctx, matrixOf } from '../../../tests/helpers/context';
import fixture from '../../../tests/fixtures/mixture.json';
import { CancelledError } from '../errors';
import {
  fitGaussianMixture,
  mixtureDefaults,
  predictMemberships,
  type CovarianceType,
} from './gaussian-mixture';

const fit = (
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  covarianceType: CovarianceType = 'full',
) =>
  fitGaussianMixture(
    matrixOf(rows),
    [Int32Array.from(labels)],
    { ...mixtureDefaults, nComponents: Math.max(...labels) + 1, covarianceType },
    ctx,
  );

/** Relative, or absolute below 1. */
function expectNear(found: ArrayLike<number>, known: readonly number[], tolerance: number) {
  expect(found).toHaveLength(known.length);
  known.forEach((value, at) => {
    expect(Math.abs(found[at] - value)).toBeLessThan(tolerance * Math.max(1, Math.abs(value)));
  });
}

describe('a mixture of normal distributions', () => {
  it.each(fixture.cases)('equals scikit-learn’s from the same start: $name', async (known) => {
    const { relative } = fixture.tolerance;
    const found = await fit(known.X, known.labels, known.covarianceType as CovarianceType);
    expect([found.nIter, found.hasConverged]).toEqual([known.nIter, known.hasConverged]);
    expectNear([found.logLikelihood], [known.logLikelihood], relative);
    expectNear([found.bic, found.aic], [known.bic, known.aic], relative);
    expectNear(found.weights, known.weights, relative);
    expectNear(found.means, known.means, relative);
    expectNear(found.covariances, known.covariances, relative);
    const k = found.nComponents;
    const memberships = await predictMemberships(found, matrixOf(known.X), ctx);
    known.memberships.forEach((row, at) => {
      const i = at * known.every;
      expectNear(memberships.subarray(i * k, (i + 1) * k), row, relative);
    });
  });

  it('by hand: one component is the mean and the covariance of the rows', async () => {
    // Columns 0, 2, 4 and 0, 2, −2: means 2 and 0; squares 8/3 and 8/3, products (−2·0 + 0·2 + 2·−2)/3 = −4/3.
    const { means, covariances, weights, nIter } = await fit(
      [
        [0, 0],
        [2, 2],
        [4, -2],
      ],
      [0, 0, 0],
    );
    expectNear(means, [2, 0], 1e-12);
    expectNear(covariances, [8 / 3 + 1e-6, -4 / 3, -4 / 3, 8 / 3 + 1e-6], 1e-12);
    expect(weights[0]).toBe(1);
    expect(nIter).toBe(2);
  });

  it('finds clouds, whatever their tilt, and its probabilities are probabilities', async () => {
    const { X, truth } = blobs(
      [
        [0, 0, 0],
        [9, 0, 0],
        [0, 9, 3],
      ],
      80,
      1,
      5,
    );
    const rows = Array.from({ length: 240 }, (_, i) => {
      const [a, b, c] = X.data.subarray(3 * i, 3 * i + 3);
      return [a + 2 * b, b - c, c];
    });
    const found = await fit(rows, Array.from(truth));
    const memberships = await predictMemberships(found, matrixOf(rows), ctx);
    truth.forEach((label, i) => {
      const own = memberships.subarray(3 * i, 3 * i + 3);
      expect(own[label]).toBeGreaterThan(0.99);
      expect(own[0] + own[1] + own[2]).toBeCloseTo(1, 12);
    });
  });

  it('takes the best of several starts, and the same one every time', async () => {
    const { X, truth } = blobs([[0, 0], [8, 0], [0, 8]], 40, 1, 6); // prettier-ignore
    const bad = Int32Array.from(truth, (_, i) => i % 3);
    const params = { ...mixtureDefaults, nComponents: 3, covarianceType: 'diag' } as const;
    const both = await fitGaussianMixture(X, [bad, truth], params, ctx);
    const good = await fitGaussianMixture(X, [truth], params, ctx);
    expect(both).toEqual(good);
  });

  it('stays finite where a group has one row, or copies of one, and where columns repeat each other', async () => {
    const rows = [
      ...Array.from({ length: 20 }, (_, i) => [i % 5, i % 5, 0]),
      [50, 50, 1],
      [-70, -70, 0],
      [-70, -70, 0],
    ];
    const labels = rows.map(([x]) => (x === 50 ? 1 : x === -70 ? 2 : 0));
    for (const type of ['full', 'diag'] as const) {
      const found = await fit(rows, labels, type);
      expect(found.covariances.every(Number.isFinite)).toBe(true);
      expect(Number.isFinite(found.bic)).toBe(true);
      const memberships = await predictMemberships(found, matrixOf(rows), ctx);
      expect(memberships.every((value) => value >= 0 && value <= 1 + 1e-12)).toBe(true);
    }
  });

  it('ends when it is cancelled', async () => {
    const { X, truth } = blobs([[0, 0], [3, 0]], 3000, 1, 7); // prettier-ignore
    let nBreaths = 0;
    const breathe = () =>
      ++nBreaths > 10 ? Promise.reject(new CancelledError()) : Promise.resolve();
    const params = { ...mixtureDefaults, nComponents: 2, covarianceType: 'full' } as const;
    const fitting = fitGaussianMixture(X, [truth], params, { ...ctx, breathe });
    await expect(fitting).rejects.toBeInstanceOf(CancelledError);
  });
});
