import { readDate } from '../table/dates';
import { extent } from '../table/order-statistics';
import { dateText } from '../table/table';
import { countInBins, type Histogram } from './histogram';

export type DateUnit = 'day' | 'month' | 'year' | 'decade' | 'century';

export interface DateHistogram extends Histogram {
  readonly unit: DateUnit;
}

const millisecondsPerDay = 86_400_000;
const mostBins = 60;

/**
 * Dates counted by day, month, year, decade or century: the finest that gives no more than 60 bins.
 *
 * @param values milliseconds since 1970 UTC, finite; with none, there is no bin
 */
export function dateHistogramOf(values: Float64Array): DateHistogram {
  const { unit, edges } = dateEdges(values);
  return { unit, ...countInBins(values, edges) };
}

/** The edges alone: midnight of first days, UTC. */
export function dateEdges(
  values: Float64Array,
  most = mostBins,
): { unit: DateUnit; edges: Float64Array } {
  if (values.length === 0) return { unit: 'day', edges: new Float64Array() };
  const { min, max } = extent(values);
  const firstDay = Math.floor(min / millisecondsPerDay);
  const nDays = Math.floor(max / millisecondsPerDay) - firstDay + 1;
  if (nDays <= Math.min(31, most)) {
    return {
      unit: 'day',
      edges: Float64Array.from(
        { length: nDays + 1 },
        (_, k) => (firstDay + k) * millisecondsPerDay,
      ),
    };
  }
  const [first, last] = [monthOf(min), monthOf(max)];
  const units = [
    ['month', 1],
    ['year', 12],
    ['decade', 120],
    ['century', 1200],
  ] as const;
  const nBins = (months: number) => Math.floor(last / months) - Math.floor(first / months) + 1;
  const [unit, months] = units.find(([, size]) => nBins(size) <= most) ?? units[3];
  const from = Math.floor(first / months);
  return {
    unit,
    edges: Float64Array.from({ length: nBins(months) + 1 }, (_, k) =>
      startOfMonth((from + k) * months),
    ),
  };
}

/** Months since the year 0. */
function monthOf(milliseconds: number): number {
  const text = dateText(milliseconds);
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

function startOfMonth(month: number): number {
  const year = String(Math.floor(month / 12)).padStart(4, '0');
  const text = `${year}-${String((month % 12) + 1).padStart(2, '0')}-01`;
  const start = readDate(text, 'month-first');
  // The year 10,000 has five digits, and is the end of the last century there is.
  return Number.isNaN(start) ? readDate('9999-12-31', 'month-first') + millisecondsPerDay : start;
}
