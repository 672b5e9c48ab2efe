import { describe, expect, it } from 'vitest';
import { hasShared, readShared, readSharedJson, whyAbsent } from '../../tests/helpers/shared-data';
import { AppError } from '../../src/core/errors';
import type { Encoding, ReadOutput, ReadWarning } from '../../src/core/table/read-params';
import { cellsOfTable, read, warningCodes } from './read-for-test';

/** What the manifest of the suite says of a file: by the name of the expectation. */
type Expectations = Readonly<Record<string, unknown>>;

const isHere = hasShared('hostile/MANIFEST.json');
const files = isHere
  ? readSharedJson<{ files: { file: string; expect: Expectations }[] }>('hostile/MANIFEST.json')
      .files
  : [];
const bytesOf = (file: string) => readShared(`hostile/${file}`);

/** Files that must be refused: the code, and what the message must name. */
const refusals = new Map<string, readonly [string, string]>([
  ['enc-utf32le-bom.csv', ['file-not-a-table', 'UTF-32']],
  ['quote-unterminated.csv', ['quote-never-closed', 'line 2']],
  ['quote-unterminated-huge.csv', ['quote-never-closed', 'line 2']],
  ['shape-only-bom.csv', ['file-empty', 'The file is empty']],
  ['shape-only-newlines.csv', ['file-empty', 'The file is empty']],
  ['shape-only-spaces.csv', ['file-empty', 'The file is empty']],
  ['shape-header-only.csv', ['file-header-only', 'but no rows']],
  ['shape-one-cell.csv', ['file-header-only', 'but no rows']],
  ['not-png.csv', ['file-not-a-table', 'a PNG image']],
  ['not-html.csv', ['file-not-a-table', 'a web page']],
  ['not-sqlite.csv', ['file-not-a-table', 'SQLite']],
  ['not-random.csv', ['file-not-a-table', 'binary']],
  ['not-xls.csv', ['file-not-a-table', 'old Excel workbook']],
  ['not-zip-of-csv.csv', ['file-not-a-table', 'ZIP']],
]);

/** Files that are read with a warning: its code, and what it must name. All others are read without one. */
const warned = new Map<string, readonly [string, string]>([
  ['enc-windows1251.csv', ['bad-bytes', 'choose another encoding']],
  ['enc-shift-jis.csv', ['bad-bytes', 'choose another encoding']],
  ['enc-truncated-utf8.csv', ['bad-bytes', 'ends inside a character']],
  ['enc-lone-surrogate.csv', ['bad-bytes', 'invalid in UTF-8']],
  ['shape-no-header-numeric.csv', ['header-guessed', 'If the first row is the header, say so']],
  ['shape-ragged-short.csv', ['short-rows', 'lines 3 and 4']],
  ['shape-footer-total.csv', ['total-row', 'looks like a total']],
  ['head-nfc-nfd.csv', ['names-look-alike', 'look the same']],
  ['val-overflow.csv', ['infinite-values', 'infinite']],
  ['val-namibia.csv', ['na-may-be-a-value', 'Namibia']],
  ['val-sentinels.csv', ['missing-code', '-999 and 999']],
  ['val-late-type-change.csv', ['text-in-number-column', 'row 5,001']],
  ['val-dates-ambiguous.csv', ['ambiguous-dates', 'Day first or month first?']],
  ['val-nul-bytes.csv', ['nul-bytes', 'NUL byte']],
]);

/** Cells that prove that a file was read as it is meant. Names first, then the rows. */
const exactly = new Map<string, readonly (readonly string[])[]>([
  [
    'quote-backslash.csv',
    [
      ['id', 'note'],
      ['1', 'say "hi"'],
      ['2', 'x'],
    ],
  ],
  [
    'quote-single.csv',
    [
      ['id', 'note'],
      ['1', 'Doe, John'],
      ['2', 'x'],
    ],
  ],
  [
    'quote-space-before.csv',
    [
      ['id', 'note'],
      ['1', 'Doe, John'],
      ['2', 'x'],
    ],
  ],
  [
    'val-hex-octal-exp.csv',
    ['x', '0x10', '0b11', '010', '1e5', '1E+05', '.5', '5.', '+3'].map((cell) => [cell]),
  ],
]);

/** Files that must be read in an encoding that the user chooses: the encoding and what the header then says. */
const chosen = new Map<string, readonly [Encoding, readonly string[]]>([
  ['enc-windows1251.csv', ['windows-1251', ['id', 'имя']]],
  ['enc-shift-jis.csv', ['shift_jis', ['id', '名前']]],
]);

/** What is said of a file beside what is expected of it. */
const remarks = new Set(['why', 'note', 'or', 'numbers_in', 'max_ms']);
/** What is expected of later steps: checked in tests/hostile.test.ts. */
const later = new Set(['cluster', 'fit', 'refuse_k', 'pca_max_components', 'kmeans4_sizes']);
/** What must be refused, or is; `refusals` says how. */
const refused = new Set(['error', 'refuse', 'refuse_or_parse', 'refuse_or_read']);

const numbersOf = (output: ReadOutput, j: number) =>
  cellsOfTable(output)
    .slice(1)
    .map((row) => Number(row[j]));
const warningOf = (output: ReadOutput, code: ReadWarning['code']) =>
  output.warnings.find((warning) => warning.code === code);

