import { AppError } from '../../src/core/errors';
import type { Delimiter, ReadParams } from '../../src/core/table/read-params';
import { counted } from '../../src/core/words';
import { declaredDelimiter, guessDialect, parseHead, type Dialect } from './dialect';
import { guessLayout, type Layout } from './layout';

/** Characters of the text from which the dialect and the layout are guessed, and how far to go for a few whole rows. */
export const headLength = 65_536;
/** Enough bytes for so many characters of UTF-8: none is longer than 4. */
export const headBytes = 4 * headLength;
const maxHeadLength = 1024 ** 2;
const enoughHeadRows = 3;

/** What the head of a text says about the table in it. */
export interface TableStart {
  readonly dialect: Dialect;
  readonly layout: Layout;
  /** Its first rows, titles and header among them, without the blank ones. */
  readonly rows: readonly string[][];
}

/** Rows above the first row of the table: titles and the header. */
export function rowsAbove({ nTitleRows, hasHeader }: Layout): number {
  return nTitleRows + (hasHeader ? 1 : 0);
}

export interface WithoutPreamble {
  readonly text: string;
  /** Characters that were taken off. */
  readonly length: number;
  /** The line on which the text begins. */
  readonly firstLine: number;
  readonly declared: 'auto' | Delimiter;
}

/**
 * What comes before the table: byte order marks, a line "sep=;", and the lines that the user skips (that line is one).
 *
 * @param isLast true when the file ends with the head
 * @returns null when the head ends before those lines do
 */
export function withoutPreamble(
  head: string,
  skipLines: ReadParams['skipLines'],
  isLast: boolean,
): WithoutPreamble | null {
  const unmarked = head.replace(/^\uFEFF+/, '');
  const found = declaredDelimiter(unmarked);
  const nLines = Math.max(found === null ? 0 : 1, skipLines === 'auto' ? 0 : skipLines);
  const start = startOfLine(unmarked, nLines, isLast);
  if (start === null) return null;
  const text = unmarked.slice(start);
  return {
    text,
    length: head.length - text.length,
    firstLine: nLines + 1,
    declared: found?.delimiter ?? 'auto',
  };
}

/** Where the text goes on after so many lines; its length when it has fewer and ends there. */
function startOfLine(text: string, nLines: number, isLast: boolean): number | null {
  const lineEnd = /\r\n|\r|\n/g;
  for (let left = nLines; left > 0; left--) {
    if (lineEnd.exec(text) === null) return isLast ? text.length : null;
  }
  const start = lineEnd.lastIndex;
  // A \r at the end may be half of a \r\n.
  const isOpen = !isLast && start > 0 && start === text.length && text.endsWith('\r');
  return isOpen ? null : start;
}

/**
 * Guesses dialect and layout.
 *
 * @param preamble what comes before the table, taken off
 * @param length how much of the text to guess from
 * @param isLast true when the file ends with the text
 * @returns null when that holds too few whole rows
 * @throws AppError `file-empty` when the whole text holds none
 */
export function guessStart(
  { text, declared }: WithoutPreamble,
  length: number,
  isLast: boolean,
  params: ReadParams,
): TableStart | null {
  const head = text
    .slice(0, length)
    .replace(/\r\n?/g, '\n')
    .replace(/^(?: *\n)+/, '');
  const isWhole = isLast && text.length <= length;
  const wanted = params.delimiter === 'auto' ? declared : params.delimiter;
  const dialect = guessDialect(head, isWhole, wanted);
  const rows = parseHead(head, dialect, isWhole);
  if (rows.length < enoughHeadRows && !isWhole && length < maxHeadLength) return null;
  if (rows.length === 0 && !isWhole) return null;
  if (rows.length === 0) throw nothingLeft(params.skipLines);
  return { dialect, layout: guessLayout(rows, params.header, params.skipLines === 'auto'), rows };
}

function nothingLeft(skipLines: ReadParams['skipLines']): AppError {
  if (skipLines === 'auto' || skipLines === 0) {
    return new AppError('file-empty', 'The file is empty. It should hold a header and rows.');
  }
  return new AppError(
    'file-empty',
    `Nothing is left below the first ${counted(skipLines, 'line')}, which you set to be skipped. Skip fewer lines.`,
    { skipLines },
  );
}
