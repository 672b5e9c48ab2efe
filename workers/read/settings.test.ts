import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toView } from '../../src/contract/views';
import { defaultMissingTokens } from '../../src/core/table/missing';
import type { ReadOutput, ReadParams } from '../../src/core/table/read-params';
import { countMissing } from '../../src/core/table/table';
import { cellsOfTable, read, refusal, warningCodes } from './read-for-test';

const body = (output: ReadOutput) => cellsOfTable(output).slice(1);

describe('thousands', () => {
  it('of every sort are found, and told', async () => {
    for (const [mark, cell] of [
      [',', '"1,234.5"'],
      [' ', '1 234.5'],
      ["'", "1'234.5"],
      ['none', '1234.5'],
    ]) {
      const output = await read(`id,x\n1,${cell}\n2,7\n`);
      expect(output.thousands, cell).toBe(mark);
      expect(body(output)[0]).toEqual(['1', '1234.5']);
    }
  });

  it('settle a doubtful decimal mark', async () => {
    const text = 'id;a\n1;1.234\n2;5.678\n';
    const point = await read(text, { thousands: '.' });
    expect([point.decimal, ...body(point)[0]]).toEqual([',', '1', '1234']);
    const none = await read(text, { thousands: 'none' });
    expect([none.decimal, ...body(none)[0]]).toEqual(['.', '1', '1.234']);
    expect([...point.warnings, ...none.warnings]).toEqual([]);
  });

  it('that are the decimal mark change nothing', async () => {
    const text = 'id;a\n1;1.234,5\n2;5,5\n';
    const plain = await read(text, { decimal: ',' });
    expect(await read(text, { decimal: ',', thousands: ',' })).toEqual(plain);
  });
});

describe('lines to skip', () => {
  const text = 'Report, of May, 2024\n"a\n\nid,x,y\n1,2,3\n4,5,6\n';

  it('are lines of the file, whatever stands in them', async () => {
    for (const ends of ['\n', '\r\n', '\r']) {
      const output = await read(text.replaceAll('\n', ends), { skipLines: 3 });
      expect(cellsOfTable(output)[0]).toEqual(['id', 'x', 'y']);
      expect([...output.table.lines]).toEqual([5, 6]);
      expect([output.skipLines, output.nRowsInFile]).toEqual([3, 2]);
      expect(output.warnings).toEqual([]);
    }
  });

  it('count the blank ones, those with a mark and the line sep=', async () => {
    const output = await read('\uFEFFsep=;\nTitle\n\nid;x\n1;2\n', { skipLines: 3 });
    expect(cellsOfTable(output)).toEqual([
      ['id', 'x'],
      ['1', '2'],
    ]);
    expect(output.delimiter).toBe(';');
    expect([output.skipLines, ...output.table.lines]).toEqual([3, 5]);
  });

  it('may be none where titles were guessed', async () => {
    const titled = 'Report\nid,x,y\n1,2,3\n4,5,6\n';
    const guessed = await read(titled);
    expect([guessed.skipLines, guessed.table.nRows]).toEqual([1, 2]);
    expect(guessed.warnings[0]).toMatchObject({
      setting: 'skipLines',
      proposal: { skipLines: 0 },
    });
    const all = await read(titled, { skipLines: 0 });
    expect([all.skipLines, all.nRowsInFile]).toEqual([0, 3]);
  });

  it('that leave nothing are refused with their number', async () => {
    const error = await refusal('id,x\n1,2\n', { skipLines: 2 });
    expect(error.code).toBe('file-empty');
    expect(error.message).toContain('below the first 2 lines');
    const header = await refusal('id,x\n1,2\n', { skipLines: 1, header: 'yes' });
    expect(header.code).toBe('file-header-only');
  });

  it('found are the lines that lead to the same table when they are set', async () => {
    const line = fc.constantFrom(
      '',
      ' ',
      'Report',
      'a,b',
      ',,',
      '1,2,3',
      '4,5,6',
      'x,y,z',
      '"q\nr",s,t',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
        const guessed = await read(lines.join('\n')).catch(() => null);
        fc.pre(guessed !== null);
        const { skipLines, hasHeader, delimiter, table } = guessed;
        const header = hasHeader ? 'yes' : 'no';
        const set = await read(lines.join('\n'), { skipLines, header, delimiter });
        expect(set.skipLines).toBe(skipLines);
        expect(set.table).toEqual(table);
      }),
      { numRuns: 500 },
    );
  });
});

