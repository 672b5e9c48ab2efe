import { describe, expect, it } from 'vitest';
import { blobs, ctx } from '../../../tests/helpers/context';
import { predictionStrength, weakest } from './prediction-strength';

describe('the weakest cluster', () => {
  it('keeps the lowest share of its pairs together', () => {
    // Three rows of which the other half puts two together: 1 of 3 pairs. Two that stay: 1 of 1.
    const labels = Int32Array.of(0, 0, 0, 1, 1);
    expect(weakest({ labels }, Int32Array.of(0, 0, 1, 1, 1), 2)).toBeCloseTo(1 / 3, 12);
  });

  it('has 0 when it is a single row', () => {
    expect(weakest({ labels: Int32Array.of(0, 0, 1) }, Int32Array.of(0, 0, 1), 2)).toBe(0);
  });
});

describe('prediction strength', () => {
  const params = { ks: [2, 3, 4], nSplits: 8, nInit: 5, seed: 1 };

  it('agrees on as many groups as there are, and on no more', async () => {
    const { X } = blobs(
      [
        [0, 0],
        [9, 0],
        [0, 9],
      ],
      41,
      0.5,
      2,
    );
    const { mean, se, largestStrong } = await predictionStrength(X, params, ctx);
    expect(mean[1]).toBe(1);
    expect(se[1]).toBe(0);
    expect(mean[2]).toBeLessThan(0.8);
    expect(largestStrong).toBe(3);
  });

  it('is 0 where a half has fewer different rows than groups are asked for', async () => {
    const { X } = blobs([[0], [1]], 10, 0, 1);
    const { mean, largestStrong } = await predictionStrength(X, params, ctx);
    expect(mean.slice(1)).toEqual([0, 0]);
    expect(largestStrong).toBe(2);
  });
});
