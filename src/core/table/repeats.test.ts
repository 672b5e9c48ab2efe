import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categories, dates, numbers, texts } from '../../../tests/helpers/tables';
import { repeatedRows, repeatsOf } from './repeats';
import type { Column } from './table';

const repeats = (columns: Column[], nRows: number) => Array.from(repeatedRows(columns, nRows));

describe('rows that repeat an earlier one', () => {
  it('are equal to it in all columns, whatever these hold', () => {
    const columns = [
      numbers('a', [1, 1, 1, 2, 1, 1]),
      categories('b', ['x', 'x', 'y', 'x', null, 'x']),
      dates('c', [5, 5, 5, 5, 5, 6]),
      texts('d', ['p', 'p', 'p', 'p', 'p', 'p']),
    ];
    expect(repeats(columns, 6)).toEqual([1]);
    expect(repeats(columns.slice(0, 1), 6)).toEqual([1, 2, 4, 5]);
    expect(repeats(columns.slice(1, 2), 6)).toEqual([1, 3, 5]);
    expect(repeats(columns.slice(3), 6)).toEqual([1, 2, 3, 4, 5]);
  });

  it('may have both nothing, or zeros of different signs', () => {
    expect(repeats([numbers('a', [NaN, 0, NaN, -0])], 4)).toEqual([2, 3]);
    expect(repeats([texts('a', [null, '', null, ''])], 4)).toEqual([2, 3]);
    expect(repeats([categories('a', [null, 'x', null])], 3)).toEqual([2]);
  });

  it('are looked for among the first rows only, if it is said so', () => {
    const column = numbers('a', [1, 1, 2, 2]);
    expect(repeats([column], 2)).toEqual([1]);
    expect(repeats([column], 0)).toEqual([]);
  });

  it('are found in any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 })), (words) => {
        const expected = words.flatMap((word, i) => (words.indexOf(word) < i ? [i] : []));
        expect(repeats([texts('a', words)], words.length)).toEqual(expected);
      }),
    );
  });

  it('are found among very many rows, in the order of the rows', () => {
    // Every number up to 90,000 once, in a mixed order, then the first 50,000 of them again, then all zeros.
    const nDistinct = 90_001;
    const first = Array.from({ length: nDistinct }, (_, i) => (i * 31_337) % nDistinct);
    const values = [...first, ...first.slice(0, 50_000), ...Array<number>(10_000).fill(0)];
    const expected = Array.from({ length: 60_000 }, (_, i) => nDistinct + i);
    expect(repeats([numbers('a', values)], values.length)).toEqual(expected);
  });

  it('of one column are remembered', () => {
    const column = numbers('a', [1, 1]);
    expect(repeatsOf(column, 2)).toEqual(Int32Array.of(1));
    expect(repeatsOf(column, 2)).toBe(repeatsOf(column, 2));
  });
});
