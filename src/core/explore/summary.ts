import type { Context } from '../context';
import type { ColumnRole, Role } from '../table/roles';
import { correctedShape, describe, type ColumnStatistics } from '../table/stats';
import type { Column, DateColumn, NumberColumn, Table } from '../table/table';
import { boxAround, type Box } from './box';
import { dateHistogramOf, type DateHistogram } from './date-histogram';
import { histogramOf, type Histogram, type HistogramOptions } from './histogram';
import { levelsOf, type Level } from './levels';
import {
  countDistinct,
  finiteOf,
  frequentValues,
  type Distinct,
  type FrequentValue,
} from './values';

interface SummaryOfAny {
  readonly name: string;
  readonly role: Role;
  /** Rows with a value. */
  readonly count: number;
  readonly missing: number;
  readonly distinct: Distinct;
}

export interface NumberSummary extends SummaryOfAny {
  readonly kind: 'number';
  /** Of `count`: values too large to compute with. All that follows leaves them out. */
  readonly nInfinite: number;
  readonly statistics: NumberStatistics;
  /** Values that at least one row in twenty has, most frequent first, up to eight. */
  readonly frequent: readonly FrequentValue[];
  readonly histogram: Histogram;
  readonly box: Box;
}

export interface NumberStatistics extends ColumnStatistics {
  /** G1 and G2, as pandas shows them; `skewness` and `kurtosis` are g1 and g2, as scipy does. */
  readonly skewnessCorrected: number;
  readonly kurtosisCorrected: number;
  readonly negativeShare: number;
}

export interface DateSummary extends SummaryOfAny {
  readonly kind: 'date';
  /** Milliseconds since 1970 UTC; NaN without a date. */
  readonly first: number;
  readonly median: number;
  readonly last: number;
  readonly histogram: DateHistogram;
}

export interface WordsSummary extends SummaryOfAny {
  readonly kind: 'category' | 'text';
  /** The twelve most frequent, most frequent first. */
  readonly levels: readonly Level[];
  /** Rows with another word. */
  readonly rest: number;
}

export type ColumnSummary = NumberSummary | DateSummary | WordsSummary;

/**
 * What there is to know of each column by itself, in the order of the table. Linear in the cells.
 *
 * @param roles by column, as `assignRoles` gives them
 */
export async function summariseColumns(
  table: Table,
  roles: readonly ColumnRole[],
  ctx: Context,
): Promise<ColumnSummary[]> {
  const summaries: ColumnSummary[] = [];
  for (const [j, column] of table.columns.entries()) {
    summaries.push(summariseColumn(column, roles[j].role, table.nRows));
    ctx.progress(summaries.length, table.columns.length);
    await ctx.breathe();
  }
  return summaries;
}

/** One column, with a choice of bins. */
export function summariseColumn(
  column: Column,
  role: Role,
  nRows: number,
  bins: Partial<HistogramOptions> = {},
): ColumnSummary {
  switch (column.kind) {
    case 'number':
      return summariseNumbers(column, role, bins);
    case 'date':
      return summariseDates(column, role);
    case 'category':
    case 'text': {
      const { top, rest, distinct, count } = levelsOf(column, nRows);
      const missing = nRows - count;
      const { name, kind } = column;
      return { kind, name, role, count, missing, distinct, levels: top, rest };
    }
  }
}

function summariseNumbers(
  { name, values }: NumberColumn,
  role: Role,
  bins: Partial<HistogramOptions>,
): NumberSummary {
  const finite = finiteOf(values);
  let missing = 0;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) missing++;
  const statistics = numberStatistics(finite);
  return {
    kind: 'number',
    name,
    role,
    count: values.length - missing,
    missing,
    nInfinite: values.length - missing - finite.length,
    distinct: countDistinct(finite),
    statistics,
    frequent: frequentValues(finite),
    histogram: histogramOf(finite, bins),
    box: boxAround(finite, statistics),
  };
}

/** @param values finite */
export function numberStatistics(values: Float64Array): NumberStatistics {
  const statistics = describe(values);
  const { skewness, kurtosis } = correctedShape(statistics);
  let nNegative = 0;
  if (statistics.min < 0) for (const value of values) if (value < 0) nNegative++;
  return {
    ...statistics,
    skewnessCorrected: skewness,
    kurtosisCorrected: kurtosis,
    negativeShare: nNegative / statistics.count,
  };
}

function summariseDates({ name, values }: DateColumn, role: Role): DateSummary {
  const finite = finiteOf(values);
  const { min, median, max } = describe(finite);
  return {
    kind: 'date',
    name,
    role,
    count: finite.length,
    missing: values.length - finite.length,
    distinct: countDistinct(finite),
    first: min,
    median,
    last: max,
    histogram: dateHistogramOf(finite),
  };
}
