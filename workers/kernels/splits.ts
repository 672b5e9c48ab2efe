// @ts-nocheck AssemblyScript: its own compiler checks it.

/** A list of at most so many is sorted by insertion. */
const fewRows: i32 = 24;
/** Scores that differ by less, relatively, differ by rounding: the same as in `engines/plain-splitter.ts`. */
const tie: f64 = 1e-12;
/** A key has a rank above a place, and a rank has two digits. */
const rankBits: u32 = 16;
const digitBits: u32 = 8;
const nDigits: u32 = 1 << digitBits;
/** The counters of one digit. */
const digitBytes: usize = 4 << digitBits;
/** Classes are counted in vectors of four int32; one group of classes takes so many bytes, and its weights so many. */
const groupBytes: usize = 16;
const weightBytes: usize = 32;

/** The training rows, and room for what is counted: `engines/simd-splitter.ts` says what lies where. */
let nFeatures: usize = 0;
let nSamples: usize = 0;
let minLeaf: i32 = 0;
/** Bytes of the counters of all classes, and of those of all bins of a feature. */
let width: usize = 0;
let columnWidth: usize = 0;
/** Row by row, for small nodes; by column, for the division of all; bins row by row. */
let ranks: usize = 0;
let columns: usize = 0;
let bins: usize = 0;
let nBins: usize = 0;
let lastRanks: usize = 0;
let labels: usize = 0;
let times: usize = 0;
let rows: usize = 0;
let weights: usize = 0;
/** The features to try. */
let list: usize = 0;
/** Of the node in hand: rows of each class in all and on the left, and by place what each row is and counts for. */
let total: usize = 0;
let left: usize = 0;
let bases: usize = 0;
let own: usize = 0;
let keys: usize = 0;
let spare: usize = 0;
let digits: usize = 0;
let scratch: usize = 0;
/** Of the best cut: what goes left, then int32: the feature, and a row on either side. */
let best: usize = 0;

/** Whether every row weighs 1. */
let areEqual: bool = false;
let first: i32 = 0;
let n: i32 = 0;
let nRows: i32 = 0;
/** Of the rows of each class. */
let totalSquares: i64 = 0;
/** What a cut has to exceed. */
let bestScore: f64 = 0;
let bestFeature: i32 = 0;
let bestRank: i32 = 0;

/** @param addresses int32, in the order of the lines below */
export function useRows(addresses: usize): void {
  nFeatures = load<u32>(addresses, 0);
  nSamples = load<u32>(addresses, 4);
  minLeaf = load<i32>(addresses, 8);
  width = load<u32>(addresses, 12);
  columnWidth = width << 8;
  columns = load<u32>(addresses, 16);
  ranks = load<u32>(addresses, 20);
  bins = load<u32>(addresses, 24);
  nBins = load<u32>(addresses, 28);
  lastRanks = load<u32>(addresses, 32);
  labels = load<u32>(addresses, 36);
  times = load<u32>(addresses, 40);
  rows = load<u32>(addresses, 44);
  weights = load<u32>(addresses, 48);
  list = load<u32>(addresses, 52);
  total = load<u32>(addresses, 56);
  left = load<u32>(addresses, 60);
  bases = load<u32>(addresses, 64);
  own = load<u32>(addresses, 68);
  keys = load<u32>(addresses, 72);
  spare = load<u32>(addresses, 76);
  digits = load<u32>(addresses, 80);
  scratch = load<u32>(addresses, 84);
  best = load<u32>(addresses, 88);
  areEqual = true;
  for (let at = weights; at < weights + 2 * width; at += 8) {
    if (load<f64>(at) != 1) areEqual = false;
  }
}

/**
 * Lays the ranks and bins of some rows out row by row.
 *
 * @param binsOfColumn uint8: the bins of one feature, of the rows from `firstRow` on
 */
