import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDefaults } from '../../src/core/table/read-params';
import { cellsOfTable, read, refusal, warningCodes } from './read-for-test';
import { readTable } from './read-table';

describe('rows', () => {
  it('with too many fields are set aside, with the line and the text', async () => {
    const output = await read('a,b\n1,2\n3,"x,y",5\n\n6,7\n');
    expect(output.setAside).toEqual([
      { line: 3, column: '', reason: 'Line 3 has 3 fields, 2 expected.', text: '3,"x,y",5' },
    ]);
    expect([output.nRowsInFile, output.table.nRows, output.nSetAside]).toEqual([3, 2, 1]);
    expect([...output.table.lines]).toEqual([2, 5]);
  });

  it('set aside are listed up to 100,000 and counted beyond', async () => {
    // The width is that of most of the first rows.
    const text = `a,b\n${'1,2\n'.repeat(1000)}${'1,2,3\n'.repeat(100_100)}`;
    const output = await read(text, { delimiter: ',', header: 'yes' });
    expect(output.nRowsInFile).toBe(101_100);
    expect(output.nSetAside).toBe(100_100);
    expect(output.setAside).toHaveLength(100_000);
    expect(output.setAside.at(-1)?.line).toBe(101_001);
    expect(output.table.nRows).toBe(1000);
  });

  it('that end in empty fields lose nothing and are kept', async () => {
    const output = await read('a,b\n1,2,\n3,4\n5,6, ,\n');
    expect(cellsOfTable(output).slice(1)).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
    expect(output.nSetAside).toBe(0);
  });

  it('that are short are filled as missing and told', async () => {
    const output = await read('a,b,c\n1,2,3\n4,5\n6\n7,8,9\n');
    expect(cellsOfTable(output).slice(1)).toEqual([
      ['1', '2', '3'],
      ['4', '5', ''],
      ['6', '', ''],
      ['7', '8', '9'],
    ]);
    expect(output.warnings).toEqual([
      {
        code: 'short-rows',
        message:
          '2 rows are shorter than the header; what is not there counts as missing (lines 3 and 4).',
      },
    ]);
  });

  it('that look like a total are told and kept', async () => {
    for (const label of ['Total', 'Grand total:', 'SUMME', 'Итого']) {
      const output = await read(`id,amount\n1,10\n2,20\n${label},30\n`);
      expect(warningCodes(output), label).toEqual(['total-row']);
      expect(output.table.nRows).toBe(3);
    }
    expect(warningCodes(await read('id,amount\nx,10\ny,20\nTotally,30\n'))).toEqual([]);
  });
});

