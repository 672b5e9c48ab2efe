import type { Flow } from '../judge/flow';
import { columnLabel, counted, formatCount, formatShare, formatValue } from '../words';
import type { End } from './migration';
import type { NextPeriod } from './next-period';

/** A cell of the table of migration. */
export interface MatrixCell {
  readonly from: End;
  readonly to: End;
  readonly count: number;
  /** Of its row: "12 %"; '' where there is nobody. */
  readonly share: string;
  /** Value of these customers, before and after: "1,200 → 900"; '' without a value column. */
  readonly value: string;
}

export interface Matrix {
  /** A row for each segment, then one for those who are new. */
  readonly rows: readonly {
    readonly name: string;
    readonly segment: number | null;
    readonly cells: readonly MatrixCell[];
  }[];
  /** The segments, then those who are gone. */
  readonly columns: readonly { readonly name: string; readonly segment: number | null }[];
  /** What the values are: "purchases"; null: there are none. */
  readonly valueLabel: string | null;
}

/** The migration as a table: from a segment or from nowhere, to a segment or gone. */
export function asMatrix({ segments, migration, value }: NextPeriod): Matrix {
  const { counts, valueBefore, valueAfter, gone, goneValue, arrived, arrivedValue } = migration;
  const cell = (from: End, to: End, count: number, total: number, worth: string): MatrixCell => ({
    from,
    to,
    count,
    share: count > 0 ? formatShare(count / total) : '',
    value: count > 0 ? worth : '',
  });
  const rows = segments.map((name, from) => {
    const total = counts[from].reduce((sum, n) => sum + n, 0) + gone[from];
    const cells = counts[from].map((count, to) =>
      cell(
        from,
        to,
        count,
        total,
        valueBefore && valueAfter
          ? `${formatValue(valueBefore[from][to])} → ${formatValue(valueAfter[from][to])}`
          : '',
      ),
    );
    const left = goneValue === null ? '' : `${formatValue(goneValue[from])} →`;
    return { name, segment: from, cells: [...cells, cell(from, 'none', gone[from], total, left)] };
  });
  const nNew = arrived.reduce((sum, n) => sum + n, 0);
  const newcomers = arrived.map((count, to) =>
    cell(
      'none',
      to,
      count,
      nNew,
      arrivedValue === null ? '' : `→ ${formatValue(arrivedValue[to])}`,
    ),
  );
  return {
    rows: [...rows, { name: 'New', segment: null, cells: newcomers }],
    columns: [
      ...segments.map((name, segment) => ({ name, segment })),
      { name: 'Gone', segment: null },
    ],
    valueLabel: value === null || valueBefore === null ? null : columnLabel(value),
  };
}

/** The customers of both files, as a picture of a flow has them. */
export function flowOf({
  segments,
  migration: { counts },
}: NextPeriod): Pick<Flow, 'before' | 'after' | 'crosstab' | 'continues'> {
  const sum = (row: readonly number[]) => row.reduce((total, n) => total + n, 0);
  return {
    before: segments.map((name, c) => ({ name, size: sum(counts[c]) })),
    after: segments.map((name, c) => ({ name, size: sum(counts.map((row) => row[c])) })),
    crosstab: counts,
    continues: segments.map((_, c) => c),
  };
}

/** Why some rows are in no cell. */
export function notComparedInWords({ migration, key }: NextPeriod): string[] {
  const { nRepeated, nWithoutKey, nFromAside } = migration;
  const notes: string[] = [];
  const both = ({ before, after }: { before: number; after: number }) =>
    `${formatCount(before)} in the earlier file, ${formatCount(after)} in the later one`;
  if (nRepeated.before + nRepeated.after > 0) {
    notes.push(
      `Rows whose ${columnLabel(key)} is there more than once are not compared: ${both(nRepeated)}.`,
    );
  }
  if (nWithoutKey.before + nWithoutKey.after > 0) {
    notes.push(`Nor are rows without one: ${both(nWithoutKey)}.`);
  }
  if (nFromAside > 0) {
    notes.push(
      `${counted(nFromAside, 'customer was', 'customers were')} set aside in the earlier file, and so ${nFromAside === 1 ? 'has' : 'have'} no segment to come from.`,
    );
  }
  return notes;
}

/** One cell in words: "High to Low", "new in Low", "gone from High". */
export function cellInWords(segments: readonly string[], from: End, to: End): string {
  if (from === 'none') return to === 'none' ? 'nobody' : `new in ${segments[to]}`;
  if (to === 'none') return `gone from ${segments[from]}`;
  return from === to ? `still in ${segments[from]}` : `from ${segments[from]} to ${segments[to]}`;
}
