import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { creditCardTable } from '../../../tests/helpers/credit-card';
import { hasShared, readSharedJson, whyAbsent } from '../../../tests/helpers/shared-data';
import { categories, dates, numbers, tableOf, texts } from '../../../tests/helpers/tables';
import { CancelledError } from '../errors';
import { readDate } from '../table/dates';
import { assignRoles } from '../table/roles';
import type { Table } from '../table/table';
import { summariseColumn, summariseColumns, type NumberSummary } from './summary';

/** Milliseconds since 1970 UTC. */
const day = (text: string) => readDate(text, 'day-first');

const summarise = (table: Table) => summariseColumns(table, assignRoles(table, []), ctx);

function numbersOf(values: readonly number[]): NumberSummary {
  const summary = summariseColumn(numbers('a', values), 'cluster', values.length);
  if (summary.kind !== 'number') throw new Error('Not a column of numbers.');
  return summary;
}

describe('the summary of numbers', () => {
  it('counts what is missing, negative, nothing and different', () => {
    const { count, missing, distinct, statistics } = numbersOf([0, -1, 2, 2, NaN, 0, -0, NaN]);
    expect([count, missing]).toEqual([6, 2]);
    expect(distinct).toEqual({ count: 3, isCapped: false });
    expect(statistics.zeroShare).toBe(3 / 6);
    expect(statistics.negativeShare).toBe(1 / 6);
  });

  it('leaves values out that are too large to compute with, and says how many', () => {
    const { count, nInfinite, statistics, histogram } = numbersOf([1, 2, 3, Infinity, -Infinity]);
    expect([count, nInfinite]).toEqual([5, 2]);
    expect(statistics.mean).toBe(2);
    expect(Array.from(histogram.counts)).toEqual([1, 1, 1]);
  });

  it('has both kinds of skewness and kurtosis', () => {
    // See the test of `correctedShape` for the arithmetic.
    const { statistics } = numbersOf([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(statistics.skewness).toBe(0.65625);
    expect(statistics.skewnessCorrected).toBeCloseTo((0.65625 * Math.sqrt(56)) / 6, 14);
    expect(statistics.kurtosisCorrected).toBeCloseTo(0.940625, 14);
  });

  it('names frequent values, the most frequent first', () => {
    const { frequent } = numbersOf([
      ...Array<number>(60).fill(7),
      ...Array<number>(30).fill(0),
      1,
      2,
    ]);
    expect(frequent).toEqual([
      { value: 7, count: 60 },
      { value: 0, count: 30 },
    ]);
  });

  it('of a column without a value has no bin and no statistics', () => {
    const { count, statistics, histogram, box } = numbersOf([NaN, NaN]);
    expect(count).toBe(0);
    expect(statistics.mean).toBeNaN();
    expect([histogram.edges.length, histogram.counts.length]).toEqual([0, 0]);
    expect(box.count).toBe(0);
    expect(box.median).toBeNaN();
  });

  it('of values near the end of the numbers does not fail', () => {
    const { histogram, box } = numbersOf([-1.7e308, 0, 1.7e308, 5e-324]);
    expect(histogram.counts.reduce((sum, n) => sum + n, 0)).toBe(4);
    expect(box.min).toBe(-1.7e308);
  });
});

describe('the box', () => {
  it('has whiskers that end at values, no farther than 1.5 interquartile ranges', () => {
    // 1 … 8 and 30: q1 = 3, q3 = 7, so up to 7 + 1.5 · 4 = 13.
    const { box } = numbersOf([1, 2, 3, 4, 5, 6, 7, 8, 30]);
    expect(box).toEqual({
      count: 9,
      min: 1,
      whiskerLow: 1,
      q1: 3,
      median: 5,
      q3: 7,
      whiskerHigh: 8,
      max: 30,
      mean: expect.closeTo(66 / 9, 12) as number,
      nBelow: 0,
      nAbove: 1,
    });
  });
});

describe('the summary of words', () => {
  it('has the twelve most frequent and counts the rest', () => {
    // Word k stands k times, for k = 1 … 14, and two are missing.
    const words = Array.from({ length: 14 }, (_, k) =>
      Array<string>(k + 1).fill(`w${k + 1}`),
    ).flat();
    for (const column of [
      texts('t', [...words, null, null]),
      categories('t', [...words, null, null]),
    ]) {
      const summary = summariseColumn(column, 'describe', words.length + 2);
      if (summary.kind !== 'text' && summary.kind !== 'category') throw new Error('Not words.');
      expect(summary.levels).toHaveLength(12);
      expect(summary.levels[0]).toEqual({ name: 'w14', count: 14 });
      expect(summary.rest).toBe(1 + 2);
      expect([summary.count, summary.missing]).toEqual([105, 2]);
      expect(summary.distinct).toEqual({ count: 14, isCapped: false });
    }
  });

  it('tells 10,000 texts apart, and says that there are more', () => {
    const many = Array.from({ length: 10_050 }, (_, i) => `customer ${i}`);
    const summary = summariseColumn(texts('t', many), 'id', many.length);
    expect(summary.distinct).toEqual({ count: 10_000, isCapped: true });
    expect(summary.count).toBe(10_050);
  });

  it('takes names of objects for words', () => {
    const summary = summariseColumn(
      texts('t', ['__proto__', 'constructor', '__proto__']),
      'describe',
      3,
    );
    expect(summary).toMatchObject({
      levels: [
        { name: '__proto__', count: 2 },
        { name: 'constructor', count: 1 },
      ],
    });
  });
});

describe('the summary of dates', () => {
  it('counts by month where there are few', () => {
    const days = ['2024-01-31', '2024-02-01', '2024-02-29', '2024-04-02'].map(day);
    const summary = summariseColumn(dates('d', [...days, NaN]), 'describe', 5);
    expect(summary).toMatchObject({ count: 4, missing: 1, first: days[0], last: days[3] });
    if (summary.kind !== 'date') throw new Error('Not a date.');
    expect(summary.histogram.unit).toBe('month');
    expect(Array.from(summary.histogram.counts)).toEqual([1, 2, 0, 1]);
    expect(summary.histogram.edges[4]).toBe(day('2024-05-01'));
  });

  it.for([
    ['day', ['2024-02-27', '2024-03-02T23:00'], 5],
    ['year', ['1999-06-01', '2024-02-01'], 26],
    ['decade', ['1900-01-01', '2024-02-01'], 13],
    ['century', ['1000-01-01', '9999-12-31'], 90],
  ] as const)('and by %s, as far as they reach', ([unit, days, nBins]) => {
    const values = days.map(day);
    const summary = summariseColumn(dates('d', values), 'describe', 2);
    if (summary.kind !== 'date') throw new Error('Not a date.');
    const { counts, edges } = summary.histogram;
    expect(summary.histogram.unit).toBe(unit);
    expect(counts).toHaveLength(nBins);
    expect([counts[0], counts[nBins - 1]]).toEqual([1, 1]);
    expect(edges[0]).toBeLessThanOrEqual(values[0]);
    expect(edges[nBins]).toBeGreaterThan(values[1]);
  });
});

describe('a table', () => {
  const table = tableOf([
    numbers('a', [1, 2, 3]),
    texts('b', ['x', 'y', 'x']),
    numbers('c', [3, 1, 2]),
  ]);

  it('is summarised in its order, with the roles', async () => {
    const summaries = await summarise(table);
    expect(summaries.map(({ name, kind, role }) => [name, kind, role])).toEqual([
      ['a', 'number', 'cluster'],
      ['b', 'text', 'describe'],
      ['c', 'number', 'cluster'],
    ]);
  });

  it('can be cancelled between columns, and tells how far it is', async () => {
    const told: number[] = [];
    let breaths = 0;
    const work = summariseColumns(table, assignRoles(table, []), {
      ...ctx,
      progress: (done, total) => told.push(done / total),
      breathe: () => (++breaths === 2 ? Promise.reject(new CancelledError()) : Promise.resolve()),
    });
    await expect(work).rejects.toBeInstanceOf(CancelledError);
    expect(told).toEqual([1 / 3, 2 / 3]);
  });
});

const path = 'known-answer/cc-general-stats.json';

describe.skipIf(!hasShared(path) || !hasShared('CC GENERAL.csv'))(
  `CC GENERAL.csv (else ${whyAbsent})`,
  () => {
    it('has the statistics of scipy and pandas in every column', async () => {
      const { columnStats } = readSharedJson<{
        columnStats: Record<string, Record<string, number>>;
      }>(path);
      const summaries = (await summarise(creditCardTable())).filter(
        (summary) => summary.kind === 'number',
      );
      expect(summaries).toHaveLength(17);
      for (const { name, count, missing, distinct, statistics } of summaries) {
        const expected = columnStats[name];
        expect([count, missing, distinct.count]).toEqual([
          expected.count,
          expected.missing,
          expected.distinct,
        ]);
        for (const key of [
          'mean',
          'sdPopulation',
          'sdSample',
          'min',
          'q1',
          'median',
          'q3',
          'max',
          'zeroShare',
          'skewness',
          'skewnessCorrected',
          'kurtosis',
          'kurtosisCorrected',
        ] as const) {
          // The file has ten digits.
          expect(Math.abs(statistics[key] - expected[key])).toBeLessThanOrEqual(
            6e-10 * Math.abs(expected[key]),
          );
        }
      }
    });
  },
);
