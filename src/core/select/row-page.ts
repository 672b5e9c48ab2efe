import { fates, type Fate } from '../clean/run-step';
import { cellText } from '../table/table';
import { segmentsByRow, type SelectFrom } from './selection';

/** Some of the selected rows, as text. */
export interface RowPage {
  /** Selected rows in all. */
  readonly nRows: number;
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  readonly rows: readonly SelectedRow[];
}

export interface SelectedRow {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Index of its segment; null for a row that was set aside, or where there are no segments yet. */
  readonly segment: number | null;
  /** Why it is in no segment; '' for one that is. */
  readonly setAside: Exclude<Fate, 'kept'> | '';
  /** By column; '' is missing. */
  readonly cells: readonly string[];
}

/**
 * @param rows indices of all selected rows, in the order in which they are listed
 * @param first place of the page's first row among them, from 0
 * @param nRows rows of a page
 */
export function rowPage(from: SelectFrom, rows: Int32Array, first: number, nRows: number): RowPage {
  const { table } = from.derive;
  const segments = segmentsByRow(from);
  return {
    nRows: rows.length,
    columns: table.columns.map(({ name, kind }) => ({ name, isNumber: kind === 'number' })),
    rows: Array.from(rows.subarray(first, first + nRows), (row) => ({
      line: table.lines[row],
      segment: segments === undefined || segments[row] < 0 ? null : segments[row],
      setAside: setAsideFor(from, row),
      cells: table.columns.map((column) => cellText(column, row)),
    })),
  };
}

function setAsideFor({ clean }: SelectFrom, row: number): SelectedRow['setAside'] {
  const fate = clean === undefined ? 'kept' : fates[clean.fate[row]];
  return fate === 'kept' ? '' : fate;
}
