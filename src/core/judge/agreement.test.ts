import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { adjustedRandIndex, agreement } from './agreement';

const of = (...labels: number[]) => Int32Array.from(labels);

describe('the crosstab of two labellings', () => {
  it('counts the rows of every pair of groups', () => {
    const { crosstab } = agreement(of(0, 0, 1, 1, 1), 2, of(0, 1, 1, 2, 2), 3);
    expect(crosstab).toEqual([
      [1, 1, 0],
      [0, 1, 2],
    ]);
  });
});

describe('the adjusted Rand index', () => {
  it('is what pairs have in common beyond chance', () => {
    // Pairs of 5 rows: 10. Together in both: the last two, 1. In the first: 1 + 3 = 4. In the second: 0 + 1 + 1 = 2.
    // Chance: 4·2/10 = 0.8. (1 − 0.8) / ((4 + 2)/2 − 0.8) = 0.2 / 2.2 = 1/11.
    expect(agreement(of(0, 0, 1, 1, 1), 2, of(0, 1, 1, 2, 2), 3).adjustedRandIndex).toBe(1 / 11);
  });

  it('is below 0 where less is in common than chance would give', () => {
    // Two by two, crossed: nothing together in both. 2·2/6 = 2/3 by chance. (0 − 2/3) / (2 − 2/3) = −1/2.
    expect(agreement(of(0, 0, 1, 1), 2, of(0, 1, 0, 1), 2).adjustedRandIndex).toBe(-0.5);
  });

  it('is 1 for the same partition, whatever its numbers', () => {
    expect(agreement(of(0, 0, 1, 2), 3, of(2, 2, 0, 1), 3).adjustedRandIndex).toBe(1);
  });

  it('is 1 where both are trivial in the same way, 0 where only one is', () => {
    expect(agreement(of(0, 0, 0), 1, of(0, 0, 0), 1).adjustedRandIndex).toBe(1);
    expect(agreement(of(0, 1, 2), 3, of(2, 1, 0), 3).adjustedRandIndex).toBe(1);
    expect(agreement(of(0, 0, 0), 1, of(0, 1, 2), 3).adjustedRandIndex).toBe(0);
    expect(agreement(of(0), 1, of(0), 1).adjustedRandIndex).toBe(1);
  });

  it('is the same from either side, and with an empty group', () => {
    const random = createRandom(1);
    const a = Int32Array.from({ length: 100 }, () => random.integer(4));
    const b = Int32Array.from({ length: 100 }, () => random.integer(3));
    const index = agreement(a, 4, b, 3).adjustedRandIndex;
    expect(agreement(b, 3, a, 4).adjustedRandIndex).toBe(index);
    expect(agreement(a, 5, b, 3).adjustedRandIndex).toBe(index);
  });

  it('loses nothing with 20 million rows', () => {
    const half = 10_000_000;
    // One row in the wrong group of two. Computed with whole numbers of any size, then divided.
    // Together in both: C(half − 1, 2) + C(half, 2); in the first 2·C(half, 2); in the second C(half − 1, 2) + C(half + 1, 2).
    const pairs = (n: bigint) => (n * (n - 1n)) / 2n;
    const n = BigInt(half);
    const [all, first] = [pairs(2n * n), 2n * pairs(n)];
    const second = pairs(n - 1n) + pairs(n + 1n);
    const top = (pairs(n - 1n) + pairs(n)) * all - first * second;
    const bottom = (first + second) * all - 2n * first * second;
    const index = adjustedRandIndex([
      [half - 1, 1],
      [0, half],
    ]);
    expect(index).toBe(Number(2n * top) / Number(bottom));
    // To first order each of its pairs counts once: 1 − 4 / 2·10^7.
    expect(index).toBeCloseTo(1 - 2e-7, 12);
  });
});
