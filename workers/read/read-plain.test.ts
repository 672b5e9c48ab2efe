import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors';
import type { ReadParams } from '../../src/core/table/read-params';
import { parseSlice } from './parse-slice';
import { read, sampleText } from './read-for-test';
import type { SliceParsers, SliceTask } from './slice-types';

/** Parses in this thread, with kernels or plain loops, and tells how it went. */
function watched(kernels?: null) {
  const seen = { nTasks: 0, nNotPlain: 0 };
  const parse = async (task: SliceTask) => {
    const result = await parseSlice(task, kernels);
    seen.nTasks++;
    if (result === null) seen.nNotPlain++;
    return result;
  };
  const parsers: SliceParsers = { size: 2, parse };
  return { parsers, seen, wasPlain: () => seen.nTasks > 0 && seen.nNotPlain === 0 };
}

type Content = string | Uint8Array<ArrayBuffer>;

/** Reads in every way and expects the same of all. @returns whether the bytes were read as a plain file */
async function expectSame(content: Content, params: Partial<ReadParams>, sliceBytes?: number) {
  const outcome = (way: 'bytes' | 'text', parsers?: SliceParsers) =>
    read(content, params, sliceBytes, way, parsers).catch(String);
  const expected = await outcome('text');
  const [fast, slow] = [watched(), watched(null)];
  expect(await outcome('bytes', fast.parsers)).toEqual(expected);
  expect(await outcome('bytes', slow.parsers)).toEqual(expected);
  return fast.wasPlain();
}

const digits = (max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: max });
/** Numbers as they are written, and what only looks like one. */
const notation = fc.oneof(
  { weight: 6, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
  { weight: 6, arbitrary: fc.integer().map(String) },
  { weight: 4, arbitrary: fc.integer({ min: -99_999, max: 99_999 }).map((n) => String(n / 100)) },
  fc
    .tuple(fc.constantFrom('', '-', '+'), digits(21), fc.constantFrom('', '.', ','), digits(21))
    .map((parts) => parts.join('')),
  fc.tuple(digits(3), digits(3), digits(3)).map((parts) => parts.join(',')),
  fc
    .tuple(digits(4), fc.constantFrom('e5', 'E-7', 'e+300', 'e999', 'e'))
    .map((parts) => parts.join('')),
  fc.constantFrom(
    '1.234',
    '12.345',
    '0.123',
    '1,234',
    '999',
    '-999',
    '007',
    '-0',
    '-0.0',
    '5.',
    '.5',
    '-.5',
  ),
  fc.constantFrom(
    '12 %',
    '€5',
    '(12)',
    '1 234',
    ' 7',
    '7 ',
    'inf',
    '0x1f',
    '−3',
    '12345678901234567',
  ),
);
const missing = fc.constantFrom('', '', '', 'NA', 'n/a', 'None', '-', '.', ' ', '#N/A');
const yesOrNo = fc.constantFrom('yes', 'No', 'y', 'TRUE');
const word = fc.constantFrom(
  'a',
  'b c',
  'é',
  '😀',
  'Total',
  '2024-01-31',
  '31/12/2024',
  'x"y',
  "O'Brien",
  '\u2028',
);

/** A column is mostly of one sort, as columns are. */
const cell = (main: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 20, arbitrary: main }, { weight: 2, arbitrary: missing }, notation, word);
const columnOf = fc.constantFrom(
  cell(notation),
  cell(fc.integer({ min: -50, max: 1200 }).map(String)),
  cell(fc.integer({ min: 0, max: 1e6 }).map((n) => (n / 1000).toFixed(3))),
  cell(fc.integer({ min: 0, max: 1e6 }).map((n) => (n / 100).toFixed(2).replace('.', ','))),
  cell(fc.integer({ min: 1, max: 300 }).map((n) => `C${n}`)),
  cell(word),
  yesOrNo,
  missing,
);

/** A field as it stands in the file: quoted sometimes, as separators in it demand, and rarely in odd ways. */
function field(text: string, separator: string, style: number): string {
  if (style === 0) return text;
  const needsQuotes = text.includes(separator) || text.startsWith('"');
  return needsQuotes || style < 3 ? `"${text.replaceAll('"', '""')}"` : text;
}

