import { monthInWords } from '../../charts/explore-axis';
import { wholeNumberOf, type Bar } from '../../charts/explore-histogram';
import type { DateUnit } from '../../core/explore/date-histogram';
import type { Selection } from '../../core/select/selection';
import { dateText } from '../../core/table/table';
import { columnLabel, formatCount, formatValue, quoted } from '../../core/words';

/** Some customers, and whom: to be read after "1,234 customers: ". */
export interface Chosen {
  readonly selection: Selection;
  readonly title: string;
}

/** How the values of a column are counted: dates by a unit. */
export type Counted =
  { readonly kind: 'number' } | { readonly kind: 'date'; readonly unit: DateUnit };

type Range = Pick<Bar, 'from' | 'to' | 'isClosed'>;

/** The values of a bar: "12", "2,000 to below 2,500", "March 2021". */
export function rangeInWords(range: Range, counted: Counted): string {
  const { from, to, isClosed } = range;
  if (counted.kind === 'date') return dateRangeInWords(from, to, counted.unit);
  const whole = wholeNumberOf(range);
  if (whole !== undefined) return formatValue(whole);
  if (from === to) return formatValue(from);
  return `${formatDistinct(from, to)} to ${isClosed ? '' : 'below '}${formatDistinct(to, from)}`;
}

/** With more digits where two numbers would be written alike. */
function formatDistinct(value: number, other: number): string {
  if (formatValue(value) !== formatValue(other)) return formatValue(value);
  return value.toLocaleString('en-US', { maximumSignificantDigits: 15 });
}

function dateRangeInWords(from: number, to: number, unit: DateUnit): string {
  const year = dateText(from).slice(0, 4);
  switch (unit) {
    case 'day':
      return dateText(from).slice(0, 10);
    case 'month':
      return monthInWords(from);
    case 'year':
      return year;
    case 'decade':
    case 'century':
      return `${year} to ${dateText(to - 1).slice(0, 4)}`;
  }
}

/** The customers of a bar. */
export function ofRange(column: string, range: Range, counted: Counted): Chosen {
  const { from, to, isClosed } = range;
  const words = rangeInWords(range, counted);
  const isOne = counted.kind === 'number' && (from === to || wholeNumberOf(range) !== undefined);
  const between = counted.kind === 'date' ? 'in ' : isOne ? 'of ' : 'from ';
  return {
    selection: { kind: 'range', column, from, to, isClosed },
    title: `${columnLabel(column)} ${between}${words}`,
  };
}

export function ofValue(column: string, value: number): Chosen {
  return ofRange(column, { from: value, to: value, isClosed: true }, { kind: 'number' });
}

/** The customers whose finite values lie beyond a value, which does not belong to them. */
export function beyond(column: string, side: 'below' | 'above', value: number): Chosen {
  const [from, to] = side === 'below' ? [-Number.MAX_VALUE, value] : [nextAfter(value), Infinity];
  return {
    // Open: what is infinite is in no picture.
    selection: { kind: 'range', column, from, to, isClosed: false },
    title: `${columnLabel(column)} ${side} ${formatValue(value)}`,
  };
}

/** The smallest number above this one, finite. */
function nextAfter(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([value]).buffer);
  bits[0] += value > 0 ? 1n : -1n;
  return new Float64Array(bits.buffer)[0];
}

export function ofLevel(column: string, level: string): Chosen {
  return {
    selection: { kind: 'levels', column, levels: [level] },
    title: `${columnLabel(column)} ${quoted(level)}`,
  };
}

export function ofMissing(column: string): Chosen {
  return {
    selection: { kind: 'missing', columns: [column] },
    title: `${columnLabel(column)} missing`,
  };
}

/** The customers that are among all of these. */
export function ofAll(...chosen: readonly Chosen[]): Chosen {
  return {
    selection: { kind: 'all-of', parts: chosen.map(({ selection }) => selection) },
    title: chosen.map(({ title }) => title).join(' and '),
  };
}

/** "1 customer", "412 customers". */
export function customers(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'customer' : 'customers'}`;
}
