// @ts-nocheck AssemblyScript: its own compiler checks it.

// Sorts of cells, see `read/plain-number.ts`.
const missing: i32 = 0;
const whole: i32 = 1;
const marked: i32 = 2;
const ambiguous: i32 = 3;
const nSorts: i32 = 8;

const LF: u32 = 10;
const CR: u32 = 13;
const minus: u32 = 45;
const zero: u32 = 48;
/** Up to here every integer is a double. */
const exactInteger: u64 = 1 << 53;
const maxDigits: i32 = 19;
/** What a number is split at that is no double: 10^9. */
const lowPart: u64 = 1_000_000_000;
/** 2^27 + 1: splits a double into two halves of 26 bits (Veltkamp). */
const splitter: f64 = 134_217_729;

/** Eight bytes of text, the first one lowest: each byte becomes its digit, or something above 9. */
function digitsAt(at: usize): u64 {
  return load<u64>(at) ^ 0x3030303030303030;
}

/** How many of the eight are digits before the first that is none. */
function countDigits(digits: u64): i32 {
  const others = ((digits + 0x7676767676767676) | digits) & 0x8080808080808080;
  return <i32>(ctz(others) >> 3);
}

/** The number that the first `n` of eight digits make, 1 ≤ n ≤ 8: neighbours are joined, three times. */
function valueOf(digits: u64, n: i32): u64 {
  let pairs = digits << (64 - 8 * n);
  pairs = pairs * 10 + (pairs >> 8);
  return (
    ((pairs & 0x000000ff000000ff) * 0x000f424000000064 +
      ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >>
    32
  );
}

/** True where a field ends. */
function isEnd(at: usize, code: u32, separator: u32): bool {
  return code == separator || code == LF || (code == CR && load<u8>(at, 1) == LF);
}

/**
 * Where the field that begins at `at` ends, or 0 when it is not plain: see `fieldEnd` in `read/fields.ts`.
 */
function fieldEnd(at: usize, separator: u32, quote: u32): usize {
  let code: u32 = load<u8>(at);
  if (code == quote) {
    for (at++; ; at++) {
      code = load<u8>(at);
      if (code == quote) {
        if (load<u8>(at, 1) != quote) break;
        at++;
      } else if (code == LF || code == CR || code == 0) {
        return 0;
      }
    }
    at++;
    return isEnd(at, load<u8>(at), separator) ? at : 0;
  }
  for (; code != separator && code != LF; code = load<u8>(++at)) {
    if (code == CR) return load<u8>(at, 1) == LF ? at : 0;
    if (code == 0) return 0;
  }
  return at;
}

/** a · b − product, exactly (T. J. Dekker). */
function productError(a: f64, b: f64, product: f64): f64 {
  const aShifted = a * splitter;
  const aHigh = aShifted - (aShifted - a);
  const aLow = a - aHigh;
  const bShifted = b * splitter;
  const bHigh = bShifted - (bShifted - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** mantissa / power, rounded once; NaN where two doubles cannot tell: see `longDecimal` in `read/plain-number.ts`. */
function longDecimal(mantissa: u64, power: f64): f64 {
  const high = <f64>(<i64>(mantissa / lowPart));
  const low = <f64>(<i64>(mantissa % lowPart));
  const scale = <f64>(<i64>lowPart);
  const product = high * scale;
  const tail = productError(high, scale, product) + low;
  const sum = product + tail;
  const rest = tail - (sum - product);
  const quotient = sum / power;
  const back = quotient * power;
  const remainder = sum - back - productError(quotient, power, back) + rest;
  const correction = remainder / power;
  const value = quotient + correction;
  const error = correction - (value - quotient);
  return value + error * (1 + 1.0 / 1_073_741_824) == value ? value : NaN;
}

/** How many bytes in `[at, end)` are line feeds. */
export function countLines(at: usize, end: usize): i32 {
  let count = 0;
  const feed = i8x16.splat(10);
  for (; at + 16 <= end; at += 16) {
    count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(at), feed)));
  }
  for (; at < end; at++) count += i32(load<u8>(at) == LF);
  return count;
}

/** True when no byte in `[at, end)` is above 127. */
export function isAscii(at: usize, end: usize): bool {
  for (; at + 16 <= end; at += 16) if (i8x16.bitmask(v128.load(at)) != 0) return false;
  for (; at < end; at++) if (load<u8>(at) > 127) return false;
  return true;
}

/**
 * Takes whole lines of a table apart, as long as they are plain: as many fields as there are columns, plain decimals
 * in the columns of numbers. It stops at the first line that is not, with nothing noted of it, and leaves that one to
 * the caller (`RowsUnderWay` in `read/rows-under-way.ts`, which does the same with all lines).
 *
 * @param at where the first line begins
 * @param end no line that begins here or later is taken. The last line before has its line end, and 16 bytes follow it
 * @param separator, quote, mark ASCII codes
 * @param width number of columns
 * @param slots int32 per column: from 0 the place of its numbers, below −1 that of its cells (−2 − place), −1 neither
 * @param powers float64: 10^0 … 10^22
 * @param capacity rows between the columns of what is written
 * @param values written: numbers, column by column; NaN for an empty cell
 * @param starts written: int32, where cells begin, column by column, counted from `base`
 * @param ends written: int32, where they end
 * @param base where the bytes begin
 * @param tally added to: int32, `nSorts` per column, the cells of each sort
 * @param last scratch: a byte per column
 * @param state int32: rows before (read and written), where the last row began (written, counted from `base`)
 * @returns where the first line begins that was not taken
 */
