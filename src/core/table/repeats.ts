import type { Column } from './table';

/** Rows that are compared with each other at a time: their table of hashes stays in the cache. */
const rowsPerPart = 2 ** 16;

/** Of columns that have been looked through already: columns do not change. */
const known = new WeakMap<Column, Int32Array>();

/** `repeatedRows` of one column. Asked twice of the same column it answers at once. */
export function repeatsOf(column: Column, nRows: number): Int32Array {
  let repeats = known.get(column);
  if (repeats === undefined) known.set(column, (repeats = repeatedRows([column], nRows)));
  return repeats;
}

/**
 * Rows that are equal to an earlier row in all of these columns, ascending; looks at the first `nRows` rows. Missing equals missing, and −0 equals 0.
 *
 * Rows are hashed column by column, put into parts by their hash, and looked up in a table of the part (open
 * addressing); equal hashes are compared cell by cell. Linear in the rows.
 */
export function repeatedRows(columns: readonly Column[], nRows: number): Int32Array {
  const hashes = hashRows(columns, nRows);
  const nParts = 2 ** Math.max(0, Math.ceil(Math.log2(nRows / rowsPerPart)));
  const { rows, ends } = partition(hashes, nParts);
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * largestPart(ends) + 1)));
  let nRepeats = 0;
  for (let part = 0, first = 0; part < nParts; first = ends[part++]) {
    slots.fill(0);
    for (let at = first; at < ends[part]; at++) {
      // What has been read of `rows` is free for what is found.
      if (isTaken(slots, hashes, columns, rows[at])) rows[nRepeats++] = rows[at];
    }
  }
  return rows.slice(0, nRepeats).sort();
}

/** Whether an equal row stands in the table; otherwise the row is put there. */
function isTaken(
  slots: Int32Array,
  hashes: Int32Array,
  columns: readonly Column[],
  row: number,
): boolean {
  const mask = slots.length - 1;
  const hash = hashes[row];
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const other = slots[slot] - 1;
    if (other === -1) {
      slots[slot] = row + 1;
      return false;
    }
    if (hashes[other] === hash && rowsEqual(columns, row, other)) return true;
  }
}

function rowsEqual(columns: readonly Column[], a: number, b: number): boolean {
  return columns.every((column) => {
    switch (column.kind) {
      case 'number':
      case 'date': {
        const [x, y] = [column.values[a], column.values[b]];
        return x === y || (Number.isNaN(x) && Number.isNaN(y));
      }
      case 'category':
        return column.codes[a] === column.codes[b];
      case 'text':
        return column.values.at(a) === column.values.at(b);
    }
  });
}

/** Rows by the upper bits of their hash, ascending inside each part. */
function partition(hashes: Int32Array, nParts: number): { rows: Int32Array; ends: Int32Array } {
  const ends = new Int32Array(nParts);
  // A shift by 32 would be one by 0.
  const shift = Math.min(31, 32 - Math.log2(nParts));
  const partOf = nParts - 1;
  for (let i = 0; i < hashes.length; i++) ends[(hashes[i] >>> shift) & partOf]++;
  const next = new Int32Array(nParts);
  for (let part = 1; part < nParts; part++) {
    ends[part] += ends[part - 1];
    next[part] = ends[part - 1];
  }
  const rows = new Int32Array(hashes.length);
  for (let i = 0; i < hashes.length; i++) rows[next[(hashes[i] >>> shift) & partOf]++] = i;
  return { rows, ends };
}

function largestPart(ends: Int32Array): number {
  return ends.reduce((most, end, part) => Math.max(most, part > 0 ? end - ends[part - 1] : end), 0);
}

/** Equal rows have equal hashes. */
function hashRows(columns: readonly Column[], nRows: number): Int32Array {
  const hashes = new Int32Array(nRows);
  for (const column of columns) {
    switch (column.kind) {
      case 'number':
      case 'date':
        hashNumbers(column.values, hashes);
        break;
      case 'category':
        for (let i = 0; i < nRows; i++) hashes[i] = mix(hashes[i], column.codes[i]);
        break;
      case 'text':
        for (let i = 0; i < nRows; i++)
          hashes[i] = hashText(hashes[i], column.values.at(i) ?? null);
        break;
    }
  }
  for (let i = 0; i < nRows; i++) hashes[i] = spread(hashes[i]);
  return hashes;
}

function hashNumbers(values: Float64Array, hashes: Int32Array): void {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  for (let i = 0; i < hashes.length; i++) {
    const value = values[i];
    // One zero and one missing, whatever their bits.
    if (value === 0 || Number.isNaN(value)) hashes[i] = mix(hashes[i], value === 0 ? 1 : 2);
    else hashes[i] = mix(mix(hashes[i], words[2 * i]), words[2 * i + 1]);
  }
}

function hashText(hash: number, text: string | null): number {
  if (text === null) return mix(hash, -1);
  for (let c = 0; c < text.length; c++) hash = mix(hash, text.charCodeAt(c));
  return mix(hash, text.length);
}

/** One step of FNV-1a on a word, with its upper bits brought down. */
function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x01000193);
  return product ^ (product >>> 15);
}

/** Lets every bit depend on all of them: the last step of MurmurHash3 (A. Appleby, public domain). */
function spread(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