export function layOut(feature: i32, firstRow: i32, nRows: i32, binsOfColumn: usize): void {
  const column = columns + ((<usize>feature * nSamples + <usize>firstRow) << 1);
  const from = <usize>firstRow * nFeatures + <usize>feature;
  let rankAt = ranks + (from << 1);
  let binAt = bins + from;
  for (let i: usize = 0; i < <usize>nRows; i++) {
    store<u16>(rankAt, load<u16>(column + (i << 1)));
    store<u8>(binAt, load<u8>(binsOfColumn + i));
    rankAt += nFeatures << 1;
    binAt += nFeatures;
  }
}

/** Lists the rows that count. Returns how many. */
export function plant(): i32 {
  let nUsed: i32 = 0;
  // Each is written and kept by counting on: no branch that cannot be guessed.
  for (let i = 0; i < <i32>nSamples; i++) {
    store<i32>(rows + ((<usize>nUsed) << 2), i);
    nUsed += i32(load<i32>(times + ((<usize>i) << 2)) > 0);
  }
  return nUsed;
}

/** Takes a node in hand: the rows at the places from `start` to before `end`. Its classes are counted at `total` already. */
export function open(start: i32, end: i32): void {
  first = start;
  n = end - start;
  bestScore = -Infinity;
  bestFeature = -1;
  nRows = 0;
  totalSquares = 0;
  for (let at: usize = 0; at < width; at += 4) {
    const rowsOfClass = load<i32>(total + at);
    nRows += rowsOfClass;
    totalSquares += <i64>rowsOfClass * <i64>rowsOfClass;
  }
}

/** Counts rows by feature, bin and class, in the first `nListed` features of the list. */
export function countBins(start: i32, end: i32, nListed: i32, histogram: usize): void {
  const lastListed = list + ((<usize>nListed) << 2);
  for (let at = list; at < lastListed; at += 4) {
    const feature = <usize>load<u32>(at);
    const nOwn = <usize>load<u32>(nBins + (feature << 2));
    memory.fill(histogram + feature * columnWidth, 0, nOwn * width);
  }
  const last = rows + ((<usize>end) << 2);
  for (let at = rows + ((<usize>start) << 2); at < last; at += 4) {
    const row = <usize>load<u32>(at);
    const own = bins + row * nFeatures;
    const time = load<i32>(times + (row << 2));
    const counters = histogram + ((<usize>load<u16>(labels + (row << 1))) << 2);
    if (nListed == <i32>nFeatures) countAll(own, counters, time);
    else countListed(own, counters, time, lastListed);
  }
}

function countAll(own: usize, counters: usize, time: i32): void {
  for (const end = own + nFeatures; own < end; own++) {
    const counter = counters + <usize>load<u8>(own) * width;
    store<i32>(counter, load<i32>(counter) + time);
    counters += columnWidth;
  }
}

function countListed(own: usize, counters: usize, time: i32, end: usize): void {
  for (let at = list; at < end; at += 4) {
    const feature = <usize>load<u32>(at);
    const counter = counters + feature * columnWidth + <usize>load<u8>(own + feature) * width;
    store<i32>(counter, load<i32>(counter) + time);
  }
}

/** Takes one child's rows out of its parent's histogram of all features: what is left are the other's. */
export function subtractBins(histogram: usize, child: usize): void {
  const end = histogram + nFeatures * columnWidth;
  for (; histogram < end; histogram += 16, child += 16) {
    v128.store(histogram, i32x4.sub(v128.load(histogram), v128.load(child)));
  }
}

/** Tries the cuts between bins. Returns whether the node has rows in more than one of any listed feature. */
export function tryBins(nListed: i32, histogram: usize): bool {
  let varies = false;
  for (let k = 0; k < nListed; k++) {
    const feature = load<u32>(list + ((<usize>k) << 2));
    if (scanBins(feature, histogram + <usize>feature * columnWidth)) varies = true;
  }
  return varies;
}

