import { describe, expect, it } from 'vitest';
import { hasShared, readSharedJson, whyAbsent } from '../../tests/helpers/shared-data';
import { toView } from '../../src/contract/views';
import { writeCsv } from '../../src/core/table/write-csv';
import { cellsOfTable, read } from './read-for-test';

/** Strings that trip programs up, of each kind one or two. */
const own = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'undefined',
  'null',
  'NaN',
  'Infinity',
  '0x10',
  '1.0/0.0',
  '-0',
  '1,000.00',
  '1#INF',
  ",./;'[]\\-=",
  '<>?:"{}|_+',
  '!@#$%^&*()`~',
  '\u0001\u0002\u007f',
  '\u202e\u200b\ufeff',
  'Ω≈ç√∫˜µ≤≥÷',
  '田中さんにあげて下さい',
  '👩🏽 🏳️‍🌈',
  'ثم نفس سقطت',
  'Z̮̞̠͙͔ͅḀ̗̞͈̻̗',
  "<script>alert('x')</script>",
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  "1'; DROP TABLE users-- 1",
  '$(touch file)',
  '../../etc/passwd',
  '=cmd|x!A1',
  '@SUM(1)',
  '%s%n {0} ${x}',
  '"',
  '""',
  "'",
  'two\nlines\r\nand\rmore',
];

const lists = [
  { from: 'a list of our own', strings: own },
  {
    from: `blns.json (else ${whyAbsent})`,
    strings: hasShared('blns.json') ? readSharedJson<string[]>('blns.json') : [],
  },
];

const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
const prototypeNames = Object.getOwnPropertyNames(Object.prototype);

describe.each(lists)('naughty strings from $from', ({ strings }) => {
  it.skipIf(strings.length === 0)('stand in the cells as they were written', async () => {
    const lines = strings.map((text, i) => `${i},${quote(text)}`);
    const output = await read(`row,text\n${lines.join('\n')}\n`, { missing: [] });
    const cells = cellsOfTable(output).slice(1);
    expect(cells.map((row) => row[1])).toEqual(
      strings.map((text) => (text.trim() === '' ? '' : text)),
    );
    expect(output.table.columns[1].kind).toBe('text');
  });

  it.skipIf(strings.length === 0)('stand in the header as names, each once', async () => {
    const names = strings.map((text) => text.replace(/\s+/g, ' ').trim());
    const rows = [1, 2, 3].map((row) => strings.map((_, j) => row * 1000 + j).join(','));
    const text = `${strings.map(quote).join(',')}\n${rows.join('\n')}\n`;
    const output = await read(text, { delimiter: ',', header: 'yes' });
    const { columns } = output.table;
    expect(new Set(columns.map(({ name }) => name)).size).toBe(strings.length);
    columns.forEach(({ name }, j) => {
      const isFirst = names.indexOf(names[j]) === j && names[j] !== '';
      if (isFirst) expect(name).toBe(names[j]);
      expect(Number(cellsOfTable(output)[2][j])).toBe(2000 + j);
    });
    const view = toView.read({ read: output });
    expect(view.columns.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
    // Written and read again, they are the same but for the ' before what would run as a formula.
    const again = await read([...writeCsv(output.table)].join(''), {
      delimiter: ',',
      header: 'yes',
    });
    expect(again.table.columns.map(({ name }) => name.replace(/^'/, ''))).toEqual(
      columns.map(({ name }) => name.replace(/^'/, '')),
    );
  });

  it('change no prototype', () => {
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(prototypeNames);
    expect(Object.keys(Array.prototype)).toEqual([]);
  });
});
