import { AppError } from '../../src/core/errors';
import type { Delimiter, ReadParams, SetAsideRow } from '../../src/core/table/read-params';
import { counted, thousands } from '../../src/core/table/words';
import { ColumnCells } from './cell-store';
import { declaredDelimiter, guessDialect, parseHead, type Dialect } from './dialect';
import { guessLayout, type Layout } from './layout';
import { RowFeed, type FileRow } from './row-feed';
import { Tally } from './tally';

/** Characters of the text from which the dialect and the layout are guessed, and how far to go for a few whole rows. */
const headLength = 65_536;
const maxHeadLength = 1024 ** 2;
const enoughHeadRows = 3;
const maxSetAside = 1000;
const maxSetAsideText = 200;

/** The rows of a text as columns of cells, with all that was odd about them. */
export interface RawTable {
  readonly dialect: Dialect;
  readonly layout: Layout;
  readonly columns: readonly ColumnCells[];
  /** The line on which each row begins. */
  readonly lines: readonly number[];
  readonly lastRow: readonly string[];
  readonly setAside: readonly SetAsideRow[];
  readonly nSetAside: number;
  readonly shortRows: Tally;
  readonly oddQuotes: Tally;
  readonly nulBytes: Tally;
  readonly badCharacters: Tally;
}

/** Takes the text of a file piece by piece and gives its rows as columns. */
export class TextReader {
  readonly #params: ReadParams;
  #head = '';
  #headNeeded = headLength;
  #table: TableUnderWay | null = null;

  constructor(params: ReadParams) {
    this.#params = params;
  }

  /** @param isLast true with the last piece, which may be empty */
  push(piece: string, isLast: boolean): void {
    if (this.#table !== null) {
      this.#table.push(piece, isLast);
      return;
    }
    this.#head += piece;
    while (this.#table === null && (isLast || this.#head.length >= this.#headNeeded)) {
      this.#begin(isLast);
      this.#headNeeded *= 2;
    }
  }

