import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contourRings, type Grid } from './contour';
import { insideOf } from './polygon';

const grid = (...rows: number[][]): Grid => ({
  // Written with the top row first.
  values: Float64Array.from(rows.toReversed().flat()),
  nx: rows[0].length,
  ny: rows.length,
});

describe('lines of one level', () => {
  it('by hand: a diamond around one knot, halfway to its neighbours', () => {
    const [ring, ...others] = contourRings(grid([0, 0, 0], [0, 2, 0], [0, 0, 0]), 1);
    expect(others).toEqual([]);
    expect(new Set(ring.map(String))).toEqual(new Set(['1,0.5', '1.5,1', '1,1.5', '0.5,1']));
  });

  it('goes around a hole by a line of its own, and ends beyond the edge of the grid', () => {
    const rings = contourRings(grid([2, 2, 2], [2, 0, 2], [2, 2, 2]), 1);
    expect(rings.map((ring) => ring.length).sort((a, b) => a - b)).toEqual([4, 12]);
    const outer = rings.find((ring) => ring.length === 12);
    expect(Math.min(...(outer ?? []).map(([x]) => x))).toBe(-0.5);
  });

  it('tells by the middle whether corners opposite to each other belong together', () => {
    expect(contourRings(grid([0, 4], [4, 0]), 1)).toHaveLength(1);
    expect(contourRings(grid([0, 4], [4, 0]), 3)).toHaveLength(2);
  });

  it('holds every knot that is above the level and no other, in any grid', () => {
    const value = fc.integer({ min: 0, max: 9 });
    const rows = fc.array(fc.array(value, { minLength: 5, maxLength: 5 }), { minLength: 4, maxLength: 4 }); // prettier-ignore
    fc.assert(
      fc.property(rows, (some) => {
        const one = grid(...some);
        // Between whole numbers, so that no line goes through a knot.
        const rings = contourRings(one, 4.5).map((ring) => insideOf(ring));
        one.values.forEach((height, at) => {
          const [x, y] = [at % one.nx, Math.floor(at / one.nx)];
          const nAround = rings.filter((isInside) => isInside(x, y)).length;
          expect(nAround % 2 === 1).toBe(height > 4.5);
        });
      }),
    );
  });
});
