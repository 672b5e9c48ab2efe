import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowLayout } from './flow';

const size = { width: 200, height: 300, gap: 10, labelHeight: 30 };

describe('the picture of a flow', () => {
  it('has nodes as high as they have customers, on the same scale on both sides', () => {
    // 280 pixels for 100 customers: 300 less a gap of 10 for each of two nodes.
    const { before, after } = flowLayout([[60, 0], [10, 30]], size); // prettier-ignore
    before.forEach(({ height }, c) => expect(height).toBeCloseTo([168, 112][c], 6));
    after.forEach(({ height }, c) => expect(height).toBeCloseTo([196, 84][c], 6));
    expect(before[1].y).toBeCloseTo(before[0].y + 168 + 10, 6);
  });

  it('has a ribbon for each pair that shares customers, and none for others', () => {
    const { ribbons } = flowLayout([[60, 0], [10, 30]], size); // prettier-ignore
    expect(ribbons.map(({ before, after, count }) => [before, after, count])).toEqual([
      [0, 0, 60],
      [1, 0, 10],
      [1, 1, 30],
    ]);
    ribbons.forEach(({ path }) => expect(path).toMatch(/^M0 [\d.]+C.*Z$/));
  });

  it('has the ribbons of a node one below the other, from its top to its bottom', () => {
    const { before, ribbons } = flowLayout([[5, 20, 15], [30, 1, 9]], size); // prettier-ignore
    const topOf = (path: string) => Number(/^M0 (-?[\d.]+)/.exec(path)?.[1]);
    const bottomOf = (path: string) => Number(/ 0 (-?[\d.]+)Z$/.exec(path)?.[1]);
    for (const [r, { y, height }] of before.entries()) {
      const own = ribbons.filter((one) => one.before === r).map(({ path }) => path);
      expect(topOf(own[0])).toBeCloseTo(y, 1);
      expect(bottomOf(own[own.length - 1])).toBeCloseTo(y + height, 1);
      own.slice(1).forEach((path, i) => expect(topOf(path)).toBeCloseTo(bottomOf(own[i]), 1));
    }
  });

  it('has nodes on the right in the order of where their customers come from', () => {
    const { after } = flowLayout([[0, 9], [9, 0]], size); // prettier-ignore
    expect(after[1].y).toBeLessThan(after[0].y);
  });

  it('stands inside its height, whoever there is', () => {
    const tables = fc.array(fc.array(fc.nat(500), { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(tables, (crosstab) => {
        const { before, after } = flowLayout(crosstab, size);
        for (const nodes of [before, after]) {
          const sorted = [...nodes].sort((a, b) => a.y + a.height / 2 - b.y - b.height / 2);
          const middles = sorted.map(({ y, height }) => y + height / 2);
          sorted.forEach(({ y, height }, i) => {
            expect(y).toBeGreaterThanOrEqual(-1e-6);
            expect(y + height).toBeLessThanOrEqual(size.height + 1e-6);
            // There is room for two labels.
            if (i > 0) expect(middles[i] - middles[i - 1]).toBeGreaterThanOrEqual(30 - 1e-6);
          });
        }
      }),
    );
  });
});
