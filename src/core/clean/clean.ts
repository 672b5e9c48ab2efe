import { AppError } from '../errors';
import type { RoleChoice, ColumnRole } from '../table/roles';
import { assignRoles } from '../table/roles';
import type { NumberColumn, Table } from '../table/table';
import { describe, mode, type ColumnStatistics } from '../table/stats';
import { findDuplicates } from './duplicates';
import { outlierBounds, type OutlierRule } from './outliers';

export const fillRules = ['median', 'mean', 'mode', 'set-aside'] as const;
export type FillRule = (typeof fillRules)[number];
export const outlierActions = ['keep', 'clip', 'set-aside'] as const;
export type OutlierAction = (typeof outlierActions)[number];

export interface CleanParams {
  readonly roles: readonly RoleChoice[];
  readonly duplicates: 'set-aside' | 'keep';
  readonly fill: FillRule;
  readonly outlierRule: OutlierRule;
  readonly outlierAction: OutlierAction;
}

export const cleanDefaults: CleanParams = {
  roles: [],
  duplicates: 'set-aside',
  fill: 'median',
  outlierRule: 'iqr',
  outlierAction: 'keep',
};

/** What became of a row of the table. */
export const fates = ['kept', 'duplicate', 'missing', 'outlier'] as const;
export type Fate = (typeof fates)[number];

/** One column that decides the segments, with what was done to it. Units are the column's own. */
export interface CleanColumn {
  readonly name: string;
  /** Statistics of the values that stood in the file, before filling and clipping, duplicates left out. */
  readonly raw: ColumnStatistics;
  /** What stands in for a missing value. */
  readonly fillValue: number;
  readonly nFilled: number;
  /** Bounds of the outlier rule. Values outside are outliers, whatever is done with them. */
  readonly lower: number;
  readonly upper: number;
  readonly nOutliers: number;
}

export interface CleanOutput {
  readonly roles: readonly ColumnRole[];
  readonly columns: readonly CleanColumn[];
  /** Cleaned values of `columns`, one array of length nKept each. No NaN. */
  readonly features: readonly Float64Array[];
  /** Index into the table of each kept row, ascending. */
  readonly rows: Int32Array;
  /** Per row of the table: index into `fates`. */
  readonly fate: Uint8Array;
  readonly nKept: number;
  readonly nDuplicates: number;
  readonly nRowsWithMissing: number;
  /** Rows with at least one value outside the bounds of the outlier rule, among those without the duplicates. */
  readonly nRowsWithOutliers: number;
  readonly nSetAside: number;
}

/**
 * Duplicates, then missing values, then outliers, in this order. Fill values and bounds come from the values that stood
 * in the file, not from filled ones. Rows are conserved: every row of the table has a fate.
 *
 * @throws AppError `no-numeric-column`, `too-few-columns`, `rows-identical`, `too-few-rows`, `not-finite`
 */
export function clean(table: Table, params: CleanParams): CleanOutput {
  const duplicates = findDuplicates(table);
  const roles = assignRoles(table, params.roles, duplicates);
  const fate = new Uint8Array(table.nRows);
  if (params.duplicates === 'set-aside') {
    for (const row of duplicates) fate[row] = fates.indexOf('duplicate');
  }
  const inputs = clusterColumns(table, roles);
  const distinct = rowsWith(fate, 'kept');
  const columns = inputs.map((column) => planColumn(column, distinct, params));
  columns.forEach(assertFinite);

  const withMissing = distinct.filter((i) => inputs.some(({ values }) => Number.isNaN(values[i])));
  const withOutliers = distinct.filter((i) =>
    inputs.some(({ values }, j) => values[i] < columns[j].lower || values[i] > columns[j].upper),
  );
  if (params.fill === 'set-aside') setFate(fate, withMissing, 'missing');
  if (params.outlierAction === 'set-aside') setFate(fate, withOutliers, 'outlier');

  const rows = rowsWith(fate, 'kept');
  assertEnoughRows(rows.length, table.nRows);
  const clip = params.outlierAction === 'clip';
  return {
    roles,
    columns,
    features: inputs.map(({ values }, j) => cleanValues(values, rows, columns[j], clip)),
    rows,
    fate,
    nKept: rows.length,
    nDuplicates: table.nRows - distinct.length,
    nRowsWithMissing: withMissing.length,
    nRowsWithOutliers: withOutliers.length,
    nSetAside: table.nRows - rows.length,
  };
}

