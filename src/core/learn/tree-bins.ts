/**
 * Puts the values of a column into at most so many bins, ascending with the values: one for each distinct value where
 * they are few enough, otherwise bins with about the same number of rows. Equal values always share a bin.
 *
 * Sorting for that would cost more than growing the tree. So the leading bits of a value say in which of some thousand
 * cells it lies, and neighbouring cells are joined to bins. A column that crowds in few cells is sorted after all.
 *
 * Valid input is assumed: finite numbers. Every function has one loop over the rows: engines compile a function with
 * several in the midst of the first, and may take long to come to the others.
 */
const cellBits = 12;
/** Cell 0 holds the minimum, and nothing else. */
const nCells = 1 + (1 << cellBits);
/** A cell with a larger share of the rows must not hold different values. */
const largestShare = 1 / 64;

/** Working memory for columns of one length. */
export interface BinSpace {
  /** At most 256. */
  readonly maxBins: number;
  /** By place in the list of rows: how far the value is above the minimum. */
  readonly above: Float64Array;
  /** The same memory: upper halves at odd places, as on every processor that browsers run on. */
  readonly halves: Int32Array;
  readonly cells: Uint16Array;
  /** By cell: how many rows, what may be the value of most of them, votes for it, and the bin. */
  readonly counts: Int32Array;
  readonly candidates: Float64Array;
  readonly votes: Int32Array;
  readonly binOf: Uint8Array;
}

export function createBinSpace(nRows: number, maxBins: number): BinSpace {
  const above = new Float64Array(nRows);
  return {
    maxBins,
    above,
    halves: new Int32Array(above.buffer),
    cells: new Uint16Array(nRows),
    counts: new Int32Array(nCells),
    candidates: new Float64Array(nCells),
    votes: new Int32Array(nCells),
    binOf: new Uint8Array(nCells),
  };
}

/**
 * Writes the bin of every listed row, from 0, to codes[row · stride + offset].
 * @returns the number of bins
 */
export function writeBins(
  values: Float64Array,
  rows: Int32Array,
  space: BinSpace,
  codes: Uint8Array,
  stride: number,
  offset: number,
): number {
  const { maxBins } = space;
  const min = gather(values, rows, space.above);
  const { belowLeast, most, tiny } = subtract(space, min);
  toCells(space, belowLeast + 1, most);
  const isExact = countFilled(space) <= maxBins;
  if (tiny !== 0 || isCrowded(values, rows, space, isExact ? 0 : rows.length * largestShare)) {
    return writeSortedBins(values, rows, space, codes, stride, offset);
  }
  const nBins = joinCells(space, isExact ? 1 : rows.length / maxBins);
  writeCodes(space, rows, codes, stride, offset);
  return nBins;
}

/** Returns the minimum. */
function gather(values: Float64Array, rows: Int32Array, gathered: Float64Array): number {
  let min = Infinity;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    gathered[i] = value;
    if (value < min) min = value;
  }
  return min;
}

/**
 * Subtracts the minimum. The differences are not negative, so their bits rise as they do. Subtracting may make unequal
 * values equal, but never exchanges two. Returns the largest upper half, one less than the smallest above 0, and whether
 * there are numbers above 0 whose upper half is 0 (not 0 then).
 */
function subtract({ above, halves }: BinSpace, min: number) {
  let belowLeast = 0x7fffffff;
  let most = 0;
  let tiny = 0;
  for (let i = 0; i < above.length; i++) {
    above[i] -= min;
    const half = halves[2 * i + 1];
    // No branch depends on the order of the rows. Less 1, a 0 becomes the largest number below, or all bits.
    belowLeast = Math.min(belowLeast, (half - 1) & 0x7fffffff);
    most = Math.max(most, half);
    tiny |= halves[2 * i] & ((half - 1) >> 31);
  }
  return { belowLeast, most, tiny };
}

