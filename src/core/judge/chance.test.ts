import { describe, expect, it } from 'vitest';
import { chanceOf, chanceOfAny } from './chance';

describe('the chance of doing as well', () => {
  it('counts the data among the tables, and a tie as well as better', () => {
    // 3 and 4 of four are at least 3: (1 + 2) / (1 + 4)
    expect(chanceOf(3, [1, 2, 3, 4])).toBe(0.6);
    expect(chanceOf(5, [1, 2, 3, 4])).toBe(0.2);
    expect(chanceOf(5, [])).toBe(1);
  });

  it('is not lowered by what is not a number', () => {
    expect(chanceOf(5, [NaN, 1])).toBe(2 / 3);
    expect(chanceOf(NaN, [1, 2])).toBe(1);
  });

  it('at any of several numbers is that of standing out most', () => {
    const tables = [
      [1, 10],
      [2, 20],
      [3, 30],
    ];
    // Below the mean everywhere, yet alone at the first: the others share one value there.
    expect(chanceOfAny([9, 20], tables)).toBe(0.25);
    expect(chanceOfAny([2, 20], tables)).toBe(0.75);
  });

  it('is 1 where all are equal', () => {
    expect(
      chanceOfAny(
        [1, 1],
        [
          [1, 1],
          [1, 1],
        ],
      ),
    ).toBe(1);
  });
});
