import { extent } from '../table/order-statistics';
import { quantiles } from '../table/stats';

/** What a box plot draws. Units are the column's own. All NaN without a value. */
export interface Box {
  readonly count: number;
  readonly min: number;
  /** The least value that is no more than 1.5 interquartile ranges below q1 (Tukey 1977). */
  readonly whiskerLow: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly whiskerHigh: number;
  readonly max: number;
  readonly mean: number;
  /** Values beyond the whiskers. */
  readonly nBelow: number;
  readonly nAbove: number;
}

/** @param values finite, in any order */
export function boxOf(values: Float64Array): Box {
  const count = values.length;
  if (count === 0) return { ...nothing, count };
  const [q1, median, q3] = quantiles(values, [0.25, 0.5, 0.75]);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i];
  return boxAround(values, { count, ...extent(values), q1, median, q3, mean: sum / count });
}

type Middle = Pick<Box, 'count' | 'min' | 'q1' | 'median' | 'q3' | 'max' | 'mean'>;

/** @param middle of these values, where it is known already */
export function boxAround(
  values: Float64Array,
  { count, min, q1, median, q3, max, mean }: Middle,
): Box {
  const lower = q1 - 1.5 * (q3 - q1);
  const upper = q3 + 1.5 * (q3 - q1);
  let whiskerLow = max;
  let whiskerHigh = min;
  let nBelow = 0;
  let nAbove = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i];
    if (value < lower) nBelow++;
    else if (value < whiskerLow) whiskerLow = value;
    if (value > upper) nAbove++;
    else if (value > whiskerHigh) whiskerHigh = value;
  }
  return { count, min, whiskerLow, q1, median, q3, whiskerHigh, max, mean, nBelow, nAbove };
}

const nothing = {
  min: NaN,
  whiskerLow: NaN,
  q1: NaN,
  median: NaN,
  q3: NaN,
  whiskerHigh: NaN,
  max: NaN,
  mean: NaN,
  nBelow: 0,
  nAbove: 0,
};
