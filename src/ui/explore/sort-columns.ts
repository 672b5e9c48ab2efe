import type { ColumnSummary } from '../../core/explore/summary';

export type SortKey = 'name' | 'missing' | 'mean' | 'median' | 'skewness';

export interface SortOrder {
  /** Null: as in the file. */
  readonly by: SortKey | null;
  readonly isFalling: boolean;
}

/** What is sorted by first shows the names from A, numbers from the largest; a third time it is as in the file again. */
export function nextOrder({ by, isFalling }: SortOrder, key: SortKey): SortOrder {
  const startsFalling = key !== 'name';
  if (by !== key) return { by: key, isFalling: startsFalling };
  return isFalling === startsFalling
    ? { by: key, isFalling: !isFalling }
    : { by: null, isFalling: false };
}

/** The columns in another order; those that have no such number last, equal ones as in the file. */
export function sortColumns(
  columns: readonly ColumnSummary[],
  { by, isFalling }: SortOrder,
): readonly ColumnSummary[] {
  if (by === null) return columns;
  const sign = isFalling ? -1 : 1;
  if (by === 'name') return columns.toSorted((a, b) => sign * a.name.localeCompare(b.name, 'en'));
  const valued = columns.map((column) => ({ column, value: valueOf(column, by) }));
  return valued
    .sort((a, b) => {
      if (Number.isNaN(a.value) || Number.isNaN(b.value)) {
        return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value));
      }
      return sign * (a.value - b.value);
    })
    .map(({ column }) => column);
}

function valueOf(column: ColumnSummary, by: Exclude<SortKey, 'name'>): number {
  if (by === 'missing') return column.missing;
  if (column.kind !== 'number') return NaN;
  return by === 'skewness' ? column.statistics.skewnessCorrected : column.statistics[by];
}
