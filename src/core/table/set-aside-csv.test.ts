import { expect, it } from 'vitest';
import { setAsideCsv } from './set-aside-csv';

const row = (line: number, text: string) => ({ line, column: '', reason: 'Too long.', text });

it('each row is listed with its line, column, reason and text', () => {
  const total = { line: 9, column: 'id', reason: 'A total.', text: 'Total,3' };
  const csv = [...setAsideCsv({ setAside: [row(3, '1,"2",3'), total], nSetAside: 2 })].join('');
  expect(csv).toBe(
    'line,column,reason,text\r\n3,,Too long.,"1,""2"",3"\r\n9,id,A total.,"Total,3"\r\n',
  );
});

it('a text that a spreadsheet would run is made harmless', () => {
  const csv = [...setAsideCsv({ setAside: [row(3, '=cmd|x,1,2')], nSetAside: 1 })].join('');
  expect(csv).toContain(`"'=cmd|x,1,2"`);
});

it('rows that are only counted are told in a last row', () => {
  const csv = [...setAsideCsv({ setAside: [row(3, 'a')], nSetAside: 1201 })].join('');
  expect(csv.trimEnd().split('\r\n').at(-1)).toBe(
    ',,"1,200 more rows were set aside and only counted.",',
  );
});

it('a file without such rows gives the header alone', () => {
  expect([...setAsideCsv({ setAside: [], nSetAside: 0 })].join('')).toBe(
    'line,column,reason,text\r\n',
  );
});
