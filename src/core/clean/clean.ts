import type { Context } from '../context';
import { AppError } from '../errors';
import { assignRoles, type ColumnRole, type RoleChoice } from '../table/roles';
import type { ColumnStatistics } from '../table/stats';
import type { CategoryColumn, NumberColumn, Table } from '../table/table';
import { typedBytes } from '../typed-bytes';
import { defaultCleanSteps, type CleanStep, type MissingStep } from './clean-step';
import { findDuplicates } from './duplicates';
import { foundIn, runStep, type StepReport } from './run-step';
import {
  workingCodes,
  workingNumbers,
  type Bounds,
  type Working,
  type WorkingNumbers,
} from './working';

export interface CleanParams {
  readonly roles: readonly RoleChoice[];
  /** In this order, but those about duplicates first: they concern the rows as they stand in the file. */
  readonly steps: readonly CleanStep[];
}

export const cleanDefaults: CleanParams = { roles: [], steps: defaultCleanSteps };

/** One column of numbers that decides the segments, with what was done to it. Units are the column's own. */
export interface CleanColumn {
  readonly name: string;
  /** Statistics of the values that stood in the file, before filling and clipping, duplicates left out. */
  readonly raw: ColumnStatistics;
  /** What stands in for a missing value. */
  readonly fillValue: number;
  readonly nFilled: number;
  /** Outside of these a value is an outlier, whatever is done with it; null where no step looks for outliers. */
  readonly usual: Bounds | null;
  readonly nOutliers: number;
  /** Values outside were moved to these bounds; null where none were to be. */
  readonly clip: Bounds | null;
}

export interface CleanOutput {
  readonly roles: readonly ColumnRole[];
  /** By step of the recipe; undefined for one that is off. */
  readonly reports: readonly (StepReport | undefined)[];
  readonly columns: readonly CleanColumn[];
  /**
   * Cleaned values of `columns`, one array of length nKept each. No NaN. A column in which nothing was changed or set aside
   * is the table's own array: never write to them, never transfer them.
   */
  readonly features: readonly Float64Array[];
  /** Columns of categories that form segments, by kept row; −1 is missing. */
  readonly categories: readonly Omit<CategoryColumn, 'kind'>[];
  /** Index into the table of each kept row, ascending. */
  readonly rows: Int32Array;
  /** Per row of the table: index into `fates`. */
  readonly fate: Uint8Array;
  readonly nKept: number;
  readonly nDuplicates: number;
  readonly nRowsWithMissing: number;
  /** Rows with at least one value that a step found to be an outlier. */
  readonly nRowsWithOutliers: number;
  readonly nSetAside: number;
  /** Bytes of the table and of what is here, arrays of both counted once. */
  readonly bytes: number;
}

/**
 * Does one step after the other to the columns that form segments. Rows are conserved: every row of the table has a fate.
 * A row in which something is still missing at the end is set aside.
 *
 * @throws AppError `no-numeric-column`, `too-few-columns`, `rows-identical`, `too-few-rows`, `not-finite`
 */
