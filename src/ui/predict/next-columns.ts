import type { ReadView } from '../../contract/views';
import { guessValueColumn } from '../../core/explain/value-share';
import type { Recipe } from '../../core/recipe';

type FileColumn = Pick<ReadView['columns'][number], 'name' | 'kind' | 'guess'>;

/** The column that says who is who: one that is an identifier, by the user's word first; null: none is. */
export function keyColumn(
  columns: readonly FileColumn[],
  roles: Recipe['clean']['roles'],
): string | null {
  const chosen = new Map(roles.map(({ column, role }) => [column, role]));
  const byWord = columns.find(({ name }) => chosen.get(name) === 'id');
  const byLooks = columns.find(({ name, guess }) => !chosen.has(name) && guess.role === 'id');
  return (byWord ?? byLooks)?.name ?? null;
}

/** The column that says what a customer is worth, as the personas have it; null: none. */
export function valueColumn(
  columns: readonly FileColumn[],
  chosen: Recipe['personas']['valueColumn'],
): string | null {
  const numbers = columns.filter(({ kind }) => kind === 'number');
  if (chosen === 'auto') return guessValueColumn(numbers) ?? null;
  return numbers.some(({ name }) => name === chosen) ? chosen : null;
}
