import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { categories, numbers } from '../../../tests/helpers/tables';
import { binsOf, chiSquare95, countBins, driftOf } from './drift';

const all = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe('the stability index', () => {
  it('by hand: (a − e)·ln(a / e), summed over the bins', () => {
    // .5, .5 → .25, .75: −.25·ln(.5) + .25·ln(1.5) = .173287 + .101366
    const { psi, band } = driftOf([500, 500], [250, 750]);
    expect(psi).toBeCloseTo(0.27465307, 8);
    expect(band).toBe('much');
    // .6, .4 → .45, .55: −.15·ln(.75) + .15·ln(1.375) = .043152 + .047768
    const some = driftOf([600, 400], [450, 550]);
    expect(some.psi).toBeCloseTo(0.09092037, 7);
    expect(some.band).toBe('little');
  });

  it('is 0 for the same shares, whatever the number of rows', () => {
    expect(driftOf([10, 20, 30], [100, 200, 300]).psi).toBe(0);
  });

  it('takes an empty bin as one ten-thousandth, and leaves out bins that are empty in both', () => {
    // .5, .5 → 1, .0001: .5·ln 2 + (.0001 − .5)·ln(.0002)
    const { psi } = driftOf([50, 50, 0], [100, 0, 0]);
    expect(psi).toBeCloseTo(0.5 * Math.log(2) - 0.4999 * Math.log(0.0002), 10);
  });

  it('is little where chance alone gives as much', () => {
    // Three rows against three: shares 1/3, 2/3 are one row away.
    const few = driftOf([1, 2], [2, 1]);
    expect(few.psi).toBeGreaterThan(0.2);
    expect(few.chance).toBeCloseTo(chiSquare95(1) * (2 / 3), 12);
    expect(few.band).toBe('little');
    expect(driftOf([1000, 2000], [2000, 1000]).band).toBe('much');
  });

  it('stays below what chance gives in about 95 of 100 draws without a change', () => {
    let state = 7;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
    const draw = () => {
      const counts = new Array<number>(10).fill(0);
      for (let i = 0; i < 500; i++) counts[Math.floor(random() * 10)]++;
      return counts;
    };
    let below = 0;
    for (let i = 0; i < 1000; i++) {
      const { psi, chance } = driftOf(draw(), draw());
      if (psi <= chance) below++;
    }
    expect(below).toBeGreaterThan(930);
    expect(below).toBeLessThan(970);
  });

  it('is the same both ways and never negative', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        expect(driftOf(a, b).psi).toBeCloseTo(driftOf(b, a).psi, 10);
        expect(driftOf(a, b).psi).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('of nothing is nothing', () => {
    expect(driftOf([], []).psi).toBe(0);
    expect(driftOf([0, 0], [1, 2])).toEqual({ psi: 0, chance: 0, band: 'little' });
  });

  it('knows the quantiles of χ²', () => {
    // Tables: 3.841, 16.919, 30.144.
    expect(chiSquare95(1)).toBeCloseTo(3.841, 0);
    expect(Math.abs(chiSquare95(9) / 16.919 - 1)).toBeLessThan(0.002);
    expect(Math.abs(chiSquare95(19) / 30.144 - 1)).toBeLessThan(0.001);
  });
});

describe('bins', () => {
  it('of numbers hold a tenth of the rows each', () => {
    const column = numbers(
      'x',
      Array.from({ length: 100 }, (_, i) => i),
    );
    const bins = binsOf(column, all(100));
    expect(bins).toMatchObject({ kind: 'number' });
    expect(countBins(bins as NonNullable<typeof bins>, column, all(100))).toEqual([
      ...new Array<number>(10).fill(10),
      0,
    ]);
  });

  it('are fewer where values repeat, and never empty', () => {
    const column = numbers('x', [
      ...new Array<number>(80).fill(0),
      ...Array.from({ length: 20 }, (_, i) => i + 1),
    ]);
    const bins = binsOf(column, all(100));
    if (bins?.kind !== 'number') throw new Error('no numbers');
    expect(bins.edges.length).toBeLessThan(4);
    expect(
      countBins(bins, column, all(100))
        .slice(0, -1)
        .every((count) => count > 0),
    ).toBe(true);
    expect(binsOf(numbers('c', [3, 3, 3]), all(3))).toEqual({ kind: 'number', edges: [] });
  });

  it('of categories are the levels of those rows; missing values have one of their own', () => {
    const column = categories('r', ['a', 'b', 'c', null, 'a']);
    const bins = binsOf(column, Int32Array.of(0, 1, 3, 4));
    expect(bins).toEqual({ kind: 'category', levels: ['a', 'b'] });
    expect(countBins(bins as NonNullable<typeof bins>, column, all(5))).toEqual([2, 1, 1, 1]);
  });
});
