import type { Context } from '../context';
import { AppError } from '../errors';
import type { RoleChoice, ColumnRole } from '../table/roles';
import { assignRoles } from '../table/roles';
import type { NumberColumn, Table } from '../table/table';
import { cleanValues, found, planColumn, type CleanColumn, type FillRule } from './clean-column';
import { findDuplicates } from './duplicates';
import type { OutlierRule } from './outliers';

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

export interface CleanOutput {
  readonly roles: readonly ColumnRole[];
  readonly columns: readonly CleanColumn[];
  /**
   * Cleaned values of `columns`, one array of length nKept each. No NaN. A column in which nothing was changed or set aside
   * is the table's own array: never write to them, never transfer them.
   */
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
export async function clean(table: Table, params: CleanParams, ctx: Context): Promise<CleanOutput> {
  const duplicates = findDuplicates(table);
  await ctx.breathe();
  const roles = assignRoles(table, params.roles, duplicates);
  const inputs = clusterColumns(table, roles);
  const fate = new Uint8Array(table.nRows);
  const nDuplicates = params.duplicates === 'set-aside' ? duplicates.length : 0;
  for (let d = 0; d < nDuplicates; d++) fate[duplicates[d]] = fates.indexOf('duplicate');

  const findings = new Uint8Array(table.nRows);
  const columns: CleanColumn[] = [];
  for (const input of inputs) {
    const column = planColumn(input, fate, table.nRows - nDuplicates, params, findings);
    assertFinite(column);
    columns.push(column);
    ctx.progress(columns.length, 2 * inputs.length);
    await ctx.breathe();
  }
  const counts = setFates(fate, findings, params);
  const rows = keptRows(fate);
  assertEnoughRows(rows.length, table.nRows);

  const clip = params.outlierAction === 'clip';
  const features: Float64Array[] = [];
  for (const [j, { values }] of inputs.entries()) {
    features.push(cleanValues(values, fate, rows.length, columns[j], clip));
    ctx.progress(inputs.length + features.length, 2 * inputs.length);
    await ctx.breathe();
  }
  return {
    roles,
    columns,
    features,
    rows,
    fate,
    nKept: rows.length,
    nDuplicates,
    ...counts,
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

/** Sets aside what is to be set aside, and counts what was found in rows that are no duplicates. */
function setFates(fate: Uint8Array, findings: Uint8Array, params: CleanParams) {
  const missing = params.fill === 'set-aside' ? fates.indexOf('missing') : 0;
  const outlier = params.outlierAction === 'set-aside' ? fates.indexOf('outlier') : 0;
  let nRowsWithMissing = 0;
  let nRowsWithOutliers = 0;
  for (let i = 0; i < findings.length; i++) {
    if (findings[i] === 0) continue;
    const isMissing = (findings[i] & found.missing) !== 0;
    const isOutlier = (findings[i] & found.outlier) !== 0;
    if (isMissing) nRowsWithMissing++;
    if (isOutlier) nRowsWithOutliers++;
    fate[i] = (isMissing && missing) || (isOutlier ? outlier : 0);
  }
  return { nRowsWithMissing, nRowsWithOutliers };
}

function keptRows(fate: Uint8Array): Int32Array {
  let nKept = 0;
  for (let i = 0; i < fate.length; i++) if (fate[i] === 0) nKept++;
  const rows = new Int32Array(nKept);
  for (let i = 0, at = 0; at < nKept; i++) if (fate[i] === 0) rows[at++] = i;
  return rows;
}