export function scanBins(feature: i32, histogram: usize): bool {
  clear(left, width);
  const nOwn = <usize>load<u32>(nBins + ((<usize>feature) << 2));
  let varies = false;
  for (let bin: usize = 0; bin < nOwn; bin++, histogram += width) {
    if (!addLeft(histogram)) continue;
    const nLeft = weigh();
    if (nLeft == nRows) break;
    varies = true;
    if (nLeft < minLeaf || nRows - nLeft < minLeaf || score <= bestScore) continue;
    const slot = (((<usize>feature) << 8) + bin) << 1;
    keep(feature, <i32>load<u16>(lastRanks + slot));
  }
  return varies;
}

/** Adds what a bin has of each class to what goes left. Returns whether it has anything. */
function addLeft(at: usize): bool {
  let any = i32x4.splat(0);
  for (let group: usize = 0; group < width; group += groupBytes) {
    const own = v128.load(at + group);
    any = v128.or(any, own);
    v128.store(left + group, i32x4.add(v128.load(left + group), own));
  }
  return v128.any_true(any);
}

/** Of the cut in hand, see `weigh`. */
let score: f64 = 0;

/**
 * With l_c and r_c what the rows of class c weigh on either side, the weighted Gini impurity of the two sides is smallest
 * where Σ l_c² / Σ l_c + Σ r_c² / Σ r_c is largest. Each sum is that of the even classes plus that of the odd ones, both
 * ascending, as in `engines/plain-splitter.ts`.
 *
 * @returns the rows on the left; the score is in `score`
 */
function weigh(): i32 {
  let rowsLeft = i32x4.splat(0);
  let leftSquares = f64x2.splat(0);
  let rightSquares = leftSquares;
  let leftWeight = leftSquares;
  let rightWeight = leftSquares;
  let weight = weights;
  for (let group: usize = 0; group < width; group += groupBytes, weight += weightBytes) {
    const l = v128.load(left + group);
    const r = i32x4.sub(v128.load(total + group), l);
    rowsLeft = i32x4.add(rowsLeft, l);
    const w0 = v128.load(weight);
    const w1 = v128.load(weight, 16);
    const l0 = f64x2.mul(f64x2.convert_low_i32x4_s(l), w0);
    const r0 = f64x2.mul(f64x2.convert_low_i32x4_s(r), w0);
    const l1 = f64x2.mul(f64x2.convert_low_i32x4_s(v128.shuffle<i64>(l, l, 1, 1)), w1);
    const r1 = f64x2.mul(f64x2.convert_low_i32x4_s(v128.shuffle<i64>(r, r, 1, 1)), w1);
    leftWeight = f64x2.add(f64x2.add(leftWeight, l0), l1);
    rightWeight = f64x2.add(f64x2.add(rightWeight, r0), r1);
    leftSquares = f64x2.add(f64x2.add(leftSquares, f64x2.mul(l0, l0)), f64x2.mul(l1, l1));
    rightSquares = f64x2.add(f64x2.add(rightSquares, f64x2.mul(r0, r0)), f64x2.mul(r1, r1));
  }
  const wl = f64x2.extract_lane(leftWeight, 0) + f64x2.extract_lane(leftWeight, 1);
  const wr = f64x2.extract_lane(rightWeight, 0) + f64x2.extract_lane(rightWeight, 1);
  const sl = f64x2.extract_lane(leftSquares, 0) + f64x2.extract_lane(leftSquares, 1);
  const sr = f64x2.extract_lane(rightSquares, 0) + f64x2.extract_lane(rightSquares, 1);
  score = (sl * wr + sr * wl) / (wl * wr);
  const pairs = i32x4.add(rowsLeft, v128.shuffle<i64>(rowsLeft, rowsLeft, 1, 1));
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
}

export function keep(feature: i32, rank: i32): void {
  bestScore = score * (1 + tie);
  bestFeature = feature;
  bestRank = rank;
  memory.copy(best, left, width);
}

