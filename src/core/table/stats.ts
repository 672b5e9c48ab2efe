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
  readonly zeroShare: number;
}

/** The values that are not missing, in their order. */
export function observed(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

/**
 * Mean and sum of squared deviations by the corrected two-pass algorithm: the mean of the deviations, which exact
 * arithmetic would make 0, corrects both. It keeps 13 digits where the one-pass formula has none left.
 * Source: Chan, Golub, LeVeque (1983), "Algorithms for computing the sample variance".
 *
 * @param values no NaN, at least one value
 */
export function meanAndSquares(values: Float64Array): { mean: number; squares: number } {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const firstMean = sum / n;
  let deviations = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const deviation = values[i] - firstMean;
    deviations += deviation;
    squares += deviation * deviation;
  }
  return {
    mean: firstMean + deviations / n,
    squares: Math.max(0, squares - (deviations * deviations) / n),
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

/** @param values a column; NaN is missing. @returns statistics of the rest; NaN everywhere when nothing is left */
export function describe(values: Float64Array): ColumnStatistics {
  const present = observed(values).sort();
  const n = present.length;
  if (n === 0) return nothing;
  const { mean, squares } = meanAndSquares(present);
  let cubes = 0;
  let zeros = 0;
  for (let i = 0; i < n; i++) {
    cubes += (present[i] - mean) ** 3;
    if (present[i] === 0) zeros++;
  }
  const sdPopulation = Math.sqrt(squares / n);
  return {
    count: n,
    mean,
    sdPopulation,
    sdSample: Math.sqrt(squares / (n - 1)),
    min: present[0],
    q1: quantile(present, 0.25),
    median: quantile(present, 0.5),
    q3: quantile(present, 0.75),
    max: present[n - 1],
    skewness: sdPopulation > 0 ? cubes / n / sdPopulation ** 3 : 0,
    zeroShare: zeros / n,
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
  zeroShare: NaN,
};
