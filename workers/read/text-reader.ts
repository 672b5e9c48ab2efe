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

/** Where the rows of a text are taken. */
export interface RowTaker {
  push(piece: string, isLast: boolean): void;
}

/** Takes the text of a file piece by piece, finds out how its table begins, and passes on what belongs to the table. */
export class TextStart<Taker extends RowTaker> {
  readonly #params: ReadParams;
  readonly #begin: (start: TableStart, firstLine: number) => Taker;
  #head = '';
  #headNeeded = headLength;
  #taker: Taker | null = null;

  /** @param begin told how the table begins, and on which line; says who takes its text; may throw */
  constructor(params: ReadParams, begin: (start: TableStart, firstLine: number) => Taker) {
    this.#params = params;
    this.#begin = begin;
  }

  /** null while it is not known how the table begins */
  get taker(): Taker | null {
    return this.#taker;
  }

  /** @param isLast true with the last piece, which may be empty */
  push(piece: string, isLast: boolean): void {
    if (this.#taker !== null) {
      this.#taker.push(piece, isLast);
      return;
    }
    this.#head += piece;
    while (this.#taker === null && (isLast || this.#head.length >= this.#headNeeded)) {
      const preamble = withoutPreamble(this.#head, this.#params.skipLines, isLast);
      if (preamble === null && this.#head.length > maxSkipped) throw tooMuchToSkip();
      if (preamble === null || (!isLast && preamble.text.length < this.#headNeeded)) return;
      const start = guessStart(preamble, this.#headNeeded, isLast, this.#params);
      if (start !== null) {
        this.#taker = this.#begin(start, preamble.firstLine);
        this.#taker.push(preamble.text, isLast);
        this.#head = '';
      }
      this.#headNeeded *= 2;
    }
  }
}

function tooMuchToSkip(): AppError {
  return new AppError(
    'file-not-a-table',
    `The lines to skip take more than ${maxSkipped / 1024 ** 2} million characters. Skip fewer lines.`,
  );
}

/** Takes the text of a file piece by piece and gives its rows as columns. */
export class TextReader {
  readonly #start: TextStart<TableUnderWay>;

  /** @param onStart told how the table begins; may throw */
  constructor(params: ReadParams, onStart: (start: TableStart) => void) {
    this.#start = new TextStart(params, (start, firstLine) => {
      onStart(start);
      return new TableUnderWay(start.dialect, start.layout, firstLine);
    });
  }

  /** @param isLast true with the last piece, which may be empty */
  push(piece: string, isLast: boolean): void {
    this.#start.push(piece, isLast);
  }

  /**
   * @throws AppError `file-empty`, `file-header-only`, `file-not-a-table` (no row fits the header)
   */
  finish(): RawTable {
    const { taker } = this.#start;
    if (taker === null) throw new AppError('internal', 'The text was not read to its end.');
    return taker.finish();
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
    if (this.#lines.length === 0) throw noRows(this.#columns.length, this.#nSetAside);
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
}

/** Why a file has no rows. @param width columns of the header */
export function noRows(width: number, nSetAside: number): AppError {
  if (nSetAside > 0) {
    return new AppError(
      'file-not-a-table',
      `No row has the ${counted(width, 'field')} of the header (${counted(nSetAside, 'row')} found). Check the delimiter.`,
      { rows: nSetAside, fields: width },
    );
  }
  return new AppError(
    'file-header-only',
    `The file has a header (${counted(width, 'column')}) but no rows below it. Export it again with its rows.`,
    { columns: width },
  );
}
