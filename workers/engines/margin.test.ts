import { describe, expect, it } from 'vitest';
import { absoluteError, relativeError } from './margin';

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