const file = fc
  .record({
    separator: fc.constantFrom(',', ',', ';', '\t', '|'),
    lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
    columns: fc.array(columnOf, { minLength: 1, maxLength: 5 }),
    hasHeader: fc.boolean(),
    isRagged: fc.boolean(),
    preamble: fc.constantFrom('', '', '', '\uFEFF', 'sep=;\n', 'Report of May\n\n'),
    hasTotal: fc.boolean(),
    lastEnd: fc.boolean(),
  })
  .chain(({ separator, lineEnd, columns, hasHeader, isRagged, preamble, hasTotal, lastEnd }) => {
    const row = fc.tuple(
      fc.tuple(...columns.map((column) => fc.gen().map((g) => g(() => column)))),
      fc.array(fc.nat(30), { minLength: columns.length, maxLength: columns.length }),
      fc.nat(60),
    );
    const header = columns.map((_, j) => `name ${j}`).join(separator) + lineEnd;
    return fc.array(row, { minLength: 1, maxLength: 40 }).map((rows) => {
      const lines = rows.map(([cells, styles, odd]) => {
        const fields = cells.map((text, j) => field(text, separator, styles[j]));
        if (isRagged && odd === 1) fields.push('', ' ');
        if (isRagged && odd === 2) fields.push('more', '');
        if (isRagged && odd === 3) fields.pop();
        if (isRagged && odd === 4) return '';
        return fields.join(separator);
      });
      if (hasTotal) lines.push(['Total', '1.5', '7', '', 'NA'].join(separator));
      return preamble + (hasHeader ? header : '') + lines.join(lineEnd) + (lastEnd ? lineEnd : '');
    });
  });

const params: fc.Arbitrary<Partial<ReadParams>> = fc.record(
  {
    decimal: fc.constantFrom('auto', '.', ','),
    header: fc.constantFrom('auto', 'yes', 'no'),
    delimiter: fc.constantFrom('auto', ',', ';'),
    thousands: fc.constantFrom('auto', 'none', ',', '.', ' ', "'"),
    skipLines: fc.constantFrom<ReadParams['skipLines'][]>('auto', 0, 1, 2, 60),
    missing: fc.constantFrom<ReadParams['missing'][]>(
      'auto',
      [],
      ['NA', '-', '?'],
      ['-999', '0', '1.234', 'a', '5,5', 'C7', 'n/a'],
    ),
    totalRow: fc.constantFrom('auto', 'keep', 'set-aside'),
    dateOrder: fc.constantFrom('auto', 'day-first', 'month-first'),
    kinds: fc.constantFrom<ReadParams['kinds'][]>(
      [],
      [{ column: 'name 0', kind: 'number' }],
      [{ column: 'name 1', kind: 'text' }],
      [{ column: 'name 0', kind: 'category' }],
      [{ column: 'Column 1', kind: 'date' }],
    ),
  },
  { requiredKeys: [] },
);

describe('a file read from its bytes', () => {
  it('gives what the text reader gives, whatever is in it and however it is cut', async () => {
    let nPlain = 0;
    await fc.assert(
      fc.asyncProperty(file, params, fc.integer({ min: 1, max: 400 }), async (text, wish, size) => {
        if (await expectSame(text, wish, size)) nPlain++;
      }),
      { numRuns: 600 },
    );
    // Otherwise nothing would be compared.
    expect(nPlain).toBeGreaterThan(100);
  });
});

describe('files that are plain', () => {
  const plain = async (text: string, params: Partial<ReadParams> = {}) => {
    for (const size of [1, 7, 100, 1e6]) expect(await expectSame(text, params, size)).toBe(true);
  };

  it('may be quoted, ragged, and end without a line end', async () => {
    await plain(
      'id,"name, first",x\n1,"a, ""b""",2\n"2",c,"3.5"\n\n  \n3\n4,d,5,,\n5,e,6,f\n6,é😀,7',
    );
    await plain('a;b\r\n1,5;x\r\n-2,25;y\r\n1.000,5;z\r\n');
    await plain('"a"\n"1"\n""\n"2"\n');
  });

  it('may begin with a mark and the name of the separator', async () => {
    await plain('\uFEFFsep=;\r\na;b\r\n1;2\r\n3;4\r\n');
    await plain('\uFEFF1,2\n3,4\n5,6\n');
  });

  it('may have columns that turn out to be no numbers after all', async () => {
    const rows = Array.from({ length: 500 }, (_, i) => `${i},${i < 300 ? i : `K${i}`},${i}.5`);
    const text = `id,code,x\n${rows.join('\n')}\n`;
    for (const size of [100, 1e6]) expect(await expectSame(text, {}, size)).toBe(true);
    // The first 200 rows speak for the point, all of them together for the comma.
    const marks = Array.from({ length: 900 }, (_, i) => `${i};${i < 250 ? '1.25' : '3,5'};1.5`);
    const text2 = `id;a;b\n${marks.join('\n')}\n`;
    for (const size of [100, 1e6]) expect(await expectSame(text2, {}, size)).toBe(true);
  });

  it('may have yes and no where the user wants numbers', async () => {
    const kinds = [{ column: 'x', kind: 'number' } as const];
    await plain('id,x\n1,yes\n2,no\n3,n/a\n', { kinds });
    await plain('id,x\n1,\n2,\n3,yes\n4,no\n', { kinds });
    await plain('id,x\n1,5\n2,5.0\n3,yes\n4,no\n', { kinds, missing: ['5'] });
    await plain('id,x\n1,5\n2,5\n3,yes\n4,no\n', { kinds, missing: ['5'] });
  });

  it('may have numbers of any length', async () => {
    const values = [
      '0.1',
      '1e-7',
      '0.30000000000000004',
      '12345678901234567.125',
      '-0.000000012345678901234567890',
    ];
    await plain(`a,b\n${values.map((value) => `1,${value}`).join('\n')}\n`);
    const rows = Array.from({ length: 300 }, (_, i) => `${Math.sin(i)},${Math.exp(i - 150)}`);
    await plain(`a,b\n${rows.join('\n')}\n`);
  });
});

