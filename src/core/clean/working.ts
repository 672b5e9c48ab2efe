import { describe, observed, type ColumnStatistics } from '../table/stats';
import type { CategoryColumn, NumberColumn } from '../table/table';

/** A column of numbers while it is cleaned. Units are the column's own. */
export interface WorkingNumbers {
  readonly kind: 'number';
  readonly name: string;
  /** Of the rows that are left. The table's own array until something is changed: never written to. */
  values: Float64Array;
  /** Of `values`. */
  statistics: ColumnStatistics;
  /** Of the values that stood in the file, copies of rows left out. */
  readonly raw: ColumnStatistics;
  /** What a missing value becomes, once a step has said so. */
  fillValue: number | undefined;
  nFilled: number;
  /** Values outside are moved to these bounds. */
  clip: Bounds | null;
  /** Of the last rule that looked for outliers. */
  usual: Bounds | null;
  nOutliers: number;
}

/** A column of categories while it is cleaned. A missing one stays so: it is a level of its own. */
export interface WorkingCodes {
  readonly kind: 'category';
  readonly name: string;
  readonly levels: readonly string[];
  /** Of the rows that are left; −1 is missing. Never written to. */
  codes: Int32Array;
}

export type WorkingColumn = WorkingNumbers | WorkingCodes;

export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** The rows that are left, and the columns that form segments. */
export interface Working {
  /** Index into the table of each row that is left, ascending. */
  rows: Int32Array;
  readonly columns: readonly WorkingColumn[];
  /** Per row of the table: index into `fates`. */
  readonly fate: Uint8Array;
}

/** @param rows that are left, ascending */
export function workingNumbers(column: NumberColumn, rows: Int32Array): WorkingNumbers {
  const values = takeValues(column.values, rows);
  const raw = describe(values);
  return {
    kind: 'number',
    name: column.name,
    values,
    statistics: raw,
    raw,
    fillValue: undefined,
    nFilled: 0,
    clip: null,
    usual: null,
    nOutliers: 0,
  };
}

export function workingCodes(column: CategoryColumn, rows: Int32Array): WorkingCodes {
  const { kind, name, levels } = column;
  return { kind, name, levels, codes: takeCodes(column.codes, rows) };
}

/** Replaces the values of a column: what is known of the old ones is forgotten. */
export function setValues(column: WorkingNumbers, values: Float64Array): void {
  column.values = values;
  column.statistics = describe(values);
}

/** The values that are not missing; the very same array, if none is. */
export function observedOf({ values, statistics }: WorkingNumbers): Float64Array {
  return statistics.count === values.length ? values : observed(values);
}

/**
 * Sets rows aside.
 *
 * @param leaves by position in `working.rows`: 1 leaves
 * @param fate index into `fates`
 * @returns how many left
 */
export function setAside(working: Working, leaves: Uint8Array, fate: number): number {
  const stay = new Int32Array(working.rows.length);
  let nStay = 0;
  for (let at = 0; at < leaves.length; at++) {
    if (leaves[at] === 0) stay[nStay++] = at;
    else working.fate[working.rows[at]] = fate;
  }
  const nLeave = leaves.length - nStay;
  if (nLeave === 0) return 0;
  const places = stay.subarray(0, nStay);
  working.rows = takeCodes(working.rows, places);
  for (const column of working.columns) {
    if (column.kind === 'number') setValues(column, takeValues(column.values, places));
    else column.codes = takeCodes(column.codes, places);
  }
  return nLeave;
}

function takeValues(values: Float64Array, places: Int32Array): Float64Array {
  if (places.length === values.length) return values;
  const taken = new Float64Array(places.length);
  for (let at = 0; at < places.length; at++) taken[at] = values[places[at]];
  return taken;
}

function takeCodes(codes: Int32Array, places: Int32Array): Int32Array {
  if (places.length === codes.length) return codes;
  const taken = new Int32Array(places.length);
  for (let at = 0; at < places.length; at++) taken[at] = codes[places[at]];
  return taken;
}
