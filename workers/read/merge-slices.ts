import type { Cells, NumberCells } from '../../src/core/table/cells';
import { noVotes, type DecimalVotes } from '../../src/core/table/decimal-mark';
import type { SetAsideRow } from '../../src/core/table/read-params';
import { ColumnCells } from './cell-store';
import { textOf } from './fields';
import { IntList } from './int-list';
import { ColumnNumbers } from './number-store';
import type { PlainStart } from './plain-start';
import { maxSetAside, tooLong } from './set-aside';
import type { SlicePlan, SliceRows, WordPiece } from './slice-types';
import { Tally } from './tally';
import type { RawTable } from './text-reader';

/** Puts the rows of slices together, in the order of the file. */
export class SliceMerger {
  readonly #start: PlainStart;
  readonly #columns: (ColumnNumbers | ColumnCells | null)[];
  /** Lines that are no rows of the table. */
  readonly #otherLines = new IntList();
  readonly #setAside: SetAsideRow[] = [];
  readonly #shortRows = new Tally();
  #line: number;
  #nRows = 0;
  #nSetAside = 0;
  #lastRow: readonly string[] = [];

  constructor(start: PlainStart, plan: SlicePlan = start.plan) {
    this.#start = start;
    this.#line = start.bodyLine;
    this.#columns = plan.columns.map((mode) => {
      if (mode === 'skip') return null;
      return mode === 'cells' ? new ColumnCells() : new ColumnNumbers(plan.mark === 44 ? ',' : '.');
    });
  }

  get nRows(): number {
    return this.#nRows;
  }

  /** @param share how much of the file that is, with all before it */
  append(rows: SliceRows, share: number): void {
    const expected = (this.#nRows + rows.nRows) / share;
    for (const [j, piece] of rows.columns.entries()) {
      const column = this.#columns[j];
      if (piece?.kind === 'number' && column instanceof ColumnNumbers)
        column.append(piece, expected);
      if (piece?.kind === 'cells' && column instanceof ColumnCells) appendCells(column, piece);
    }
    for (const line of rows.otherLines) this.#otherLines.push(this.#line + line);
    const width = this.#columns.length;
    for (const { line, nFields, text } of rows.setAside) {
      if (this.#setAside.length === maxSetAside) break;
      this.#setAside.push(tooLong(this.#line + line, nFields, width, text));
    }
    this.#shortRows.addAll(
      rows.nShort,
      rows.shortLines.map((line) => this.#line + line),
    );
    this.#nSetAside += rows.nSetAside;
    if (rows.nRows > 0) this.#lastRow = rows.lastRow;
    this.#nRows += rows.nRows;
    this.#line += rows.nLines;
  }

  /** The cells of the columns that were wanted as cells; empty ones for the others. */
  cells(): (Cells | null)[] {
    return this.#columns.map((column) => (column instanceof ColumnCells ? column : null));
  }

  /** @param recall see {@link RawTable} */
  async finish(recall: RawTable['recall'], breathe: () => Promise<void>): Promise<RawTable> {
    const columns: (Cells | NumberCells)[] = [];
    for (const column of this.#columns) {
      columns.push(
        column instanceof ColumnNumbers ? column.finish() : (column ?? new ColumnCells()),
      );
      await breathe();
    }
    const lines = this.#lines();
    const { dialect, layout, headerLine } = this.#start;
    return {
      dialect,
      layout,
      columns,
      recall,
      lines,
      tableLine: headerLine ?? Math.min(lines[0], this.#setAside[0]?.line ?? lines[0]),
      lastRow: this.#lastRow,
      setAside: this.#setAside,
      nSetAside: this.#nSetAside,
      shortRows: this.#shortRows,
      // None of these in a plain file.
      oddQuotes: new Tally(),
      nulBytes: new Tally(),
      badCharacters: new Tally(),
    };
  }

  /** Every line below the header is a row, but for the others. */
  #lines(): Int32Array {
    const lines = new Int32Array(this.#nRows);
    const others = this.#otherLines.toArray();
    let line = this.#start.bodyLine;
    let next = 0;
    for (let row = 0; row < lines.length; row++, line++) {
      for (; others[next] === line; next++) line++;
      lines[row] = line;
    }
    return lines;
  }
}

function appendCells(column: ColumnCells, { bytes, ends, votes }: WordPiece): void {
  column.append(textOf(bytes, 0, bytes.length), ends);
  column.votes = addVotes(column.votes ?? noVotes(), votes);
}

function addVotes(a: DecimalVotes, b: DecimalVotes): DecimalVotes {
  return {
    point: a.point + b.point,
    comma: a.comma + b.comma,
    eitherWithPoint: a.eitherWithPoint + b.eitherWithPoint,
    eitherWithComma: a.eitherWithComma + b.eitherWithComma,
  };
}
