// @ts-nocheck AssemblyScript: its own compiler checks it.

/** A key has two digits of so many bits, where there are many values and where there are few. */
const longDigit: i32 = 11;
const shortDigit: i32 = 8;
const manyValues: i32 = 2_048;
/** Keys tell apart distances down to a 2^16th of the largest. */
const octaveBits: i32 = 4;
/** Bits of the fraction in the upper half of a float64. */
const fractionBits: i32 = 20;
/** So few values with equal keys are sorted by insertion. */
const fewValues: i32 = 48;
/** Ranks and bins at most. */
const mostRanks: i32 = 65_536;
const mostBins: i32 = 256;

let values: usize = 0;
let order: usize = 0;
let spare: usize = 0;
let sorted: usize = 0;
let counts: usize = 0;

/**
 * Sorts some values of a column.
 *
 * @param column float64; rows int32, n of them: which values
 * @param given room for n float64: the values, in this order
 * @param places, room each for n times 8 bytes; counters for 2 · 2048 int32
 * @param ascending room for n float64: the sorted values
 * @returns false where this cannot be done, and nothing is of use: a value is not finite, or the least distances between
 *   the values are too small
 */
export function sortColumn(
  column: usize,
  rows: usize,
  n: i32,
  given: usize,
  places: usize,
  room: usize,
  counters: usize,
  ascending: usize,
): bool {
  values = given;
  order = places;
  spare = room;
  counts = counters;
  sorted = ascending;
  return gather(column, rows, n) && sortPart(values, 0, n);
}

/**
 * There is no −0, so that equal values have the same bits. Finds the least and the largest.
 * Returns whether all are finite.
 */
