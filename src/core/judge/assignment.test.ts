import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cheapestAssignment } from './assignment';

/** The smallest sum of one cost per row, each of another column, by trying everything. */
function leastByTrying(costs: readonly (readonly number[])[], row = 0, taken = 0): number {
  if (row === costs.length) return 0;
  return costs[row].reduce((least, cost, column) => {
    if ((taken & (1 << column)) !== 0) return least;
    return Math.min(least, cost + leastByTrying(costs, row + 1, taken | (1 << column)));
  }, Infinity);
}

describe('the cheapest assignment', () => {
  it('gives way where the cheapest pair alone would cost more in all', () => {
    // 1 + 9 is more than 2 + 3.
    expect(cheapestAssignment([[1, 2], [3, 9]])).toEqual([1, 0]); // prettier-ignore
  });

  it('is that of trying everything, whatever the costs', () => {
    const cost = fc.oneof(
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.integer({ min: 0, max: 3 }),
    );
    const tables = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }))
      .chain(([nRows, more]) => {
        const nColumns = nRows + more;
        const row = fc.array(cost, { minLength: nColumns, maxLength: nColumns });
        return fc.array(row, { minLength: nRows, maxLength: nRows });
      });
    fc.assert(
      fc.property(tables, (costs) => {
        const columns = cheapestAssignment(costs);
        expect(new Set(columns).size).toBe(costs.length);
        const total = columns.reduce((sum, column, row) => sum + costs[row][column], 0);
        expect(total).toBeCloseTo(leastByTrying(costs), 8);
      }),
      { numRuns: 500 },
    );
  });

  it('of nothing is nothing', () => {
    expect(cheapestAssignment([])).toEqual([]);
  });
});
