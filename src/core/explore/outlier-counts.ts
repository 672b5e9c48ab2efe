import type { OutlierRule } from '../clean/clean-step';
import { outlierBounds } from '../clean/outliers';
import type { Context } from '../context';
import { describe } from '../table/stats';
import type { NumberColumn, Table } from '../table/table';
import { finiteOf } from './values';

export interface RuleWithLimit {
  readonly rule: OutlierRule;
  /** See `outlierBounds`. */
  readonly limit: number;
}

/** The rules that are shown before one is chosen. */
export const previewedRules: readonly RuleWithLimit[] = [
  { rule: 'iqr', limit: 1.5 },
  { rule: 'iqr', limit: 3 },
  { rule: 'zscore', limit: 3 },
  { rule: 'percentile', limit: 1 },
];

/** What a rule would call an outlier. */
export interface OutlierCount extends RuleWithLimit {
  readonly columns: readonly ColumnOutliers[];
  /** Values outside, in all columns. */
  readonly nValues: number;
  /** Rows with at least one of them. */
  readonly nRows: number;
}

export interface ColumnOutliers {
  readonly name: string;
  /** In the column's unit. Values strictly outside are counted. */
  readonly lower: number;
  readonly upper: number;
  readonly nBelow: number;
  readonly nAbove: number;
}

/**
 * What rules for outliers would find, changing nothing. Bounds come from all finite values of a column; infinite values
 * lie outside of any.
 *
 * @param columns names of columns of numbers; others, and those without a value, are left out
 */
export async function outlierCounts(
  table: Table,
  columns: readonly string[],
  ctx: Context,
  rules: readonly RuleWithLimit[] = previewedRules,
): Promise<OutlierCount[]> {
  const wanted = new Set(columns);
  const chosen = table.columns.filter(
    (column): column is NumberColumn => column.kind === 'number' && wanted.has(column.name),
  );
  const found = rules.map((rule) => ({ rule, columns: [] as ColumnOutliers[] }));
  const rows = rules.map(() => new Uint8Array(table.nRows));
  for (const [done, { name, values }] of chosen.entries()) {
    const finite = finiteOf(values);
    if (finite.length === 0) continue;
    const statistics = describe(finite);
    found.forEach(({ rule, columns }, r) => {
      const [lower, upper] = outlierBounds(finite, statistics, rule.rule, rule.limit);
      columns.push({ name, lower, upper, ...countOutside(values, lower, upper, rows[r]) });
    });
    ctx.progress(done + 1, chosen.length);
    await ctx.breathe();
  }
  return found.map(({ rule, columns }, r) => ({
    ...rule,
    columns,
    nValues: columns.reduce((sum, { nBelow, nAbove }) => sum + nBelow + nAbove, 0),
    nRows: rows[r].reduce((sum, isOutside) => sum + isOutside, 0),
  }));
}

/** @param rows those with a value outside are marked */
function countOutside(values: Float64Array, lower: number, upper: number, rows: Uint8Array) {
  let nBelow = 0;
  let nAbove = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < lower) nBelow++;
    else if (values[i] > upper) nAbove++;
    else continue;
    rows[i] = 1;
  }
  return { nBelow, nAbove };
}
