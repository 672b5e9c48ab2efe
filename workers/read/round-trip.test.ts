import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMissing, type Column, type Table } from '../../src/core/table/table';
import { writeCsv } from '../../src/core/table/write-csv';
import { read } from './read-for-test';

describe('what writeCsv writes', () => {
  // Words that are not taken for missing, and that no spreadsheet would run.
  const word = fc
    .string({ unit: 'grapheme' })
    .filter(
      (text) =>
        /^[^\s=+\-@＝＋－＠]/.test(text) &&
        !/^(na|n\/a|n\.a\.|nan|null|none|nil|[.?–—]|\\n)\s*$/i.test(text),
    )
    .filter((text) => !text.startsWith('#') && !text.startsWith('('));
  const row = fc.tuple(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    fc.option(word),
    fc.option(fc.integer({ min: -700_000, max: 2_900_000 }).map((day) => day * 86_400_000)),
  );

  it('is read back cell by cell', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const columns: Column[] = [
          { kind: 'number', name: 'n', values: Float64Array.from(rows, ([n]) => n) },
          { kind: 'text', name: 't', values: rows.map(([, t]) => t) },
          { kind: 'date', name: 'd', values: Float64Array.from(rows, ([, , d]) => d ?? NaN) },
        ];
        const table: Table = { nRows: rows.length, columns, lines: new Int32Array(rows.length) };
        const output = await read([...writeCsv(table)].join(''), {
          delimiter: ',',
          header: 'yes',
          decimal: '.',
          kinds: columns.map(({ name, kind }) => ({ column: name, kind })),
        });
        const withValues = columns.filter(
          (column) => countMissing(column, table.nRows) < table.nRows,
        );
        expect(output.table.columns).toEqual(withValues);
        expect(output.nSetAside).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
