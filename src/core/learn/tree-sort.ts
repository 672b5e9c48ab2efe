import type { TrainingSet } from './tree-training';

/**
 * Some rows of a node in ascending order of one feature's values. An entry has the rank of the value in the upper 16 bits,
 * and in the lower 16 the row's place among the rows that were sorted.
 */
export type SortedList = Uint32Array;
export const rankBits = 16;
export const placeMask = 0xffff;
/** What one entry can tell apart. */
export const largestSubtree = 1 << rankBits;

/** So few rows are not worth looking at their bins. */
const fewRows = 32;
/** A row that is farther from its place is not moved there step by step. */
const longWay = 64;

/** Working memory for lists of up to so many rows. */
export interface SortSpace {
  /** In the order given: the values and their bins. */
  readonly values: Float64Array;
  readonly bins: Uint8Array;
  /** In ascending order: the values, and at which place each was given. */
  readonly sorted: Float64Array;
  readonly places: Uint16Array;
  readonly counts: Int32Array;
}

export function createSortSpace(longest: number): SortSpace {
  return {
    values: new Float64Array(longest),
    bins: new Uint8Array(longest),
    sorted: new Float64Array(longest),
    places: new Uint16Array(longest),
    counts: new Int32Array(257),
  };
}

/**
 * Writes the list of one feature: rows[start … start + n − 1] by value, equal values in their order.
 * Bins bring nearly every row near its place.
 * @returns false where there is one value only
 */
export function sortRows(
  list: SortedList,
  set: TrainingSet,
  rows: Int32Array,
  start: number,
  n: number,
  feature: number,
  space: SortSpace,
): boolean {
  if (!gather(set.features[feature], rows, start, n, space.values)) {
    for (let place = 0; place < n; place++) list[place] = place;
    return false;
  }
  if (n <= fewRows) asGiven(n, space);
  else if (set.codes.length > 0) byBin(set, rows, start, n, feature, space);
  else byValue(n, space);
  if (!insert(n, space)) byValue(n, space);
  pack(list, n, space);
  return true;
}

/** Fetches the values, in the order of the rows. Returns whether there are different ones. */
function gather(
  values: Float64Array,
  rows: Int32Array,
  start: number,
  n: number,
  gathered: Float64Array,
): boolean {
  const first = values[rows[start]];
  let varies = false;
  for (let place = 0; place < n; place++) {
    const value = values[rows[start + place]];
    if (value !== first) varies = true;
    gathered[place] = value;
  }
  return varies;
}

function asGiven(n: number, { values, sorted, places }: SortSpace): void {
  for (let place = 0; place < n; place++) {
    sorted[place] = values[place];
    places[place] = place;
  }
}

function byBin(
  { codes, rowStride, featureStride, firstBin }: TrainingSet,
  rows: Int32Array,
  start: number,
  n: number,
  feature: number,
  { values, bins, sorted, places, counts }: SortSpace,
): void {
  const column = feature * featureStride;
  const nBins = firstBin[feature + 1] - firstBin[feature];
  counts.fill(0, 0, nBins + 1);
  for (let place = 0; place < n; place++) {
    const bin = codes[rows[start + place] * rowStride + column];
    bins[place] = bin;
    counts[bin + 1]++;
  }
  for (let bin = 1; bin < nBins; bin++) counts[bin] += counts[bin - 1];
  for (let place = 0; place < n; place++) {
    const at = counts[bins[place]]++;
    sorted[at] = values[place];
    places[at] = place;
  }
}

/** Insertion sort. Stops with false where a row has a long way to go. */
function insert(n: number, { sorted, places }: SortSpace): boolean {
  for (let i = 1; i < n; i++) {
    const value = sorted[i];
    if (sorted[i - 1] <= value) continue;
    const place = places[i];
    let at = i;
    do {
      sorted[at] = sorted[at - 1];
      places[at] = places[at - 1];
      at--;
    } while (at > 0 && sorted[at - 1] > value);
    sorted[at] = value;
    places[at] = place;
    if (i - at > longWay) return false;
  }
  return true;
}

/**
 * The values are sorted natively, without a comparison function, and every row is put where its value begins:
 * about three times as fast as sorting the rows themselves.
 */
function byValue(n: number, { values, sorted, places }: SortSpace): void {
  const ascending = sorted.subarray(0, n);
  ascending.set(values.subarray(0, n));
  ascending.sort();
  const placed = new Uint16Array(n);
  for (let i = 0; i < n; i++) {
    const first = lowerBound(ascending, values[i]);
    places[first + placed[first]++] = i;
  }
}

/** The first index whose value is not below `value`. */
function lowerBound(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pack(list: SortedList, n: number, { sorted, places }: SortSpace): void {
  let rank = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && sorted[i] !== sorted[i - 1]) rank++;
    list[i] = (rank << rankBits) | places[i];
  }
}