describe('files that are not plain', () => {
  it('are read as text, wherever that shows', async () => {
    const rows = '1,2,x\n'.repeat(300);
    const oddities = [
      '1,"a\nb",x\n',
      '1,"a"b,x\n',
      '1,2\r3,x\n',
      '1,\0,x\n',
      '1,"a" ,x\n',
      '1,\uFFFD,x\n',
    ];
    for (const odd of oddities) {
      const text = `a,b,c\n${rows.repeat(40)}${odd}${rows}`;
      expect(await expectSame(text, {}, 5000), JSON.stringify(odd)).toBe(false);
    }
    const bytes = new TextEncoder().encode(`a,b,c\n${rows}1,#,x\n${rows}`);
    bytes[bytes.indexOf(35)] = 0xe9;
    expect(await expectSame(bytes, {}, 500)).toBe(false);
  });

  it('are told by a line that takes too long', async () => {
    const long = `1,${'x'.repeat(3 * 2 ** 20)},y\n`;
    const text = `a,b,c\n${'1,2,3\n'.repeat(50_000)}${long}4,5,6\n`;
    expect(await expectSame(text, {})).toBe(false);
  });
});

describe('slices', () => {
  it('give the same in whatever order they are done, and however many at a time', async () => {
    const text = sampleText(3000);
    const expected = await read(text, {}, undefined, 'text');
    for (const size of [1, 2, 4]) {
      let nTasks = 0;
      const parse = async (task: SliceTask) => {
        const result = await parseSlice(task);
        // Every other one waits for its successors.
        for (let turn = nTasks++ % 2 === 0 ? 20 : 0; turn > 0; turn--) await Promise.resolve();
        return result;
      };
      expect(await read(text, {}, 10_000, 'bytes', { size, parse })).toEqual(expected);
    }
  });

  it('are no more under way than twice the parsers', async () => {
    let underWay = 0;
    let most = 0;
    const parse = async (task: SliceTask) => {
      most = Math.max(most, ++underWay);
      const result = await parseSlice(task);
      underWay--;
      return result;
    };
    await read(sampleText(2000), {}, 5000, 'bytes', { size: 3, parse });
    expect(most).toBe(6);
  });

  it('that cannot be read refuse the file', async () => {
    const lost = new AppError('file-unreadable', 'gone');
    const parse = (task: SliceTask) =>
      task.start > 5000 ? Promise.reject(lost) : parseSlice(task);
    const reading = read(sampleText(500), {}, 5000, 'bytes', { size: 2, parse });
    await expect(reading).rejects.toBe(lost);
  });
});

describe('files that the text reader is tested with', () => {
  const data = join(import.meta.dirname, '../../../shared/data');
  const folders = [join(data, 'hostile'), join(data, 'csv-spectrum/csvs')].filter(existsSync);
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => !name.endsWith('.json'))
      .map((name) => [name, join(folder, name)] as const),
  );

  it.skipIf(files.length === 0).each(files)('%s', async (_, path) => {
    const content = new Uint8Array(readFileSync(path));
    for (const size of [997, 65_536, undefined]) {
      if (content.length < 100_000 || size !== 997) await expectSame(content, {}, size);
    }
  });

  const creditCards = join(data, 'CC GENERAL.csv');
  it.skipIf(!existsSync(creditCards))('CC GENERAL.csv', async () => {
    const content = new Uint8Array(readFileSync(creditCards));
    for (const size of [9973, undefined]) expect(await expectSame(content, {}, size)).toBe(true);
  });
});
