import type { Column, Table } from './table';
import { repeatedRows, repeatsOf } from './repeats';
import { cellText, isMissing } from './table';

/**
 * What a column is for: `cluster` decides the segments, `describe` only describes them,
 * `id` names the customer, `ignore` is left out.
 */
export const roles = ['cluster', 'describe', 'id', 'ignore'] as const;
export type Role = (typeof roles)[number];

export interface RoleChoice {
  readonly column: string;
  readonly role: Role;
}

export interface ColumnRole extends RoleChoice {
  /** Why this role was guessed, for people; '' when the user chose it. */
  readonly reason: string;
}

const idName =
  /(^|[_\s.#-])(id|ids|key|uuid|guid|recnum|clientnum|number|no|nr|code)($|[_\s.#-])|^unnamed|id$|^index$/i;

const firstRows = 1000;

/**
 * The role of each column: what the user chose, else what the column's values and name suggest. A column without any
 * value is left out whatever was chosen.
 *
 * @param duplicates rows that repeat an earlier one in every column, ascending: a key is a key even if its row stands
 *   there twice
 */
export function assignRoles(
  table: Table,
  choices: readonly RoleChoice[],
  duplicates: ArrayLike<number> = [],
): ColumnRole[] {
  const chosen = new Map(choices.map(({ column, role }) => [column, role]));
  return table.columns.map((column) => {
    const role = chosen.get(column.name);
    return role === undefined || isEmpty(column, table.nRows)
      ? { column: column.name, ...guessRole(column, table.nRows, duplicates) }
      : { column: column.name, role: usable(column, role), reason: '' };
  });
}

/** Numbers can decide segments, and categories, level by level: dates and texts fall back to describing. */
function usable(column: Column, role: Role): Role {
  const canDecide = column.kind === 'number' || column.kind === 'category';
  return role === 'cluster' && !canDecide ? 'describe' : role;
}

function guessRole(
  column: Column,
  nRows: number,
  duplicates: ArrayLike<number>,
): { role: Role; reason: string } {
  if (isEmpty(column, nRows)) return { role: 'ignore', reason: 'every value is missing' };
  if (isConstant(column, nRows)) return { role: 'ignore', reason: 'the same value in every row' };
  if (isIdentifier(column, nRows, duplicates)) {
    return { role: 'id', reason: 'a different value in every row' };
  }
  if (column.kind === 'number') return { role: 'cluster', reason: 'a number' };
  if (column.kind === 'text')
    return { role: 'describe', reason: 'text, not used to form segments' };
  return { role: 'describe', reason: `a ${column.kind}, not used to form segments` };
}

function isEmpty(column: Column, nRows: number): boolean {
  for (let i = 0; i < nRows; i++) if (!isMissing(column, i)) return false;
  return true;
}

function isConstant(column: Column, nRows: number): boolean {
  let first: string | undefined;
  for (let i = 0; i < nRows; i++) {
    if (isMissing(column, i)) continue;
    const text = cellText(column, i);
    if (first === undefined) first = text;
    else if (text !== first) return false;
  }
  return true;
}

/** All values present and different, and either not a measurement or named like a key. */
function isIdentifier(column: Column, nRows: number, duplicates: ArrayLike<number>): boolean {
  if (nRows < 2 || column.kind === 'date') return false;
  if (column.kind === 'number' && !(idName.test(column.name) && allIntegers(column.values))) {
    return false;
  }
  if (column.kind === 'category' && column.levels.length < nRows - duplicates.length) return false;
  for (let i = 0; i < nRows; i++) if (isMissing(column, i)) return false;
  // A column that repeats itself mostly does so soon.
  const few = Math.min(nRows, firstRows);
  return (
    repeatedRows([column], few).length <= countBelow(duplicates, few) &&
    repeatsOf(column, nRows).length <= duplicates.length
  );
}

function allIntegers(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isInteger(values[i])) return false;
  return true;
}

/** @param ascending row indices */
function countBelow(ascending: ArrayLike<number>, limit: number): number {
  let count = 0;
  while (count < ascending.length && ascending[count] < limit) count++;
  return count;
}
