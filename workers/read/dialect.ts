import { readNumber, readPlainNumber } from '../../src/core/table/numbers';
import { dateEvidence } from '../../src/core/table/dates';
import { isMissingText } from '../../src/core/table/missing';
import { delimiters, type Delimiter } from '../../src/core/table/read-params';
import { isBlankRow, parseRows, type ParserDialect } from './papa-parser';
import { QuoteGaps, withoutPadding } from './quote-gaps';

export interface Dialect extends ParserDialect {
  readonly delimiter: Delimiter;
}

/** How far a delimiter is trusted: commas separate tables, spaces mostly separate words. */
const trust: Record<Delimiter, number> = {
  ',': 1,
  ';': 1,
  '\t': 1,
  '|': 0.98,
  '~': 0.9,
  ':': 0.7,
  ' ': 0.6,
};

/** Rows to guess from. */
const maxRows = 200;

/** The delimiter of a first line "sep=;" as Excel writes it, or null. */
export function declaredDelimiter(text: string): { delimiter: Delimiter | null } | null {
  const match = /^"?sep=([^\r\n"])"?(?=[\r\n]|$)/i.exec(text);
  if (match === null) return null;
  return { delimiter: delimiters.find((delimiter) => delimiter === match[1]) ?? null };
}

/**
 * Guesses how the fields of a text are separated and quoted: each candidate parses the head of the text, and the one
 * that gives the steadiest number of fields with the cleanest cells wins.
 *
 * @param head the first characters of the text, lines ended by \n
 * @param wholeText false when the text goes on after the head
 * @param wanted the delimiter that the user set, or `auto`
 */
export function guessDialect(
  head: string,
  wholeText: boolean,
  wanted: 'auto' | Delimiter,
): Dialect {
  const candidates = wanted === 'auto' ? delimiters : [wanted];
  let best = dialectFor(candidates[0], head);
  let bestScore = 0;
  for (const delimiter of candidates) {
    // Without it there is one field a line, and nothing to score.
    if (!head.includes(delimiter)) continue;
    for (const dialect of variants(delimiter, head)) {
      const score = scoreDialect(dialect, head, wholeText);
      if (score > bestScore) {
        best = dialect;
        bestScore = score;
      }
    }
  }
  return best;
}

/** The plain dialect, and one with gaps where a quote follows the delimiter and a space. */
function variants(delimiter: Delimiter, head: string): Dialect[] {
  const plain = dialectFor(delimiter, head);
  const mayHaveGaps = delimiter !== ' ' && head.includes(`${delimiter} ${plain.quote}`);
  return mayHaveGaps && opensAfterGap(head, plain) ? [plain, { ...plain, hasGaps: true }] : [plain];
}

/** True when a delimiter, spaces and a quote stand somewhere outside of quotes: inside, they are part of a cell. */
function opensAfterGap(head: string, { delimiter, quote, escape }: Dialect): boolean {
  if (escape !== quote) return true;
  let nQuotes = 0;
  let seen = 0;
  for (const { index } of head.matchAll(
    new RegExp(`${escapeForPattern(delimiter)} +${quote}`, 'g'),
  )) {
    for (; seen < index; seen++) if (head[seen] === quote) nQuotes++;
    if (nQuotes % 2 === 0) return true;
  }
  return false;
}

function dialectFor(delimiter: Delimiter, head: string): Dialect {
  const quote = usesSingleQuotes(head, delimiter) ? "'" : '"';
  return {
    delimiter,
    separator: delimiter,
    quote,
    escape: usesBackslash(head, delimiter) ? '\\' : quote,
    hasGaps: false,
  };
}

/** Fields such as 'Doe, John' and none in double quotes. */
function usesSingleQuotes(head: string, delimiter: Delimiter): boolean {
  if (head.includes('"') || !head.includes("'")) return false;
  const edge = escapeForPattern(delimiter);
  const fields = head.match(new RegExp(`(?<=^|[\\n${edge}])'[^'\\n]*'(?=$|[\\s${edge}])`, 'g'));
  const quotes = head.split("'").length - 1;
  return fields !== null && quotes === 2 * fields.length;
}

/** A quote after a backslash that is not followed by the end of a field, and no doubled quotes. */
function usesBackslash(head: string, delimiter: Delimiter): boolean {
  if (!head.includes('\\"')) return false;
  const edge = escapeForPattern(delimiter);
  return new RegExp(`\\\\"[^"\\r\\n${edge}]`).test(head) && !/[^\\\n,;\t|]""[^"]/.test(head);
}

function escapeForPattern(delimiter: string): string {
  return delimiter === '|' ? '\\|' : delimiter;
}

function scoreDialect(dialect: Dialect, head: string, wholeText: boolean): number {
  const rows = parseHead(head, dialect, wholeText);
  const width = commonWidth(rows);
  if (width < 2) return 0;
  const steady = rows.filter((row) => row.length === width);
  const consistency = steady.length / rows.length;
  const typed = steady.map((row) => row.map(isTyped));
  const numbers = shareOf(typed, (isNumber) => isNumber);
  // Spaces and colons stand inside words and times: they need steadiness and figures on their side.
  const isShy = dialect.delimiter === ' ' || dialect.delimiter === ':';
  if (isShy && (consistency < 1 || rows.length < 2 || numbers < 0.3)) return 0;
  const clean = shareOf(steady, (cell, i, j) => typed[i][j] || isCleanWord(cell));
  return consistency * trust[dialect.delimiter] * (0.6 + 0.3 * clean + 0.1 * numbers);
}

/** The first rows of a text that are not blank. */
export function parseHead(head: string, dialect: Dialect, wholeText: boolean): string[][] {
  const text = dialect.hasGaps ? new QuoteGaps(dialect).close(head, true) : head;
  const rows = parseRows(text, dialect, wholeText, maxRows).rows.filter(
    (row) => !isBlankRow(row, dialect),
  );
  return dialect.hasGaps ? rows.map(withoutPadding) : rows;
}

/** The most frequent number of fields; of equally frequent ones the larger. */
export function commonWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let width = 0;
  for (const [candidate, count] of counts) {
    const best = counts.get(width) ?? 0;
    if (count > best || (count === best && candidate > width)) width = candidate;
  }
  return width;
}

function shareOf<Cell>(
  rows: readonly (readonly Cell[])[],
  test: (cell: Cell, i: number, j: number) => boolean,
): number {
  let hits = 0;
  let total = 0;
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j < row.length; j++) if (test(row[j], i, j)) hits++;
    total += row.length;
  }
  return total === 0 ? 0 : hits / total;
}

/** A number, a date or a missing value. */
export function isTyped(cell: string): boolean {
  return (
    isMissingText(cell) ||
    !Number.isNaN(readPlainNumber(cell, '.')) ||
    readNumber(cell, '.').kind !== 'none' ||
    readNumber(cell, ',').kind !== 'none' ||
    dateEvidence(cell) !== 'none'
  );
}

/** Words without another delimiter in them and without the space that follows a comma in prose. */
function isCleanWord(cell: string): boolean {
  return !/^\s|[,;\t|~]/.test(cell);
}