export async function clean(table: Table, params: CleanParams, ctx: Context): Promise<CleanOutput> {
  const duplicates = findDuplicates(table);
  await ctx.breathe();
  const roles = assignRoles(table, params.roles, duplicates);
  const inputs = clusterColumns(table, roles);
  const fate = new Uint8Array(table.nRows);
  const found = new Uint8Array(table.nRows);
  const reports: (StepReport | undefined)[] = params.steps.map(() => undefined);
  const order = stepOrder(params.steps);

  const bare: Working = { rows: allRows(table.nRows), columns: [], fate };
  for (const at of order.duplicates) reports[at] = runStep(params.steps[at], table, bare, found);
  const nDuplicates = table.nRows - bare.rows.length;

  const columns = [];
  const nPieces = inputs.length + order.rest.length;
  for (const input of inputs) {
    columns.push(
      input.kind === 'number' ? workingNumbers(input, bare.rows) : workingCodes(input, bare.rows),
    );
    ctx.progress(columns.length, nPieces);
    await ctx.breathe();
  }
  const working: Working = { rows: bare.rows, columns, fate };
  for (const [done, at] of order.rest.entries()) {
    reports[at] = runStep(params.steps[at], table, working, found);
    ctx.progress(inputs.length + done + 1, nPieces);
    await ctx.breathe();
  }
  const numbers = columns.filter((column) => column.kind === 'number');
  setGapsAside(numbers, table, working, found);
  assertEnoughRows(working.rows.length, table.nRows);
  numbers.forEach(assertFinite);
  const features = numbers.map(({ values }) => values);
  const categories = columns.filter((column) => column.kind === 'category');
  return {
    roles,
    reports,
    columns: numbers.map(cleanColumn),
    features,
    categories,
    rows: working.rows,
    fate,
    nKept: working.rows.length,
    nDuplicates,
    nRowsWithMissing: count(found, foundIn.missing),
    nRowsWithOutliers: count(found, foundIn.outlier),
    nSetAside: table.nRows - working.rows.length,
    bytes: typedBytes([table, features, categories, working.rows, fate]),
  };
}

/** Rows in which no step has done anything about a missing number: nothing can be learned from a gap. */
function setGapsAside(
  numbers: readonly WorkingNumbers[],
  table: Table,
  working: Working,
  found: Uint8Array,
): void {
  const gaps = numbers.filter(({ values, statistics }) => statistics.count < values.length);
  if (gaps.length === 0) return;
  const step: MissingStep = {
    kind: 'missing',
    isOn: true,
    columns: gaps.map(({ name }) => name),
    rule: 'set-aside',
    value: 0,
  };
  runStep(step, table, working, found);
}

/** Positions of the steps that are on. */
function stepOrder(steps: readonly CleanStep[]) {
  const on = steps.flatMap(({ isOn }, at) => (isOn ? [at] : []));
  return {
    duplicates: on.filter((at) => steps[at].kind === 'duplicates'),
    rest: on.filter((at) => steps[at].kind !== 'duplicates'),
  };
}

function allRows(nRows: number): Int32Array {
  const rows = new Int32Array(nRows);
  for (let i = 0; i < nRows; i++) rows[i] = i;
  return rows;
}

function count(found: Uint8Array, what: number): number {
  let n = 0;
  for (let i = 0; i < found.length; i++) if ((found[i] & what) !== 0) n++;
  return n;
}

function cleanColumn(column: WorkingNumbers): CleanColumn {
  const { name, raw, fillValue, nFilled, usual, nOutliers, clip } = column;
  return { name, raw, fillValue: fillValue ?? raw.median, nFilled, usual, nOutliers, clip };
}

type Input = NumberColumn | CategoryColumn;

function clusterColumns(table: Table, roles: readonly ColumnRole[]): Input[] {
  const inputs = table.columns.filter(
    (column, j): column is Input =>
      (column.kind === 'number' || column.kind === 'category') && roles[j].role === 'cluster',
  );
  const nNumbers = inputs.filter(({ kind }) => kind === 'number').length;
  // A category gives a column for each of its levels.
  if (nNumbers >= 2 || nNumbers < inputs.length) return inputs;
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
      'No column holds numbers. If there should be some, check the decimal mark and the separator in Data; or let categories form segments there.',
    );
  }
  const left = inputs.length === 1 ? `Only “${inputs[0].name}” is` : 'No column is';
  throw new AppError(
    'too-few-columns',
    `${left} left to form segments from; at least two columns of numbers that vary, or one category, are needed. Check the roles in Data.`,
    { columns: inputs.length },
  );
}

function assertFinite({ name, raw, statistics }: WorkingNumbers): void {
  // What a step has taken away does no harm any more.
  if (Number.isFinite(statistics.sdPopulation)) return;
  const { min, max } = raw;
  const largest = Math.abs(min) > Math.abs(max) ? min : max;
  throw new AppError(
    'not-finite',
    `Column “${name}” holds ${largest}, too large to compute with. Correct the value, or take the column out under Data.`,
    { column: name, value: largest },
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
