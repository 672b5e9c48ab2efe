import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Density } from '../core/explore/pair-measures';
import { dateAxis, monthInWords, numberAxis, place } from './explore-axis';
import { cellAt, countIn, densityLevels, fullestCell, moved, pointsPath } from './explore-density';
import { barsOf, wholeNumberOf } from './explore-histogram';
import { halfMatrix } from './explore-matrix';

const labelsOf = (axis: ReturnType<typeof numberAxis>) => axis.ticks.map(({ label }) => label);
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

describe('the marks of an axis of numbers', () => {
  it('are round', () => {
    expect(labelsOf(numberAxis(0, 19_043, 5))).toEqual(['0', '5,000', '10,000', '15,000']);
    expect(labelsOf(numberAxis(0, 1, 5))).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1']);
    expect(labelsOf(numberAxis(-1.5, 1.5, 3))).toEqual(['-1', '0', '1']);
  });

  it('are short where the numbers are long, and still differ', () => {
    expect(labelsOf(numberAxis(0, 4e6, 4))).toEqual(['0', '1M', '2M', '3M', '4M']);
    expect(labelsOf(numberAxis(2_000_000, 2_300_000, 3))).toEqual(['2M', '2.1M', '2.2M', '2.3M']);
    expect(labelsOf(numberAxis(0, 2e-9, 2))).toEqual(['0', '1e-9', '2e-9']);
  });

  it('lie on the axis, ascend, and have labels that differ', () => {
    const number = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(number, fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (from, span) => {
        // Narrower than that, neighbours are equal to fifteen digits.
        fc.pre(span > Math.abs(from) * 1e-9);
        const { ticks } = numberAxis(from, from + span, 5);
        expect(ticks.length).toBeLessThanOrEqual(8);
        ticks.forEach(({ at }, i) => {
          expect(at).toBeGreaterThanOrEqual(from - span * 1e-9);
          expect(at).toBeLessThanOrEqual(from + span * (1 + 1e-9));
          if (i > 0) expect(at).toBeGreaterThan(ticks[i - 1].at);
        });
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
      }),
    );
  });

  it('of one value surround it', () => {
    const axis = numberAxis(3, 3, 4);
    expect(axis.from).toBe(2.5);
    expect(axis.to).toBe(3.5);
  });

  it('say where a value lies, and keep it on the axis', () => {
    const axis = numberAxis(10, 20, 4);
    expect([10, 15, 20, 25, -5].map((value) => place(axis, value))).toEqual([0, 0.5, 1, 1, 0]);
  });
});

describe('the marks of an axis of dates', () => {
  it('are years over years', () => {
    const axis = dateAxis(day('2015-03-01'), day('2021-02-01'), 6);
    expect(labelsOf(axis)).toEqual(['2016', '2017', '2018', '2019', '2020', '2021']);
    expect(axis.ticks[0].at).toBe(day('2016-01-01'));
  });

  it('are months over a year, and days over some days', () => {
    expect(labelsOf(dateAxis(day('2021-01-01'), day('2021-12-01'), 4))).toEqual([
      'Jan 2021',
      'Apr 2021',
      'Jul 2021',
      'Oct 2021',
    ]);
    expect(labelsOf(dateAxis(day('2021-03-05'), day('2021-03-08'), 3))).toEqual([
      '2021-03-05',
      '2021-03-06',
      '2021-03-07',
      '2021-03-08',
    ]);
  });

  it('are about as many as was asked for; years, which are short, up to twice as many', () => {
    const milliseconds = fc.integer({ min: day('1000-01-01'), max: day('2500-01-01') });
    fc.assert(
      fc.property(milliseconds, milliseconds, fc.integer({ min: 2, max: 8 }), (a, b, most) => {
        const { ticks } = dateAxis(Math.min(a, b), Math.max(a, b), most);
        const isYears = ticks.every(({ label }) => label.length === 4);
        expect(ticks.length).toBeLessThanOrEqual((isYears ? 2 : 1) * most + 1);
      }),
    );
  });

  it('name a month', () => {
    expect(monthInWords(day('2021-03-05'))).toBe('March 2021');
    expect(monthInWords(day('0999-12-31'), 3)).toBe('Dec 0999');
  });
});

