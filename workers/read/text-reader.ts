import type { Cells, NumberCells } from '../../src/core/table/cells';
import { AppError } from '../../src/core/errors';
import type { ReadParams, SetAsideRow } from '../../src/core/table/read-params';
import { counted } from '../../src/core/words';
import { ColumnCells } from './cell-store';
import type { Dialect } from './dialect';
import { IntList } from './int-list';
import type { Layout } from './layout';
import { RowFeed, type FileRow } from './row-feed';
import { maxSetAside, textOfRow, tooLong } from './set-aside';
import { guessStart, headLength, rowsAbove, withoutPreamble, type TableStart } from './table-start';
import { Tally } from './tally';

/** The rows of a text as columns of cells, with all that was odd about them. */
export interface RawTable {
  readonly dialect: Dialect;
  readonly layout: Layout;
  readonly columns: readonly (Cells | NumberCells)[];
  /** Gives the cells of columns of numbers, where the numbers do not do. */
  readonly recall: (columns: readonly number[]) => Promise<readonly Cells[]>;
  /** The line on which each row begins. */
  readonly lines: Int32Array;
  /** The line of the header, or of the first row where there is none. */
  readonly tableLine: number;
  readonly lastRow: readonly string[];
  readonly setAside: readonly SetAsideRow[];
  readonly nSetAside: number;
  readonly shortRows: Tally;
  readonly oddQuotes: Tally;
  readonly nulBytes: Tally;
  readonly badCharacters: Tally;
}

/** Characters that lines to skip may have, all together. */
const maxSkipped = 64 * 1024 ** 2;

/** Takes the text of a file piece by piece and gives its rows as columns. */
export class TextReader {
  readonly #params: ReadParams;
  readonly #onStart: (start: TableStart) => void;
  #head = '';
  #headNeeded = headLength;
  #table: TableUnderWay | null = null;

  /** @param onStart told how the table begins; may throw */
  constructor(params: ReadParams, onStart: (start: TableStart) => void) {
    this.#params = params;
    this.#onStart = onStart;
  }

  /** @param isLast true with the last piece, which may be empty */
  push(piece: string, isLast: boolean): void {
    if (this.#table !== null) {
      this.#table.push(piece, isLast);
      return;
    }
    this.#head += piece;
    while (this.#table === null && (isLast || this.#head.length >= this.#headNeeded)) {
      const preamble = withoutPreamble(this.#head, this.#params.skipLines, isLast);
      if (preamble === null && this.#head.length > maxSkipped) throw this.#tooMuchToSkip();
      if (preamble === null || (!isLast && preamble.text.length < this.#headNeeded)) return;
      const start = guessStart(preamble, this.#headNeeded, isLast, this.#params);
      if (start !== null) this.#begin(start, preamble.text, preamble.firstLine, isLast);
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

  #tooMuchToSkip(): AppError {
    return new AppError(
      'file-not-a-table',
      `The lines to skip take more than ${maxSkipped / 1024 ** 2} million characters. Skip fewer lines.`,
    );
  }

  #begin(start: TableStart, text: string, firstLine: number, isLast: boolean): void {
    this.#onStart(start);
    this.#table = new TableUnderWay(start.dialect, start.layout, firstLine);
    this.#table.push(text, isLast);
    this.#head = '';
  }
}

class TableUnderWay {
  readonly #feed: RowFeed;
  readonly #dialect: Dialect;
  readonly #layout: Layout;
  readonly #columns: ColumnCells[];
  readonly #lines = new IntList();
  readonly #setAside: SetAsideRow[] = [];
  readonly #shortRows = new Tally();
  readonly #oddQuotes = new Tally();
  readonly #nulBytes = new Tally();
  readonly #badCharacters = new Tally();
  /** True from the first character that should not be there. */
  #watches = false;
  #nSetAside = 0;
  #nToSkip: number;
  /** 0 while it is not known. */
  #tableLine = 0;
  #lastRow: readonly string[] = [];

  constructor(dialect: Dialect, layout: Layout, firstLine: number) {
    this.#dialect = dialect;
    this.#layout = layout;
    this.#feed = new RowFeed(dialect, firstLine);
    this.#columns = layout.headers.map(() => new ColumnCells());
    this.#nToSkip = rowsAbove(layout);
  }

  push(piece: string, isLast: boolean): void {
    this.#watches ||= piece.includes('\0') || piece.includes('\uFFFD');
    for (const row of this.#feed.push(piece, isLast)) {
      if (row.oddQuotes) this.#oddQuotes.add(row.line);
      if (this.#watches) this.#watch(row);
      const isInTable = this.#nToSkip <= (this.#layout.hasHeader ? 1 : 0);
      if (isInTable && this.#tableLine === 0) this.#tableLine = row.line;
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
      recall: (columns) => Promise.resolve(columns.map((j) => this.#columns[j])),
      lines: this.#lines.toArray(),
      tableLine: this.#tableLine,
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
    const { separator, quote, escape } = this.#dialect;
    const text = textOfRow(fields, separator, quote, escape);
    this.#setAside.push(tooLong(line, fields.length, this.#columns.length, text));
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
