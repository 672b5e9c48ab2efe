import type { DecimalMark } from './read-params';
import type { DecimalVotes } from './decimal-mark';
import type { ValueRange } from './missing-codes';
import type { MissingTally } from './missing-tally';

/** The cells of one column as they stand in the file, before anything is read into them. */
export interface Cells {
  readonly length: number;
  /** Calls `visit` with every cell in order, until it returns false. A missing trailing cell is ''. */
  each(visit: (cell: string, row: number) => boolean): void;
  at(row: number): string;
  /** Their votes on the decimal mark, where they have been counted already. */
  readonly votes?: DecimalVotes;
}

/**
 * A column of which most cells are plain numbers and were read as such already: digits and a mark, so that every other
 * way to read the column would find the same numbers.
 */
export interface NumberCells {
  readonly length: number;
  /** NaN where a cell is missing or not a plain number. Whoever reads those writes them in here. */
  readonly values: Float64Array;
  readonly nPlain: number;
  /** Of the plain numbers. */
  readonly range: ValueRange;
  /** The mark under which they were read, and how many have it. */
  readonly mark: DecimalMark;
  readonly nWithMark: number;
  readonly votes: DecimalVotes;
  readonly missing: MissingTally;
  /** Calls `visit` with every cell that is neither missing nor a plain number, in order, until it returns false. */
  eachOther(visit: (cell: string, row: number) => boolean): void;
}

/** Cells held in an ordinary array: for tests and small tables. */
export function cellsOf(values: readonly string[]): Cells {
  return {
    length: values.length,
    each(visit) {
      for (let i = 0; i < values.length; i++) if (!visit(values[i], i)) return;
    },
    at: (row) => values[row],
  };
}