describe('missing values', () => {
  const text = 'id,x,who\n1,5,a\n2,-1,NA\n3,,unknown\n4,NA,a\n5,7,\n6,8,b\n';

  it('are counted by token', async () => {
    const { missing } = await read(text);
    expect(missing).toEqual([
      { token: '', count: 2 },
      { token: 'NA', count: 2 },
    ]);
  });

  it('are what the list says', async () => {
    const tokens = ['-1', 'unknown', ...defaultMissingTokens.filter((token) => token !== 'na')];
    const output = await read(text, { missing: tokens, kinds: [{ column: 'x', kind: 'number' }] });
    expect(body(output).map((row) => row.slice(1))).toEqual([
      ['5', 'a'],
      ['', 'NA'],
      ['', ''],
      ['', 'a'],
      ['7', ''],
      ['8', 'b'],
    ]);
    expect(output.missing).toEqual([
      { token: '', count: 2 },
      { token: '-1', count: 1 },
      { token: 'unknown', count: 1 },
    ]);
  });

  it('as codes are proposed, and gone when the proposal is taken', async () => {
    const coded = 'id,age\n1,34\n2,-999\n3,41\n4,999\n';
    const { warnings } = await read(coded);
    expect(warningCodes(await read(coded))).toEqual(['missing-code']);
    const output = await read(coded, warnings[0].proposal);
    expect(output.warnings).toEqual([]);
    expect(body(output).map(([, age]) => age)).toEqual(['34', '', '41', '']);
  });

  it('that may be a value are proposed as one', async () => {
    const land = 'id,land\n1,NA\n2,NL\n3,US\n';
    const { warnings } = await read(land);
    expect(warnings[0]).toMatchObject({ code: 'na-may-be-a-value', setting: 'missing' });
    const output = await read(land, warnings[0].proposal);
    expect(output.warnings).toEqual([]);
    expect(body(output).map(([, name]) => name)).toEqual(['NA', 'NL', 'US']);
  });

  it('are all counted, in columns of any sort', async () => {
    const cell = fc.constantFrom(
      '1',
      '2.5',
      '',
      'NA',
      'n/a',
      '-',
      ' ',
      '-1',
      'red',
      'blue',
      '2024-01-05',
    );
    const row = fc.tuple(cell, cell, cell);
    const tokens = fc.constantFrom<ReadParams['missing'][]>('auto', ['-1', 'red'], []);
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        tokens,
        async (rows, missing) => {
          const lines = rows.map((cells, i) => [i, ...cells].join(','));
          const output = await read(`id,a,b,c\n${lines.join('\n')}\n`, { header: 'yes', missing });
          const { table } = output;
          const counted = output.missing.reduce((sum, { count }) => sum + count, 0);
          const all = table.columns.reduce(
            (sum, column) => sum + countMissing(column, table.nRows),
            0,
          );
          // Cells that do not fit their column are missing too, and told of.
          const doesNotFit = output.warnings.some(({ code }) =>
            ['text-in-number-column', 'mixed-column'].includes(code),
          );
          if (doesNotFit) expect(counted).toBeLessThanOrEqual(all);
          else expect(counted).toBe(all);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a total row', () => {
  const text = 'id,a,b\n1,2,3.5\n2,5,6.5\nTotal,7,10\n';

  it('is kept and told; set aside it is listed with its column', async () => {
    const kept = await read(text);
    expect(kept.table.nRows).toBe(3);
    expect(kept.warnings[0]).toMatchObject({ code: 'total-row', setting: 'totalRow' });
    const output = await read(text, kept.warnings[0].proposal);
    expect(body(output)).toEqual([
      ['1', '2', '3.5'],
      ['2', '5', '6.5'],
    ]);
    expect(output.table.columns.map(({ kind }) => kind)).toEqual(['number', 'number', 'number']);
    expect(output.setAside).toEqual([
      {
        line: 4,
        column: 'id',
        reason: 'The last row looks like a total: it begins with "Total".',
        text: 'Total,7,10',
      },
    ]);
    expect([output.nRowsInFile, output.nSetAside, output.warnings]).toEqual([3, 1, []]);
  });

  it('that is a customer is kept without a word when the user says so', async () => {
    const output = await read(text, { totalRow: 'keep' });
    expect([output.table.nRows, output.nSetAside, output.warnings]).toEqual([3, 0, []]);
  });

  it('leaves everything as if it had not been there', async () => {
    const cell = fc.constantFrom(
      '1',
      '2,5',
      '-7',
      '',
      'NA',
      '1.234',
      '1,234.5',
      'x',
      'Total',
      '5 %',
    );
    const row = fc.tuple(cell, cell, cell);
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 2, maxLength: 20 }),
        cell,
        cell,
        async (rows, a, b) => {
          const lines = ['id;a;b', ...rows.map((cells) => cells.join(';'))];
          // The dialect and the header are guessed from a file with the row: they are given.
          const given = { delimiter: ';', header: 'yes' } as const;
          const without = await read(`${lines.join('\n')}\n`, { ...given, totalRow: 'keep' }).catch(
            () => null,
          );
          fc.pre(without !== null);
          for (const way of ['bytes', 'text'] as const) {
            const output = await read(
              `${lines.join('\n')}\nTotal;${a};${b}\n`,
              { ...given, totalRow: 'set-aside' },
              undefined,
              way,
            );
            expect(output.table).toEqual(without.table);
            expect([output.decimal, output.thousands]).toEqual([
              without.decimal,
              without.thousands,
            ]);
            expect(output.missing).toEqual(without.missing);
            expect(output.warnings).toEqual(without.warnings);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('rows set aside', () => {
  it('are kept up to a hundred thousand, counted beyond, and told', async () => {
    const text = `a,b\n1,2\n5,6\n${'1,2,3\n'.repeat(100_500)}`;
    const params = { delimiter: ',', header: 'yes', skipLines: 0 } as const;
    const head = `a,b\n${'3,4\n'.repeat(300)}`;
    const output = await read(head + text.slice(4), params);
    expect(output.nSetAside).toBe(100_500);
    expect(output.setAside).toHaveLength(100_000);
    expect(warningCodes(output)).toEqual(['set-aside-cut']);
    expect(output.warnings[0].message).toContain('100,500 rows were set aside; the first 100,000');
    const view = toView.read({ read: output });
    expect([view.setAside.length, view.nSetAside]).toEqual([1000, 100_500]);
    expect(await read(head + text.slice(4), params, undefined, 'text')).toEqual(output);
  });

  it('are cut where they are long, and that shows', async () => {
    const long = `3,4,${'x'.repeat(600)}`;
    const { setAside } = await read(`a,b\n1,2\n5,6\n7,8\n${long}\n`);
    expect(setAside[0].text).toBe(`${long.slice(0, 500)}…`);
  });
});
