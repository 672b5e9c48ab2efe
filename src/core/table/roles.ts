import type { Column, Table } from './table';
import { cellText, countMissing } from './table';

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

/**
 * The role of each column: what the user chose, else what the column's values and name suggest. A column without any
 * value is left out whatever was chosen.
 *
 * @param duplicates rows that repeat an earlier one in every column: a key is a key even if its row stands there twice
 */
export function assignRoles(
  table: Table,
  choices: readonly RoleChoice[],
  duplicates: readonly number[] = [],
): ColumnRole[] {
  const repeated = new Set(duplicates);
  const chosen = new Map(choices.map(({ column, role }) => [column, role]));
  return table.columns.map((column) => {
    const role = chosen.get(column.name);
    const isEmpty = countMissing(column, table.nRows) === table.nRows;
    return role === undefined || isEmpty
      ? { column: column.name, ...guessRole(column, table.nRows, repeated) }
      : { column: column.name, role: usable(column, role), reason: '' };
  });
}

/** Only numbers can decide segments (until categories are encoded): other columns fall back to describing. */
function usable(column: Column, role: Role): Role {
  return role === 'cluster' && column.kind !== 'number' ? 'describe' : role;
}

function guessRole(
  column: Column,
  nRows: number,
  repeated: ReadonlySet<number>,
): { role: Role; reason: string } {
  const nMissing = countMissing(column, nRows);
  if (nMissing === nRows) return { role: 'ignore', reason: 'every value is missing' };
  if (isConstant(column, nRows)) return { role: 'ignore', reason: 'the same value in every row' };
  if (isIdentifier(column, nRows, repeated)) {
    return { role: 'id', reason: 'a different value in every row' };
  }
  if (column.kind === 'number') return { role: 'cluster', reason: 'a number' };
  if (column.kind === 'text')
    return { role: 'describe', reason: 'text, not used to form segments' };
  return { role: 'describe', reason: `a ${column.kind}, not used to form segments` };
}

function isConstant(column: Column, nRows: number): boolean {
  let first: string | undefined;
  for (let i = 0; i < nRows; i++) {
    const text = cellText(column, i);
    if (text === '') continue;
    if (first === undefined) first = text;
    else if (text !== first) return false;
  }
  return true;
}

/** All values present and different, and either not a measurement or named like a key. */
function isIdentifier(column: Column, nRows: number, repeated: ReadonlySet<number>): boolean {
  if (nRows < 2 || column.kind === 'date') return false;
  if (column.kind === 'number' && !(idName.test(column.name) && allIntegers(column.values))) {
    return false;
  }
  const seen = new Set<string>();
  for (let i = 0; i < nRows; i++) {
    if (repeated.has(i)) continue;
    const text = cellText(column, i);
    if (text === '' || seen.has(text)) return false;
    seen.add(text);
  }
  return true;
}

function allIntegers(values: Float64Array): boolean {
  return values.every((value) => Number.isInteger(value));
}
