import type { Context } from '../context';
import { ComputedMatrix, matrix, type Matrix } from '../matrix';
import { extent } from '../table/order-statistics';
import { moments, quantiles } from '../table/stats';
import type { PowerChoice } from './even-out';

export const scalings = ['standard', 'robust', 'minmax', 'none'] as const;
export type Scaling = (typeof scalings)[number];

export interface ScaleParams {
  readonly scaling: Scaling;
  /** What evens out skewed columns before they are scaled; a column that is not named is taken as it is. */
  readonly powers: readonly PowerChoice[];
}

export const scaleDefaults: ScaleParams = { scaling: 'standard', powers: [] };

/** x = (value − center) / scale, rounded to a multiple of step, per column. */
export interface Scaler {
  /** Column means, in the columns' units. Length nFeatures. */
  readonly center: readonly number[];
  /** Never 0. Length nFeatures. */
  readonly scale: readonly number[];
  /**
   * Powers of two, in scaled units: so fine that nobody sees them, so coarse that every sum of some of the training
   * rows is exact in float64, in any order. Length nFeatures.
   */
  readonly step: readonly number[];
}

/** No float32 is finer. */
const finestStep = 2 ** -149;
/** Rows that are scaled at a time: what is written stays in the cache while column after column fills it. */
const stretch = 4096;
/** Values that a matrix is kept with: 512 MiB. A larger one would not fit into a tab beside the table it comes from. */
export const mostKept = 2 ** 27;

/**
 * Learns how to bring columns to a common scale.
 * `standard`: population standard deviation; `robust`: interquartile range; `minmax`: range; `none`: 1.
 *
 * Differs from scikit-learn: always centred on the mean (distances do not depend on the centre, and float32 keeps more
 * digits near 0), a column whose interquartile range is 0 is divided by its standard deviation, not left as it is, and
 * values are rounded to a grid (`gridStep`).
 *
 * @param features nFeatures columns of equal length, no NaN, at least one row
 */
export async function fitScaler(
  features: readonly Float64Array[],
  scaling: Scaling,
  ctx: Context,
): Promise<Scaler> {
  const scaler = { center: [] as number[], scale: [] as number[], step: [] as number[] };
  for (const values of features) {
    const { mean, squares } = moments(values);
    await ctx.breathe();
    const scale = spread(values, Math.sqrt(squares / values.length), scaling) || 1;
    await ctx.breathe();
    scaler.center.push(mean);
    scaler.scale.push(scale);
    scaler.step.push(gridStep(values, mean, scale));
    ctx.progress(scaler.center.length, 2 * features.length);
    await ctx.breathe();
  }
  return scaler;
}

function spread(values: Float64Array, sdPopulation: number, scaling: Scaling): number {
  switch (scaling) {
    case 'standard':
      return sdPopulation;
    case 'robust': {
      const [q1, q3] = quantiles(values, [0.25, 0.75]);
      return q3 - q1 || sdPopulation;
    }
    case 'minmax': {
      const { min, max } = extent(values);
      return max - min;
    }
    case 'none':
      return 1;
  }
}

/**
 * The grid on which scaled values lie: p·2^−52, p the smallest power of two above Σ_i |(value_i − center) / scale|.
 * All values are multiples of it, and so is every sum of some of them; none is beyond 2^53 steps, rounding included
 * (at most half a step a row, and 2^−24 of the value for float32). Float64 has all these numbers: nothing is lost in
 * any order of additions. For z-scores of ten million rows a step is 2^−29, below what float32 tells apart from 2^−5 on.
 */
function gridStep(values: Float64Array, center: number, scale: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs((values[i] - center) / scale);
  return Math.max(powerOfTwoAbove(sum) * 2 ** -52, finestStep);
}

/** By its bits, because logarithms differ between browsers. @param x ≥ 0; below 2^-1022 it counts as that */
function powerOfTwoAbove(x: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.max(x, 2 ** -1022));
  bits.setUint32(0, (bits.getUint32(0) & 0x7ff00000) + 0x00100000);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/**
 * One scaled value, exactly as it stands in the matrix: rounded to a multiple of `step` (half to even; not at all if
 * `step` is 0), then to float32, where it stays one.
 */
export function scaleValue(value: number, center: number, scale: number, step: number): number {
  const x = (value - center) / scale;
  // From 2^52 to 2^53 steps neighbours in float64 are a whole step apart: to go there and back again rounds.
  const half = step * 2 ** 51;
  if (x < half && x > -half) return Math.fround(x + 3 * half - 3 * half);
  if (x >= 2 * half || x <= -2 * half) return Math.fround(x);
  const away = x < 0 ? -2 * half : 2 * half;
  return Math.fround(x + away - away);
}

/**
 * Values that were not trained on are scaled the same way; sums of those are not promised to be exact.
 *
 * @param most values to keep; a larger matrix is computed from the columns whenever rows of it are asked for
 * @returns the scaled matrix, nSamples × nFeatures
 */
export async function transform(
  scaler: Scaler,
  features: readonly Float64Array[],
  ctx: Context,
  most = mostKept,
): Promise<Matrix> {
  const nFeatures = features.length;
  const nSamples = features[0].length;
  if (nSamples * nFeatures > most) {
    return new ComputedMatrix(nSamples, nFeatures, (first, end, into) => {
      for (let j = 0; j < nFeatures; j++) scaleRows(scaler, features[j], j, first, end, into);
    });
  }
  const data = new Float32Array(nSamples * nFeatures);
  for (let first = 0; first < nSamples; first += stretch) {
    const end = Math.min(first + stretch, nSamples);
    const rows = data.subarray(first * nFeatures, end * nFeatures);
    for (let j = 0; j < nFeatures; j++) scaleRows(scaler, features[j], j, first, end, rows);
    ctx.progress(nSamples + end, 2 * nSamples);
    await ctx.breathe();
  }
  return matrix(data, nSamples, nFeatures);
}

/** Writes one column of the rows from `first` to before `end`, which begin with `into`. */
function scaleRows(
  scaler: Scaler,
  values: Float64Array,
  j: number,
  first: number,
  end: number,
  into: Float32Array,
): void {
  const center = scaler.center[j];
  const scale = scaler.scale[j];
  const step = scaler.step[j];
  const nFeatures = scaler.center.length;
  for (let i = first, at = j; i < end; i++, at += nFeatures) {
    into[at] = scaleValue(values[i], center, scale, step);
  }
}