  /**
   * @throws AppError `file-empty`, `file-header-only`, `file-not-a-table` (no row fits the header)
   */
  finish(): RawTable {
    if (this.#table === null) throw new AppError('internal', 'The text was not read to its end.');
    return this.#table.finish();
  }

  /** Guesses dialect and layout once enough whole rows are there, then reads on. */
  #begin(isLast: boolean): void {
    const { text, firstLine, declared } = withoutPreamble(this.#head);
    const head = text
      .slice(0, this.#headNeeded)
      .replace(/\r\n?/g, '\n')
      .replace(/^(?: *\n)+/, '');
    const isWhole = isLast && text.length <= this.#headNeeded;
    const wanted = this.#params.delimiter === 'auto' ? declared : this.#params.delimiter;
    const dialect = guessDialect(head, isWhole, wanted);
    const rows = parseHead(head, dialect, isWhole);
    if (rows.length < enoughHeadRows && !isWhole && this.#headNeeded < maxHeadLength) return;
    if (rows.length === 0 && !isWhole) return;
    if (rows.length === 0) {
      throw new AppError('file-empty', 'The file is empty. It should hold a header and rows.');
    }
    const layout = guessLayout(rows, this.#params.header);
    this.#table = new TableUnderWay(dialect, layout, firstLine);
    this.#table.push(text, isLast);
    this.#head = '';
  }
}

/** Byte order marks and a line "sep=;" come before the table. */
function withoutPreamble(head: string): {
  text: string;
  firstLine: number;
  declared: 'auto' | Delimiter;
} {
  const text = head.replace(/^\uFEFF+/, '');
  const found = declaredDelimiter(text);
  if (found === null) return { text, firstLine: 1, declared: 'auto' };
  return {
    text: text.replace(/^[^\r\n]*(\r\n|\r|\n)?/, ''),
    firstLine: 2,
    declared: found.delimiter ?? 'auto',
  };
}

class TableUnderWay {
  readonly #feed: RowFeed;
  readonly #dialect: Dialect;
  readonly #layout: Layout;
  readonly #columns: ColumnCells[];
  readonly #lines: number[] = [];
  readonly #setAside: SetAsideRow[] = [];
  readonly #shortRows = new Tally();
  readonly #oddQuotes = new Tally();
  readonly #nulBytes = new Tally();
  readonly #badCharacters = new Tally();
  /** True from the first character that should not be there. */
  #watches = false;
  #nSetAside = 0;
  #nToSkip: number;
  #lastRow: readonly string[] = [];

  constructor(dialect: Dialect, layout: Layout, firstLine: number) {
    this.#dialect = dialect;
    this.#layout = layout;
    this.#feed = new RowFeed(dialect, firstLine);
    this.#columns = layout.headers.map(() => new ColumnCells());
    this.#nToSkip = layout.nTitleRows + (layout.hasHeader ? 1 : 0);
  }

  push(piece: string, isLast: boolean): void {
    this.#watches ||= piece.includes('\0') || piece.includes('\uFFFD');
    for (const row of this.#feed.push(piece, isLast)) {
      if (row.oddQuotes) this.#oddQuotes.add(row.line);
      if (this.#watches) this.#watch(row);
      if (this.#nToSkip > 0) this.#nToSkip--;
      else this.#take(row);
    }
  }

  finish(): RawTable {
    if (this.#lines.length === 0) throw this.#noRows();
    return {
      dialect: this.#dialect,
      layout: this.#layout,
      columns: this.#columns,
      lines: this.#lines,
      lastRow: this.#lastRow,
      setAside: this.#setAside,
      nSetAside: this.#nSetAside,
      shortRows: this.#shortRows,
      oddQuotes: this.#oddQuotes,
      nulBytes: this.#nulBytes,
      badCharacters: this.#badCharacters,
    };
  }

  #watch({ fields, line }: FileRow): void {
    for (const field of fields) {
      if (field.includes('\0')) this.#nulBytes.add(line);
      if (field.includes('\uFFFD')) this.#badCharacters.add(line);
    }
  }

  #take(row: FileRow): void {
    const { fields, line } = row;
    const width = this.#columns.length;
    // Empty fields beyond the last column lose nothing.
    if (fields.length > width && fields.slice(width).some((field) => field.trim() !== '')) {
      this.#setRowAside(row);
      return;
    }
    if (fields.length < width) this.#shortRows.add(line);
    for (let j = 0; j < width; j++) this.#columns[j].push(fields[j] ?? '');
    this.#lines.push(line);
    this.#lastRow = fields;
  }

  #setRowAside({ fields, line }: FileRow): void {
    this.#nSetAside++;
    if (this.#setAside.length === maxSetAside) return;
    const width = this.#columns.length;
    this.#setAside.push({
      line,
      reason: `Line ${thousands(line)} has ${counted(fields.length, 'field')}, ${thousands(width)} expected.`,
      text: this.#asInFile(fields).slice(0, maxSetAsideText),
    });
  }

  #asInFile(fields: readonly string[]): string {
    const { separator, quote, escape } = this.#dialect;
    const needsQuotes = (field: string) =>
      [separator, quote, '\n', '\r'].some((text) => field.includes(text));
    return fields
      .map((field) =>
        needsQuotes(field) ? quote + field.replaceAll(quote, escape + quote) + quote : field,
      )
      .join(separator);
  }

  #noRows(): AppError {
    if (this.#nSetAside > 0) {
      return new AppError(
        'file-not-a-table',
        `No row has the ${counted(this.#columns.length, 'field')} of the header (${counted(this.#nSetAside, 'row')} found). Check the delimiter.`,
        { rows: this.#nSetAside, fields: this.#columns.length },
      );
    }
    return new AppError(
      'file-header-only',
      `The file has a header (${counted(this.#columns.length, 'column')}) but no rows below it. Export it again with its rows.`,
      { columns: this.#columns.length },
    );
  }
}
