import type { Context } from '../context';
import type {
  CategoryColumn,
  Column,
  DateColumn,
  NumberColumn,
  Table,
  TextColumn,
} from '../table/table';
import { groupsOf, type GroupsPair } from './pair-groups';
import { measuresOf, type MeasuresPair } from './pair-measures';
import { levelsTable, type LevelsPair } from './pair-levels';
import { columnNamed } from './values';

/** What two columns show together; `kind` says which picture. */
export type Pair = MeasuresPair | GroupsPair | LevelsPair;

/** A column with an axis of numbers; dates are milliseconds since 1970 UTC. */
export type MeasureColumn = NumberColumn | DateColumn;
export type WordColumn = CategoryColumn | TextColumn;

/**
 * Any two columns of a table. Two of numbers or dates: where the rows lie, and how the second goes with the first. Words
 * and numbers: the numbers by word, whichever comes first. Two of words: a table of counts.
 *
 * @param seed of the sample of points
 * @throws RangeError where there is no column of that name
 */
export async function pairOf(
  table: Table,
  a: string,
  b: string,
  ctx: Context,
  seed = 0,
): Promise<Pair> {
  const first = columnNamed(table, a);
  const second = columnNamed(table, b);
  if (isMeasure(first)) {
    return isMeasure(second)
      ? measuresOf(first, second, seed, ctx)
      : groupsOf(second, first, table.nRows, ctx);
  }
  return isMeasure(second)
    ? groupsOf(first, second, table.nRows, ctx)
    : levelsTable(first, second, table.nRows, ctx);
}

function isMeasure(column: Column): column is MeasureColumn {
  return column.kind === 'number' || column.kind === 'date';
}
