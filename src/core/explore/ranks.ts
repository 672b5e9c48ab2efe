/**
 * The rows of the values that are not missing, in ascending order of the values; equal ones in the order of the rows.
 *
 * Sorts by the upper halves of the numbers, digit by digit (radix sort, 11 bits at a time), then puts the few rows in
 * order whose upper halves are equal. Linear where values differ in their first six digits or are equal.
 */
export function ascendingRows(values: Float64Array): Int32Array {
  const keys = new Uint32Array(values.length);
  const rows = new Int32Array(values.length);
  let n = 0;
  const one = new Float64Array(1);
  const halves = new Uint32Array(one.buffer);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    one[0] = values[i] + 0; // One zero.
    const upper = halves[upperHalf];
    // The order of numbers as bits: negative ones are turned round, and lie before the others.
    keys[n] = upper & 0x80000000 ? ~upper : upper | 0x80000000;
    rows[n++] = i;
  }
  const sorted = radixSort(keys.subarray(0, n), rows.subarray(0, n));
  orderTies(values, sorted.keys, sorted.rows);
  return sorted.rows;
}

/** Which half of a number comes second in memory, on this machine. */
const upperHalf = new Uint32Array(new Float64Array([1]).buffer)[1] === 0 ? 0 : 1;

interface SortedKeys {
  readonly keys: Uint32Array;
  readonly rows: Int32Array;
}

function radixSort(keys: Uint32Array, rows: Int32Array): SortedKeys {
  let from: SortedKeys = { keys, rows };
  let to: SortedKeys = { keys: new Uint32Array(keys.length), rows: new Int32Array(rows.length) };
  for (const shift of [0, 11, 22]) {
    const next = new Int32Array(2049);
    for (let i = 0; i < keys.length; i++) next[((from.keys[i] >>> shift) & 2047) + 1]++;
    if (next.includes(keys.length)) continue;
    for (let digit = 1; digit < 2048; digit++) next[digit] += next[digit - 1];
    for (let i = 0; i < keys.length; i++) {
      const key = from.keys[i];
      const at = next[(key >>> shift) & 2047]++;
      to.keys[at] = key;
      to.rows[at] = from.rows[i];
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Up to so many rows are put in order one by one. */
const few = 24;

function orderTies(values: Float64Array, keys: Uint32Array, rows: Int32Array): void {
  for (let start = 0, end = 1; start < rows.length; start = end, end++) {
    let isAscending = true;
    for (; end < rows.length && keys[end] === keys[start]; end++) {
      if (values[rows[end]] < values[rows[end - 1]]) isAscending = false;
    }
    if (isAscending) continue;
    if (end - start > few) {
      rows.subarray(start, end).sort((a, b) => values[a] - values[b] || a - b);
      continue;
    }
    for (let i = start + 1; i < end; i++) {
      const row = rows[i];
      let at = i;
      for (; at > start && values[rows[at - 1]] > values[row]; at--) rows[at] = rows[at - 1];
      rows[at] = row;
    }
  }
}

/** A column by the order of its values. */
export interface RankedColumn {
  /** By row: which of the different values, ascending, counted from 0; −1 where missing. */
  readonly codes: Int32Array;
  readonly nCodes: number;
  readonly nPresent: number;
  /** By code: the rank, counted from 1; equal values share the average of theirs. */
  readonly ranks: Float64Array;
}

export function rankColumn(values: Float64Array): RankedColumn {
  const rows = ascendingRows(values);
  const codes = new Int32Array(values.length).fill(-1);
  const counts = new Int32Array(rows.length);
  let code = -1;
  for (let i = 0; i < rows.length; i++) {
    if (i === 0 || values[rows[i]] !== values[rows[i - 1]]) code++;
    codes[rows[i]] = code;
    counts[code]++;
  }
  const ranks = averageRanks(counts.subarray(0, code + 1));
  return { codes, nCodes: code + 1, nPresent: rows.length, ranks };
}

/** @param counts rows by code. @returns by code: the average of the ranks that its rows take up, counted from 1 */
export function averageRanks(counts: Int32Array): Float64Array {
  const ranks = new Float64Array(counts.length);
  let before = 0;
  for (let code = 0; code < counts.length; code++) {
    ranks[code] = before + (counts[code] + 1) / 2;
    before += counts[code];
  }
  return ranks;
}
