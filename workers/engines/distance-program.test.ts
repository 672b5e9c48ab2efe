import { describe, expect, it } from 'vitest';
import { distanceError } from './distance-program';

describe('the error of a distance on a card', () => {
  it('is below 1e-6 up to 128 columns, and not promised beyond', () => {
    for (let nFeatures = 1; nFeatures <= 128; nFeatures++) {
      expect(distanceError(nFeatures)).toBeLessThan(1e-6);
    }
    expect(distanceError(129)).toBe(Infinity);
  });

  it('is that of the terms by hand for 17 columns', () => {
    // Nine pairs: one addition inside a pair, four rounds. 3 + 5 roundings, half of them in the root, 2.5 of its own.
    expect(distanceError(17)).toBe(6.5 * 2 ** -23);
  });
});
