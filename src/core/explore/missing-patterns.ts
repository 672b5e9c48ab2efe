import type { Context } from '../context';
import { isMissing, type Column, type Table } from '../table/table';
import { mostExplained, mostOthers, missingReasons, type MissingReason } from './missing-reasons';

/** Which columns are missing together, and what the rows without a value have in common. */
export interface MissingPatterns {
  /** Columns that have missing values, in the order of the table. */
  readonly columns: readonly MissingColumn[];
  readonly nRows: number;
  readonly nRowsWithMissing: number;
  /** Combinations of columns that are missing in one row, most frequent first; at most 50. */
  readonly patterns: readonly MissingPattern[];
  /** All combinations. */
  readonly nPatterns: number;
  /** Strongest first, up to three for each column. */
  readonly reasons: readonly MissingReason[];
  /** Columns with missing values beyond the first 40, for which no reason was looked for. */
  readonly nNotExplained: number;
  /** Columns of the table beyond the first 200, in which no reason was looked for. */
  readonly nNotSearched: number;
}

export interface MissingColumn {
  readonly name: string;
  readonly count: number;
}

export interface MissingPattern {
  /** The columns that are missing, all others being there. */
  readonly columns: readonly string[];
  /** Rows with exactly this combination. */
  readonly count: number;
}

const mostPatterns = 50;

/**
 * @param columns names of the columns whose missing values are looked at; what they have in common is looked for in all
 *   columns
 */
export async function missingPatterns(
  table: Table,
  columns: readonly string[],
  ctx: Context,
): Promise<MissingPatterns> {
  const wanted = new Set(columns);
  const gaps: Gaps[] = [];
  for (const column of table.columns) {
    if (!wanted.has(column.name)) continue;
    const rows = missingRows(column, table.nRows);
    if (rows.length > 0) gaps.push({ name: column.name, rows });
    await ctx.breathe();
  }
  const all = patternsOf(gaps, table.nRows);
  return {
    columns: gaps.map(({ name, rows }) => ({ name, count: rows.length })),
    nRows: table.nRows,
    nRowsWithMissing: all.reduce((sum, { count }) => sum + count, 0),
    patterns: all.slice(0, mostPatterns),
    nPatterns: all.length,
    reasons: await missingReasons(table, gaps, ctx),
    nNotExplained: Math.max(0, gaps.length - mostExplained),
    nNotSearched: Math.max(0, table.columns.length - mostOthers),
  };
}

/** A column and its rows without a value, ascending. */
export interface Gaps {
  readonly name: string;
  readonly rows: Int32Array;
}

function missingRows(column: Column, nRows: number): Int32Array {
  const rows = new Int32Array(nRows);
  let n = 0;
  for (let i = 0; i < nRows; i++) if (isMissing(column, i)) rows[n++] = i;
  return rows.slice(0, n);
}

/**
 * Every row begins with the empty pattern; each column moves the rows that lack it to the pattern that has this column
 * more. Linear in the missing values.
 */
function patternsOf(gaps: readonly Gaps[], nRows: number): MissingPattern[] {
  const patternOf = new Int32Array(nRows);
  const patterns: { parent: number; column: number; count: number }[] = [
    { parent: -1, column: -1, count: nRows },
  ];
  gaps.forEach(({ rows }, column) => {
    const longer = new Int32Array(patterns.length);
    for (const row of rows) {
      const parent = patternOf[row];
      if (longer[parent] === 0) longer[parent] = patterns.push({ parent, column, count: 0 }) - 1;
      patterns[parent].count--;
      patterns[longer[parent]].count++;
      patternOf[row] = longer[parent];
    }
  });
  const namesOf = (pattern: number): string[] => {
    const names: string[] = [];
    for (let at = pattern; at > 0; at = patterns[at].parent) {
      names.unshift(gaps[patterns[at].column].name);
    }
    return names;
  };
  return patterns
    .map(({ count }, pattern) => ({ pattern, count }))
    .filter(({ pattern, count }) => pattern > 0 && count > 0)
    .sort((a, b) => b.count - a.count || a.pattern - b.pattern)
    .map(({ pattern, count }) => ({ columns: namesOf(pattern), count }));
}