type Check = (output: ReadOutput, expected: never, file: string) => void | Promise<void>;
/** How each expectation is checked of a file that is read. */
const checks = new Map<string, Check>(
  Object.entries({
    rows: ({ table }: ReadOutput, expected: number) => expect(table.nRows).toBe(expected),
    cols: ({ table }: ReadOutput, expected: number) => expect(table.columns).toHaveLength(expected),
    header0: ({ table }: ReadOutput, expected: string) =>
      expect(table.columns[0].name).toBe(expected),
    header_guess: (output: ReadOutput, expected: boolean) =>
      expect(output.hasHeader).toBe(expected),
    delimiter: (output: ReadOutput, expected: string) => expect(output.delimiter).toBe(expected),
    encoding: (output: ReadOutput, expected: string) =>
      expect(expected.startsWith(output.encoding)).toBe(true),
    numbers: (output: ReadOutput, expected: number[][]) =>
      expect(
        cellsOfTable(output)
          .slice(1)
          .map((row) => row.map(Number)),
      ).toEqual(expected),
    values: (output: ReadOutput, expected: number[]) => {
      const columns = output.table.columns.map((_, j) => numbersOf(output, j));
      expect(columns).toContainEqual(expected);
    },
    cell: (output: ReadOutput, [row, j, text]: [number, number, string]) =>
      expect(cellsOfTable(output)[row + 1][j]).toBe(text),
    cell_len: (output: ReadOutput, [row, j, length]: [number, number, number]) =>
      expect(cellsOfTable(output)[row + 1][j]).toHaveLength(length),
    text_columns: ({ table }: ReadOutput, expected: string[]) => {
      for (const name of expected) {
        expect(table.columns.find((column) => column.name === name)?.kind).toBe('text');
      }
    },
    sum_first_column: (output: ReadOutput, expected: number) =>
      expect(numbersOf(output, 0).reduce((sum, value) => sum + value, 0)).toBe(expected),
    unit: ({ columnNotes }: ReadOutput) =>
      expect(columnNotes.map(({ unit }) => unit)).toContain('%'),
    warn: (output: ReadOutput, _: string, file: string) => {
      // One of them may instead be read as it is meant.
      if (exactly.has(file)) return;
      const [code, words] = warned.get(file) ?? [];
      expect(warningCodes(output)).toEqual([code]);
      expect(output.warnings[0].message).toContain(words);
    },
    warn_or_parse: (_: ReadOutput, __: boolean, file: string) =>
      expect(exactly.has(file)).toBe(true),
    ask_user: async (output: ReadOutput, _: unknown, file: string) => {
      const { setting, proposal } = output.warnings[0];
      expect(setting).toBeDefined();
      expect((await read(bytesOf(file), proposal)).table).not.toEqual(output.table);
    },
    choose: async (output: ReadOutput, expected: string, file: string) => {
      const [encoding, header] = chosen.get(file) ?? ['utf-8', []];
      expect(expected).toContain(encoding);
      expect(warningOf(output, 'bad-bytes')?.setting).toBe('encoding');
      expect(cellsOfTable(await read(bytesOf(file), { encoding }))[0]).toEqual(header);
    },
    shown_verbatim: (output: ReadOutput, _: boolean, file: string) => {
      // No field of these files is quoted or holds a separator.
      const lines = new TextDecoder().decode(bytesOf(file)).trimEnd().split('\n');
      expect(cellsOfTable(output).map(String)).toEqual(lines);
    },
    never: ({ table }: ReadOutput, _: string, file: string) => {
      expect(Object.keys(Object.prototype)).toEqual([]);
      for (const column of table.columns) {
        if (column.kind !== 'number') continue;
        expect([...column.values].filter((value) => Math.abs(value) === Infinity)).toEqual([]);
      }
      if (file === 'shape-ragged-short.csv') {
        expect(cellsOfTable({ table } as ReadOutput)).toEqual([
          ['a', 'b', 'c'],
          ['1', '2', '3'],
          ['4', '5', ''],
          ['6', '', ''],
          ['7', '8', '9'],
        ]);
      }
    },
  }),
);

describe.skipIf(!isHere)(`the hostile files (else ${whyAbsent})`, () => {
  it('are 61', () => {
    expect(files).toHaveLength(61);
  });

  it.each(files)('$file', async ({ file, expect: expected }) => {
    const started = performance.now();
    const outcome = await read(bytesOf(file)).catch((error: unknown) => error);
    expect(performance.now() - started).toBeLessThan(Number(expected.max_ms ?? 2000));
    const names = Object.keys(expected).filter((name) => !remarks.has(name));
    expect(names.length).toBeGreaterThan(0);
    const refusal = refusals.get(file);
    if (refusal !== undefined) {
      if (!(outcome instanceof AppError)) throw new Error('The file was read.');
      expect([outcome.code, outcome.message]).toEqual([
        refusal[0],
        expect.stringContaining(refusal[1]),
      ]);
      // "Never silently one row" is kept by a refusal.
      expect(names.filter((name) => !refused.has(name) && name !== 'never')).toEqual([]);
      return;
    }
    if (outcome instanceof Error) throw outcome;
    const output = outcome as ReadOutput;
    if (!warned.has(file)) expect(warningCodes(output)).toEqual([]);
    if (exactly.has(file)) expect(cellsOfTable(output)).toEqual(exactly.get(file));
    for (const name of names.filter((one) => !later.has(one))) {
      const check = checks.get(name);
      if (check === undefined) throw new Error(`Nobody checks "${name}" of ${file}.`);
      await check(output, expected[name] as never, file);
    }
  });
});