/** Tries the cuts between ranks. Returns whether the node has more than one of any listed feature. At most 65,536 rows. */
export function tryRanks(nListed: i32): bool {
  fetchRows(rows + ((<usize>first) << 2));
  let varies = false;
  for (let k = 0; k < nListed; k++) {
    const feature = load<u32>(list + ((<usize>k) << 2));
    const column = ranks + ((<usize>feature) << 1);
    const differing = n <= fewRows ? gather(column) : gatherAndCount(column);
    if (differing == 0) continue;
    varies = true;
    if (n <= fewRows) sortFew();
    else {
      if ((differing & (nDigits - 1)) != 0) sortDigit(digits, rankBits);
      if (differing >= nDigits) sortDigit(digits + digitBytes, rankBits + digitBits);
    }
    scanRanks(feature);
  }
  return varies;
}

/** By place: where the row's ranks begin, and the bytes of its class's counters below the times that it counts. */
export function fetchRows(from: usize): void {
  const rowBytes = (<u32>nFeatures) << 1;
  for (let at: usize = 0; at < (<usize>n) << 2; at += 4) {
    const row = load<u32>(from + at);
    const mark = (<u64>load<u16>(labels + ((<usize>row) << 1))) << 2;
    const time = <u64>load<u32>(times + ((<usize>row) << 2));
    store<u32>(bases + at, row * rowBytes);
    store<u64>(own + (at << 1), mark | (time << 32));
  }
}

/** Writes a key for each row: its rank above its place. Returns the bits in which ranks differ. */
export function gather(column: usize): u32 {
  const end = (<usize>n) << 2;
  const any = <u32>load<u16>(column + <usize>load<u32>(bases));
  let differing: u32 = 0;
  let place: u32 = 0;
  for (let at: usize = 0; at < end; at += 4, place++) {
    const rank = <u32>load<u16>(column + <usize>load<u32>(bases + at));
    differing |= rank ^ any;
    store<u32>(keys + at, (rank << rankBits) | place);
  }
  return differing;
}

/** The same, and counts both digits of the ranks. By itself: a few rows must not pay for clearing the counters. */
export function gatherAndCount(column: usize): u32 {
  clear(digits, 2 * digitBytes);
  const end = (<usize>n) << 2;
  const any = <u32>load<u16>(column + <usize>load<u32>(bases));
  let differing: u32 = 0;
  let place: u32 = 0;
  for (let at: usize = 0; at < end; at += 4, place++) {
    const rank = <u32>load<u16>(column + <usize>load<u32>(bases + at));
    differing |= rank ^ any;
    store<u32>(keys + at, (rank << rankBits) | place);
    const low = digits + ((<usize>(rank & (nDigits - 1))) << 2);
    store<i32>(low, load<i32>(low) + 1);
    const high = digits + digitBytes + ((<usize>(rank >> digitBits)) << 2);
    store<i32>(high, load<i32>(high) + 1);
  }
  return differing;
}

/** Of a few bytes, a multiple of 16: to fill memory takes longer to begin with. */
function clear(from: usize, bytes: usize): void {
  for (const end = from + bytes; from < end; from += 16) v128.store(from, i32x4.splat(0));
}

export function sortFew(): void {
  const end = keys + ((<usize>n) << 2);
  for (let i = keys + 4; i < end; i += 4) {
    const key = load<u32>(i);
    let at = i;
    while (at > keys) {
      const before = load<u32>(at - 4);
      if (before < key) break;
      store<u32>(at, before);
      at -= 4;
    }
    store<u32>(at, key);
  }
}

/** Sorts the keys by one digit, which was counted, and keeps the order of equal ones. */
export function sortDigit(counted: usize, bit: u32): void {
  let sum = 0;
  for (let at = counted; at < counted + digitBytes; at += 4) {
    const count = load<i32>(at);
    store<i32>(at, sum);
    sum += count;
  }
  scatterDigit(counted, bit);
  const sorted = spare;
  spare = keys;
  keys = sorted;
}

