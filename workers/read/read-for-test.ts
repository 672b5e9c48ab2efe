import { AppError } from '../../src/core/errors';
import { sampleCsv } from '../../src/core/sample';
import { readDefaults, type ReadOutput, type ReadParams } from '../../src/core/table/read-params';
import { cellText, type Column } from '../../src/core/table/table';
import { readTable } from './read-table';
import type { SliceParsers } from './slice-types';

/** Reads text or bytes with the default settings, or some of them changed. Texts are arrays, so that they compare. */
export async function read(
  content: string | Uint8Array<ArrayBuffer>,
  params: Partial<ReadParams> = {},
  sliceBytes?: number,
  way?: 'bytes' | 'text',
  parsers?: SliceParsers,
): Promise<ReadOutput> {
  const ctx = { progress: () => undefined, breathe: () => Promise.resolve(), parsers };
  const all = { ...readDefaults, ...params };
  const output = await readTable(new Blob([content]), all, ctx, sliceBytes, way);
  const columns = output.table.columns.map(withArray);
  return { ...output, table: { ...output.table, columns } };
}

function withArray(column: Column): Column {
  if (column.kind !== 'text') return column;
  const { length } = column.values;
  const values = Array.from({ length }, (_, row) => column.values.at(row) ?? null);
  return { ...column, values };
}

/** The refusal of a file that must not be read. */
export async function refusal(...args: Parameters<typeof read>): Promise<AppError> {
  try {
    await read(...args);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('The file was read.');
}

/** The names and all cells of the table, as text in the machine's notation. */
export function cellsOfTable({ table }: ReadOutput): string[][] {
  const rows = Array.from({ length: table.nRows }, (_, i) =>
    table.columns.map((column) => cellText(column, i)),
  );
  return [table.columns.map(({ name }) => name), ...rows];
}

export function warningCodes({ warnings }: ReadOutput): string[] {
  return warnings.map(({ code }) => code);
}

/** The project's own made-up customers, with their gaps. */
export function sampleText(nRows: number): string {
  return [...sampleCsv(nRows)].join('');
}