describe('columns', () => {
  it('without any value are left out and told', async () => {
    const output = await read('a,b,,c\n1,,,2\n3,NA,,4\n');
    expect(output.table.columns.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(output.columnNotes).toHaveLength(2);
    expect(output.warnings.at(-1)?.message).toBe(
      '2 columns have no value in any row and are left out: "b" and "Column 3".',
    );
  });

  it('of equal names are told apart, with the original kept', async () => {
    const output = await read('a,a\n1,2\n3,4\n');
    expect(output.table.columns.map(({ name }) => name)).toEqual(['a', 'a (2)']);
    expect(output.columnNotes[1].original).toBe('a');
    expect(warningCodes(output)).toEqual(['names-changed']);
  });

  it('take the type that the user set', async () => {
    const output = await read('id,code\n1,007\n2,008\n', {
      kinds: [
        { column: 'id', kind: 'text' },
        { column: 'code', kind: 'number' },
      ],
    });
    expect(output.table.columns.map(({ kind }) => kind)).toEqual(['text', 'number']);
    expect(cellsOfTable(output)[1]).toEqual(['1', '7']);
  });

  it('share one decimal mark, decided by all of them', async () => {
    const output = await read('id;a;b\n1;1.234;0,5\n2;5.678;1,5\n');
    expect(output.decimal).toBe(',');
    expect(cellsOfTable(output)[1]).toEqual(['1', '1234', '0.5']);
    expect(output.warnings).toEqual([]);
  });

  it('whose value depends on the decimal mark alone ask for it', async () => {
    const output = await read('id;a\n1;1.234\n2;5.678\n');
    expect(cellsOfTable(output)[1]).toEqual(['1', '1.234']);
    expect(warningCodes(output)).toEqual(['ambiguous-decimal']);
    const set = await read('id;a\n1;1.234\n2;5.678\n', { decimal: ',' });
    expect(cellsOfTable(set)[1]).toEqual(['1', '1234']);
    expect(set.warnings).toEqual([]);
  });

  it('are typed by all of their cells, not by the first', async () => {
    const output = await read(`x,y\n${'1,1\n'.repeat(5000)}oops,1\n`);
    expect(output.warnings[0].code).toBe('text-in-number-column');
    expect(output.warnings[0].message).toContain('"oops" in row 5,001 (line 5,002)');
  });
});

describe('odd characters', () => {
  it('NUL bytes are kept and told', async () => {
    const output = await read('id,name\n1,a\0b\n2,c\n');
    expect(cellsOfTable(output)[1][1]).toBe('a\0b');
    expect(output.warnings[0].message).toContain('(line 2)');
  });

  it('misplaced quotes are told', async () => {
    const output = await read('id,name\n1,"a "b" c"\n2,d\n');
    expect(cellsOfTable(output)[1][1]).toBe('a "b" c');
    expect(warningCodes(output)).toEqual(['odd-quotes']);
  });
});

describe('large and unreadable files', () => {
  it('are refused by their size before a byte is read', async () => {
    const huge = { size: 5 * 1024 ** 3, slice: () => expect.unreachable() } as unknown as Blob;
    const ctx = { progress: () => undefined, breathe: () => Promise.resolve() };
    await expect(readTable(huge, readDefaults, ctx)).rejects.toMatchObject({
      code: 'file-too-large',
    });
  });

  it('that vanish after the drop are named', async () => {
    const gone = {
      size: 100,
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }),
    } as unknown as Blob;
    const ctx = { progress: () => undefined, breathe: () => Promise.resolve() };
    await expect(readTable(gone, readDefaults, ctx)).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });

  it('that the browser has no memory for are not called unreadable', async () => {
    const refused = new RangeError('Array buffer allocation failed');
    const large = {
      size: 100,
      slice: () => ({ arrayBuffer: () => Promise.reject(refused) }),
    } as unknown as Blob;
    const ctx = { progress: () => undefined, breathe: () => Promise.resolve() };
    await expect(readTable(large, readDefaults, ctx)).rejects.toMatchObject({
      code: 'out-of-memory',
    });
  });

  it('may hold a cell of megabytes and a header of a hundred thousand characters', async () => {
    const output = await read(`id,note\n1,"${'x\n'.repeat(2 ** 20)}"\n2,b\n`, {}, 65_536);
    expect(output.table.nRows).toBe(2);
    expect(output.table.lines[1]).toBe(2 + 2 ** 20 + 1);
    const wide = Array.from({ length: 12_000 }, (_, j) => `column ${j}`);
    expect(
      (await read(`${wide.join()}\n${wide.map((_, j) => j).join()}\n`)).table.columns,
    ).toHaveLength(12_000);
  });

  it('tell how far they are and can be cancelled in between', async () => {
    const seen: [number, number][] = [];
    const cancelled = new Error('cancelled');
    const ctx = {
      progress: (done: number, total: number) => seen.push([done, total]),
      breathe: () => (seen.length === 3 ? Promise.reject(cancelled) : Promise.resolve()),
    };
    const source = new Blob(['a,b\n', '1,2\n'.repeat(100)]);
    await expect(readTable(source, readDefaults, ctx, 100)).rejects.toBe(cancelled);
    expect(seen).toEqual([
      [100, 404],
      [200, 404],
      [300, 404],
    ]);
  });
});

describe('whatever the slices', () => {
  it('the output is the same, refusals included', async () => {
    const letter = fc.constantFrom(
      'a',
      '1',
      '7.5',
      ',',
      ',',
      '"',
      '\n',
      '\n',
      '\r\n',
      ' ',
      'é',
      '😀',
      ';',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(letter, { maxLength: 60 }),
        fc.integer({ min: 1, max: 30 }),
        async (letters, sliceBytes) => {
          const outcome = (size?: number) => read(letters.join(''), {}, size).catch(String);
          expect(await outcome(sliceBytes)).toEqual(await outcome());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a file that is longer than the part that is guessed from gives the same table', async () => {
    const rows = Array.from(
      { length: 9000 },
      (_, i) =>
        `${i},"Müller, ${i}${i % 7 === 0 ? '\r\n' : ''} ""x""",${i % 3 ? i / 4 : ''},😀\r\n`,
    );
    const text = `id,name,amount,mood\r\n${rows.join('')}`;
    const whole = await read(text);
    expect(whole.table.nRows).toBe(9000);
    for (const size of [4093, 65_537]) expect(await read(text, {}, size)).toEqual(whole);
  });
});

describe('accounting', () => {
  it('every row of the file is kept or set aside', async () => {
    const row = fc.array(fc.constantFrom('a', '1', '', 'b c'), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const lines = rows.map((fields) => fields.join(','));
        const text = ['x,y,z', ...lines].join('\n');
        const output = await read(text, { delimiter: ',', header: 'yes' }).catch(() => null);
        if (output === null) return;
        const nNotBlank = lines.filter((line) => line.trim() !== '').length;
        expect(output.nRowsInFile).toBe(nNotBlank);
        expect(output.table.nRows + output.nSetAside).toBe(nNotBlank);
        for (const column of output.table.columns) {
          const n = column.kind === 'category' ? column.codes.length : column.values.length;
          expect(n).toBe(output.table.nRows);
        }
      }),
    );
  });
});

it('a file with a quote that is never closed is refused within two seconds, however large', async () => {
  const started = performance.now();
  const error = await refusal(`id,note\n1,"open\n${'2,b\n'.repeat(8_000_000)}`);
  expect(error).toMatchObject({ code: 'quote-never-closed', details: { line: 2 } });
  expect(performance.now() - started).toBeLessThan(2000);
});
