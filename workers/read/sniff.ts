import { AppError } from '../../src/core/errors';

interface Signature {
  readonly bytes: readonly number[];
  readonly is: string;
  readonly wayOut: string;
  /** True for letters that a header could begin with too ("PAR1,PAR2"): then a control character must follow. */
  readonly isWord?: boolean;
}

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const asCsv = 'Save it as CSV and drop that.';
const asTable = 'Drop the table itself, as a CSV file.';
const unpack = 'Unpack it and drop the CSV file inside.';

/** How files that are not text begin. */
const signatures: readonly Signature[] = [
  { bytes: [0x89, ...ascii('PNG')], is: 'a PNG image', wayOut: asTable },
  { bytes: [0xff, 0xd8, 0xff], is: 'a JPEG image', wayOut: asTable },
  { bytes: ascii('GIF8'), is: 'a GIF image', wayOut: asTable, isWord: true },
  { bytes: ascii('%PDF-'), is: 'a PDF document', wayOut: 'Export the table in it as CSV.' },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    is: 'an old Excel workbook (or one with a password)',
    wayOut: asCsv,
  },
  {
    bytes: ascii('SQLite format 3'),
    is: 'an SQLite database',
    wayOut: 'Export the table you need as CSV.',
  },
  { bytes: ascii('PAR1'), is: 'a Parquet file', wayOut: asCsv, isWord: true },
  { bytes: ascii('ARROW1'), is: 'an Arrow file', wayOut: asCsv, isWord: true },
  { bytes: ascii('FEA1'), is: 'a Feather file', wayOut: asCsv, isWord: true },
  { bytes: ascii('$FL2'), is: 'an SPSS file', wayOut: asCsv, isWord: true },
  { bytes: ascii('<stata_dta>'), is: 'a Stata file', wayOut: asCsv },
  { bytes: ascii('{\\rtf'), is: 'an RTF document', wayOut: 'Export the table in it as CSV.' },
  { bytes: ascii('Rar!'), is: 'a RAR archive', wayOut: unpack, isWord: true },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], is: 'a 7-Zip archive', wayOut: unpack },
  { bytes: [0xfd, ...ascii('7zXZ')], is: 'an XZ archive', wayOut: unpack },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], is: 'a Zstandard archive', wayOut: unpack },
  { bytes: ascii('BZh'), is: 'a bzip2 archive', wayOut: unpack, isWord: true },
];

const utf32 = 'text in UTF-32, which browsers cannot read';

/** True when the bytes begin a gzip stream. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/**
 * Refuses a file whose first bytes say that it is not a table in text form.
 *
 * @param head the first bytes of the file, 64 KiB or so
 * @param doubtText false when the user has said how the text is encoded: then only the clear signatures count
 * @throws AppError `file-not-a-table`, naming what it is and the way out
 */
export function refuseOtherFiles(head: Uint8Array, doubtText: boolean): void {
  const hasControls = head.subarray(0, 64).some(isControl);
  const found = signatures.find(
    ({ bytes, isWord }) => startsWith(head, bytes) && (isWord !== true || hasControls),
  );
  if (found !== undefined) throw notATable(found.is, found.wayOut);
  if (startsWith(head, ascii('PK')) && head[2] < 9 && head[3] === head[2] + 1)
    throw zipContent(head);
  if (isUtf32(head)) throw notATable(utf32, 'Save it as UTF-8.');
  if (doubtText && utf16FromNuls(head) === null && !hasUtf16Mark(head)) {
    if (isBinary(head)) {
      throw notATable(
        'a binary file, not text',
        'Export the table from the program that made it, as CSV.',
      );
    }
    refuseOtherText(head);
  }
}

/** UTF-16 without a mark: most characters of a table are ASCII, so every other byte is NUL. null when it is not. */
export function utf16FromNuls(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const nPairs = Math.floor(head.length / 2);
  if (nPairs < 2 || !head.includes(0)) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < nPairs * 2; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  if (odd > 0.3 * nPairs && even < 0.05 * nPairs) return 'utf-16le';
  if (even > 0.3 * nPairs && odd < 0.05 * nPairs) return 'utf-16be';
  return null;
}

function notATable(is: string, wayOut: string): AppError {
  return new AppError('file-not-a-table', `This is ${is}. ${wayOut}`);
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}

function hasUtf16Mark(head: Uint8Array): boolean {
  return startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff]);
}

/** UTF-32: by its mark, or three NULs of every four bytes. */
function isUtf32(head: Uint8Array): boolean {
  if (startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff])) return true;
  const nQuads = Math.floor(Math.min(head.length, 4096) / 4);
  if (nQuads < 2) return false;
  let little = 0;
  let big = 0;
  for (let i = 0; i < nQuads * 4; i += 4) {
    if (head[i] !== 0 && head[i + 1] + head[i + 2] + head[i + 3] === 0) little++;
    if (head[i] + head[i + 1] + head[i + 2] === 0 && head[i + 3] !== 0) big++;
  }
  return Math.max(little, big) > 0.9 * nQuads;
}

/** What a ZIP holds stands in clear letters in its first entry names: workbooks are ZIP files too. */
function zipContent(head: Uint8Array): AppError {
  const letters = new TextDecoder('latin1').decode(head);
  if (letters.includes('opendocument.spreadsheet')) {
    return notATable('an OpenDocument spreadsheet', asCsv);
  }
  if (letters.includes('xl/')) return notATable('an Excel workbook', asCsv);
  if (letters.includes('word/')) {
    return notATable('a Word document', 'Export the table in it as CSV.');
  }
  if (letters.includes('[Content_Types].xml')) return notATable('an Office document', asCsv);
  return notATable('a ZIP archive', unpack);
}

/**
 * Text has next to no control characters; compressed or compiled bytes have about one in ten, of all sorts.
 * A few NULs in a small text stay below both limits.
 */
function isBinary(head: Uint8Array): boolean {
  // The pattern is many times faster than the loop, and most files end here.
  if (!controls.test(new TextDecoder('latin1').decode(head))) return false;
  const seen = new Set<number>();
  let count = 0;
  for (const byte of head) {
    if (isControl(byte)) {
      seen.add(byte);
      count++;
    }
  }
  const share = count / Math.max(1, head.length);
  return (share > 0.3 && head.length > 8) || (share > 0.04 && seen.size >= 4);
}

/** The same as `isControl`, in text. */
// eslint-disable-next-line no-control-regex
const controls = /[\0-\x08\x0e-\x19\x1c-\x1f\x7f]/;

/** Control characters that text does without: not tab, line ends, the old end of file, escape. */
function isControl(byte: number): boolean {
  return byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27) || byte === 127;
}

function refuseOtherText(head: Uint8Array): void {
  const start = new TextDecoder('utf-8').decode(head.subarray(0, 1024)).trimStart().toLowerCase();
  if (/^<(!doctype html|html|head|body|table|meta|style|script|div)\b/.test(start)) {
    throw notATable(
      'a web page, perhaps a sign-in page that was saved instead of the file',
      'Download the file again, as CSV.',
    );
  }
  if (start.startsWith('<?xml')) throw notATable('an XML document', asCsv);
  if (/^(\[\s*)?\{\s*"[^"]*"\s*:/.test(start)) throw notATable('a JSON file', 'Convert it to CSV.');
}
