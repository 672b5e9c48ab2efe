import { extent } from '../table/order-statistics';
import { quantiles } from '../table/stats';
import { countDistinct } from './values';

/** Values counted in bins that lie side by side. Units are the column's own; milliseconds for dates. */
export interface Histogram {
  /** Ascending, one more than there are bins. A bin holds its left edge, the last one its right edge, too. */
  readonly edges: Float64Array;
  readonly counts: Int32Array;
  /** Values left of the first edge: the picture stops where a few extreme values would squeeze it. */
  readonly below: number;
  /** Values right of the last edge. */
  readonly above: number;
}

export interface HistogramOptions {
  readonly maxBins: number;
  /** `bulk`: where the outermost hundredth takes more room than all the rest, it is left out and counted. */
  readonly range: 'bulk' | 'all';
}

export const histogramDefaults: HistogramOptions = { maxBins: 50, range: 'bulk' };

/**
 * Counts values between round edges: the width of a bin is 1, 2 or 5 times a power of ten. Whole numbers that span no
 * more than `maxBins` have one bin each, with the number in its middle.
 *
 * The number of bins is that of Freedman and Diaconis (1981), or of Sturges (1926) where that is more, and at most
 * `maxBins`. Differs from numpy's `auto` in the round edges, and in leaving out a long tail unless `range` is `all`.
 *
 * @param values finite; with none, there is no bin
 */
export function histogramOf(
  values: Float64Array,
  options: Partial<HistogramOptions> = {},
): Histogram {
  return countInBins(values, niceEdges(values, options));
}

/** The edges alone; see {@link histogramOf}. */
export function niceEdges(
  values: Float64Array,
  options: Partial<HistogramOptions> = {},
): Float64Array {
  const { maxBins, range } = { ...histogramDefaults, ...options };
  if (values.length === 0) return new Float64Array();
  const { min, max } = extent(values);
  const isWhole = allWhole(values);
  if (isWhole && max - min < maxBins && Math.max(-min, max) < 2 ** 50) {
    return Float64Array.from({ length: max - min + 2 }, (_, k) => min + k - 0.5);
  }
  if (min === max) {
    const half = Math.abs(min) * 0.05 || 0.5;
    return Float64Array.of(min - half, min + half);
  }
  const [low, q1, q3, high] = quantiles(values, [0.01, 0.25, 0.75, 0.99]);
  const room = range === 'bulk' ? high - low : Infinity;
  const from = low - min > room && room > 0 ? low : min;
  const to = max - high > room && room > 0 ? high : max;
  // Shares of twelve months are few values: with a bin each there would be gaps between them.
  const few = countDistinct(values, 2 * maxBins);
  const most = few.isCapped ? maxBins : Math.min(maxBins, Math.ceil(few.count / 2));
  const nBins = wantedBins(values.length, (to - from) / (q3 - q1), most);
  const edges = roundEdges(from, to, nBins, maxBins, isWhole);
  return edges ?? Float64Array.of(from, to);
}

/** @param spread the range in interquartile ranges; infinite, where there is none between the quartiles */
function wantedBins(n: number, spread: number, maxBins: number): number {
  const sturges = Math.ceil(Math.log2(n)) + 1;
  const freedmanDiaconis = Number.isFinite(spread) ? Math.ceil((spread * Math.cbrt(n)) / 2) : 0;
  return Math.max(1, Math.min(maxBins, Math.max(sturges, freedmanDiaconis)));
}

/** @returns undefined where numbers of 53 bits have no room for round edges */
function roundEdges(
  from: number,
  to: number,
  nBins: number,
  maxBins: number,
  isWhole: boolean,
): Float64Array | undefined {
  const raw = (to - from) / nBins;
  const start = Math.floor(Math.log10(raw));
  if (!Number.isFinite(raw) || Math.abs(start) > 290) return undefined;
  for (let exponent = start; exponent <= start + 2; exponent++) {
    for (const digit of [1, 2, 5]) {
      if (isWhole && exponent < 0) continue;
      // A division by a power of ten rounds 0.3 as it is read; a product with 0.1 does not.
      const edge = (k: number) =>
        exponent < 0 ? (k * digit) / 10 ** -exponent : k * digit * 10 ** exponent;
      const step = digit * 10 ** exponent;
      let first = Math.floor(from / step);
      // Whole numbers lie in the bin that they begin, and need one more at the end.
      let last = isWhole ? Math.floor(to / step) + 1 : Math.ceil(to / step);
      if (edge(first) > from) first--;
      if (edge(last) < to) last++;
      // Two are needed where 0 lies inside, however wide they are.
      if (last - first > Math.max(2, Math.min(maxBins, 1.25 * nBins))) continue;
      if (Math.abs(first) > 2 ** 50 || Math.abs(last) > 2 ** 50) return undefined;
      return Float64Array.from({ length: last - first + 1 }, (_, k) => edge(first + k));
    }
  }
  return undefined;
}

function allWhole(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isInteger(values[i])) return false;
  return true;
}

/** @param values NaN is left out. @param edges ascending */
export function countInBins(values: Float64Array, edges: Float64Array): Histogram {
  const nBins = Math.max(0, edges.length - 1);
  const counts = new Int32Array(nBins);
  const binOf = binFinder(edges);
  let below = 0;
  let above = 0;
  for (let i = 0; i < values.length; i++) {
    const bin = binOf(values[i]);
    if (bin >= 0) counts[bin]++;
    else if (values[i] < edges[0]) below++;
    else if (values[i] > edges[nBins]) above++;
  }
  return { edges, counts, below, above };
}

/** A function that finds the bin of a value, −1 outside; quick where the edges are about equally far apart. */
export function binFinder(edges: Float64Array): (value: number) => number {
  const last = edges.length - 2;
  const low = edges[0];
  const high = edges[last + 1];
  const factor = (last + 1) / (high - low);
  return (value) => {
    if (!(value >= low && value <= high)) return -1;
    let bin = Math.min(last, Math.floor((value - low) * factor));
    if (!(bin >= 0)) bin = 0;
    while (value < edges[bin]) bin--;
    while (bin < last && value >= edges[bin + 1]) bin++;
    return bin;
  };
}
