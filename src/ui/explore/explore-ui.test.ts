import { describe, expect, it } from 'vitest';
import type { ColumnSummary } from '../../core/explore/summary';
import { selectionKey, selectRows } from '../../core/select/selection';
import { defaultRecipe } from '../../core/recipe';
import type { Table } from '../../core/table/table';
import {
  beyond,
  customers,
  ofAll,
  ofLevel,
  ofMissing,
  ofRange,
  ofValue,
  rangeInWords,
} from './selections';
import { nextOrder, sortColumns, type SortOrder } from './sort-columns';
import { cramerInWords, etaInWords, measuresInWords, strengthInWords } from './words';

const numbers = { kind: 'number' } as const;
const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

/** The rows of a table of one column that are selected. */
function rowsOf(values: readonly number[], { selection }: ReturnType<typeof ofRange>): number[] {
  const table: Table = {
    nRows: values.length,
    columns: [{ kind: 'number', name: 'x', values: Float64Array.from(values) }],
    lines: Int32Array.from(values, (_, i) => i + 2),
  };
  const selected = selectRows(selection, {
    derive: { table, reports: [], uses: [] },
    recipe: defaultRecipe,
  });
  return Array.from(selected.keys()).filter((row) => selected[row] === 1);
}

describe('the values of a bar in words', () => {
  it('are a whole number, or say which end does not belong to them', () => {
    expect(rangeInWords({ from: 11.5, to: 12.5, isClosed: false }, numbers)).toBe('12');
    expect(rangeInWords({ from: 2000, to: 2500, isClosed: false }, numbers)).toBe(
      '2,000 to below 2,500',
    );
    expect(rangeInWords({ from: 0.8, to: 1, isClosed: true }, numbers)).toBe('0.8 to 1');
  });

  it('differ where neighbours do', () => {
    expect(rangeInWords({ from: 1000.1, to: 1000.2, isClosed: false }, numbers)).toBe(
      '1,000.1 to below 1,000.2',
    );
  });

  it('are a day, a month, a year or several years', () => {
    const range = (from: string, to: string) => ({ from: day(from), to: day(to), isClosed: false });
    const inWords = (from: string, to: string, unit: 'day' | 'month' | 'year' | 'decade') =>
      rangeInWords(range(from, to), { kind: 'date', unit });
    expect(inWords('2021-03-05', '2021-03-06', 'day')).toBe('2021-03-05');
    expect(inWords('2021-03-01', '2021-04-01', 'month')).toBe('March 2021');
    expect(inWords('2021-01-01', '2022-01-01', 'year')).toBe('2021');
    expect(inWords('1990-01-01', '2000-01-01', 'decade')).toBe('1990 to 1999');
  });
});

describe('a selection from a picture', () => {
  const values = [-2, 0, 1, 2, 3, NaN, Infinity];

  it('has the rows that the bar counts', () => {
    expect(rowsOf(values, ofRange('x', { from: 0, to: 2, isClosed: false }, numbers))).toEqual([
      1, 2,
    ]);
    expect(rowsOf(values, ofRange('x', { from: 0, to: 2, isClosed: true }, numbers))).toEqual([
      1, 2, 3,
    ]);
    expect(rowsOf(values, ofValue('x', 0))).toEqual([1]);
  });

  it('of what lies beyond leaves out the end itself, and what is infinite', () => {
    expect(rowsOf(values, beyond('x', 'above', 1))).toEqual([3, 4]);
    expect(rowsOf(values, beyond('x', 'above', 0))).toEqual([2, 3, 4]);
    expect(rowsOf(values, beyond('x', 'below', 1))).toEqual([0, 1]);
    expect(rowsOf(values, beyond('x', 'above', -2))).toEqual([1, 2, 3, 4]);
  });

  it('says whom it has', () => {
    expect(ofRange('BALANCE', { from: 0, to: 500, isClosed: false }, numbers).title).toBe(
      'balance from 0 to below 500',
    );
    expect(ofRange('TENURE', { from: 11.5, to: 12.5, isClosed: true }, numbers).title).toBe(
      'tenure, months of 12',
    );
    expect(ofLevel('city', 'Graz').title).toBe('city "Graz"');
    expect(ofAll(ofLevel('city', 'Graz'), ofMissing('age')).title).toBe(
      'city "Graz" and age missing',
    );
    expect(customers(1)).toBe('1 customer');
  });

  it('of several has those that are in each', () => {
    const range = (from: number, to: number) =>
      ofRange('x', { from, to, isClosed: false }, numbers);
    expect(rowsOf(values, ofAll(range(0, 3), range(1, 9)))).toEqual([2, 3]);
    expect(selectionKey(ofAll(range(0, 3)).selection)).not.toBe(
      selectionKey(range(0, 3).selection),
    );
  });
});

