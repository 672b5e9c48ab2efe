import { AppError } from '../../src/core/errors';
import { signatures, wayOut } from './signatures';

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
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
    ({ bytes, at, isWord }) =>
      startsWith(head.subarray(at ?? 0), bytes) && (isWord !== true || hasControls),
  );
  if (found !== undefined) throw notATable(found.is, found.wayOut);
  if (startsWith(head, ascii('PK')) && head[2] < 9 && head[3] === head[2] + 1)
    throw zipContent(head);
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) throw officeContent(head);
  if (startsWith(head, ascii('RIFF')) && hasControls) throw riffContent(head);
  if (startsWith(head.subarray(4), ascii('ftyp')) && hasControls) throw boxContent(head);
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
  const kind = zipKinds.find(({ holds }) => letters.includes(holds));
  return kind === undefined
    ? notATable('a ZIP archive', wayOut.unpack)
    : notATable(kind.is, kind.wayOut);
}

const zipKinds = [
  { holds: 'opendocument.spreadsheet', is: 'an OpenDocument spreadsheet', wayOut: wayOut.asCsv },
  { holds: 'opendocument.', is: 'an OpenDocument file', wayOut: wayOut.exportTable },
  { holds: 'xl/', is: 'an Excel workbook', wayOut: wayOut.excel },
  { holds: 'word/', is: 'a Word document', wayOut: wayOut.exportTable },
  { holds: 'ppt/', is: 'a PowerPoint presentation', wayOut: wayOut.exportTable },
  { holds: '.iwa', is: 'a Numbers, Pages or Keynote file', wayOut: wayOut.asCsv },
  { holds: 'application/epub+zip', is: 'an e-book', wayOut: wayOut.drop },
  { holds: '[Content_Types].xml', is: 'an Office document', wayOut: wayOut.asCsv },
];

/** Office files from before 2007, and those with a password, name their parts in UTF-16. */
function officeContent(head: Uint8Array): AppError {
  const letters = new TextDecoder('latin1').decode(head).replaceAll('\0', '');
  if (letters.includes('WordDocument')) {
    return notATable('an old Word document', wayOut.exportTable);
  }
  if (letters.includes('PowerPoint Document')) {
    return notATable('an old PowerPoint presentation', wayOut.exportTable);
  }
  return notATable('an old Excel workbook (or one with a password)', wayOut.excel);
}

function riffContent(head: Uint8Array): AppError {
  const isImage = startsWith(head.subarray(8), ascii('WEBP'));
  return notATable(isImage ? 'a WebP image' : 'a sound or a video', wayOut.drop);
}

/** MP4 and its relatives: pictures of phones are among them. */
function boxContent(head: Uint8Array): AppError {
  const brand = new TextDecoder('latin1').decode(head.subarray(8, 12));
  const isImage = ['heic', 'heix', 'mif1', 'msf1', 'avif', 'avis'].includes(brand);
  return notATable(isImage ? 'a HEIC or AVIF image' : 'a sound or a video', wayOut.drop);
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

/** How text begins that is no table: [pattern, what it is, way out]. */
const otherTexts: readonly (readonly [RegExp, string, string])[] = [
  [
    /^<(!doctype html|html|head|body|table|meta|style|script|div)\b/,
    'a web page, perhaps a sign-in page that was saved instead of the file',
    'Download the file again, as CSV.',
  ],
  [/^<svg\b/, 'an SVG image', wayOut.drop],
  [/^<\?xml[^]*<svg\b/, 'an SVG image', wayOut.drop],
  [/^<\?xml/, 'an XML document', wayOut.asCsv],
  [
    /^\[\s*\[|^(\[\s*)?\{\s*("[^"]*"\s*:|\}\s*$)/,
    'a JSON file',
    'Convert it to CSV, one line for each customer.',
  ],
  [/^\[internetshortcut\]/, 'a link to a web page', 'Download the file that it leads to.'],
  [
    /^version https:\/\/git-lfs\.github\.com/,
    'a Git LFS pointer, not the file it stands for',
    'Fetch the file itself ("git lfs pull") and drop that.',
  ],
  [/^begin:(vcard|vcalendar)/, 'a contact card or a calendar', wayOut.asCsv],
  [
    /^(-- mysql dump|-- postgresql database dump|create table\s|insert into\s)/,
    'an SQL script',
    wayOut.exportTable,
  ],
];

function refuseOtherText(head: Uint8Array): void {
  const start = new TextDecoder('utf-8').decode(head.subarray(0, 1024)).trimStart().toLowerCase();
  // Some programs export a web page and call it a workbook.
  if (start.startsWith('<') && start.includes('office:excel')) {
    throw notATable('a web page made for Excel', wayOut.excelOpen);
  }
  const found = otherTexts.find(([pattern]) => pattern.test(start));
  if (found !== undefined) throw notATable(found[1], found[2]);
}