function clusterColumns(table: Table, roles: readonly ColumnRole[]): NumberColumn[] {
  const inputs = table.columns.filter(
    (column, j): column is NumberColumn => column.kind === 'number' && roles[j].role === 'cluster',
  );
  if (inputs.length >= 2) return inputs;
  if (table.nRows === 1) {
    throw new AppError('too-few-rows', 'The file holds one row. Segments need at least two.', {
      rows: 1,
    });
  }
  if (roles.every(({ reason }) => reason === 'the same value in every row')) {
    throw new AppError(
      'rows-identical',
      `All ${table.nRows.toLocaleString('en-US')} rows are identical: there is nothing to tell customers apart.`,
      { rows: table.nRows },
    );
  }
  if (!table.columns.some((column) => column.kind === 'number')) {
    throw new AppError(
      'no-numeric-column',
      'No column holds numbers, and segments are formed from numbers. If there should be some, check the decimal mark and the separator in Data.',
    );
  }
  const left = inputs.length === 1 ? `Only “${inputs[0].name}” is` : 'No column is';
  throw new AppError(
    'too-few-columns',
    `${left} left to form segments from; at least two columns of numbers that vary are needed. Check the roles in Data.`,
    { columns: inputs.length },
  );
}

function planColumn(column: NumberColumn, rows: Int32Array, params: CleanParams): CleanColumn {
  const values = Float64Array.from(rows, (i) => column.values[i]);
  const raw = describe(values);
  const [lower, upper] = outlierBounds(raw, params.outlierRule);
  let nOutliers = 0;
  for (const value of values) if (value < lower || value > upper) nOutliers++;
  return {
    name: column.name,
    raw,
    fillValue: fillValue(values, raw, params.fill),
    nFilled: params.fill === 'set-aside' ? 0 : values.length - raw.count,
    lower,
    upper,
    nOutliers,
  };
}

function fillValue(values: Float64Array, raw: ColumnStatistics, rule: FillRule): number {
  switch (rule) {
    case 'mean':
      return raw.mean;
    case 'mode':
      return mode(values);
    case 'median':
    case 'set-aside': // Rows with gaps are not learned from, but a new customer may still have some.
      return raw.median;
  }
}

function assertFinite(column: CleanColumn): void {
  const { min, max, sdPopulation } = column.raw;
  if (Number.isFinite(sdPopulation)) return;
  const largest = Math.abs(min) > Math.abs(max) ? min : max;
  throw new AppError(
    'not-finite',
    `Column “${column.name}” holds ${largest}, too large to compute with. Correct the value, or take the column out under Data.`,
    { column: column.name, value: largest },
  );
}

function assertEnoughRows(nKept: number, nRows: number): void {
  if (nKept >= 2) return;
  if (nRows >= 2) {
    throw new AppError(
      'too-few-rows',
      `Of ${nRows.toLocaleString('en-US')} rows ${nKept === 1 ? 'one is' : 'none are'} left after cleaning; at least two are needed. Keep more of them under Clean.`,
      { rows: nRows, kept: nKept },
    );
  }
  throw new AppError('too-few-rows', 'The file holds one row. Segments need at least two.', {
    rows: nRows,
  });
}

function cleanValues(
  values: Float64Array,
  rows: Int32Array,
  { fillValue, lower, upper }: CleanColumn,
  clip: boolean,
): Float64Array {
  return Float64Array.from(rows, (i) => {
    const value = Number.isNaN(values[i]) ? fillValue : values[i];
    return clip ? Math.min(Math.max(value, lower), upper) : value;
  });
}

function rowsWith(fate: Uint8Array, wanted: Fate): Int32Array {
  const code = fates.indexOf(wanted);
  const rows: number[] = [];
  fate.forEach((value, i) => {
    if (value === code) rows.push(i);
  });
  return Int32Array.from(rows);
}

function setFate(fate: Uint8Array, rows: Int32Array, value: Fate): void {
  for (const i of rows) if (fate[i] === 0) fate[i] = fates.indexOf(value);
}
