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
    ['a BMP image', bytes('BM', 0x36, 0, 0, 0)],
    ['a TIFF image', bytes('II*', 0, 8, 0)],
    ['a TIFF image', bytes('MM', 0, 0x2a, 0, 8)],
    ['an icon', bytes(0, 0, 1, 0, 1, 0, 16, 16)],
    ['a Photoshop image', bytes('8BPS', 0, 1)],
    ['a WebP image', bytes('RIFF', 1, 2, 3, 0, 'WEBPVP8 ')],
    ['a HEIC or AVIF image', bytes(0, 0, 0, 24, 'ftypheic', 0, 0)],
    ['an SVG image', bytes('<svg xmlns="http://www.w3.org/2000/svg">')],
    ['an SVG image', bytes('<?xml version="1.0"?>\n<svg>')],
    ['a PostScript document', bytes('%!PS-Adobe-3.0')],
    ['an RTF document', bytes('{\\rtf1 hello}')],
    [
      'an old Word document',
      bytes(0xd0, 0xcf, 0x11, 0xe0, 0, 'W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0'),
    ],
    ['an old Excel workbook', bytes(0xd0, 0xcf, 0x11, 0xe0, 0, 'W\0o\0r\0k\0b\0o\0o\0k\0')],
    ['a Word document', bytes('PK', 3, 4, '[Content_Types].xml zz word/document.xml')],
    ['a PowerPoint presentation', bytes('PK', 3, 4, '[Content_Types].xml zz ppt/slides')],
    ['a Numbers, Pages or Keynote file', bytes('PK', 3, 4, 'Index/Document.iwa')],
    ['an OpenDocument file', bytes('PK', 3, 4, 'mimetypeapplication/vnd.oasis.opendocument.text')],
    ['an Office document', bytes('PK', 3, 4, '[Content_Types].xml')],
    ['a DuckDB database', bytes(1, 2, 3, 4, 5, 6, 7, 8, 'DUCK')],
    ['an Access database', bytes(0, 1, 0, 0, 'Standard ACE DB', 0)],
    ['an Arrow file', bytes('ARROW1', 0, 0)],
    ['an Avro file', bytes('Obj', 1)],
    ['an HDF5 file', bytes(0x89, 'HDF\r\n')],
    ['a NumPy file', bytes(0x93, 'NUMPY', 1)],
    ['a Python pickle', bytes(0x80, 4, 0x95, 0)],
    ['an R data file', bytes('RDX3\n', 0, 'X')],
    ['an SPSS file', bytes('$FL2@(#) SPSS', 0)],
    ['a Stata file', bytes('<stata_dta><header>')],
    [
      'a SAS file',
      bytes(...Array<number>(12).fill(0), 0xc2, 0xea, 0x81, 0x60, 0xb3, 0x14, 0x11, 0xcf),
    ],
    ['a RAR archive', bytes('Rar!', 0x1a, 7, 0)],
    ['a 7-Zip archive', bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27)],
    ['an XZ archive', bytes(0xfd, '7zXZ', 0)],
    ['a Zstandard archive', bytes(0x28, 0xb5, 0x2f, 0xfd)],
    ['a bzip2 archive', bytes('BZh91AY', 0, 1)],
    ['a TAR archive', bytes('data.csv', ...Array<number>(249).fill(0), 'ustar', 0)],
    ['a sound or a video', bytes('ID3', 'RIFF', 'Rar!', 3, 0)],
    ['a sound or a video', bytes('RIFF', 1, 2, 3, 0, 'WAVEfmt ')],
    ['a sound or a video', bytes(0, 0, 0, 24, 'ftypisom', 0, 0)],
    ['a sound or a video', bytes(0x1a, 0x45, 0xdf, 0xa3)],
    ['a program for Windows', bytes('MZ', 0x90, 0, 3)],
    ['a program for Linux', bytes(0x7f, 'ELF', 2)],
    ['a program for macOS', bytes(0xcf, 0xfa, 0xed, 0xfe)],
    ['a WebAssembly program', bytes(0, 'asm', 1)],
    ['a JSON file', bytes('[[1,2],[3,4]]')],
    ['a JSON file', bytes('{"id": 1}\n{"id": 2}\n')],
    [
      'a web page made for Excel',
      bytes('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>'),
    ],
    ['a link to a web page', bytes('[InternetShortcut]\r\nURL=https://example.org')],
    ['a Git LFS pointer', bytes('version https://git-lfs.github.com/spec/v1\noid')],
    ['an SQL script', bytes('INSERT INTO customers VALUES (1, 2);')],
    ['a contact card', bytes('BEGIN:VCARD\r\nVERSION:4.0')],
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
  for (const start of [
    'BM',
    'MZ',
    'ID3',
    'ORC',
    'RDX',
    'OggS',
    'MMx',
    '[a',
    '{a',
    '$FL',
    'Create tables',
  ]) {
    expect((await read(`${start},b\n1,2\n`)).table.columns[0].name, start).toBe(start);
  }
});

it('an Excel workbook comes with the way through Excel', async () => {
  const error = await refusal(bytes('PK', 3, 4, 'zzzz[Content_Types].xml zzzz xl/workbook.xml'));
  expect(error.message).toBe(
    'This is an Excel workbook. Save it as CSV in Excel (File > Save as) and drop that.',
  );
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
