import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOfTable, read, warningCodes } from './read-for-test';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, little: boolean) => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), little);
  return bytes;
};
const table = 'id,name\n1,Zoë\n2,Łukasz 😀\n';
const cells = [
  ['id', 'name'],
  ['1', 'Zoë'],
  ['2', 'Łukasz 😀'],
];

describe('the encoding is found', () => {
  it('UTF-8 with and without its mark', async () => {
    for (const content of [
      utf8(table),
      utf8(`\uFEFF${table}`),
      utf8(`\uFEFF"id",${table.slice(3)}`),
    ]) {
      const output = await read(content);
      expect(cellsOfTable(output)).toEqual(cells);
      expect(output.encoding).toBe('utf-8');
      expect(output.warnings).toEqual([]);
    }
  });

  it('UTF-16 in both orders, with and without its mark', async () => {
    for (const little of [true, false]) {
      for (const mark of ['', '\uFEFF']) {
        const output = await read(utf16(mark + table, little));
        expect(cellsOfTable(output)).toEqual(cells);
        expect(output.encoding).toBe(little ? 'utf-16le' : 'utf-16be');
      }
    }
  });

  it('Windows-1252 when it is not UTF-8, and this is told', async () => {
    const output = await read(Uint8Array.from([...utf8('id,name\n1,Zo'), 0xeb, 0x20, 0x80, 0x0a]));
    expect(cellsOfTable(output)[1]).toEqual(['1', 'Zoë €']);
    expect(output.encoding).toBe('windows-1252');
    expect(warningCodes(output)).toEqual(['bad-bytes']);
  });

  it('UTF-8 even if a few of its bytes are bad', async () => {
    const output = await read(Uint8Array.from([...utf8(table), ...utf8('3,'), 0xff, 0x0a]));
    expect(output.encoding).toBe('utf-8');
    expect(cellsOfTable(output)[3]).toEqual(['3', '\uFFFD']);
    expect(output.warnings[0].message).toContain('line 4');
  });

  it('a replacement character that stands in the file is nobody’s fault', async () => {
    expect(warningCodes(await read(utf8('id,name\n1,37\uFFFD\n')))).toEqual([]);
  });

  it('an end inside a character is told', async () => {
    const output = await read(Uint8Array.from([...utf8('id,name\n1,Zo'), 0xc3]));
    expect(output.table.nRows).toBe(1);
    expect(output.warnings[0].message).toContain('The file ends inside a character');
  });

  it('half a surrogate pair in UTF-8 is told', async () => {
    const output = await read(Uint8Array.from([...utf8('id,name\n1,'), 0xed, 0xa0, 0x80, 0x0a]));
    expect(output.encoding).toBe('utf-8');
    expect(output.warnings[0].message).toContain('invalid in UTF-8');
  });
});

describe('the encoding is obeyed', () => {
  it('Windows-1251, Shift JIS and GB 18030', async () => {
    const header = utf8('id,name\n1,');
    const cell = async (bytes: number[], encoding: 'windows-1251' | 'shift_jis' | 'gb18030') =>
      cellsOfTable(await read(Uint8Array.from([...header, ...bytes]), { encoding }))[1][1];
    expect(await cell([0xc0, 0xed, 0xed, 0xe0], 'windows-1251')).toBe('Анна');
    expect(await cell([0x93, 0x8c, 0x8b, 0x9e], 'shift_jis')).toBe('東京');
    expect(await cell([0xb1, 0xb1, 0xbe, 0xa9], 'gb18030')).toBe('北京');
  });

  it('bytes that do not fit it are told', async () => {
    const output = await read(Uint8Array.from([...utf8('id,name\n1,'), 0x93]), {
      encoding: 'utf-8',
    });
    expect(warningCodes(output)).toEqual(['bad-bytes']);
  });
});

it('a character that straddles two slices comes out whole, whatever the slices', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('é', '東', '😀', 'a'), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 9 }),
      async (letters, sliceBytes) => {
        const word = `x${letters.join('')}`;
        for (const content of [
          utf8(`id,name\n1,${word}\n`),
          utf16(`\uFEFFid,name\n1,${word}\n`, true),
        ]) {
          expect(cellsOfTable(await read(content, {}, sliceBytes))[1][1]).toBe(word);
        }
      },
    ),
  );
});

it('the encoding of bad bytes does not depend on the slices either', async () => {
  const byte = fc.constantFrom(0x61, 0x2c, 0x0a, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xed, 0xa0, 0xff);
  await fc.assert(
    fc.asyncProperty(
      fc.array(byte, { maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (bytes, sliceBytes) => {
        const content = Uint8Array.from([...utf8('id,name\n1,x'), ...bytes]);
        const outcome = (size?: number) => read(content, {}, size).catch(String);
        expect(await outcome(sliceBytes)).toEqual(await outcome());
      },
    ),
    { numRuns: 300 },
  );
});
