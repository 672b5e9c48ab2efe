import type { CleanOutput } from '../src/core/clean/clean';
import { fates } from '../src/core/clean/run-step';
import type { Profile } from '../src/core/explain/profile';
import type { CategoryColumn, Column, Table } from '../src/core/table/table';
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
