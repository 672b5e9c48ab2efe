import type { Context } from '../context';
import type { ColumnRole } from '../table/roles';
import { isMissing, type CategoryColumn, type Column, type Table } from '../table/table';

/** A column, or a level of one, that had no say in the segments, and how they differ in it all the same. */
export interface DescribedRow {
  readonly column: string;
  /** Of a category; null: the column is measured. */
  readonly level: string | null;
  readonly kind: 'number' | 'date' | 'level';
  /** Mean of all customers whose value is known (dates in milliseconds since 1970 UTC); of a level, its share. */
  readonly overall: number;
  readonly segments: readonly DescribedCell[];
}

export interface DescribedCell {
  /** Customers whose value is known. */
  readonly nKnown: number;
  /** null where it is known of nobody. */
  readonly mean: number | null;
  /** (mean − that of all) / population standard deviation of all; of a level, of 0 and 1. */
  readonly effect: number;
}

export interface Described {
  /** By strength, the strongest first. */
  readonly rows: readonly DescribedRow[];
  /** Columns that describe only, and those of them that are text: those are not compared. */
  readonly nColumns: number;
  readonly nTexts: number;
  /** Categories of which the most frequent levels alone are compared. */
  readonly cut: readonly string[];
}

/** Levels of a category that are compared, the most frequent ones. */
const mostLevels = 8;

/**
 * Compares the segments in the columns that did not form them.
 *
 * @param rows index into the table of each kept row
 * @param labels segment of each kept row
 */
export async function describeOutside(
  table: Table,
  roles: readonly ColumnRole[],
  rows: Int32Array,
  labels: Int32Array,
  nSegments: number,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<Described> {
  const columns = table.columns.filter((_, j) => roles[j].role === 'describe');
  const found: DescribedRow[] = [];
  for (const [done, column] of columns.entries()) {
    found.push(...describeColumn(column, rows, labels, nSegments));
    ctx.progress(done + 1, columns.length);
    await ctx.breathe();
  }
  return {
    rows: found.sort((a, b) => strengthOf(b) - strengthOf(a)),
    nColumns: columns.length,
    nTexts: columns.filter(({ kind }) => kind === 'text').length,
    cut: columns.flatMap((column) =>
      column.kind === 'category' && levelsOf(column, rows).length > mostLevels ? [column.name] : [],
    ),
  };
}

export function strengthOf({ segments }: DescribedRow): number {
  return Math.max(...segments.map(({ effect }) => Math.abs(effect)));
}

function describeColumn(
  column: Column,
  rows: Int32Array,
  labels: Int32Array,
  nSegments: number,
): DescribedRow[] {
  switch (column.kind) {
    case 'text':
      return [];
    case 'number':
    case 'date': {
      const valueOf = (row: number) => column.values[row];
      const found = compare(column, valueOf, rows, labels, nSegments);
      return found === null
        ? []
        : [{ column: column.name, level: null, kind: column.kind, ...found }];
    }
    case 'category':
      return levelsOf(column, rows)
        .slice(0, mostLevels)
        .flatMap((code): DescribedRow[] => {
          const valueOf = (row: number) => (column.codes[row] === code ? 1 : 0);
          const found = compare(column, valueOf, rows, labels, nSegments);
          const level = column.levels[code];
          return found === null ? [] : [{ column: column.name, level, kind: 'level', ...found }];
        });
  }
}

/** Those that occur, the most frequent first; of equals the one that comes first in the file. */
function levelsOf({ codes, levels }: CategoryColumn, rows: Int32Array): number[] {
  const counts = new Float64Array(levels.length);
  for (const row of rows) if (codes[row] >= 0) counts[codes[row]]++;
  return Array.from(counts.keys())
    .filter((code) => counts[code] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b);
}

/** @returns null where all customers are alike, or nothing is known */
function compare(
  column: Column,
  valueOf: (row: number) => number,
  rows: Int32Array,
  labels: Int32Array,
  nSegments: number,
): Pick<DescribedRow, 'overall' | 'segments'> | null {
  const counts = new Float64Array(nSegments);
  const sums = new Float64Array(nSegments);
  let [count, sum] = [0, 0];
  for (let at = 0; at < rows.length; at++) {
    if (isMissing(column, rows[at])) continue;
    const value = valueOf(rows[at]);
    counts[labels[at]]++;
    sums[labels[at]] += value;
    count++;
    sum += value;
  }
  if (count === 0) return null;
  const overall = sum / count;
  let squares = 0;
  for (const row of rows) if (!isMissing(column, row)) squares += (valueOf(row) - overall) ** 2;
  const deviation = Math.sqrt(squares / count);
  if (!(deviation > 0)) return null;
  return {
    overall,
    segments: Array.from(counts, (nKnown, c) => {
      const mean = nKnown === 0 ? null : sums[c] / nKnown;
      return { nKnown, mean, effect: mean === null ? 0 : (mean - overall) / deviation };
    }),
  };
}
