import { describe, expect, it } from 'vitest';
import { delimiters } from '../../src/core/table/read-params';
import { cellsOfTable, read } from './read-for-test';

const delimiterOf = async (text: string) => (await read(text)).delimiter;

describe('the delimiter is found', () => {
  it.each(delimiters.map((delimiter) => [delimiter]))('%j', async (delimiter) => {
    const lines = ['id,name,amount', '1,Ann,10.5', '2,Bob,20.25', '3,Cyd,30'];
    const output = await read(lines.join('\n').replaceAll(',', delimiter));
    expect(output.delimiter).toBe(delimiter);
    expect([output.table.nRows, output.table.columns.length]).toEqual([3, 3]);
  });

  it('in short files with decimal commas', async () => {
    expect(await delimiterOf('a;b\n1,5;2,5\n3,5;4,5\n')).toBe(';');
    expect(await delimiterOf('1,5;2,5;3,5\n4,5;5,5;6,5\n')).toBe(';');
  });

  it('among commas in names, times and addresses', async () => {
    expect(await delimiterOf('id;name;amt\n1;Doe, John;3,5\n2;Roe, Jane;4,5\n')).toBe(';');
    expect(await delimiterOf('id,time\n1,12:30:00\n2,13:45:00\n')).toBe(',');
    expect(await delimiterOf('10:20:30,5\n10:20:31,6\n')).toBe(',');
    expect(await delimiterOf('name\tcity\nDoe, John\tRome, Italy\n')).toBe('\t');
  });

  it('not where there is none', async () => {
    const output = await read('time\n12:30\n13:45\n');
    expect([output.delimiter, output.table.columns.length]).toEqual([',', 1]);
    expect((await read('full name\nAnn Smith\nBob Jones\n')).table.columns).toHaveLength(1);
  });

  it('in the first line of a file from Excel', async () => {
    const output = await read('sep=;\r\na;b,c\r\n1;2\r\n');
    expect(output.delimiter).toBe(';');
    expect(cellsOfTable(output)).toEqual([
      ['a', 'b,c'],
      ['1', '2'],
    ]);
    expect([...output.table.lines]).toEqual([3]);
  });

  it('or obeyed', async () => {
    const output = await read('sep=;\na;b,c\n1;2,3\n', { delimiter: ',' });
    expect(cellsOfTable(output)).toEqual([
      ['a;b', 'c'],
      ['1;2', '3'],
    ]);
  });
});

describe('quotes', () => {
  it('are doubled by default, and kept where they open nothing', async () => {
    const output = await read('id,size\n1,6" pipe\n2,"12"""\n');
    expect(cellsOfTable(output).slice(1)).toEqual([
      ['1', '6" pipe'],
      ['2', '12"'],
    ]);
  });

  it('may be escaped by a backslash', async () => {
    const output = await read('id,note\n1,"say \\"hi\\""\n2,x\n');
    expect(cellsOfTable(output).slice(1)).toEqual([
      ['1', 'say "hi"'],
      ['2', 'x'],
    ]);
  });

  it('may be single', async () => {
    const output = await read("id,note\n1,'Doe, John'\n2,'x'\n");
    expect(cellsOfTable(output).slice(1)).toEqual([
      ['1', 'Doe, John'],
      ['2', 'x'],
    ]);
  });

  it('are not seen in apostrophes', async () => {
    const output = await read("id,note\n1,it's\n2,'tis\n3,James'\n");
    expect(cellsOfTable(output).map((row) => row[1])).toEqual(['note', "it's", "'tis", "James'"]);
  });

  it('may follow a space, in some rows or in all', async () => {
    const output = await read('id, note, x\n1, "Doe, John", ""\n2,"a ""b""",  "y"\n3, z, w\n');
    expect(cellsOfTable(output)).toEqual([
      ['id', 'note', 'x'],
      ['1', 'Doe, John', ''],
      ['2', 'a "b"', 'y'],
      ['3', 'z', 'w'],
    ]);
  });
});
