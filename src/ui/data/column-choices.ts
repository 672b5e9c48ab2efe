import type { ColumnView } from '../../contract/views';
import type { CleanParams } from '../../core/clean/clean';
import type { ReadParams } from '../../core/table/read-params';
import type { Role } from '../../core/table/roles';
import type { ColumnKind } from '../../core/table/table';

export const kindOptions: readonly { readonly value: ColumnKind; readonly label: string }[] = [
  { value: 'number', label: 'number' },
  { value: 'category', label: 'category' },
  { value: 'date', label: 'date' },
  { value: 'text', label: 'text' },
];

export const roleOptions: readonly { readonly value: Role; readonly label: string }[] = [
  { value: 'cluster', label: 'forms segments' },
  { value: 'describe', label: 'describes only' },
  { value: 'id', label: 'names the customer' },
  { value: 'ignore', label: 'left out' },
];

/** Numbers can, and categories, level by level. */
export function canFormSegments(kind: ColumnKind): boolean {
  return kind === 'number' || kind === 'category';
}

/** What a column is for, as it is computed with, and why where nobody chose it. */
export interface ShownRole {
  readonly role: Role;
  /** '' where the role is the usual one, or was chosen. */
  readonly reason: string;
  /** Whether another could be chosen: a column without any value is left out in any case. */
  readonly isOpen: boolean;
}

/** @param kind the type that is chosen now; the column may still have another */
export function shownRole(
  { nMissing, guess }: Pick<ColumnView, 'nMissing' | 'guess'>,
  kind: ColumnKind,
  nRows: number,
  chosen: Role | undefined,
): ShownRole {
  if (nMissing === nRows) return { ...guess, isOpen: false };
  if (chosen === undefined) {
    return {
      role: guess.role,
      reason: guess.role === 'id' || guess.role === 'ignore' ? guess.reason : '',
      isOpen: true,
    };
  }
  const role = chosen === 'cluster' && !canFormSegments(kind) ? 'describe' : chosen;
  return { role, reason: '', isOpen: true };
}

/** @param kind null: as the values suggest */
export function withKind(params: ReadParams, column: string, kind: ColumnKind | null): ReadParams {
  const others = params.kinds.filter((choice) => choice.column !== column);
  return { ...params, kinds: kind === null ? others : [...others, { column, kind }] };
}

/** @param role null: as the values suggest */
export function withRole(params: CleanParams, column: string, role: Role | null): CleanParams {
  const others = params.roles.filter((choice) => choice.column !== column);
  return { ...params, roles: role === null ? others : [...others, { column, role }] };
}
