// @ts-nocheck AssemblyScript: its own compiler checks it.

import { countDistinct, nextPart } from './ranks';

const mostBins: i32 = 256;
/** A table tells of each cell of the range in which bin it begins. Cells get finer towards the least value. */
const nCells: i32 = 4_096;
const cellBits: i32 = 12;
/** Cells tell apart distances down to a 2^16th of the largest. */
const octaveBits: i32 = 4;
/** Bits of the fraction in the upper half of a float64. */
const fractionBits: i32 = 20;
const shift: i32 = fractionBits + octaveBits - cellBits;
/** So many borders in one cell are looked at one after the other. */
const mostSteps: i32 = 6;

let least: f64 = 0;
let most: f64 = 0;
let firstCell: i32 = 0;

/**
 * Puts the values of a column into bins, each of about a 256th of a sample of them: as `plainBins` of
 * `engines/plain-ranks.ts`.
 *
 * @param column float64; rows int32, n of them: which values
 * @param ascending float64, nSample: the sample, sorted; its range is finite
 * @param bins written: uint8, n; in the order of the rows
 * @param borders room for 264 float64: by bin, from where on values lie in it
 * @param lowest, highest written: float64 per bin, with room for 264 each
 * @param table room for 4,096 bytes
 * @param found written: two int32, the number of bins and of finite values
 */
export function binColumn(
  column: usize,
  rows: usize,
  n: i32,
  ascending: usize,
  nSample: i32,
  bins: usize,
  borders: usize,
  lowest: usize,
  highest: usize,
  table: usize,
  found: usize,
): void {
  least = load<f64>(ascending);
  most = load<f64>(ascending + ((<usize>(nSample - 1)) << 3));
  firstCell = upperHalf(most - least) - ((nCells - 1) << shift);
  const nBins = takeBorders(ascending, nSample, borders);
  for (let bin: usize = 0; bin < <usize>mostBins; bin++) {
    store<f64>(lowest + (bin << 3), Infinity);
    store<f64>(highest + (bin << 3), -Infinity);
  }
  const nSteps = fillTable(borders, nBins, table);
  store<i32>(found, nBins);
  let nFinite = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    // There is no −0.
    const value = load<f64>(column + ((<usize>load<u32>(rows + (i << 2))) << 3)) + 0;
    nFinite += i32(value - value == 0);
    const bin = nSteps <= mostSteps ? step(value, borders, table, nSteps) : search(value, borders);
    store<u8>(bins + i, <u8>bin);
    const bottom = lowest + (bin << 3);
    const top = highest + (bin << 3);
    if (value < load<f64>(bottom)) store<f64>(bottom, value);
    if (value > load<f64>(top)) store<f64>(top, value);
  }
  store<i32>(found, nFinite, 4);
}

/** Returns how many bins there are. Behind their borders stands ∞. */
function takeBorders(ascending: usize, n: i32, borders: usize): i32 {
  const perBin = countDistinct(ascending, n) <= mostBins ? 1.0 : <f64>n / <f64>mostBins;
  let nBins = 0;
  let nextBin = 0;
  let last = -Infinity;
  let runStart = 0;
  for (let i = 0; i < n; i++) {
    const value = load<f64>(ascending + ((<usize>i) << 3));
    if (value == last) continue;
    if (i >= nextBin) {
      const isCrowd = <f64>(i - runStart) >= perBin;
      store<f64>(borders + ((<usize>nBins) << 3), isCrowd ? justAbove(last) : value);
      nextBin = nextPart(i, perBin);
      nBins++;
    }
    runStart = i;
    last = value;
  }
  store<f64>(borders, -Infinity);
  for (let bin = nBins; bin <= mostBins; bin++) {
    store<f64>(borders + ((<usize>bin) << 3), Infinity);
  }
  return nBins;
}

/** The next number. There is no −0. */
function justAbove(value: f64): f64 {
  const bits = reinterpret<i64>(value);
  return reinterpret<f64>(bits + (bits < 0 ? -1 : 1));
}

/** Writes by cell how many borders lie in cells before it. Returns how many lie in the same cell at most. */
function fillTable(borders: usize, nBins: i32, table: usize): i32 {
  let written = 0;
  let inCell = 0;
  let mostInCell = 0;
  for (let bin = 1; bin < nBins; bin++) {
    const cell = cellOf(load<f64>(borders + ((<usize>bin) << 3)));
    if (cell >= written) inCell = 0;
    inCell++;
    mostInCell = max(mostInCell, inCell);
    for (; written <= cell; written++) store<u8>(table + <usize>written, <u8>(bin - 1));
  }
  memory.fill(table + <usize>written, <u8>(nBins - 1), nCells - written);
  return mostInCell;
}

/** Distances are not negative, so their bits rise as they do. What is outside of the sample lies in a cell at its end. */
function cellOf(value: f64): i32 {
  let within = value < least ? least : value;
  within = within > most ? most : within;
  const cell = (upperHalf(within - least) - firstCell) >> shift;
  return cell & ~(cell >> 31) & (nCells - 1);
}

function upperHalf(value: f64): i32 {
  return <i32>(reinterpret<u64>(value) >> 32);
}

/** From the bin in which the value's cell begins on, border by border. */
function step(value: f64, borders: usize, table: usize, nSteps: i32): usize {
  let bin = <usize>load<u8>(table + <usize>cellOf(value));
  for (let k = 0; k < nSteps; k++) bin += usize(load<f64>(borders + (bin << 3), 8) <= value);
  return bin;
}

/** By halves, where many borders lie close together. */
function search(value: f64, borders: usize): usize {
  let bin: usize = 0;
  for (let half: usize = mostBins >> 1; half > 0; half >>= 1) {
    bin += load<f64>(borders + ((bin + half) << 3)) <= value ? half : 0;
  }
  return bin;
}
