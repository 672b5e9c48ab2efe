import { describe, expect, it } from 'vitest';
import type { Column, Table } from './table';
import { writeCsv } from './write-csv';

const text = (name: string, values: (string | null)[]): Column => ({ kind: 'text', name, values });
const table = (...columns: Column[]): Table => {
  const first = columns[0];
  const nRows = first.kind === 'category' ? first.codes.length : first.values.length;
  return { nRows, columns, lines: Int32Array.from({ length: nRows }, (_, i) => i + 2) };
};
const write = (...args: Parameters<typeof writeCsv>) => [...writeCsv(...args)].join('');

describe('writeCsv', () => {
  it('writes every kind of column, missing cells empty', () => {
    const columns: Column[] = [
      { kind: 'number', name: 'n', values: Float64Array.of(1.5, NaN) },
      { kind: 'category', name: 'c', codes: Int32Array.of(1, -1), levels: ['x', 'y, z'] },
      { kind: 'date', name: 'd', values: Float64Array.of(0, NaN) },
      text('t', ['say "hi"', null]),
    ];
    expect(write(table(...columns))).toBe(
      'n,c,d,t\r\n1.5,"y, z",1970-01-01,"say ""hi"""\r\n,,,\r\n',
    );
  });

  it('adds columns on the right', () => {
    const segment: Column = { kind: 'number', name: 'segment', values: Float64Array.of(2) };
    expect(write(table(text('a', ['x'])), [segment])).toBe('a,segment\r\nx,2\r\n');
  });

  it('makes formulas harmless, in headers too', () => {
    const dangerous = [
      '=1+1',
      '+A1',
      '-A1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      ' =1',
      '＝1',
      '＋a',
      '－a',
      '＠a',
    ];
    for (const cell of dangerous) {
      const line = write(table(text('a', [cell]), text('b', ['x']))).slice('a,b\r\n'.length);
      expect(line.replace(/^"/, '').startsWith("'"), JSON.stringify(cell)).toBe(true);
    }
    expect(write(table(text('=cmd()', [])))).toBe(`"'=cmd()"\r\n`);
  });

  it('leaves plain numbers in words alone', () => {
    const cells = ['-5', '+31612345678', '-1.5e3', "it's", 'a=b'];
    expect(write(table(text('a', cells), text('b', cells)))).toBe(
      `a,b\r\n${cells.map((cell) => `${cell},${cell}\r\n`).join('')}`,
    );
  });

  it('writes an empty cell of a single column in quotes', () => {
    expect(write(table(text('a', [null, 'x'])))).toBe('a\r\n""\r\nx\r\n');
  });

  it('gives out long tables in pieces', () => {
    const chunks = [...writeCsv(table(text('a', Array<string>(50_000).fill('word'))))];
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.join('')).toHaveLength(3 + 50_000 * 6);
  });
});
