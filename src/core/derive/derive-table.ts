import type { DerivedColumn, DeriveParams } from './derive-params';
import type { Context } from '../context';
import { AppError } from '../errors';
import type { NumberColumn, Table } from '../table/table';
import { columnsOf, resolveColumns } from './columns';
import { evaluateFormula } from './evaluate';
import { parseFormula } from './parse';
import { formulaText } from './print';

/** What came of one formula. */
export interface DeriveReport {
  readonly name: string;
  /** With the names of the table, written in one way. */
  readonly formula: string;
  /** Rows for which it gives no value, because part of it is missing or cannot be computed. */
  readonly nMissing: number;
  readonly nDividedByZero: number;
  readonly nOutOfDomain: number;
}

export interface DeriveOutput {
  /** The table as it was read, the derived columns after its own. The very same table where there are none. */
  readonly table: Table;
  readonly reports: readonly DeriveReport[];
  /** By derived column: the columns that its formula speaks of. */
  readonly uses: readonly (readonly string[])[];
}

/**
 * @throws AppError `formula-invalid` for a formula that says nothing or speaks of a column that is not there, and for a
 *   name that is taken
 */
export async function deriveColumns(
  table: Table,
  { columns }: DeriveParams,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<DeriveOutput> {
  let derived = table;
  const reports: DeriveReport[] = [];
  const uses: string[][] = [];
  for (const wanted of columns) {
    const { column, report, needed } = deriveColumn(derived, wanted);
    derived = { ...derived, columns: [...derived.columns, column] };
    reports.push(report);
    uses.push(needed);
    ctx.progress(reports.length, columns.length);
    await ctx.breathe();
  }
  return { table: derived, reports, uses };
}

/** @throws AppError as `deriveColumns` */
export function deriveColumn(
  table: Table,
  { name, formula }: DerivedColumn,
): { column: NumberColumn; report: DeriveReport; needed: string[] } {
  assertFree(name, table);
  const resolved = resolveColumns(parseFormula(formula), table.columns);
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const valuesOf = (needed: string) => {
    const column = byName.get(needed);
    if (column?.kind !== 'number') throw new AppError('internal', `${needed} holds no numbers.`);
    return column.values;
  };
  const { values, ...faults } = evaluateFormula(resolved, valuesOf, table.nRows);
  const report = { name, formula: formulaText(resolved), nMissing: count(values), ...faults };
  return { column: { kind: 'number', name, values }, report, needed: columnsOf(resolved) };
}

function assertFree(name: string, table: Table): void {
  if (name.trim() === '') {
    throw new AppError('formula-invalid', 'A column that is computed needs a name.');
  }
  if (!table.columns.some((column) => column.name === name)) return;
  throw new AppError(
    'formula-invalid',
    `There is a column “${name}” already: give the computed one another name.`,
    { column: name },
  );
}

function count(values: Float64Array): number {
  let n = 0;
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) n++;
  return n;
}
