import { AppError } from '../../src/core/errors';
import type { InferredColumn, InferOptions } from '../../src/core/table/attempt';
import {
  chooseDecimalMark,
  countDecimalVotes,
  isMarkAmbiguous,
  type DecimalVotes,
} from '../../src/core/table/decimal-mark';
import { inferColumn, inferFromNumbers } from '../../src/core/table/infer';
import { nameColumns } from '../../src/core/table/names';
import type { DecimalMark, ReadParams, ReadWarning } from '../../src/core/table/read-params';
import type { Column, Table } from '../../src/core/table/table';
import { counted, listInWords, quoted } from '../../src/core/words';
import type { RawTable } from './text-reader';

/** The typed table, and what was guessed on the way. */
export interface Assembled {
  readonly table: Table;
  readonly decimal: DecimalMark;
  readonly columnNotes: readonly { readonly original: string; readonly unit: string }[];
  readonly warnings: readonly ReadWarning[];
}

/**
 * Names the columns, decides the decimal mark from all of them, and reads each.
 *
 * @param breathe awaited between columns
 * @throws AppError `file-empty` when no column holds a value
 */
export async function assemble(
  raw: RawTable,
  params: ReadParams,
  breathe: () => Promise<void>,
): Promise<Assembled> {
  const { names, originals, warnings: nameWarnings } = nameColumns(raw.layout.headers);
  const { decimal, votes } = await settleDecimalMark(raw, params, breathe);
  const read = await inferColumns(raw, names, inferOptions(raw, params, decimal), breathe);
  const warnings = [...nameWarnings];
  const columns: Column[] = [];
  const columnNotes: { original: string; unit: string }[] = [];
  const emptyNames: string[] = [];
  for (const [j, inferred] of read.entries()) {
    warnings.push(...inferred.warnings);
    if (inferred.column === null) emptyNames.push(names[j]);
    else {
      columns.push(inferred.column);
      columnNotes.push({ original: originals[j], unit: inferred.unit });
      if (votes.length > 0) warnings.push(...markWarning(inferred, decimal, votes[j], votes));
    }
  }
  if (columns.length === 0) {
    throw new AppError('file-empty', 'The file is empty: its rows hold no value in any column.');
  }
  if (emptyNames.length > 0) warnings.push(emptyColumns(emptyNames));
  const table = { nRows: raw.lines.length, columns, lines: raw.lines };
  return { table, decimal, columnNotes, warnings };
}

/** Reads each column. Those whose plain numbers do not do are read from all of their cells. */
async function inferColumns(
  { columns, recall }: RawTable,
  names: readonly string[],
  optionsFor: (name: string) => InferOptions,
  breathe: () => Promise<void>,
): Promise<InferredColumn[]> {
  const inferred: InferredColumn[] = [];
  const missing: number[] = [];
  for (const [j, cells] of columns.entries()) {
    const options = optionsFor(names[j]);
    const column =
      'values' in cells
        ? inferFromNumbers(names[j], cells, options)
        : inferColumn(names[j], cells, options);
    if (column === null) missing.push(j);
    else inferred[j] = column;
    await breathe();
  }
  const recalled = missing.length === 0 ? [] : await recall(missing);
  for (const [i, cells] of recalled.entries()) {
    const j = missing[i];
    inferred[j] = inferColumn(names[j], cells, optionsFor(names[j]));
    await breathe();
  }
  return inferred;
}

/** The votes are empty when the user has set the mark. */
async function settleDecimalMark(
  raw: RawTable,
  params: ReadParams,
  breathe: () => Promise<void>,
): Promise<{ decimal: DecimalMark; votes: DecimalVotes[] }> {
  if (params.decimal !== 'auto') return { decimal: params.decimal, votes: [] };
  const votes: DecimalVotes[] = [];
  for (const cells of raw.columns) {
    votes.push('values' in cells ? cells.votes : countDecimalVotes(cells));
    await breathe();
  }
  return { decimal: chooseDecimalMark(votes, raw.dialect.delimiter !== ','), votes };
}

function inferOptions(raw: RawTable, params: ReadParams, decimal: DecimalMark) {
  const kinds = new Map(params.kinds.map(({ column, kind }) => [column, kind]));
  // Where the decimal mark is a comma or tables are separated by semicolons, the day comes first.
  const usualOrder = decimal === ',' || raw.dialect.delimiter === ';' ? 'day-first' : 'month-first';
  return (name: string): InferOptions => ({
    kind: kinds.get(name) ?? 'auto',
    decimal,
    dateOrder: params.dateOrder === 'auto' ? usualOrder : params.dateOrder,
    dateOrderIsGiven: params.dateOrder !== 'auto',
    lineOf: (row) => raw.lines[row],
  });
}

function markWarning(
  { column }: InferredColumn,
  decimal: DecimalMark,
  votes: DecimalVotes,
  all: readonly DecimalVotes[],
): ReadWarning[] {
  if (column?.kind !== 'number' || !isMarkAmbiguous(votes, all)) return [];
  const example = votes.eitherWithPoint > 0 ? '1.234' : '1,234';
  const isDecimal = example.includes(decimal);
  return [
    {
      code: 'ambiguous-decimal',
      column: column.name,
      message: `${quoted(column.name)} has numbers written like ${example}, read as ${isDecimal ? 'a little more than one' : 'more than a thousand'}. If that is wrong, set the decimal mark.`,
    },
  ];
}

function emptyColumns(names: readonly string[]): ReadWarning {
  const listedNames = listInWords(
    names.slice(0, 5).map((name) => quoted(name)),
    names.length,
  );
  return {
    code: 'empty-column',
    message: `${counted(names.length, 'column has', 'columns have')} no value in any row and ${names.length === 1 ? 'is' : 'are'} left out: ${listedNames}.`,
    ...(names.length === 1 ? { column: names[0] } : {}),
  };
}
