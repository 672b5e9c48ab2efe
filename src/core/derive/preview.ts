import { histogramOf, type Histogram } from '../explore/histogram';
import { numberStatistics, type NumberStatistics } from '../explore/summary';
import { finiteOf } from '../explore/values';
import type { Table } from '../table/table';
import type { DerivedColumn } from './derive-params';
import { deriveColumn, type DeriveReport } from './derive-table';

/** What a formula would give, before it is taken. */
export interface DerivedPreview {
  readonly report: DeriveReport;
  readonly statistics: NumberStatistics;
  readonly histogram: Histogram;
  /** Of the first rows of the file; null is missing. */
  readonly first: readonly (number | null)[];
}

const nFirst = 5;

/** @throws AppError `formula-invalid` */
export function previewDerived(table: Table, wanted: DerivedColumn): DerivedPreview {
  const { column, report } = deriveColumn(table, wanted);
  const finite = finiteOf(column.values);
  return {
    report,
    statistics: numberStatistics(finite),
    histogram: histogramOf(finite, { maxBins: 24 }),
    first: Array.from(column.values.subarray(0, nFirst), (value) =>
      Number.isNaN(value) ? null : value,
    ),
  };
}
