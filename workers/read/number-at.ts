import { CR, LF } from './fields';
import { longDecimal, powersOfTen, Sort } from './plain-number';

/** Up to here every integer is a double. */
const exactInteger = 2 ** 53;
const zero = 48;
const minus = 45;
/** Significant digits that `longDecimal` takes, and how many of them are its low part. */
const maxDigits = 19;
const nLow = 9;

/**
 * Reads the plainest numbers: digits, a mark and digits, or nothing. Two exact doubles are divided once, which rounds
 * correctly (W. Clinger, "How to read floating point numbers accurately", 1990).
 *
 * @param at where the field begins
 * @param values written at `place`
 * @returns 8 · (where the field ends) + its sort; 0 when the field is anything else
 */
export function readNumberAt(
  bytes: Uint8Array,
  at: number,
  separator: number,
  mark: number,
  values: Float64Array,
  place: number,
): number {
  let p = at;
  let digit = bytes[p] - zero;
  const isNegative = digit === minus - zero;
  if (isNegative) digit = bytes[++p] - zero;
  const first = p;
  const zeroFirst = digit === 0;
  let mantissa = 0;
  while (digit >= 0 && digit <= 9) {
    mantissa = mantissa * 10 + digit;
    digit = bytes[++p] - zero;
  }
  const nWhole = p - first;
  if (zeroFirst && nWhole > 1) return 0;
  let value = mantissa;
  let sort: number = Sort.whole;
  if (digit === mark - zero) {
    const fraction = ++p;
    digit = bytes[p] - zero;
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digit = bytes[++p] - zero;
    }
    const nFraction = p - fraction;
    if (nFraction === 0 || nFraction >= powersOfTen.length) return 0;
    value =
      mantissa <= exactInteger
        ? mantissa / powersOfTen[nFraction]
        : longAt(bytes, first, p, mark, nFraction);
    if (Number.isNaN(value)) return 0;
    const looksGrouped = nFraction === 3 && nWhole > 0 && nWhole < 4 && !zeroFirst;
    sort = looksGrouped ? Sort.ambiguous : Sort.marked;
  } else if (nWhole === 0) {
    if (isNegative) return 0;
    value = NaN;
    sort = Sort.missing;
  } else if (nWhole > 15) {
    return 0;
  }
  const end = digit + zero;
  if (end !== separator && end !== LF && (end !== CR || bytes[p + 1] !== LF)) return 0;
  values[place] = isNegative ? -value : value;
  return 8 * p + sort;
}

/** A decimal of too many digits for one double: NaN when it has too many for two. */
function longAt(
  bytes: Uint8Array,
  start: number,
  end: number,
  mark: number,
  nFraction: number,
): number {
  let nDigits = 0;
  let high = 0;
  let low = 0;
  let left = end - start - 1;
  for (let p = start; p < end; p++) {
    const code = bytes[p];
    if (code === mark) continue;
    left--;
    if (nDigits > 0 || code !== zero) nDigits++;
    if (left < nLow) low = low * 10 + (code - zero);
    else high = high * 10 + (code - zero);
  }
  if (nDigits > maxDigits) return NaN;
  return longDecimal(high, low, powersOfTen[nLow], powersOfTen[nFraction]);
}
