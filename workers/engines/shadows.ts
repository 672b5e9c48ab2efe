import { eigenSymmetric } from '../../src/core/learn/eigen';

/** The axes are those of so many clusters: any would do, and these are nearly the best. */
const sampled = 2000;
/** Of a shadow of length 1, twice over: float32 rounds each of its values by 2^-24 of it at most. */
const roundings = 2 ** -23;

/**
 * Points seen along their principal axes, in units of the longest one. Shadows are as far from each other as the points
 * are, but for rounding, and most of that shows in the first columns.
 */
export interface Shadows {
  /** How long a distance of 1 is among the shadows. */
  readonly unit: number;
  /** By how much two shadows may be farther from each other than their points, at most. */
  readonly slack: number;
  /** Row-major, like the points. */
  readonly values: Float32Array;
  /** Casts the shadow of a point anew. */
  cast(point: number): void;
}

/** @param points row-major, nFeatures finite values each; looked at again when a shadow is cast */
export async function castShadows(points: Float64Array, nFeatures: number): Promise<Shadows> {
  const nPoints = points.length / nFeatures;
  const axes = byFours(await principalAxes(points, nFeatures), nFeatures);
  const values = new Float32Array(points.length);
  let longest = 0;
  for (let i = 0; i < nPoints; i++) longest = Math.max(longest, lengthOf(points, i, nFeatures));
  const unit = longest > 0 ? 1 / longest : 1;
  let slack = 2 * roundings;

  function cast(point: number): void {
    const from = point * nFeatures;
    const end = from + nFeatures;
    let square = 0;
    // Four axes at a time: their sums do not wait for each other.
    for (let m = from, at = 0; m < end; m += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let j = from; j < end; j++, at += 4) {
        const value = points[j];
        a += axes[at] * value;
        b += axes[at + 1] * value;
        c += axes[at + 2] * value;
        d += axes[at + 3] * value;
      }
      square += a * a + b * b + c * c + d * d;
      values[m] = a * unit;
      if (m + 1 < end) values[m + 1] = b * unit;
      if (m + 2 < end) values[m + 2] = c * unit;
      if (m + 3 < end) values[m + 3] = d * unit;
    }
    slack = Math.max(slack, 2 * roundings * Math.sqrt(square) * unit);
  }

  for (let i = 0; i < nPoints; i++) cast(i);
  return {
    unit,
    get slack() {
      return slack;
    },
    values,
    cast,
  };
}

function lengthOf(points: Float64Array, point: number, nFeatures: number): number {
  let square = 0;
  for (let at = point * nFeatures; at < (point + 1) * nFeatures; at++) square += points[at] ** 2;
  return Math.sqrt(square);
}

/** Four axes beside each other, value by value, then the next four; the last ones are filled up with zeros. */
function byFours(axes: Float64Array, nFeatures: number): Float64Array {
  const beside = new Float64Array(4 * Math.ceil(nFeatures / 4) * nFeatures);
  for (let m = 0; m < nFeatures; m++) {
    const first = (m - (m % 4)) * nFeatures + (m % 4);
    for (let j = 0; j < nFeatures; j++) beside[first + 4 * j] = axes[m * nFeatures + j];
  }
  return beside;
}

/** Row-major: an axis a row, that of the largest variance first. */
async function principalAxes(points: Float64Array, nFeatures: number): Promise<Float64Array> {
  const nPoints = points.length / nFeatures;
  const step = Math.ceil(nPoints / sampled);
  const means = new Float64Array(nFeatures);
  const n = Math.ceil(nPoints / step);
  for (let i = 0; i < nPoints; i += step) {
    for (let j = 0; j < nFeatures; j++) means[j] += points[i * nFeatures + j] / n;
  }
  const products = new Float64Array(nFeatures * nFeatures);
  const row = new Float64Array(nFeatures);
  for (let i = 0; i < nPoints; i += step) {
    for (let j = 0; j < nFeatures; j++) row[j] = points[i * nFeatures + j] - means[j];
    for (let j = 0; j < nFeatures; j++) {
      for (let l = 0; l <= j; l++) products[j * nFeatures + l] += row[j] * row[l];
    }
  }
  for (let j = 0; j < nFeatures; j++) {
    for (let l = 0; l < j; l++) products[l * nFeatures + j] = products[j * nFeatures + l];
  }
  return (await eigenSymmetric(products, nFeatures)).vectors;
}