describe('the list of columns', () => {
  const number = (name: string, mean: number, missing = 0) =>
    ({ kind: 'number', name, missing, statistics: { mean } }) as unknown as ColumnSummary;
  const word = (name: string) =>
    ({ kind: 'category', name, missing: 5 }) as unknown as ColumnSummary;
  const columns = [number('b', 2), word('c'), number('a', 7), number('d', NaN), number('e', 2, 9)];
  const names = (order: SortOrder) => sortColumns(columns, order).map(({ name }) => name);

  it('is sorted by numbers, with the columns that have none at the end', () => {
    expect(names({ by: 'mean', isFalling: true })).toEqual(['a', 'b', 'e', 'c', 'd']);
    expect(names({ by: 'mean', isFalling: false })).toEqual(['b', 'e', 'a', 'c', 'd']);
    expect(names({ by: 'missing', isFalling: true })).toEqual(['e', 'c', 'b', 'a', 'd']);
    expect(names({ by: 'name', isFalling: false })).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(names({ by: null, isFalling: false })).toEqual(['b', 'c', 'a', 'd', 'e']);
  });

  it('turns round at the second click, and is as in the file at the third', () => {
    const first = nextOrder({ by: null, isFalling: false }, 'mean');
    const second = nextOrder(first, 'mean');
    expect([first, second, nextOrder(second, 'mean')]).toEqual([
      { by: 'mean', isFalling: true },
      { by: 'mean', isFalling: false },
      { by: null, isFalling: false },
    ]);
    expect(nextOrder(second, 'name')).toEqual({ by: 'name', isFalling: false });
  });
});

describe('two columns in words', () => {
  it('say how strongly they go together, and which way', () => {
    expect([0.05, 0.2, -0.4, 0.6, -0.9, NaN].map(strengthInWords)).toEqual([
      'Hardly related',
      'Weakly together',
      'Moderately opposite',
      'Clearly together',
      'Strongly opposite',
      'One of the two does not vary',
    ]);
  });

  it('name the ends', () => {
    const group = (from: number, to: number, median: number) => {
      return { from, to, count: 10, mean: median, q1: median, median, q3: median };
    };
    const pair = {
      kind: 'measures',
      a: 'SPEND',
      b: 'VISITS',
      n: 20,
      pearson: 0.5,
      spearman: 0.72,
      byDecile: [group(0, 0, 1), group(5, 9, 4)],
    } as unknown as Parameters<typeof measuresInWords>[0];
    expect(measuresInWords(pair, { a: 'number', b: 'number' })).toBe(
      'Strongly together: correlation 0.5, of the ranks 0.72. The median of VISITS is 1 where SPEND is 0, and 4 where it is 5 or more.',
    );
    expect(measuresInWords({ ...pair, n: 0 }, { a: 'number', b: 'number' })).toBe(
      'No row has both values.',
    );
  });

  it('say what groups explain, and when there is nothing to explain', () => {
    expect(etaInWords(0.234, 'CITY', 'SPEND')).toBe(
      'CITY explains 23\u00a0% of the variance of SPEND (η² = 0.23).',
    );
    expect(etaInWords(NaN, 'CITY', 'SPEND')).toBe('SPEND does not vary.');
    expect(cramerInWords(0.04)).toContain('Hardly related: Cramér’s V is 0.04');
    expect(cramerInWords(NaN)).toBe('One of the two has one value only.');
  });
});
