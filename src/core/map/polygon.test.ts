import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insideOf, type Point } from './polygon';

const square: Point[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
];

describe('inside of a line drawn on the map', () => {
  it('by hand, a notch left out', () => {
    // A square with a notch from the right: (4, 2) was pushed in to (1, 2).
    const isInside = insideOf([...square.slice(0, 2), [1, 2], ...square.slice(2)]);
    expect(isInside(0.5, 2)).toBe(true);
    expect(isInside(3, 2)).toBe(false);
    expect(isInside(3, 0.5)).toBe(true);
    expect(isInside(5, 1)).toBe(false);
  });

  it('what is gone around twice is outside', () => {
    const isInside = insideOf([...square, ...square]);
    expect(isInside(2, 2)).toBe(false);
  });

  it('is nobody for less than three corners, and for what is no number', () => {
    for (const points of [[], square.slice(0, 1), square.slice(0, 2)]) {
      expect(insideOf(points)(1, 0)).toBe(false);
    }
    expect(insideOf(square)(NaN, 1)).toBe(false);
    expect(insideOf([[NaN, 0], [1, 1], [0, 1]])(0.1, 0.9)).toBe(false); // prettier-ignore
  });

  it('of a box is what lies between its sides, wherever the line begins and whichever way it goes', () => {
    const side = fc.double({ min: -9, max: 9, noNaN: true });
    fc.assert(
      fc.property(side, side, fc.nat(3), fc.boolean(), (x, y, start, isBack) => {
        fc.pre([0, 4].every((edge) => x !== edge && y !== edge));
        const turned = [...square.slice(start), ...square.slice(0, start)];
        const isInside = insideOf(isBack ? turned.reverse() : turned);
        expect(isInside(x, y)).toBe(x > 0 && x < 4 && y > 0 && y < 4);
      }),
    );
  });
});
