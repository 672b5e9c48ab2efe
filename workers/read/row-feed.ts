import { AppError } from '../../src/core/errors';
import { formatCount } from '../../src/core/words';
import { countInnerLineEnds, LineEnds } from './line-ends';
import { isBlankRow, parseRows, type ParsedRows, type ParserDialect } from './papa-parser';
import { QuoteGaps, withoutPadding } from './quote-gaps';

/** A row of the file that is not blank. */
export interface FileRow {
  readonly fields: string[];
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  /** True when a quote stood where none belongs. */
  readonly oddQuotes: boolean;
}

/** No row is longer than this many characters, unless a quote was never closed. */
const maxRowLength = 16 * 1024 ** 2;
/** A field with misplaced quotes that runs over this many lines has swallowed rows. */
const maxOddLines = 20;

/** Turns pieces of text into rows, whatever the pieces: what is not yet a whole row waits for the next piece. */
export class RowFeed {
  readonly #dialect: ParserDialect;
  readonly #lineEnds = new LineEnds();
  readonly #gaps: QuoteGaps | null;
  #waiting = '';
  /** Do not parse before the text is this long. Doubled when a parse found no whole row, so that a huge row costs linear time. */
  #enough = 0;
  #line: number;

  /** @param firstLine the line on which the text begins */
  constructor(dialect: ParserDialect, firstLine: number) {
    this.#dialect = dialect;
    this.#gaps = dialect.hasGaps ? new QuoteGaps(dialect) : null;
    this.#line = firstLine;
  }

  /**
   * @throws AppError `quote-never-closed` with the line on which the quote was opened
   * @throws AppError `file-not-a-table` when a line is endless
   */
  push(piece: string, isLast: boolean): FileRow[] {
    const unified = this.#lineEnds.unify(piece, isLast);
    const text = this.#waiting + (this.#gaps?.close(unified, isLast) ?? unified);
    this.#waiting = text;
    if (!isLast && text.length < this.#enough) return [];
    const parsed = parseRows(text, this.#dialect, isLast);
    const found = parsed.cursor > 0;
    this.#enough = found ? 0 : text.length * 2;
    this.#waiting = text.slice(parsed.cursor);
    if (!isLast && !found && text.length > maxRowLength) this.#refuseEndlessRow(text);
    return this.#toFileRows(parsed, text.includes(this.#dialect.quote));
  }

  #toFileRows({ rows, oddQuoteRows, endsInQuote }: ParsedRows, hasQuotes: boolean): FileRow[] {
    const odd = new Set(oddQuoteRows);
    const fileRows: FileRow[] = [];
    for (let i = 0; i < rows.length; i++) {
      const fields = rows[i];
      const line = this.#line;
      if (endsInQuote && i === rows.length - 1) throw neverClosed(fields, line);
      const nInner = hasQuotes ? countInnerLineEnds(fields) : 0;
      if (nInner >= maxOddLines && odd.has(i)) throw swallowedRows(line, nInner);
      this.#line += 1 + nInner;
      this.#lineEnds.restore(fields);
      if (isBlankRow(fields, this.#dialect)) continue;
      const values = this.#gaps === null ? fields : withoutPadding(fields);
      fileRows.push({ fields: values, line, oddQuotes: odd.has(i) });
    }
    return fileRows;
  }

  #refuseEndlessRow(text: string): void {
    const { rows, endsInQuote } = parseRows(text, this.#dialect, true);
    if (endsInQuote) throw neverClosed(rows[rows.length - 1], this.#line);
    throw new AppError(
      'file-not-a-table',
      `Line ${formatCount(this.#line)} goes on for more than ${maxRowLength / 1024 ** 2} million characters, which no table does. Check that the file is a CSV file with one row per line.`,
      { line: this.#line },
    );
  }
}

function neverClosed(fields: readonly string[], rowLine: number): AppError {
  const line = rowLine + countInnerLineEnds(fields.slice(0, -1));
  const field = fields.length;
  return new AppError(
    'quote-never-closed',
    `A quote was opened at line ${formatCount(line)} (field ${formatCount(field)}) and never closed, so the rest of the file would become one cell. Close or remove the quote there and drop the file again.`,
    { line, field },
  );
}

function swallowedRows(line: number, nLines: number): AppError {
  return new AppError(
    'quote-never-closed',
    `A quote was opened at line ${formatCount(line)} and not closed properly: the next ${formatCount(nLines)} lines would become one cell. Close or remove the quote there and drop the file again.`,
    { line },
  );
}
