import { extent, orderStatistics } from './order-statistics';

/** Moments and order statistics of one column, missing values left out. Units are the column's own. */
export interface ColumnStatistics {
  readonly count: number;
  readonly mean: number;
  /** Divided by n, as scikit-learn's StandardScaler does. */
  readonly sdPopulation: number;
  /** Divided by n − 1; NaN for one value. */
  readonly sdSample: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
  /** Third standardised moment g1, moments divided by n; 0 for a constant column. */
  readonly skewness: number;
  /** Fourth standardised moment less 3 (g2, "excess"), moments divided by n; 0 for a constant column. */
  readonly kurtosis: number;
  readonly zeroShare: number;
}

/** The values that are not missing, in their order. */
export function observed(values: Float64Array): Float64Array {
  let n = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) n++;
  const present = new Float64Array(n);
  for (let i = 0, to = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) present[to++] = values[i];
  }
  return present;
}

/** Of n values. */
export interface Moments {
  readonly mean: number;
  /** Σ (x − mean)² */
  readonly squares: number;
  /** Σ (x − mean)³ */
  readonly cubes: number;
  /** Σ (x − mean)⁴ */
  readonly fourths: number;
}

/**
 * Mean and sums of powers of deviations by the corrected two-pass algorithm: the mean of the deviations, which exact
 * arithmetic would make 0, corrects them all. It keeps 13 digits where the one-pass formula has none left.
 * Source: Chan, Golub, LeVeque (1983), "Algorithms for computing the sample variance".
 *
 * @param values no NaN (else everything is NaN), at least one value
 */
export function moments(values: Float64Array): Moments {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const firstMean = sum / n;
  let deviations = 0;
  let squares = 0;
  let cubes = 0;
  let fourths = 0;
  for (let i = 0; i < n; i++) {
    const deviation = values[i] - firstMean;
    const square = deviation * deviation;
    deviations += deviation;
    squares += square;
    cubes += square * deviation;
    fourths += square * square;
  }
  const shift = deviations / n;
  return {
    mean: firstMean + shift,
    squares: Math.max(0, squares - deviations * shift),
    // Σ (d − shift)³ with Σ d = n·shift.
    cubes: cubes - 3 * shift * squares + 2 * deviations * shift * shift,
    fourths: fourths - 4 * shift * cubes + 6 * shift ** 2 * squares - 3 * deviations * shift ** 3,
  };
}

/**
 * Quantile by linear interpolation between order statistics (type 7 of R, the default of numpy and pandas).
 *
 * @param sorted ascending, no NaN, at least one value
 * @param p in [0, 1]
 */
export function quantile(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/**
 * The same quantiles without sorting, in linear time.
 *
 * @param values in any order, no NaN, at least one value; not changed
 * @param shares ascending, each in [0, 1]
 * @returns by share
 */
export function quantiles(values: Float64Array, shares: readonly number[]): number[] {
  const last = values.length - 1;
  const ranks = shares.flatMap((p) => [Math.floor(p * last), Math.ceil(p * last)]);
  const found = orderStatistics(values, ranks);
  return shares.map((p, at) => {
    const [below, above] = [found[2 * at], found[2 * at + 1]];
    return below + (p * last - ranks[2 * at]) * (above - below);
  });
}

/** @param values a column; NaN is missing. @returns statistics of the rest; NaN everywhere when nothing is left */
export function describe(values: Float64Array): ColumnStatistics {
  const whole = moments(values);
  // Where something is missing, the mean is NaN.
  const present = Number.isNaN(whole.mean) ? observed(values) : values;
  const n = present.length;
  if (n === 0) return nothing;
  const { mean, squares, cubes, fourths } = n === values.length ? whole : moments(present);
  const sdPopulation = Math.sqrt(squares / n);
  const { min, max } = extent(present);
  const [q1, median, q3] = quantiles(present, [0.25, 0.5, 0.75]);
  return {
    count: n,
    mean,
    sdPopulation,
    sdSample: Math.sqrt(squares / (n - 1)),
    min,
    q1,
    median,
    q3,
    max,
    skewness: sdPopulation > 0 ? cubes / n / sdPopulation ** 3 : 0,
    kurtosis: sdPopulation > 0 ? fourths / n / sdPopulation ** 4 - 3 : 0,
    zeroShare: min > 0 || max < 0 ? 0 : countZeros(present) / n,
  };
}

function countZeros(values: Float64Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === 0) count++;
  return count;
}

/**
 * Skewness and kurtosis as pandas, Excel and SAS show them: G1 and G2, without the bias that the moments of a small sample
 * have. NaN for fewer than 3 and 4 values.
 * Source: Joanes and Gill (1998), "Comparing measures of sample skewness and kurtosis".
 */
export function correctedShape({ count: n, sdPopulation, skewness, kurtosis }: ColumnStatistics): {
  readonly skewness: number;
  readonly kurtosis: number;
} {
  // A column that does not vary has no shape: 0, as in pandas.
  if (sdPopulation === 0) return { skewness: n < 3 ? NaN : 0, kurtosis: n < 4 ? NaN : 0 };
  return {
    skewness: n < 3 ? NaN : (skewness * Math.sqrt(n * (n - 1))) / (n - 2),
    kurtosis: n < 4 ? NaN : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * kurtosis + 6),
  };
}

/** The most frequent value; the smallest of them on a tie. NaN when every value is missing. */
export function mode(values: Float64Array): number {
  const sorted = observed(values).sort();
  let best = NaN;
  let bestCount = 0;
  for (let i = 0; i < sorted.length;) {
    let end = i + 1;
    while (end < sorted.length && sorted[end] === sorted[i]) end++;
    if (end - i > bestCount) {
      bestCount = end - i;
      best = sorted[i];
    }
    i = end;
  }
  return best;
}

const nothing: ColumnStatistics = {
  count: 0,
  mean: NaN,
  sdPopulation: NaN,
  sdSample: NaN,
  min: NaN,
  q1: NaN,
  median: NaN,
  q3: NaN,
  max: NaN,
  skewness: NaN,
  kurtosis: NaN,
  zeroShare: NaN,
};
