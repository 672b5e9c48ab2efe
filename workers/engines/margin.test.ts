import { describe, expect, it } from 'vitest';
import { absoluteError, relativeError, scoreMargin } from './margin';

describe('the error bound of float32 distances', () => {
  it('is at least twice the proven one', () => {
    for (const d of [1, 2, 17, 300, 2_000]) {
      const steps = (d + 4) * 2 ** -23;
      const proven = steps / (1 - steps) / 2 + 7 * 2 ** -23;
      expect(relativeError(d)).toBeGreaterThan(1.9 * proven);
      const centers = new Float64Array(d).fill(3);
      const length = 3 * Math.sqrt(d);
      const provenEta = 2 ** -24 * length + Math.sqrt(d) * 2 ** -62;
      expect(absoluteError(centers, 1, d)).toBeGreaterThanOrEqual(3.9 * provenEta);
    }
  });

  it('follows the longest centre, and never vanishes', () => {
    const centers = Float64Array.of(3, 4, 30, 40);
    expect(absoluteError(centers, 2, 2)).toBeCloseTo(50 * 2 ** -22, 12);
    expect(absoluteError(new Float64Array(4), 2, 2)).toBeGreaterThan(0);
  });

  it('is infinite when a centre is beyond float32', () => {
    expect(absoluteError(Float64Array.of(0, 1e30), 2, 1)).toBe(Infinity);
    expect(absoluteError(Float64Array.of(0, NaN), 2, 1)).toBe(Infinity);
  });
});

describe('the margin of float32 scores', () => {
  it('is at least twice the proven error of two scores', () => {
    const u = 2 ** -24;
    for (const d of [1, 2, 17, 300, 2_000]) {
      const centers = new Float64Array(2 * d).fill(1, 0, d).fill(3, d);
      const M = 3 * Math.sqrt(d);
      const gamma = ((d + 2) * u) / (1 - (d + 2) * u);
      const { square, linear, constant } = scoreMargin(centers, 2, d);
      for (const r of [0, 2 ** -40, 1, 1e3, 1e12]) {
        const float32 = (u + gamma * (1 + u)) * (r * M + M ** 2 / 2);
        const float64 = (d + 2) * 2 ** -53 * (r ** 2 + M ** 2);
        expect(square * r ** 2 + linear * r + constant).toBeGreaterThan(4 * (float32 + float64));
      }
    }
  });

  it('never vanishes, and is infinite when a centre is too long', () => {
    expect(scoreMargin(new Float64Array(4), 2, 2).constant).toBeGreaterThan(0);
    expect(scoreMargin(Float64Array.of(0, 2 ** 50), 2, 1).constant).toBe(Infinity);
    expect(scoreMargin(Float64Array.of(0, NaN), 2, 1).constant).toBe(Infinity);
  });
});