export function scatterDigit(starts: usize, bit: u32): void {
  const to = spare;
  const end = keys + ((<usize>n) << 2);
  for (let at = keys; at < end; at += 4) {
    const key = load<u32>(at);
    const start = starts + ((<usize>((key >> bit) & (nDigits - 1))) << 2);
    const place = load<u32>(start);
    store<u32>(start, place + 1);
    store<u32>(to + ((<usize>place) << 2), key);
  }
}

/**
 * The sums of `weigh` are whole numbers where every row weighs 1: kept up row by row, they are the same. Otherwise every
 * cut is weighed anew.
 */
export function scanRanks(feature: i32): void {
  clear(left, width);
  const end = keys + ((<usize>(n - 1)) << 2);
  let nLeft = 0;
  let leftSquares: i64 = 0;
  let rightSquares = totalSquares;
  let next = load<u32>(keys);
  for (let at = keys; at < end; at += 4) {
    const key = next;
    next = load<u32>(at, 4);
    const row = load<u64>(own + ((<usize>(key & 0xffff)) << 3));
    const mark = <usize>(row & 0xffffffff);
    const time = <i32>(row >> 32);
    const l = load<i32>(left + mark);
    const r = load<i32>(total + mark) - l;
    store<i32>(left + mark, l + time);
    nLeft += time;
    leftSquares += <i64>time * <i64>(2 * l + time);
    rightSquares -= <i64>time * <i64>(2 * r - time);
    if (key >> rankBits == next >> rankBits || nLeft < minLeaf) continue;
    const nRight = nRows - nLeft;
    if (nRight < minLeaf) break;
    const wl = <f64>nLeft;
    const wr = <f64>nRight;
    score = (<f64>leftSquares * wr + <f64>rightSquares * wl) / (wl * wr);
    if (!areEqual) weigh();
    if (score > bestScore) keep(feature, key >> rankBits);
  }
}

export function hasCut(): bool {
  return bestFeature >= 0;
}

/**
 * Moves the rows that go left by the best cut to the front of the node's, in their order.
 * After the counts at `best` stand the feature and a row on either side, the first of the rank that is next to the cut.
 *
 * @returns how many rows go left; 0 where there is no cut
 */
export function split(): i32 {
  if (bestFeature < 0) return 0;
  const from = rows + ((<usize>first) << 2);
  const nLeft = partition(from, columns + ((<usize>bestFeature * nSamples) << 1));
  memory.copy(from + ((<usize>nLeft) << 2), scratch, (<usize>(n - nLeft)) << 2);
  return nLeft;
}

export function partition(from: usize, column: usize): i32 {
  const cut = bestRank;
  let left = from;
  let right = scratch;
  for (let at = from, end = from + ((<usize>n) << 2); at < end; at += 4) {
    const row = load<u32>(at);
    const isLeft = usize(<i32>load<u16>(column + ((<usize>row) << 1)) <= cut);
    // No branch: which way a row goes cannot be guessed.
    store<u32>(left, row);
    store<u32>(right, row);
    left += isLeft << 2;
    right += 4 - (isLeft << 2);
  }
  const found = best + width;
  store<i32>(found, bestFeature);
  store<i32>(found, highestOf(from, left, column), 4);
  store<i32>(found, lowestOf(scratch, right, column), 8);
  return <i32>((left - from) >> 2);
}

/** The first row of the highest rank. */
function highestOf(from: usize, end: usize, column: usize): i32 {
  let highest = -1;
  let found = -1;
  for (; from < end; from += 4) {
    const row = load<i32>(from);
    const rank = <i32>load<u16>(column + ((<usize>row) << 1));
    if (rank <= highest) continue;
    highest = rank;
    found = row;
  }
  return found;
}

function lowestOf(from: usize, end: usize, column: usize): i32 {
  let lowest = i32.MAX_VALUE;
  let found = -1;
  for (; from < end; from += 4) {
    const row = load<i32>(from);
    const rank = <i32>load<u16>(column + ((<usize>row) << 1));
    if (rank >= lowest) continue;
    lowest = rank;
    found = row;
  }
  return found;
}
