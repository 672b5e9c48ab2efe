import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors';
import type { Encoding, ReadOutput } from '../../src/core/table/read-params';
import { cellsOfTable, read, warningCodes } from './read-for-test';

/** What the manifest of the suite says an honest importer must show. Later stages' expectations are left out. */
interface Expectation {
  readonly rows?: number;
  readonly cols?: number;
  readonly header0?: string;
  readonly delimiter?: string;
  readonly numbers?: readonly (readonly number[])[];
  readonly values?: readonly number[];
  readonly cell?: readonly [number, number, string];
  readonly cell_len?: readonly [number, number, number];
  readonly text_columns?: readonly string[];
  readonly sum_first_column?: number;
  readonly header_guess?: boolean;
  readonly max_ms?: number;
}

const folder = join(import.meta.dirname, '../../../shared/data/hostile');
const isHere = existsSync(folder);
const files: { file: string; expect: Expectation }[] = isHere
  ? (JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8')) as { files: [] }).files
  : [];
const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)));

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

describe.skipIf(!isHere)('the hostile files (in ../shared/data/hostile)', () => {
  it.each(files)('$file', async ({ file, expect: expected }) => {
    const started = performance.now();
    const outcome = await read(bytesOf(file)).catch((error: unknown) => error);
    const refusal = refusals.get(file);
    if (refusal !== undefined) {
      if (!(outcome instanceof AppError)) throw new Error('The file was read.');
      expect(outcome.code).toBe(refusal[0]);
      expect(outcome.message).toContain(refusal[1]);
    } else {
      if (outcome instanceof Error) throw outcome;
      check(outcome as ReadOutput, expected, warned.get(file));
    }
    expect(performance.now() - started).toBeLessThan(expected.max_ms ?? 2000);
  });

  it.each<[string, Encoding, string[]]>([
    ['enc-windows1251.csv', 'windows-1251', ['id', 'имя']],
    ['enc-shift-jis.csv', 'shift_jis', ['id', '名前']],
  ])('%s is right once the user picks %s', async (file, encoding, header) => {
    expect(cellsOfTable(await read(bytesOf(file), { encoding }))[0]).toEqual(header);
  });

  it('what is shown is what stands there', async () => {
    expect(cellsOfTable(await read(bytesOf('head-tex.csv')))[0]).toEqual([
      '$\\href{javascript:alert(1)}{x}$',
      '$x^2$',
      'cost ($)',
      'price ($)',
    ]);
    const emoji = new TextDecoder().decode(bytesOf('val-emoji-rtl.csv')).trimEnd().split('\n');
    expect(cellsOfTable(await read(bytesOf('val-emoji-rtl.csv'))).map(String)).toEqual(emoji);
    expect(cellsOfTable(await read(bytesOf('val-hex-octal-exp.csv')))[1]).toEqual(['0x10']);
    expect((await read(bytesOf('val-percent.csv'))).columnNotes[1].unit).toBe('%');
  });
});

function check(output: ReadOutput, expected: Expectation, warning?: readonly [string, string]) {
  const { table } = output;
  const cells = cellsOfTable(output).slice(1);
  const numbersOf = (j: number) => cells.map((row) => Number(row[j]));
  const [row, column, text] = expected.cell ?? expected.cell_len ?? [0, 0, undefined];

  expect(table.nRows).toBe(expected.rows ?? table.nRows);
  expect(table.columns).toHaveLength(expected.cols ?? table.columns.length);
  expect(table.columns[0].name).toBe(expected.header0 ?? table.columns[0].name);
  expect(output.delimiter).toBe(expected.delimiter ?? output.delimiter);
  expect(output.hasHeader).toBe(expected.header_guess ?? true);
  if (expected.numbers) expect(cells.map((line) => line.map(Number))).toEqual(expected.numbers);
  if (expected.values) {
    expect(table.columns.map((_, j) => numbersOf(j))).toContainEqual(expected.values);
  }
  if (typeof text === 'string') expect(cells[row][column]).toBe(text);
  if (typeof text === 'number') expect(cells[row][column]).toHaveLength(text);
  for (const name of expected.text_columns ?? []) {
    expect(table.columns.find((found) => found.name === name)?.kind).toBe('text');
  }
  if (expected.sum_first_column !== undefined) {
    expect(numbersOf(0).reduce((sum, value) => sum + value, 0)).toBe(expected.sum_first_column);
  }
  expect(warningCodes(output)).toEqual(warning === undefined ? [] : [warning[0]]);
  if (warning !== undefined) expect(output.warnings[0].message).toContain(warning[1]);
}