describe('the bars of a histogram', () => {
  it('stand where their values do, and are as tall as they are full', () => {
    const bars = barsOf({
      edges: Float64Array.of(0, 10, 30, 40),
      counts: Int32Array.of(4, 8, 0),
    });
    expect(bars).toEqual([
      { from: 0, to: 10, isClosed: false, count: 4, left: 0, width: 0.25, height: 0.5 },
      { from: 10, to: 30, isClosed: false, count: 8, left: 0.25, width: 0.5, height: 1 },
      { from: 30, to: 40, isClosed: true, count: 0, left: 0.75, width: 0.25, height: 0 },
    ]);
  });

  it('are none without a value', () => {
    expect(barsOf({ edges: new Float64Array(), counts: new Int32Array() })).toEqual([]);
  });

  it('say which whole number they hold', () => {
    expect(wholeNumberOf({ from: 5.5, to: 6.5 })).toBe(6);
    expect(wholeNumberOf({ from: 5, to: 6 })).toBeUndefined();
    expect(wholeNumberOf({ from: 5.5, to: 7.5 })).toBeUndefined();
  });
});

/** Three columns, two lines; the upper right cell is the fullest. */
const density: Density = {
  xEdges: Float64Array.of(0, 10, 20, 30),
  yEdges: Float64Array.of(0, 1, 2),
  counts: Int32Array.of(1, 0, 2, 0, 0, 50),
  nOutside: 3,
};
const size = { width: 300, height: 100 };

describe('a picture of density', () => {
  it('draws each cell with rows once, the fullest strongest', () => {
    const levels = densityLevels(density, size);
    const cells = levels.flatMap(({ path }) => path.split('Z').filter((part) => part !== ''));
    expect(cells).toHaveLength(3);
    expect(levels.at(-1)).toEqual({ strength: 1, path: 'M200 0H300V50H200Z' });
    // ⌈8 · ln 2 / ln 51⌉ = 2, ⌈8 · ln 3 / ln 51⌉ = 3.
    expect(levels.map(({ strength }) => strength)).toEqual([2 / 8, 3 / 8, 1]);
    expect(levels[0].path).toBe('M0 50H100V100H0Z');
  });

  it('draws the points that lie inside', () => {
    const points = {
      rows: Int32Array.of(0, 1, 2),
      x: Float64Array.of(15, 31, 30),
      y: Float64Array.of(1, 1, 2),
    };
    expect(pointsPath(points, density, size)).toBe('M150.0 50.0h0M300.0 0.0h0');
  });

  it('knows the cell under a pointer, to the very corners', () => {
    expect(cellAt(density, 0, 0)).toEqual({ column: 0, line: 1 });
    expect(cellAt(density, 1, 1)).toEqual({ column: 2, line: 0 });
    expect(cellAt(density, 0.5, 0.75)).toEqual({ column: 1, line: 0 });
  });

  it('is walked through cell by cell, and not left', () => {
    expect(fullestCell(density)).toEqual({ column: 2, line: 1 });
    expect(moved(density, { column: 2, line: 1 }, 1, 1)).toEqual({ column: 2, line: 1 });
    expect(moved(density, { column: 2, line: 1 }, -1, -1)).toEqual({ column: 1, line: 0 });
    expect(countIn(density, { column: 2, line: 1 })).toBe(50);
    expect(countIn(density, { column: 2, line: 0 })).toBe(2);
  });
});

describe('half a correlation matrix', () => {
  const correlations = {
    names: ['a', 'b', 'c'],
    pearson: Float64Array.of(1, 0.1, -0.9, 0.1, 1, 0.2, -0.9, 0.2, 1),
    spearman: Float64Array.of(1, NaN, 0.5, NaN, 1, 0.6, 0.5, 0.6, 1),
    order: { pearson: Int32Array.of(1, 0, 2), spearman: Int32Array.of(0, 1, 2) },
  };

  it('has a cell for every two columns, in the order of similarity', () => {
    expect(halfMatrix(correlations, 'pearson', 10)).toEqual({
      names: ['b', 'a', 'c'],
      lines: [[], [0.1], [0.2, -0.9]],
      nLeftOut: 0,
    });
  });

  it('keeps what is not known apart from 0', () => {
    expect(halfMatrix(correlations, 'spearman', 10).lines).toEqual([[], [NaN], [0.5, 0.6]]);
  });

  it('leaves out the columns that go with none', () => {
    expect(halfMatrix(correlations, 'pearson', 2)).toEqual({
      names: ['a', 'c'],
      lines: [[], [-0.9]],
      nLeftOut: 1,
    });
  });
});
