import type { ScoredFile } from '../src/contract/api';
import type { CleanOutput } from '../src/core/clean/clean';
import { fates } from '../src/core/clean/run-step';
import { AppError } from '../src/core/errors';
import type { Profile } from '../src/core/explain/profile';
import { listInWords } from '../src/core/words';
import type { SegmentModel } from '../src/core/model';
import { predictRows, type ScoreColumn } from '../src/core/score';
import { matchColumns } from '../src/core/table/match-columns';
import {
  cellText,
  isMissing,
  type CategoryColumn,
  type Column,
  type Table,
} from '../src/core/table/table';
import { writeCsv } from '../src/core/table/write-csv';

/** Names of the columns that are added. Segments count from 1, as on the page. */
const segmentColumn = 'segment';
const nameColumn = 'segment_name';
const noteColumn = 'segment_note';

/**
 * The table as it was read, every row of it, with its segment. A row that was set aside has none, and a note says why.
 *
 * @param codes segment of each row, −1 for one that was set aside
 * @param fate index into `fates` of each row
 */
export function labelledTable(
  table: Table,
  codes: Int32Array,
  fate: Uint8Array,
  { segments }: Profile,
): Blob {
  const notes: CategoryColumn = {
    kind: 'category',
    name: noteColumn,
    levels: fates.map((name) => `set aside: ${name}`),
    codes: Int32Array.from(fate, (value) => (value === 0 ? -1 : value)),
  };
  const names = segments.map(({ name }) => name);
  return csvBlob(table, [...segmentColumns(codes, names), notes]);
}

/** The same of all rows of a table. @param labels by kept row */
export function labelledCsv(
  table: Table,
  { rows, fate }: Pick<CleanOutput, 'rows' | 'fate'>,
  labels: Int32Array,
  profile: Profile,
): Blob {
  const codes = new Int32Array(table.nRows).fill(-1);
  rows.forEach((row, i) => (codes[row] = labels[i]));
  return labelledTable(table, codes, fate, profile);
}

/**
 * Another table, with the segment that the model gives each row. Columns are found by meaning, in any order
 * (`matchColumns`); a column that the model does not know is carried along.
 *
 * @throws AppError `model-columns-missing` naming them
 */
export function scoreTable(table: Table, model: SegmentModel): ScoredFile {
  const { columns, renamed } = findInputs(table, model);
  const { labels, nRowsFilled } = predictRows(model, columns, table.nRows);
  const names = model.segments.map(({ name }) => name);
  return {
    csv: csvBlob(table, segmentColumns(labels, names)),
    nRows: table.nRows,
    counts: names.map((_, c) => labels.reduce((sum, label) => sum + (label === c ? 1 : 0), 0)),
    nRowsFilled,
    renamed,
  };
}

/** The columns that the model asks for, and those of them that have another name in this table. */
function findInputs(table: Table, { inputs }: SegmentModel) {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const { matches } = matchColumns(
    inputs.map(({ name }) => name),
    table.columns.map(({ name }) => name),
  );
  const missing: string[] = [];
  const renamed: ScoredFile['renamed'][number][] = [];
  const columns = matches.map(({ wanted, found, how }, at): ScoreColumn => {
    const column = found === null || how === 'proposed' ? undefined : byName.get(found);
    const usable = column && scoreColumn(column, inputs[at].kind, table.nRows);
    if (usable !== undefined && column !== undefined) {
      if (how !== 'same') renamed.push({ wanted, found: column.name });
      return usable;
    }
    const hint = how === 'proposed' && found !== null ? ` (is it “${found}”?)` : '';
    missing.push(`“${wanted}”${inputs[at].kind === 'number' ? ' as numbers' : ''}${hint}`);
    return { kind: 'number', values: new Float64Array() };
  });
  if (missing.length === 0) return { columns, renamed };
  throw new AppError(
    'model-columns-missing',
    `The model needs ${listInWords(missing)}, and the file has no such ${missing.length === 1 ? 'column' : 'columns'} with values.`,
    { missing: missing.length },
  );
}

/** A column as the model wants it; undefined where it cannot be had. */
function scoreColumn(
  column: Column,
  wanted: SegmentModel['inputs'][number]['kind'],
  nRows: number,
): ScoreColumn | undefined {
  if (wanted === 'number') return column.kind === 'number' ? column : undefined;
  if (column.kind === 'category') return column;
  // Another file may have so many levels that they are texts, or numbers only.
  const levels = new Map<string, number>();
  const codes = Int32Array.from({ length: nRows }, (_, row) => {
    if (isMissing(column, row)) return -1;
    const text = cellText(column, row);
    const code = levels.get(text) ?? levels.size;
    levels.set(text, code);
    return code;
  });
  return { kind: 'category', codes, levels: [...levels.keys()] };
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
