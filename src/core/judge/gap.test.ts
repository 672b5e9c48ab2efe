import { describe, expect, it } from 'vitest';
import { firstSEmax, gapStatistic, tibs2001SEmax } from './gap';

describe('the gap statistic', () => {
  it('is the mean logarithm by chance minus that of the data', () => {
    // ln(W/2): data 2 and 1. By chance 3 and 5, mean 4, variance ((−1)² + 1²) / 1 = 2; and 2 twice.
    const gap = gapStatistic(
      [2 * Math.E ** 2, 2 * Math.E],
      [
        [2 * Math.E ** 3, 2 * Math.E ** 2],
        [2 * Math.E ** 5, 2 * Math.E ** 2],
      ],
    );
    expect(gap?.logW[0]).toBeCloseTo(2, 12);
    expect(gap?.expectedLogW[0]).toBeCloseTo(4, 12);
    expect(gap?.gap[0]).toBeCloseTo(2, 12);
    expect(gap?.gap[1]).toBeCloseTo(1, 12);
    // √(2 · (1 + 1/2))
    expect(gap?.se[0]).toBeCloseTo(Math.sqrt(3), 12);
    expect(gap?.se[1]).toBeCloseTo(0, 12);
    expect(gap).toMatchObject({ firstSEmax: 1, tibs2001SEmax: 1, neverStopsRising: false });
  });

  it('means nothing where rows lie on their centres, or without a table to compare with', () => {
    expect(gapStatistic([4, 0], [[4, 1]])).toBeUndefined();
    expect(gapStatistic([4, 1], [[4, 0]])).toBeUndefined();
    expect(gapStatistic([4, 1], [])).toBeUndefined();
    expect(gapStatistic([], [])).toBeUndefined();
  });

  it('rises without end where the last value is the highest', () => {
    const rising = gapStatistic([8, 4, 1], [[9, 8, 7]]);
    expect(rising?.neverStopsRising).toBe(true);
    expect(rising?.firstSEmax).toBe(3);
  });
});

describe('the number that a gap curve names', () => {
  const curve = [1, 2, 3, 2.5, 4];

  it('is the first local maximum, or an earlier one within its standard error', () => {
    expect(firstSEmax(curve, [0.1, 0.1, 0.1, 0.1, 0.1])).toBe(3);
    // 2 ≥ 3 − 1.2
    expect(firstSEmax(curve, [0.1, 0.1, 1.2, 0.1, 0.1])).toBe(2);
    // 1 ≥ 3 − 2
    expect(firstSEmax(curve, [0.1, 0.1, 2, 0.1, 0.1])).toBe(1);
    expect(firstSEmax([1, 2, 3], [0, 0, 0])).toBe(3);
    expect(firstSEmax([1], [0])).toBe(1);
  });

  it('by Tibshirani is the first that the next one does not clearly exceed', () => {
    expect(tibs2001SEmax(curve, [0.1, 0.1, 0.1, 0.1, 0.1])).toBe(3);
    // 2 ≥ 3 − 1.2
    expect(tibs2001SEmax(curve, [0.1, 0.1, 1.2, 0.1, 0.1])).toBe(2);
    expect(tibs2001SEmax([1, 2, 3], [0, 0, 0])).toBe(3);
  });
});
