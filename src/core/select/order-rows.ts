import type { Context } from '../context';
import { cellText, isMissing, type Column } from '../table/table';
import { segmentsByRow, type SelectFrom } from './selection';

/** In which order rows are listed. */
export interface RowOrder {
  /** What it goes by: the line of the file, the segment, or the values of a column. */
  readonly by: 'line' | 'segment' | { readonly column: string };
  readonly isFalling: boolean;
}

export const inFileOrder: RowOrder = { by: 'line', isFalling: false };

/**
 * The selected rows, in this order. Equal ones stay in the order of the file, whichever way; so do all where there is no
 * such column. Rows without a value, or without a segment, come last, whichever way.
 *
 * @param isSelected per row of the table
 * @returns indices of rows of the table
 */
export async function orderRows(
  from: SelectFrom,
  isSelected: Uint8Array,
  { by, isFalling }: RowOrder,
  { breathe }: Pick<Context, 'breathe'>,
): Promise<Int32Array> {
  const rows = selectedRows(isSelected);
  if (by === 'line') return isFalling ? rows.reverse() : rows;
  const scale = by === 'segment' ? segmentScale(from) : columnScale(from, by.column);
  if (scale === undefined) return rows;
  const present = rows.filter(scale.has);
  const absent = rows.filter((row) => !scale.has(row));
  const sign = isFalling ? -1 : 1;
  const ordered = await mergeSort(present, (a, b) => sign * scale.compare(a, b) || a - b, breathe);
  rows.set(ordered);
  rows.set(absent, ordered.length);
  return rows;
}

/** What rows are compared by. */
interface Scale {
  readonly has: (row: number) => boolean;
  readonly compare: (a: number, b: number) => number;
}

function segmentScale(from: SelectFrom): Scale | undefined {
  const segments = segmentsByRow(from);
  if (segments === undefined) return undefined;
  return {
    has: (row) => segments[row] >= 0,
    compare: (a, b) => segments[a] - segments[b],
  };
}

function columnScale({ derive: { table } }: SelectFrom, name: string): Scale | undefined {
  const column = table.columns.find((other) => other.name === name);
  return column && { has: (row) => !isMissing(column, row), compare: comparison(column) };
}

/** Texts by their characters' codes: the same on every machine. */
function comparison(column: Column): Scale['compare'] {
  if (column.kind === 'number' || column.kind === 'date') {
    const { values } = column;
    // Not the difference: that of two infinite values is none.
    return (a, b) => (values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : 0);
  }
  if (column.kind === 'category') {
    const rankOf = ranks(column.levels);
    return (a, b) => rankOf[column.codes[a]] - rankOf[column.codes[b]];
  }
  return (a, b) => compareTexts(cellText(column, a), cellText(column, b));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Place of each text among all in order. */
function ranks(texts: readonly string[]): Int32Array {
  const order = Array.from(texts.keys()).sort((a, b) => compareTexts(texts[a], texts[b]));
  const rankOf = new Int32Array(texts.length);
  order.forEach((index, rank) => (rankOf[index] = rank));
  return rankOf;
}

function selectedRows(isSelected: Uint8Array): Int32Array {
  let n = 0;
  for (let i = 0; i < isSelected.length; i++) n += isSelected[i];
  const rows = new Int32Array(n);
  for (let i = 0, at = 0; at < n; i++) if (isSelected[i] === 1) rows[at++] = i;
  return rows;
}

/** Rows that are sorted in one go: a few milliseconds. */
const runLength = 8192;

/** Bottom-up, so that it can be given up between two pieces of work. */
async function mergeSort(
  rows: Int32Array,
  compare: (a: number, b: number) => number,
  breathe: () => Promise<void>,
): Promise<Int32Array> {
  for (let start = 0; start < rows.length; start += runLength) {
    rows.subarray(start, start + runLength).sort(compare);
    await breathe();
  }
  let sorted = rows;
  let spare: Int32Array = new Int32Array(rows.length);
  for (let length = runLength; length < rows.length; length *= 2) {
    for (let start = 0; start < rows.length; start += 2 * length) {
      const middle = Math.min(start + length, rows.length);
      merge(sorted, start, middle, Math.min(middle + length, rows.length), spare, compare);
      await breathe();
    }
    [sorted, spare] = [spare, sorted];
  }
  return sorted;
}

/** Of equal ones those of the first half come first. */
function merge(
  from: Int32Array,
  start: number,
  middle: number,
  end: number,
  to: Int32Array,
  compare: (a: number, b: number) => number,
): void {
  let [left, right] = [start, middle];
  for (let at = start; at < end; at++) {
    const takeLeft = right >= end || (left < middle && compare(from[left], from[right]) <= 0);
    to[at] = takeLeft ? from[left++] : from[right++];
  }
}
