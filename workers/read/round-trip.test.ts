import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMissing, type Column, type Table } from '../../src/core/table/table';
import { writeCsv } from '../../src/core/table/write-csv';
import { read } from './read-for-test';

/** Any text but blank ones (which are missing), and those that a spreadsheet would run (which get a '). */
const word = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom("'", '"', ',', ';', '\n', '\r', '\\', ' ', 'a', '\u1680') }),
    fc.constantFrom('NA', 'none', '-1', '007', '1e5', 'Total', '2024-01-05', '#N/A', '0x10', '.'),
  )
  .filter((text) => text.trim() !== '')
  .filter((text) => !/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) || /^-\d+$/.test(text));

/** A name as the reader leaves it: spaces made one, none around it. */
const name = word.map((text) => text.replace(/\s+/g, ' ').trim());

const present = {
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  date: fc.integer({ min: -700_000, max: 2_900_000 }).map((day) => day * 86_400_000),
  word,
};

function column(nRows: number): fc.Arbitrary<Column> {
  const values = <T>(value: fc.Arbitrary<T>) =>
    fc.array(fc.option(value), { minLength: nRows, maxLength: nRows });
  const floats = (kind: 'number' | 'date') =>
    values(present[kind]).map((cells) => Float64Array.from(cells, (cell) => cell ?? NaN));
  return fc.oneof(
    fc.record({ kind: fc.constant('number' as const), name, values: floats('number') }),
    fc.record({ kind: fc.constant('date' as const), name, values: floats('date') }),
    fc.record({ kind: fc.constant('text' as const), name, values: values(present.word) }),
    fc.tuple(name, values(present.word)).map(([called, cells]) => {
      const levels = [...new Set(cells.filter((cell) => cell !== null))];
      const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell)));
      return { kind: 'category' as const, name: called, codes, levels };
    }),
  );
}

/** Of one column alone a missing cell would be a blank line, which is no row. */
const table: fc.Arbitrary<Table> = fc
  .integer({ min: 1, max: 12 })
  .chain((nRows) =>
    fc
      .uniqueArray(column(nRows), { minLength: 2, maxLength: 5, selector: (made) => made.name })
      .map((columns) => ({ nRows, columns, lines: new Int32Array(nRows) })),
  );

const hasValue = (column: Column, nRows: number) => countMissing(column, nRows) < nRows;

describe('what writeCsv writes', () => {
  it('is read back cell by cell, whatever the table and however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 200 }), async (written, sliceBytes) => {
        const columns = written.columns.filter((made) => hasValue(made, written.nRows));
        fc.pre(columns.length > 0);
        const params = {
          delimiter: ',',
          encoding: 'utf-8',
          header: 'yes',
          decimal: '.',
          skipLines: 0,
          missing: [],
          kinds: written.columns.map((made) => ({ column: made.name, kind: made.kind })),
        } as const;
        const output = await read([...writeCsv(written)].join(''), params, sliceBytes);
        expect(output.table.columns).toEqual(columns);
        expect([output.nRowsInFile, output.nSetAside]).toEqual([written.nRows, 0]);
      }),
      { numRuns: 1000 },
    );
  });
});