export function takeLines(
  at: usize,
  end: usize,
  separator: u32,
  quote: u32,
  mark: u32,
  width: i32,
  slots: usize,
  powers: usize,
  capacity: i32,
  values: usize,
  starts: usize,
  ends: usize,
  base: usize,
  tally: usize,
  last: usize,
  state: usize,
): usize {
  let row = load<i32>(state);
  let lastStart = load<i32>(state, 4);
  while (at < end) {
    const start = at;
    let isPlain = false;
    let j = 0;
    for (; j < width; j++) {
      const slot = load<i32>(slots + ((<usize>j) << 2));
      if (slot < 0) {
        const stop = fieldEnd(at, separator, quote);
        if (stop == 0) break;
        if (slot < -1) {
          const place = (<usize>(-2 - slot) * capacity + row) << 2;
          store<i32>(starts + place, <i32>(at - base));
          store<i32>(ends + place, <i32>(stop - base));
        }
        at = stop;
      } else {
        let p = at;
        let code: u32 = load<u8>(p);
        const isQuoted = code == quote;
        if (isQuoted) code = load<u8>(++p);
        const isNegative = code == minus;
        if (isNegative) code = load<u8>(++p);
        const first = code;
        let digits = digitsAt(p);
        let n = countDigits(digits);
        let mantissa: u64 = 0;
        let nWhole = n;
        let nAll = n;
        if (n != 0) {
          mantissa = valueOf(digits, n);
          p += n;
          while (n == 8 && nAll <= maxDigits) {
            digits = digitsAt(p);
            n = countDigits(digits);
            if (n == 0) break;
            mantissa = mantissa * <u64>load<f64>(powers + ((<usize>n) << 3)) + valueOf(digits, n);
            p += n;
            nAll += n;
          }
          nWhole = nAll;
        }
        let value: f64;
        let sort: i32;
        code = load<u8>(p);
        if (code == mark) {
          p++;
          do {
            digits = digitsAt(p);
            n = countDigits(digits);
            if (n == 0) break;
            mantissa = mantissa * <u64>load<f64>(powers + ((<usize>n) << 3)) + valueOf(digits, n);
            p += n;
            nAll += n;
          } while (n == 8 && nAll <= maxDigits);
          const nFraction = nAll - nWhole;
          if (nFraction == 0 || nAll > maxDigits || (nWhole > 1 && first == zero)) break;
          const power = load<f64>(powers + ((<usize>nFraction) << 3));
          if (mantissa <= exactInteger) {
            value = <f64>(<i64>mantissa) / power;
          } else {
            value = longDecimal(mantissa, power);
            if (value != value) break;
          }
          sort = nFraction == 3 && nWhole > 0 && nWhole < 4 && first != zero ? ambiguous : marked;
          code = load<u8>(p);
        } else if (nWhole > 0) {
          if (nWhole > 15 || (nWhole > 1 && first == zero)) break;
          value = <f64>(<i64>mantissa);
          sort = whole;
        } else {
          if (isNegative) break;
          value = NaN;
          sort = missing;
        }
        if (isQuoted) {
          if (code != quote) break;
          code = load<u8>(++p);
        }
        if (!isEnd(p, code, separator)) break;
        store<f64>(values + ((<usize>slot * capacity + row) << 3), isNegative ? -value : value);
        store<u8>(last + j, <u8>sort);
        const count = tally + ((<usize>(j * nSorts + sort)) << 2);
        store<i32>(count, load<i32>(count) + 1);
        at = p;
      }
      if (load<u8>(at) != separator) {
        // A single field may be a blank line.
        const code: u32 = load<u8>(start);
        isPlain = j + 1 == width && (j > 0 || (code > 32 && code < 128 && code != quote));
        j++;
        break;
      }
      if (j + 1 == width) {
        // Empty fields beyond the last column lose nothing.
        while (load<u8>(at) == separator) at++;
        isPlain = isEnd(at, load<u8>(at), separator);
        j++;
        break;
      }
      at++;
    }
    if (!isPlain) {
      while (--j >= 0) {
        if (load<i32>(slots + ((<usize>j) << 2)) < 0) continue;
        const count = tally + ((<usize>(j * nSorts + load<u8>(last + j))) << 2);
        store<i32>(count, load<i32>(count) - 1);
      }
      at = start;
      break;
    }
    at += load<u8>(at) == CR ? 2 : 1;
    lastStart = <i32>(start - base);
    row++;
  }
  store<i32>(state, row);
  store<i32>(state, lastStart, 4);
  return at;
}
