import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { categories, dates, numbers, tableOf, texts } from '../../../tests/helpers/tables';
import { CancelledError } from '../errors';
import { defaultRecipe } from '../recipe';
import type { Column } from '../table/table';
import { inFileOrder, orderRows, type RowOrder } from './order-rows';
import { rowPage } from './row-page';
import type { SelectFrom } from './selection';

const x = NaN;
const fromColumns = (columns: readonly Column[], more: object = {}): SelectFrom => ({
  derive: { table: tableOf(columns), reports: [], uses: [] },
  recipe: defaultRecipe,
  ...more,
});

const columns = [
  numbers('age', [30, 20, x, 30, -Infinity, 20]),
  categories('plan', ['b', null, 'a', 'b', 'c', 'a']),
  texts('city', ['Oslo', 'Ärö', null, '', 'Zug', 'Oslo']),
  dates('since', [2, 1, 3, x, 5, 4]),
];
/** Rows 2 and 4 were set aside. */
const from = fromColumns(columns, {
  clean: { rows: Int32Array.of(0, 1, 3, 5), fate: Uint8Array.of(0, 0, 2, 0, 1, 0) },
  cluster: { fit: { labels: Int32Array.of(1, 0, 0, 1), nClusters: 2 } },
});
const everybody = new Uint8Array(6).fill(1);

const ordered = async (
  by: RowOrder['by'],
  isFalling = false,
  isSelected = everybody,
  of: SelectFrom = from,
) => [...(await orderRows(of, isSelected, { by, isFalling }, ctx))];

describe('selected rows are listed', () => {
  it('in the order of the file, or backwards', async () => {
    const some = Uint8Array.of(0, 1, 0, 1, 0, 1);
    expect(await ordered('line', false, some)).toEqual([1, 3, 5]);
    expect(await ordered('line', true, some)).toEqual([5, 3, 1]);
    expect(await ordered('line', false, new Uint8Array(6))).toEqual([]);
  });

  it('by numbers: equal ones in the order of the file, missing ones last, whichever way', async () => {
    // 30, 20, –, 30, −∞, 20
    expect(await ordered({ column: 'age' })).toEqual([4, 1, 5, 0, 3, 2]);
    expect(await ordered({ column: 'age' }, true)).toEqual([0, 3, 1, 5, 4, 2]);
  });

  it('by dates, by categories and by texts', async () => {
    expect(await ordered({ column: 'since' })).toEqual([1, 0, 2, 5, 4, 3]);
    expect(await ordered({ column: 'plan' })).toEqual([2, 5, 0, 3, 4, 1]);
    expect(await ordered({ column: 'plan' }, true)).toEqual([4, 0, 3, 2, 5, 1]);
    // '' is before 'Oslo', 'Zug' before 'Ä': by code, the same everywhere. Missing last.
    expect(await ordered({ column: 'city' })).toEqual([3, 0, 5, 4, 1, 2]);
  });

  it('by segment, those without one last', async () => {
    expect(await ordered('segment')).toEqual([1, 3, 0, 5, 2, 4]);
    expect(await ordered('segment', true)).toEqual([0, 5, 1, 3, 2, 4]);
    expect(await ordered('segment', true, everybody, fromColumns(columns))).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
  });

  it('as in the file by a column that is not there', async () => {
    expect(await ordered({ column: 'toString' })).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('the same for any number of them as by the slow way', async () => {
    // More than are sorted in one go, with many ties and gaps.
    const values = fc.array(fc.constantFrom(3, 1, 2, 0, x), { minLength: 100, maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(values, fc.boolean(), async (some, isFalling) => {
        const all = Array.from({ length: 20_011 }, (_, i) => some[(i * 7) % some.length]);
        const of = fromColumns([numbers('v', all)]);
        const rows = await ordered(
          { column: 'v' },
          isFalling,
          new Uint8Array(all.length).fill(1),
          of,
        );
        const key = (row: number) =>
          Number.isNaN(all[row]) ? Infinity : isFalling ? -all[row] : all[row];
        const slow = [...all.keys()].sort((a, b) => {
          const [keyA, keyB] = [key(a), key(b)];
          return keyA === keyB ? a - b : keyA - keyB;
        });
        expect(rows).toEqual(slow);
      }),
      { numRuns: 5 },
    );
  });

  it('unless somebody gives it up', async () => {
    const breathe = () => Promise.reject(new CancelledError());
    await expect(
      orderRows(from, everybody, { by: { column: 'age' }, isFalling: false }, { breathe }),
    ).rejects.toThrow(CancelledError);
  });
});

describe('a page of the list', () => {
  const rowsOf = async (first: number, nRows: number) => {
    const rows = await orderRows(from, everybody, inFileOrder, ctx);
    return rowPage(from, rows, first, nRows);
  };

  it('has its rows as text, with line, segment, and why there is none', async () => {
    const page = await rowsOf(1, 2);
    expect(page.nRows).toBe(6);
    expect(page.columns.map(({ name, isNumber }) => [name, isNumber])).toEqual([
      ['age', true],
      ['plan', false],
      ['city', false],
      ['since', false],
    ]);
    // The header is line 1.
    expect(page.rows).toEqual([
      { line: 3, segment: 0, setAside: '', cells: ['20', '', 'Ärö', '1970-01-01T00:00:00'] },
      { line: 4, segment: null, setAside: 'missing', cells: ['', 'a', '', '1970-01-01T00:00:00'] },
    ]);
    expect((await rowsOf(4, 1)).rows[0]).toMatchObject({ segment: null, setAside: 'duplicate' });
  });

  it('has what is left at the end, and nothing behind it', async () => {
    expect((await rowsOf(4, 50)).rows.map(({ line }) => line)).toEqual([6, 7]);
    expect((await rowsOf(6, 50)).rows).toEqual([]);
  });

  it('knows no segment before there are any', () => {
    const page = rowPage(fromColumns(columns), Int32Array.of(0), 0, 1);
    expect(page.rows[0]).toMatchObject({ segment: null, setAside: '' });
  });
});
