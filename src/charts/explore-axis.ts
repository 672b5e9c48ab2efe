import { dateText } from '../core/table/table';

/** A stretch of values that a picture shows, and the round ones that are written beside it. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** @param most ticks, about: never more than one and a half times as many */
export function numberAxis(from: number, to: number, most: number): Axis {
  const [low, high] = from < to ? [from, to] : [from - 0.5, to + 0.5];
  const [digit, exponent] = roundStep((high - low) / Math.max(1, most));
  // A division by a power of ten rounds 0.3 as it is read; a product with 0.1 does not.
  const valueOf = (k: number) =>
    exponent < 0 ? (k * digit) / 10 ** -exponent : k * digit * 10 ** exponent;
  const first = Math.ceil(low / valueOf(1));
  const last = Math.floor(high / valueOf(1));
  const isCountable = Math.abs(first) < 2 ** 50 && Math.abs(last) < 2 ** 50;
  const size = Math.max(Math.abs(low), Math.abs(high));
  const ticks = Array.from({ length: isCountable ? last - first + 1 : 0 }, (_, k) => {
    const at = valueOf(first + k);
    return { at, label: tickLabel(at, size, exponent) };
  });
  return { from: low, to: high, ticks };
}

/** The smallest of 1, 2 and 5 times a power of ten that is no less. */
function roundStep(raw: number): [digit: number, exponent: number] {
  const exponent = Math.floor(Math.log10(raw));
  const digit = [1, 2, 5].find((candidate) => candidate * 10 ** exponent >= raw * 0.999);
  return digit === undefined ? [1, exponent + 1] : [digit, exponent];
}

const million = 1e6;
const writable = 1e15;

/** With as many digits as neighbours need to differ. @param size of the largest value on the axis */
function tickLabel(value: number, size: number, exponent: number): string {
  if (value === 0) return '0';
  const digits = Math.max(1, Math.min(15, Math.floor(Math.log10(Math.abs(value))) - exponent + 1));
  if (size >= writable || exponent < -7) return value.toExponential(Math.min(3, digits - 1));
  if (size >= million) {
    const compact = { notation: 'compact', maximumSignificantDigits: digits } as const;
    return new Intl.NumberFormat('en-US', compact).format(value);
  }
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.max(0, -exponent) });
}

const millisecondsPerDay = 86_400_000;
const daySteps = [1, 2, 7, 14];
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000];

/**
 * @param from, to milliseconds since 1970 UTC
 * @param most ticks, about; years, which are short, up to twice as many
 */
export function dateAxis(from: number, to: number, most: number): Axis {
  const [low, high] = from < to ? [from, to] : [from, from + millisecondsPerDay];
  return { from: low, to: high, ticks: dateTicks(low, high, Math.max(1, most)) };
}

function dateTicks(from: number, to: number, most: number): Tick[] {
  const days = daySteps.find((step) => (to - from) / (step * millisecondsPerDay) <= most);
  if (days !== undefined) {
    const step = days * millisecondsPerDay;
    const first = Math.ceil(from / step);
    return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, k) => {
      const at = (first + k) * step;
      return { at, label: dateText(at) };
    });
  }
  const [firstMonth, lastMonth] = [monthOf(from - 1) + 1, monthOf(to)];
  const months =
    monthSteps.find((step) => (lastMonth - firstMonth) / step < (step < 12 ? most : 2 * most)) ??
    monthSteps[monthSteps.length - 1];
  const first = Math.ceil(firstMonth / months);
  return Array.from({ length: Math.floor(lastMonth / months) - first + 1 }, (_, k) => {
    const at = startOfMonth((first + k) * months);
    return { at, label: months < 12 ? monthInWords(at, 3) : dateText(at).slice(0, 4) };
  });
}

/** Months since the year 0. */
function monthOf(milliseconds: number): number {
  const text = dateText(milliseconds);
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

function startOfMonth(month: number): number {
  return new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1);
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** "March 2021"; "Mar 2021" with three letters. */
export function monthInWords(milliseconds: number, letters = Infinity): string {
  const text = dateText(milliseconds);
  return `${monthNames[Number(text.slice(5, 7)) - 1].slice(0, letters)} ${text.slice(0, 4)}`;
}

/** Where a value lies on an axis, in [0, 1]; at the end where it lies beyond. */
export function place({ from, to }: Axis, value: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
