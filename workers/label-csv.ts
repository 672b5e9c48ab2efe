import type { CleanOutput } from '../src/core/clean/clean';
import { fates } from '../src/core/clean/run-step';
import type { SecondChoices } from '../src/core/judge/second-choice';
import type { SoftMemberships } from '../src/core/judge/soft-segments';
import { marginOf } from '../src/core/scoring/margin';
import { groupLetters } from '../src/core/select/selection-in-words';
import type { Profile } from '../src/core/explain/profile';
import type { CategoryColumn, Column, NumberColumn, Table } from '../src/core/table/table';
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
 * @param more columns to be added behind
 */
export function labelledTable(
  table: Table,
  codes: Int32Array,
  fate: Uint8Array,
  { segments }: Profile,
  more: readonly Column[] = [],
): Blob {
  const notes: CategoryColumn = {
    kind: 'category',
    name: noteColumn,
    levels: fates.map((name) => `set aside: ${name}`),
    codes: Int32Array.from(fate, (value) => (value === 0 ? -1 : value)),
  };
  const names = segments.map(({ name }) => name);
  return csvBlob(table, [...segmentColumns(codes, names), notes, ...more]);
}

/** How surely kept rows belong, for whoever wants it beside their segments. */
export interface Certainty {
  readonly second: SecondChoices | null;
  readonly mixture: SoftMemberships | null;
}

/** The same of all rows of a table. @param labels by kept row */
export function labelledCsv(
  table: Table,
  { rows, fate }: Pick<CleanOutput, 'rows' | 'fate'>,
  labels: Int32Array,
  profile: Profile,
  { second, mixture }: Certainty,
): Blob {
  const place = (values: Int32Array) => {
    const codes = new Int32Array(table.nRows).fill(-1);
    rows.forEach((row, i) => (codes[row] = values[i]));
    return codes;
  };
  /** Rounded to so many digits; a row that was set aside has no value. */
  const measure = (name: string, nDigits: number, value: (i: number) => number): NumberColumn => {
    const values = new Float64Array(table.nRows).fill(NaN);
    rows.forEach((row, i) => (values[row] = Number(value(i).toFixed(nDigits))));
    return { kind: 'number', name, values };
  };
  const names = profile.segments.map(({ name }) => name);
  const more: Column[] = [];
  if (second !== null) {
    const { distances, seconds, secondDistances } = second;
    more.push(
      measure('segment_distance', 4, (i) => distances[i]),
      { kind: 'category', name: 'segment_second', codes: place(seconds), levels: names },
      measure('segment_margin', 4, (i) => marginOf(distances[i], secondDistances[i])),
    );
  }
  if (mixture !== null) {
    const { labels: groups, memberships, nGroups } = mixture;
    const letters = Array.from({ length: nGroups }, (_, group) => groupLetters(group));
    more.push(
      { kind: 'category', name: 'mixture_group', codes: place(groups), levels: letters },
      ...letters.map((letter, group) =>
        measure(`mixture_probability_${letter}`, 6, (i) => memberships[i * nGroups + group]),
      ),
    );
  }
  return labelledTable(table, place(labels), fate, profile, more);
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
