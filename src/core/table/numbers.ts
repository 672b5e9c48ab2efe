import type { DecimalMark, ReadParams, ThousandsMark } from './read-params';

/** What one cell says when it is read as a number. */
export interface NumberReading {
  /**
   * `number`: a finite number. `infinite`: inf, Infinity, or beyond the range of a double.
   * `code`: digits that name something and would lose by becoming a number: 007, +31612345678,
   * 12345678901234567. `none`: anything else.
   */
  readonly kind: 'number' | 'infinite' | 'code' | 'none';
  /** The number; for a `code` the number it would become; otherwise NaN. A percentage is not divided by 100. */
  readonly value: number;
  /** '%', '€', 'USD', … or ''. */
  readonly unit: string;
  /** What stands between its groups of digits, or ''. */
  readonly thousands: ThousandsMark | '';
}

const nothing: NumberReading = { kind: 'none', value: NaN, unit: '', thousands: '' };

/** No text longer than this is a number that anybody wrote on purpose. */
const maxLength = 400;

const currencySymbol = '(?:US|R|A|C|NZ|HK|S)?\\$|[€£¥₹₽₩₺₴₪฿₫₦₱]';
const currencyCode =
  'USD|EUR|GBP|JPY|CHF|INR|CNY|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|TRY|RUB|SGD|HKD|KRW';
const unitBefore = new RegExp(`^(${currencySymbol}|${currencyCode})\\s*`);
const unitAfter = new RegExp(`\\s*(%|‰|${currencySymbol}|${currencyCode}|kr|zł)$`);
const infinite = /^(?:inf|infinity|∞)$/i;

/** A body of digits under one decimal mark: [digits with their groups, fraction, exponent]. */
function bodyPattern(mark: string, groups: string): RegExp {
  const western = `[1-9]\\d{0,2}(?:(${groups})\\d{3})(?:\\2\\d{3})*`;
  const indian = `[1-9]\\d?(?:(${groups})\\d{2})(?:\\3\\d{2})*\\3\\d{3}`;
  return new RegExp(`^(${western}|${indian}|\\d*)(?:${mark}(\\d*))?(?:[eE]([+-]?\\d{1,5}))?$`);
}

const spaces = ' \\u00a0\\u202f\\u2009';
const apostrophes = "'’";
/** By the thousands mark that is allowed, as the inside of a set of characters; `none` is the set of no character. */
function bodyPatterns(mark: string, other: string): Record<ReadParams['thousands'], RegExp> {
  const pattern = (groups: string) => bodyPattern(mark, `[${groups}]`);
  const any = pattern(other + spaces + apostrophes);
  return {
    auto: any,
    none: pattern('^\\s\\S'),
    ' ': pattern(spaces),
    "'": pattern(apostrophes),
    ',': other === ',' ? pattern(',') : any,
    '.': other === '.' ? pattern('.') : any,
  };
}
const bodies = { '.': bodyPatterns('\\.', ','), ',': bodyPatterns(',', '.') } as const;

/**
 * Reads one cell as a number. Thousands groups must be well formed (1,234,567 or the Indian 12,34,567);
 * hexadecimal, octal and binary notations are not numbers; (12) is the accountants' −12.
 *
 * @param text the cell, spaces around it allowed
 * @param decimal the decimal mark
 * @param thousands what may separate thousands; `auto`: spaces, apostrophes, and of '.' and ',' the other one
 */
export function readNumber(
  text: string,
  decimal: DecimalMark,
  thousands: ReadParams['thousands'] = 'auto',
): NumberReading {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > maxLength) return nothing;
  const { sign, body, unit } = takeApart(trimmed);
  if (infinite.test(body)) return { kind: 'infinite', value: NaN, unit, thousands: '' };

  const match = bodies[decimal][thousands].exec(body);
  if (match === null) return nothing;
  const whole = match[1].replace(/\D/g, '');
  const fraction = match[4] ?? '';
  const exponent = match[5] ?? '';
  if (whole === '' && fraction === '') return nothing;

  const isInteger = fraction === '' && exponent === '';
  const zeroFirst = whole.length > 1 && whole.startsWith('0');
  if (zeroFirst && !isInteger) return nothing;
  const magnitude = Number(`${whole}.${fraction}e${exponent === '' ? '0' : exponent}`);
  if (!Number.isFinite(magnitude)) return { kind: 'infinite', value: NaN, unit, thousands: '' };
  const value = sign === '-' ? -magnitude : magnitude;
  const isCode =
    isInteger &&
    (zeroFirst ||
      (sign === '+' && whole.length >= 7 && unit === '') ||
      (whole.length > 15 && BigInt(magnitude) !== BigInt(whole)));
  const found = markOf(match[2] ?? match[3] ?? '');
  return { kind: isCode ? 'code' : 'number', value, unit, thousands: found };
}

/** The mark that a character between groups counts as: all spaces as one, and both apostrophes. */
function markOf(group: string): ThousandsMark | '' {
  if (group === '' || group === ',' || group === '.') return group;
  return apostrophes.includes(group) ? "'" : ' ';
}

/** The digits and marks of a cell with a unit ("CHF 1'200.50" -> "1'200.50"); null when it has none. */
export function withoutUnit(text: string): string | null {
  if (text.length > maxLength) return null;
  const { body, unit } = takeApart(text.trim());
  return unit === '' ? null : body;
}

/** The sign, the unit and what is left of a cell: "−$ 1,200.50" -> '-', '$', '1,200.50'. */
function takeApart(trimmed: string): { sign: string; body: string; unit: string } {
  let body = trimmed;
  let sign = '';
  const takeSign = () => {
    if (sign !== '' || !/^[-+−]/.test(body)) return;
    sign = body.startsWith('+') ? '+' : '-';
    body = body.slice(1).trimStart();
  };
  if (body.startsWith('(') && body.endsWith(')')) {
    sign = '-';
    body = body.slice(1, -1).trim();
  }
  takeSign();
  const before = unitBefore.exec(body);
  if (before !== null) body = body.slice(before[0].length);
  takeSign();
  const after = before === null ? unitAfter.exec(body) : null;
  if (after !== null) body = body.slice(0, body.length - after[0].length);
  return { sign, body, unit: before?.[1] ?? after?.[1] ?? '' };
}

const powersOfTen = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * The same as {@link readNumber} for the plainest notation alone (−12.5: no spaces, groups, unit, exponent, at most
 * 15 digits), several times faster. NaN says "ask readNumber", not "this is no number".
 *
 * With at most 15 digits the mantissa and the power of ten are both exact doubles, so one division rounds
 * correctly (W. Clinger, "How to read floating point numbers accurately", 1990).
 */
export function readPlainNumber(text: string, decimal: DecimalMark): number {
  const { length } = text;
  const markCode = decimal === '.' ? 46 : 44;
  const isNegative = text.charCodeAt(0) === 45;
  const start = isNegative ? 1 : 0;
  if (length === start || length > 17) return NaN;
  let mantissa = 0;
  let markAt = -1;
  for (let i = start; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) mantissa = mantissa * 10 + (code - 48);
    else if (code === markCode && markAt === -1) markAt = i;
    else return NaN;
  }
  const nWhole = (markAt === -1 ? length : markAt) - start;
  const nFraction = markAt === -1 ? 0 : length - markAt - 1;
  if (nWhole === 0 || nWhole + nFraction > 15) return NaN;
  if (nWhole > 1 && text.charCodeAt(start) === 48) return NaN;
  const value = nFraction === 0 ? mantissa : mantissa / powersOfTen[nFraction];
  return isNegative ? -value : value;
}
