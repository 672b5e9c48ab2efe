import { AppError } from '../../src/core/errors';
import type { InferredColumn, InferOptions } from '../../src/core/table/attempt';
import type { DateOrder } from '../../src/core/table/dates';
import {
  chooseDecimalMark,
  countDecimalVotes,
  givenDecimalMark,
  isMarkAmbiguous,
  votesWithoutGroups,
  type DecimalVotes,
} from '../../src/core/table/decimal-mark';
import { inferColumn, inferFromNumbers } from '../../src/core/table/infer';
import { missingRule } from '../../src/core/table/missing';
import { MissingTally } from '../../src/core/table/missing-tally';
import { nameColumns } from '../../src/core/table/names';
import { readNumber } from '../../src/core/table/numbers';
import type {
  DecimalMark,
  ReadOutput,
  ReadParams,
  ReadWarning,
  ThousandsMark,
} from '../../src/core/table/read-params';
import type { Column } from '../../src/core/table/table';
import { counted, listInWords, quoted } from '../../src/core/words';
import type { RawTable } from './text-reader';

/** The typed table, and what was guessed on the way. */
export type Assembled = Pick<
  ReadOutput,
  'table' | 'decimal' | 'thousands' | 'missing' | 'dateOrder' | 'columnNotes' | 'warnings'
>;

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
  const dateOrder = settleDateOrder(raw, params, decimal);
  const options = inferOptions(raw, params, decimal, dateOrder);
  const read = await inferColumns(raw, names, options, breathe);
  const warnings = [...nameWarnings];
  const columns: Column[] = [];
  const columnNotes: { original: string; unit: string }[] = [];
  const emptyNames: string[] = [];
  const missing = new MissingTally();
  for (const [j, inferred] of read.entries()) {
    warnings.push(...inferred.warnings);
    if (inferred.column === null) emptyNames.push(names[j]);
    else {
      columns.push(inferred.column);
      missing.addAll(inferred.missing);
      columnNotes.push({ original: originals[j], unit: inferred.unit });
      if (votes.length > 0) warnings.push(...markWarning(inferred, decimal, votes[j], votes));
    }
  }
  if (columns.length === 0) {
    throw new AppError('file-empty', 'The file is empty: its rows hold no value in any column.');
  }
  if (emptyNames.length > 0) warnings.push(emptyColumns(emptyNames));
  const table = { nRows: raw.lines.length, columns, lines: raw.lines };
  const thousands = mostFrequentMark(read);
  return { table, decimal, thousands, missing: missing.toList(), dateOrder, columnNotes, warnings };
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
  const given = givenDecimalMark(params);
  if (given !== 'auto') return { decimal: given, votes: [] };
  const votes: DecimalVotes[] = [];
  for (const cells of raw.columns) {
    const found = 'values' in cells ? cells.votes : countDecimalVotes(cells);
    votes.push(params.thousands === 'auto' ? found : votesWithoutGroups(found));
    await breathe();
  }
  return { decimal: chooseDecimalMark(votes, raw.dialect.delimiter !== ','), votes };
}

function settleDateOrder(raw: RawTable, params: ReadParams, decimal: DecimalMark): DateOrder {
  if (params.dateOrder !== 'auto') return params.dateOrder;
  // Where the decimal mark is a comma or tables are separated by semicolons, the day comes first.
  return decimal === ',' || raw.dialect.delimiter === ';' ? 'day-first' : 'month-first';
}

function inferOptions(
  raw: RawTable,
  params: ReadParams,
  decimal: DecimalMark,
  dateOrder: DateOrder,
) {
  const kinds = new Map(params.kinds.map(({ column, kind }) => [column, kind]));
  const thousands = params.thousands === decimal ? 'auto' : params.thousands;
  const missing = missingRule(params.missing);
  const missingNumbers = numbersAmong(params.missing, decimal, thousands);
  return (name: string): InferOptions => ({
    kind: kinds.get(name) ?? 'auto',
    decimal,
    thousands,
    missing,
    missingNumbers,
    dateOrder,
    dateOrderIsGiven: params.dateOrder !== 'auto',
    lineOf: (row) => raw.lines[row],
  });
}

/** The tokens that are numbers, each once. */
function numbersAmong(
  tokens: ReadParams['missing'],
  decimal: DecimalMark,
  thousands: ReadParams['thousands'],
): ReadonlyMap<number, string> {
  const numbers = new Map<number, string>();
  for (const token of tokens === 'auto' ? [] : tokens) {
    const { kind, value } = readNumber(token, decimal, thousands);
    if (kind === 'number' && !numbers.has(value)) numbers.set(value, token.trim());
  }
  return numbers;
}

/** Of equally frequent marks the first in the order of the columns. */
function mostFrequentMark(read: readonly InferredColumn[]): 'none' | ThousandsMark {
  const counts = new Map<ThousandsMark, number>();
  for (const { column, thousands } of read) {
    if (column?.kind !== 'number') continue;
    for (const [mark, count] of thousands) counts.set(mark, (counts.get(mark) ?? 0) + count);
  }
  let most: 'none' | ThousandsMark = 'none';
  let highest = 0;
  for (const [mark, count] of counts) {
    if (count > highest) [most, highest] = [mark, count];
  }
  return most;
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
      setting: 'decimal',
      proposal: { decimal: decimal === '.' ? ',' : '.' },
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
