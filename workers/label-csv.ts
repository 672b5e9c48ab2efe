import type { ScoredFile } from '../src/contract/api';
import type { CleanOutput } from '../src/core/clean/clean';
import { fates } from '../src/core/clean/clean';
import { AppError } from '../src/core/errors';
import type { Profile } from '../src/core/explain/profile';
import { listInWords } from '../src/core/words';
import { predictRows, type SegmentModel } from '../src/core/model';
import type { CategoryColumn, Column, Table } from '../src/core/table/table';
import { writeCsv } from '../src/core/table/write-csv';

/** Names of the columns that are added. Segments count from 1, as on the page. */
const segmentColumn = 'segment';
const nameColumn = 'segment_name';
const noteColumn = 'segment_note';

/**
 * The table as it was read, every row of it, with its segment. A row that was set aside has none, and a note says why.
 *
 * @param labels by kept row
 */
export function labelledTable(
  table: Table,
  { rows, fate }: Pick<CleanOutput, 'rows' | 'fate'>,
  labels: Int32Array,
  { segments }: Profile,
): Blob {
  const codes = new Int32Array(table.nRows).fill(-1);
  rows.forEach((row, i) => (codes[row] = labels[i]));
  const notes: CategoryColumn = {
    kind: 'category',
    name: noteColumn,
    levels: fates.map((name) => `set aside: ${name}`),
    codes: Int32Array.from(fate, (value) => (value === 0 ? -1 : value)),
  };
  const names = segments.map(({ name }) => name);
  return csvBlob(table, [...segmentColumns(codes, names), notes]);
}

/**
 * Another table, with the segment that the model gives each row. Columns are found by name, in any order, capitals or
 * not; a column that the model does not know is carried along.
 *
 * @throws AppError `model-columns-missing` naming them
 */
export function scoreTable(table: Table, model: SegmentModel): ScoredFile {
  const columns = matchColumns(table, model);
  const labels = predictRows(model, columns);
  const names = model.segments.map(({ name }) => name);
  let nRowsFilled = 0;
  for (let i = 0; i < table.nRows; i++) {
    if (columns.some((values) => Number.isNaN(values[i]))) nRowsFilled++;
  }
  return {
    csv: csvBlob(table, segmentColumns(labels, names)),
    nRows: table.nRows,
    counts: names.map((_, c) => labels.reduce((sum, label) => sum + (label === c ? 1 : 0), 0)),
    nRowsFilled,
  };
}

function matchColumns(table: Table, { columns }: SegmentModel): Float64Array[] {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const byLowerCase = new Map(table.columns.map((column) => [column.name.toLowerCase(), column]));
  const missing: string[] = [];
  const matched = columns.map(({ name }) => {
    const column = byName.get(name) ?? byLowerCase.get(name.toLowerCase());
    if (column?.kind === 'number') return column.values;
    missing.push(name);
    return new Float64Array();
  });
  if (missing.length === 0) return matched;
  throw new AppError(
    'model-columns-missing',
    `The model needs ${listInWords(missing.map((name) => `“${name}”`))} as numbers, and the file has no such ${missing.length === 1 ? 'column' : 'columns'} with values.`,
    { missing: missing.length },
  );
}

function segmentColumns(codes: Int32Array, names: readonly string[]): CategoryColumn[] {
  return [
    { kind: 'category', name: segmentColumn, codes, levels: names.map((_, c) => String(c + 1)) },
    { kind: 'category', name: nameColumn, codes, levels: names },
  ];
}

/** The added columns keep clear of the file's own names: "segment", else "segment_2", … */
function csvBlob(table: Table, added: readonly Column[]): Blob {
  const taken = new Set(table.columns.map(({ name }) => name));
  const renamed = added.map((column) => {
    let name = column.name;
    for (let n = 2; taken.has(name); n++) name = `${column.name}_${n}`;
    taken.add(name);
    return { ...column, name };
  });
  const labelled = { ...table, columns: [...table.columns, ...renamed] };
  return new Blob([...writeCsv(labelled)], { type: 'text/csv' });
}
