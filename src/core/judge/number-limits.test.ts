import { describe, expect, it } from 'vitest';
import { isWithin, nearestTo, numberWithin, smallestShareOf, withLimits } from './number-limits';

/** Below the line from 100 to 0: k=2 .4 − .2; k=3 .7 − .4; k=4 .85 − .6; k=5 .95 − .8. The knee is at three. */
const tried = [
  { nClusters: 1, inertia: 100, smallestShare: 1, silhouette: null },
  { nClusters: 2, inertia: 60, smallestShare: 0.3, silhouette: 0.2 },
  { nClusters: 3, inertia: 30, smallestShare: 0.12, silhouette: 0.4 },
  { nClusters: 4, inertia: 15, smallestShare: 0.1, silhouette: 0.3 },
  { nClusters: 5, inertia: 5, smallestShare: 0.02, silhouette: 0.1 },
  { nClusters: 6, inertia: 0, smallestShare: 0.02, silhouette: 0.05 },
];
const most = (mostSegments: number) => ({ smallestShare: 0, mostSegments });
const share = (smallestShare: number) => ({ smallestShare, mostSegments: null });

describe('a number within limits', () => {
  it('is the suggested one while that keeps to them', () => {
    expect(numberWithin(tried, 3, most(3))).toBe(3);
    expect(numberWithin(tried, 3, share(0.12))).toBe(3);
    // A suggestion need not be the knee of these very values.
    expect(numberWithin(tried, 5, most(5))).toBe(5);
  });

  it('is else the one that is allowed and lies farthest below the line', () => {
    expect(numberWithin(tried, 3, most(2))).toBe(2);
    expect(numberWithin(tried, 5, share(0.1))).toBe(3);
    expect(numberWithin(tried, 6, { smallestShare: 0.1, mostSegments: 4 })).toBe(3);
    const withoutThree = tried.map((one) =>
      one.nClusters === 3 ? { ...one, smallestShare: 0.01 } : one,
    );
    // .25 at four, .2 at two.
    expect(numberWithin(withoutThree, 3, share(0.05))).toBe(4);
  });

  it('is the one with the best silhouette where no curve falls', () => {
    const flat = tried.map((one) => ({ ...one, inertia: 7 }));
    expect(numberWithin(flat, 5, share(0.1))).toBe(3);
    expect(numberWithin(flat, 5, most(2))).toBe(2);
  });

  it('is the nearest one where none keeps to them, the smallest number on a tie', () => {
    expect(numberWithin(tried, 3, share(0.4))).toBe(2);
    expect(nearestTo(tried, share(0.4))).toBe(2);
    const alike = tried.map((one) => ({ ...one, smallestShare: 0.1 }));
    expect(nearestTo(alike, share(0.4))).toBe(2);
  });

  it('is what it is where all customers are alike', () => {
    expect(numberWithin(tried.slice(0, 1), 1, { smallestShare: 0.5, mostSegments: 2 })).toBe(1);
    expect(nearestTo(tried.slice(0, 1), share(0.5))).toBeUndefined();
  });
});

describe('limits', () => {
  it('hold at their very values', () => {
    // 5 of 100 are 5 %.
    const exact = { nClusters: 4, smallestShare: smallestShareOf([60, 20, 15, 5]) };
    expect(isWithin(exact, { smallestShare: 5 / 100, mostSegments: 4 })).toBe(true);
    expect(isWithin(exact, share(0.0501))).toBe(false);
    expect(isWithin(exact, most(3))).toBe(false);
  });

  it('that limit nothing are not in the recipe', () => {
    const limits = { smallestShare: 0.1, mostSegments: null };
    expect(withLimits({ nClusters: 'auto' }, limits)).toEqual({ nClusters: 'auto', limits });
    expect(withLimits({ nClusters: 3, limits }, share(0))).toEqual({ nClusters: 3 });
  });
});