/** The bits between `least` and `most` say which cell. */
function toCells({ halves, cells, counts }: BinSpace, least: number, most: number): void {
  const nBits = 32 - Math.clz32(Math.max(0, most - least));
  const shift = Math.max(0, nBits - cellBits);
  counts.fill(0);
  for (let i = 0; i < cells.length; i++) {
    const cell = 1 + ((halves[2 * i + 1] - least) >> shift);
    const fromZero = cell & ~(cell >> 31);
    cells[i] = fromZero;
    counts[fromZero]++;
  }
}

function countFilled({ counts }: BinSpace): number {
  let n = 0;
  for (let cell = 0; cell < nCells; cell++) if (counts[cell] > 0) n++;
  return n;
}

/**
 * Whether there is a cell but for the minimum's in which more rows than allowed may have another value than most rows of the cell.
 * That value is found by majority vote: rows with the candidate's value vote for it, others against it, and a candidate
 * without votes is replaced. The rows of a cell less the votes that are left are at least those with another value,
 * and none of them where all are equal.
 */
function isCrowded(
  values: Float64Array,
  rows: Int32Array,
  space: BinSpace,
  allowed: number,
): boolean {
  const { counts, votes } = space;
  votes.fill(0);
  if (!anyAbove(counts, votes, Math.max(allowed, 1))) return false;
  vote(values, rows, space, allowed);
  return anyAbove(counts, votes, allowed);
}

function anyAbove(counts: Int32Array, votes: Int32Array, allowed: number): boolean {
  for (let cell = 1; cell < nCells; cell++) if (counts[cell] - votes[cell] > allowed) return true;
  return false;
}

function vote(
  values: Float64Array,
  rows: Int32Array,
  { cells, counts, candidates, votes }: BinSpace,
  allowed: number,
): void {
  for (let i = 0; i < rows.length; i++) {
    const cell = cells[i];
    if (cell === 0 || counts[cell] <= allowed) continue;
    const value = values[rows[i]];
    if (candidates[cell] === value) votes[cell]++;
    else if (votes[cell] > 0) votes[cell]--;
    else {
      candidates[cell] = value;
      votes[cell] = 1;
    }
  }
}

/** Gives each cell its bin: a new one where the rows below have filled the last. Returns the number of bins. */
function joinCells({ counts, binOf }: BinSpace, rowsPerBin: number): number {
  let nBins = 0;
  let nBelow = 0;
  let full = 0;
  for (let cell = 0; cell < nCells; cell++) {
    if (counts[cell] === 0) continue;
    if (nBelow >= full) {
      nBins++;
      full = (Math.floor(nBelow / rowsPerBin) + 1) * rowsPerBin;
    }
    binOf[cell] = nBins - 1;
    nBelow += counts[cell];
  }
  return nBins;
}

function writeCodes(
  { cells, binOf }: BinSpace,
  rows: Int32Array,
  codes: Uint8Array,
  stride: number,
  offset: number,
): void {
  for (let i = 0; i < rows.length; i++) codes[rows[i] * stride + offset] = binOf[cells[i]];
}

/** The same by sorting. */
function writeSortedBins(
  values: Float64Array,
  rows: Int32Array,
  { above: sorted, maxBins }: BinSpace,
  codes: Uint8Array,
  stride: number,
  offset: number,
): number {
  gather(values, rows, sorted);
  sorted.sort();
  const starts = binStarts(sorted, maxBins);
  for (let i = 0; i < rows.length; i++) {
    codes[rows[i] * stride + offset] = binAt(starts, values[rows[i]]);
  }
  return starts.length;
}

/** The smallest value of each bin. */
function binStarts(sorted: Float64Array, maxBins: number): Float64Array {
  let nDistinct = 0;
  sorted.forEach((value, i) => (nDistinct += i === 0 || value !== sorted[i - 1] ? 1 : 0));
  const rowsPerBin = nDistinct <= maxBins ? 1 : sorted.length / maxBins;
  const starts: number[] = [];
  let full = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i < full || (i > 0 && sorted[i] === sorted[i - 1])) continue;
    starts.push(sorted[i]);
    full = (Math.floor(i / rowsPerBin) + 1) * rowsPerBin;
  }
  return Float64Array.from(starts);
}

/** The last bin that starts at the value or below. */
function binAt(starts: Float64Array, value: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (starts[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}
