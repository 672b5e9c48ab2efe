import type { Column, Table } from '../../src/core/table/table';

/** A table from columns; numbers with NaN for missing become a number column, words a text or category column. */
export function tableOf(columns: readonly Column[]): Table {
  const nRows = columns.length === 0 ? 0 : lengthOf(columns[0]);
  // The header is on line 1.
  return { nRows, columns, lines: Int32Array.from({ length: nRows }, (_, i) => i + 2) };
}

export function numbers(name: string, values: readonly number[]): Column {
  return { kind: 'number', name, values: Float64Array.from(values) };
}

export function texts(name: string, values: readonly (string | null)[]): Column {
  return { kind: 'text', name, values };
}

export function categories(name: string, values: readonly (string | null)[]): Column {
  const levels = [...new Set(values.filter((value) => value !== null))];
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : levels.indexOf(value)));
  return { kind: 'category', name, codes, levels };
}

export function dates(name: string, values: readonly number[]): Column {
  return { kind: 'date', name, values: Float64Array.from(values) };
}

function lengthOf(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}