export function gather(column: usize, rows: usize, n: i32): bool {
  let nFinite = 0;
  least = Infinity;
  most = -Infinity;
  for (let i: usize = 0; i < <usize>n; i++) {
    const row = <usize>load<u32>(rows + (i << 2));
    const value = load<f64>(column + (row << 3)) + 0;
    store<f64>(values + (i << 3), value);
    store<u64>(order + (i << 3), <u64>i);
    nFinite += i32(value - value == 0);
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return nFinite == n;
}

/**
 * Sorts the values whose numbers stand at the places from `start`, into these places: by keys made of the leading bits
 * of how far each is above the least of them, then in the same way those with equal keys.
 *
 * @param source float64: the values by place
 */
function sortPart(source: usize, start: i32, n: i32): bool {
  const own = (<usize>start) << 3;
  const end = own + ((<usize>n) << 3);
  const bits = n > manyValues ? longDigit : shortDigit;
  const upper = counts + ((<usize>1) << (bits + 2));
  memory.fill(counts, 0, (<usize>1) << (bits + 3));
  if (most - least == Infinity) return false;
  makeKeys(source, own, end, bits);
  startDigits(counts, upper);
  startDigits(upper, upper + (upper - counts));
  scatter(order + own, order + end, 32, bits, spare + own, counts);
  scatter(spare + own, spare + end, 32 + bits, bits, order + own, upper);
  return fetch(own, end) || sortRuns(start, start + n, n);
}

let least: f64 = 0;
let most: f64 = 0;

/** Writes the values in the order of their numbers, and finds the least and the largest. */
export function measure(own: usize, end: usize): void {
  least = Infinity;
  most = -Infinity;
  for (let at = own; at < end; at += 8) {
    const number = <usize>load<u32>(order + at);
    const value = load<f64>(values + (number << 3));
    store<f64>(sorted + at, value);
    if (value < least) least = value;
    if (value > most) most = value;
  }
}

/** Writes the values in the order of their numbers. Returns whether they ascend. */
export function fetch(own: usize, end: usize): bool {
  let last = -Infinity;
  let ascends = 1;
  for (let at = own; at < end; at += 8) {
    const number = <usize>load<u32>(order + at);
    const value = load<f64>(values + (number << 3));
    store<f64>(sorted + at, value);
    ascends &= i32(value >= last);
    last = value;
  }
  return ascends != 0;
}

/**
 * Distances are not negative, so their bits rise as they do. The largest has the largest key, what is far below it key 0.
 */
export function makeKeys(source: usize, own: usize, end: usize, bits: i32): void {
  const shift = fractionBits + octaveBits - 2 * bits;
  const mostKey = (1 << (2 * bits)) - 1;
  const first = upperHalf(most - least) - (mostKey << shift);
  const digit = (1 << bits) - 1;
  const upper = counts + ((<usize>1) << (bits + 2));
  const from = least;
  for (let at = own; at < end; at += 8) {
    const steps = (upperHalf(load<f64>(source + at) - from) - first) >> shift;
    const key = steps & ~(steps >> 31);
    store<u32>(order + at, key, 4);
    const low = counts + ((<usize>(key & digit)) << 2);
    const high = upper + ((<usize>(key >> bits)) << 2);
    store<i32>(low, load<i32>(low) + 1);
    store<i32>(high, load<i32>(high) + 1);
  }
}

function upperHalf(value: f64): i32 {
  return <i32>(reinterpret<u64>(value) >> 32);
}

/** Turns how often each digit occurs into where it begins. */
export function startDigits(starts: usize, end: usize): void {
  let sum = 0;
  for (; starts < end; starts += 4) {
    const count = load<i32>(starts);
    store<i32>(starts, sum);
    sum += count;
  }
}

export function scatter(
  from: usize,
  end: usize,
  bit: i32,
  bits: i32,
  to: usize,
  starts: usize,
): void {
  const digit = (1 << bits) - 1;
  for (; from < end; from += 8) {
    const entry = load<u64>(from);
    const start = starts + ((<usize>((<i32>(entry >> bit)) & digit)) << 2);
    const at = load<u32>(start);
    store<u32>(start, at + 1);
    store<u64>(to + ((<usize>at) << 3), entry);
  }
}

/** Sorts what has equal keys, where it is not sorted yet. */
export function sortRuns(start: i32, end: i32, n: i32): bool {
  let last = -Infinity;
  for (let i = start; i < end; i++) {
    const value = load<f64>(sorted + ((<usize>i) << 3));
    if (value >= last) {
      last = value;
      continue;
    }
    const from = runStart(i, start);
    const to = runEnd(i, end);
    if (to - from <= fewValues) insert(from, to);
    else if (to - from == n || !sortAgain(from, to - from)) return false;
    i = to - 1;
    last = load<f64>(sorted + ((<usize>i) << 3));
  }
  return true;
}

function sortAgain(start: i32, n: i32): bool {
  const own = (<usize>start) << 3;
  measure(own, own + ((<usize>n) << 3));
  return sortPart(sorted, start, n);
}

function keyAt(place: i32): u32 {
  return load<u32>(order + ((<usize>place) << 3), 4);
}

function runStart(place: i32, start: i32): i32 {
  const key = keyAt(place);
  while (place > start && keyAt(place - 1) == key) place--;
  return place;
}

function runEnd(place: i32, end: i32): i32 {
  const key = keyAt(place);
  while (place < end && keyAt(place) == key) place++;
  return place;
}

function insert(start: i32, end: i32): void {
  const first = (<usize>start) << 3;
  for (let i = first + 8; i < (<usize>end) << 3; i += 8) {
    const value = load<f64>(sorted + i);
    const entry = load<u64>(order + i);
    let at = i;
    while (at > first && load<f64>(sorted + at - 8) > value) {
      store<f64>(sorted + at, load<f64>(sorted + at - 8));
      store<u64>(order + at, load<u64>(order + at - 8));
      at -= 8;
    }
    store<f64>(sorted + at, value);
    store<u64>(order + at, entry);
  }
}

/**
 * Numbers the values of the column that was sorted, as `RankedColumns` in `src/core/learn/tree-training.ts` describes.
 *
 * @param ranks uint16, n; in the order of the values
 * @param bins uint8, n; in the same order
 * @param lastRank uint16 per bin
 * @param lowest, highest float64 per rank; only written where ranks have several values
 * @param found written: three int32, the number of different values, of ranks and of bins
 */
export function rankColumn(
  n: i32,
  ranks: usize,
  bins: usize,
  lastRank: usize,
  lowest: usize,
  highest: usize,
  found: usize,
): void {
  const nDistinct = countDistinct(sorted, n);
  const isShared = nDistinct > mostRanks;
  const perRank = <f64>n / <f64>mostRanks;
  const perBin = nDistinct <= mostBins ? 1.0 : <f64>n / <f64>mostBins;
  let rank = -1;
  let bin = -1;
  let nextRank = 0;
  let nextBin = 0;
  let last = NaN;
  for (let i = 0; i < n; i++) {
    const at = (<usize>i) << 3;
    const value = load<f64>(sorted + at);
    const begins = i32(value != last) & i32(i >= nextRank);
    last = value;
    rank += begins;
    // Seldom: most ranks do not begin a bin.
    if (begins & i32(i >= nextBin)) {
      nextBin = nextPart(i, perBin);
      bin++;
    }
    if (isShared) {
      if (begins) {
        nextRank = nextPart(i, perRank);
        store<f64>(lowest + ((<usize>rank) << 3), value);
      }
      store<f64>(highest + ((<usize>rank) << 3), value);
    }
    const number = <usize>load<u32>(order + at);
    store<u16>(ranks + (number << 1), <u16>rank);
    store<u8>(bins + number, <u8>bin);
    store<u16>(lastRank + ((<usize>bin) << 1), <u16>rank);
  }
  store<i32>(found, nDistinct);
  store<i32>(found, rank + 1, 4);
  store<i32>(found, bin + 1, 8);
}

/** The first value of the next part, of parts that have so many values each. */
export function nextPart(i: i32, values: f64): i32 {
  return <i32>ceil((floor(<f64>i / values) + 1) * values);
}

export function countDistinct(ascending: usize, n: i32): i32 {
  let nDistinct = 1;
  const end = ascending + ((<usize>n) << 3);
  for (let at = ascending + 8; at < end; at += 8) {
    nDistinct += i32(load<f64>(at) != load<f64>(at - 8));
  }
  return nDistinct;
}
