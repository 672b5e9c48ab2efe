import { repeatedRows, repeatsOf } from '../table/repeats';
import { isMissing, type Column, type Table } from '../table/table';

/** Of a table that has been looked through already: tables do not change. */
const known = new WeakMap<Table, Int32Array>();

/** Rows that are equal to an earlier row in every column, ascending. Asked twice of the same table it answers at once. */
export function findDuplicates(table: Table): Int32Array {
  let duplicates = known.get(table);
  if (duplicates === undefined) known.set(table, (duplicates = searchDuplicates(table)));
  return duplicates;
}

/** Where one column never repeats itself, no row does. It will be one of the texts, if any. */
function searchDuplicates({ columns, nRows }: Table): Int32Array {
  const text = columns.find((column) => column.kind === 'text');
  if (text !== undefined && repeatsOf(text, nRows).length === 0) return new Int32Array();
  return repeatedRows(columns, nRows);
}

/**
 * Rows that have the same key as an earlier row, ascending. A row in which part of the key is missing repeats nobody.
 *
 * @param key columns that name a customer together, at least one
 */
export function findRepeatedKeys(key: readonly Column[], nRows: number): Int32Array {
  return repeatedRows(key, nRows).filter((row) => !key.some((column) => isMissing(column, row)));
}
