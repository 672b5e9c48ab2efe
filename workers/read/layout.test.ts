import { describe, expect, it } from 'vitest';
import { cellsOfTable, read, refusal, warningCodes } from './read-for-test';

const namesOf = async (text: string) => (await read(text)).table.columns.map(({ name }) => name);

describe('the header', () => {
  it('is the first row when it holds words', async () => {
    expect(await namesOf('a,b\nx,y\n')).toEqual(['a', 'b']);
  });

  it('is missing when the first row holds values', async () => {
    const output = await read('1,2,3\n4,5,6\n7,8,9\n10,11,12\n');
    expect(output.hasHeader).toBe(false);
    expect(output.table.nRows).toBe(4);
    expect(output.table.columns.map(({ name }) => name)).toEqual([
      'Column 1',
      'Column 2',
      'Column 3',
    ]);
    expect(warningCodes(output)).toEqual(['header-guessed']);
    expect((await read('Ann,10,2024-01-05\nBob,20,2024-01-06\n')).hasHeader).toBe(false);
  });

  it('may hold numbers among words, and years', async () => {
    expect(await namesOf('b,10,2,a\n1,2,3,4\n5,6,7,8\n')).toEqual(['b', '10', '2', 'a']);
    expect(await namesOf('name,2019,2020,2021\nAnn,5,6,7\nBob,6,7,8\n')).toEqual([
      'name',
      '2019',
      '2020',
      '2021',
    ]);
  });

  it('is what the user says', async () => {
    expect(
      (await read('1,2\n3,4\n', { header: 'yes' })).table.columns.map(({ name }) => name),
    ).toEqual(['1', '2']);
    const output = await read('a,b\nc,d\n', { header: 'no' });
    expect(output.table.nRows).toBe(2);
    expect(warningCodes(output)).toEqual([]);
  });

  it('keeps names that are special to JavaScript, in order', async () => {
    const names = ['__proto__', 'constructor', '10', '2', 'toString'];
    const output = await read(`${names.join(',')}\n1,2,3,4,5\n7,8,9,10,11\n`);
    expect(output.table.columns.map(({ name }) => name)).toEqual(names);
    expect(cellsOfTable(output)[2]).toEqual(['7', '8', '9', '10', '11']);
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });

  it('may be one short when rows have names, as R writes them', async () => {
    expect(await namesOf('x,y\nr1,1,2\nr2,3,4\nr3,5,6\n')).toEqual(['Column 1', 'x', 'y']);
  });

  it('may stand below any number of blank lines', async () => {
    const output = await read(`${'\r\n'.repeat(100_000)}a,b\r\n1,2\r\n`);
    expect(cellsOfTable(output)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect([...output.table.lines]).toEqual([100_002]);
  });

  it('below title lines is found, and the titles are told', async () => {
    const output = await read('Sales report\n\nid,amount,city\n1,5,Rome\n2,6,Paris\n');
    expect(cellsOfTable(output)[0]).toEqual(['id', 'amount', 'city']);
    expect([...output.table.lines]).toEqual([4, 5]);
    expect(output.warnings[0]).toMatchObject({ code: 'header-guessed' });
    expect(output.warnings[0].message).toContain('"Sales report"');
    expect(await namesOf('Report;;\nid;amount;city\n1;5;Rome\n2;6;Paris\n')).toEqual([
      'id',
      'amount',
      'city',
    ]);
  });
});

describe('a file without a table', () => {
  it.each(['', '\uFEFF', '\n\n\r\n\n', '   \n  \n'])('%j is empty', async (text) => {
    const error = await refusal(text);
    expect(error.code).toBe('file-empty');
    expect(error.message).toContain('The file is empty');
  });

  it.each(['id,name,amount\n', 'x', 'a;b'])('%j has a header but no rows', async (text) => {
    const error = await refusal(text);
    expect(error.code).toBe('file-header-only');
    expect(error.message).toContain('but no rows');
  });

  it('of rows that hold nothing is empty', async () => {
    expect((await refusal('a,b\n,\n,\n')).code).toBe('file-empty');
  });

  it('whose rows all have other widths says so', async () => {
    const error = await refusal('a,b\n1,2,3\n', { delimiter: ',' });
    expect(error.message).toBe(
      'No row has the 2 fields of the header (1 row found). Check the delimiter.',
    );
  });
});
