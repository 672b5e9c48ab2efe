import type { Column } from '../core/table/table';
import { writeCsv } from '../core/table/write-csv';

/** Columns of equal length as CSV, safe for a spreadsheet. */
export function columnsCsv(columns: readonly Column[]): Blob {
  const nRows = columns.length === 0 ? 0 : lengthOf(columns[0]);
  const lines = Int32Array.from({ length: nRows }, (_, i) => i + 2);
  return new Blob([...writeCsv({ nRows, columns, lines })], { type: 'text/csv' });
}

export function numbers<Row>(
  name: string,
  rows: readonly Row[],
  of: (row: Row, at: number) => number,
): Column {
  return { kind: 'number', name, values: Float64Array.from(rows, of) };
}

export function words<Row>(
  name: string,
  rows: readonly Row[],
  of: (row: Row, at: number) => string | null,
): Column {
  return { kind: 'text', name, values: rows.map(of) };
}

function lengthOf(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}
