import { decimalVote } from '../../src/core/table/decimal-mark';

const patterns = { 44: pattern(','), 46: pattern('\\.') };

/** As `readNumber` takes it for a number under this mark and for nothing else; integers of up to 15 digits. */
function pattern(mark: string): RegExp {
  const whole = '(?:0|[1-9]\\d*)';
  return new RegExp(
    `^-?(?:(?:0|[1-9]\\d{0,14})|${whole}?${mark}\\d+|${whole}(?:${mark}\\d+)?[eE][+-]?\\d{1,5})$`,
  );
}

/** Longer ones are left to `readNumber`, which has a limit of its own. */
const maxLength = 300;

/** The powers of ten that are doubles, 10^0 … 10^22. */
export const powersOfTen = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/** What a number cell counts as; a place in the tally of its column. */
export const Sort = {
  missing: 0,
  whole: 1,
  marked: 2,
  ambiguous: 3,
  exponent: 4,
  other: 5,
} as const;
export const nSorts = 8;

/**
 * Reads a cell that is a number in every way in which the column may be read later: the value is `Number(cell)` with
 * the mark as the point.
 *
 * @param mark code of the decimal mark
 * @returns NaN when it is not
 */
export function plainNumber(cell: string, mark: number): number {
  if (cell.length > maxLength || !patterns[mark === 44 ? 44 : 46].test(cell)) return NaN;
  const value = Number(mark === 44 ? cell.replace(',', '.') : cell);
  return Number.isFinite(value) ? value : NaN;
}

/** @param cell a plain number */
export function sortOf(cell: string, mark: number): number {
  if (!cell.includes(String.fromCharCode(mark))) return Sort.whole;
  const vote = decimalVote(cell);
  if (vote === 'none') return Sort.exponent;
  return vote === 'point' || vote === 'comma' ? Sort.marked : Sort.ambiguous;
}

/** 2^27 + 1: splits a double into two halves of 26 bits (Veltkamp). */
const splitter = 134_217_729;

/**
 * `(high · 10^nLow + low) / 10^nFraction`, rounded once, as `Number` would round it.
 *
 * The integer of up to 19 digits and the quotient are held as sums of two doubles, good for 100 bits (T. J. Dekker,
 * "A floating-point technique for extending the available precision", 1971). Where even those cannot tell to which
 * side to round (about one in 10^9), the answer is NaN: ask `Number`.
 *
 * @param high the first digits, below 2^53
 * @param low the others, fewer than ten
 * @param powerOfLow 10^nLow
 * @param powerOfFraction 10^nFraction, at most 10^22
 */
export function longDecimal(
  high: number,
  low: number,
  powerOfLow: number,
  powerOfFraction: number,
): number {
  const product = high * powerOfLow;
  const tail = productError(high, powerOfLow, product) + low;
  const whole = product + tail;
  const rest = tail - (whole - product);
  const quotient = whole / powerOfFraction;
  const back = quotient * powerOfFraction;
  const remainder = whole - back - productError(quotient, powerOfFraction, back) + rest;
  const correction = remainder / powerOfFraction;
  const value = quotient + correction;
  const error = correction - (value - quotient);
  return value + error * (1 + 2 ** -30) === value ? value : NaN;
}

/** a · b − product, exactly. */
function productError(a: number, b: number, product: number): number {
  const aShifted = a * splitter;
  const aHigh = aShifted - (aShifted - a);
  const aLow = a - aHigh;
  const bShifted = b * splitter;
  const bHigh = bShifted - (bShifted - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
