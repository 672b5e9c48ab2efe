import type { DecimalVotes } from '../../src/core/table/decimal-mark';
import type { ValueRange } from '../../src/core/table/missing-codes';
import type { ReadParams } from '../../src/core/table/read-params';

/** What is wanted of a column: its plain numbers, its cells as they stand, or nothing. */
export type ColumnMode = 'number' | 'cells' | 'skip';

/** How the lines of a plain file are taken apart. Separator, quote and mark are ASCII codes. */
export interface SlicePlan {
  readonly separator: number;
  readonly quote: number;
  /** The decimal mark of plain numbers. */
  readonly mark: number;
  readonly columns: readonly ColumnMode[];
  /** What counts as missing: see ReadParams. */
  readonly missing: ReadParams['missing'];
}

/** The lines of a file that begin in `[start, end)`. At `start` a line may be under way: it is left to the slice before. */
export interface SliceTask {
  readonly blob: Blob;
  readonly start: number;
  readonly end: number;
  readonly plan: SlicePlan;
}

/** Cells of one column, one after the other. */
export interface CellPiece {
  /** UTF-8. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each cell ends, in UTF-16 units of the text. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** A column read as cells. */
export interface WordPiece extends CellPiece {
  readonly kind: 'cells';
  readonly votes: DecimalVotes;
}

/** A column read as plain numbers. */
export interface NumberPiece {
  readonly kind: 'number';
  /** NaN where a cell is missing or not a plain number. */
  readonly values: Float64Array<ArrayBuffer>;
  readonly nPlain: number;
  /** Of the plain numbers. */
  readonly range: ValueRange;
  /** How many of the plain numbers hold the decimal mark. */
  readonly nWithMark: number;
  /** The votes of all cells. */
  readonly votes: DecimalVotes;
  /** The tokens of the missing cells, and how often each occurs. */
  readonly missing: readonly (readonly [token: string, count: number])[];
  /** The cells that are neither missing nor plain numbers, and their rows in the slice. */
  readonly others: CellPiece;
  readonly otherRows: Int32Array<ArrayBuffer>;
}

export interface LongRow {
  /** Counted from the first line of the slice. */
  readonly line: number;
  readonly nFields: number;
  readonly text: string;
}

/** The rows of a slice. Lines are counted from its first line, 0. */
export interface SliceRows {
  readonly nLines: number;
  readonly nRows: number;
  /** null for a column that is skipped. */
  readonly columns: readonly (NumberPiece | WordPiece | null)[];
  /** The lines that are not rows of the table: blank ones and those set aside. */
  readonly otherLines: Int32Array<ArrayBuffer>;
  readonly nSetAside: number;
  /** The first of them. */
  readonly setAside: readonly LongRow[];
  readonly nShort: number;
  /** The lines of the first short rows. */
  readonly shortLines: readonly number[];
  /** The fields of the last row of the table; empty when there is none. */
  readonly lastRow: readonly string[];
}

/** null when the slice holds something that a plain file does not: then the file is read as text. */
export type SliceResult = SliceRows | null;

/** Who parses slices: this thread, or a pool of workers. A task and its result can be sent between threads. */
export interface SliceParsers {
  /** How many can be parsed at the same time. */
  readonly size: number;
  parse(task: SliceTask): Promise<SliceResult>;
}

/** The buffers of a result that may be handed over instead of copied. */
export function buffersOf(result: SliceResult): ArrayBuffer[] {
  if (result === null) return [];
  return [
    result.otherLines.buffer,
    ...result.columns.flatMap((piece) => {
      if (piece === null) return [];
      if (piece.kind === 'cells') return [piece.bytes.buffer, piece.ends.buffer];
      const { values, others, otherRows } = piece;
      return [values.buffer, others.bytes.buffer, others.ends.buffer, otherRows.buffer];
    }),
  ];
}
