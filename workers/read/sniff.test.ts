import { describe, expect, it } from 'vitest';
import { refusal, read } from './read-for-test';

const bytes = (...values: (number | string)[]) =>
  Uint8Array.from(
    values.flatMap((value) =>
      typeof value === 'number' ? [value] : Array.from(value, (letter) => letter.charCodeAt(0)),
    ),
  );

describe('a file that is not a table is named, with a way out', () => {
  it.each([
    ['a PNG image', bytes(0x89, 'PNG\r\n', 0x1a, '\n')],
    ['a JPEG image', bytes(0xff, 0xd8, 0xff, 0xe0)],
    ['a GIF image', bytes('GIF89a', 1, 0)],
    ['a PDF document', bytes('%PDF-1.7')],
    ['an old Excel workbook', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1)],
    ['an SQLite database', bytes('SQLite format 3', 0)],
    ['a Parquet file', bytes('PAR1', 0x15, 0)],
    ['an Excel workbook', bytes('PK', 3, 4, 'zzzz[Content_Types].xml zzzz xl/workbook.xml')],
    [
      'an OpenDocument spreadsheet',
      bytes('PK', 3, 4, 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
    ],
    ['a ZIP archive', bytes('PK', 3, 4, 'zzzzdata.csv')],
    ['a web page', bytes('\n <!DOCTYPE html><html><body>a,b')],
    ['an XML document', bytes('<?xml version="1.0"?><rows/>')],
    ['a JSON file', bytes('[\n  {"id": 1, "x": 2}]')],
    ['UTF-32', bytes(0xff, 0xfe, 0, 0, 'a', 0, 0, 0)],
    ['UTF-32', bytes('a', 0, 0, 0, ',', 0, 0, 0, 'b', 0, 0, 0)],
    ['a binary file', Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + 31) % 256)],
  ])('%s', async (name, content) => {
    const error = await refusal(content);
    expect(error.code).toBe('file-not-a-table');
    expect(error.message).toContain(name);
    expect(error.message).toMatch(/\. [A-Z].*\.$/);
  });
});

it('text that merely begins like one of them is read', async () => {
  expect((await read('PK,GIF\n1,2\n')).table.nRows).toBe(1);
  expect((await read('PAR1,GIF89\n1,2\n')).table.nRows).toBe(1);
  expect((await read('<id>,{x}\n1,2\n')).table.nRows).toBe(1);
});

describe('gzip', () => {
  const pack = async (content: string | Uint8Array<ArrayBuffer>) =>
    new Uint8Array(
      await new Response(
        new Blob([content]).stream().pipeThrough(new CompressionStream('gzip')),
      ).arrayBuffer(),
    );

  it('is unpacked', async () => {
    const packed = await pack('id,x\n1,2\n3,4\n');
    const output = await read(packed);
    expect(output.table.nRows).toBe(2);
    expect(output.nBytes).toBe(packed.length);
  });

  it('is judged by what is inside', async () => {
    expect((await refusal(await pack(bytes('%PDF-1.7')))).message).toContain('a PDF document');
    expect((await refusal(await pack(await pack('a,b\n1,2\n')))).code).toBe('file-not-a-table');
  });

  it('that is cut off or explodes is refused', async () => {
    const packed = await pack('id,x\n'.repeat(1000));
    expect((await refusal(packed.slice(0, 20))).code).toBe('file-unreadable');
    const bomb = await pack(new Uint8Array(24 * 1024 ** 2));
    expect((await refusal(bomb)).code).toBe('file-too-large');
  });
});
