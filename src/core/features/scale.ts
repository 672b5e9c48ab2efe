import { matrix, type Matrix } from '../matrix';
import { describe } from '../table/stats';

export const scalings = ['standard', 'robust', 'minmax', 'none'] as const;
export type Scaling = (typeof scalings)[number];

/** x = (value − center) / scale, per column. */
export interface Scaler {
  /** Column means, in the columns' units. Length nFeatures. */
  readonly center: readonly number[];
  /** Never 0. Length nFeatures. */
  readonly scale: readonly number[];
}

/**
 * Learns how to bring columns to a common scale.
 * `standard`: population standard deviation; `robust`: interquartile range; `minmax`: range; `none`: 1.
 *
 * Differs from scikit-learn: always centred on the mean (distances do not depend on the centre, and float32 keeps more
 * digits near 0), and a column whose interquartile range is 0 is divided by its standard deviation, not left as it is.
 *
 * @param features nFeatures columns of equal length, no NaN
 */
export function fitScaler(features: readonly Float64Array[], scaling: Scaling): Scaler {
  const statistics = features.map(describe);
  return {
    center: statistics.map(({ mean }) => mean),
    scale: statistics.map(({ sdPopulation, q1, q3, min, max }) => {
      const spread = {
        standard: sdPopulation,
        robust: q3 - q1 || sdPopulation,
        minmax: max - min,
        none: 1,
      }[scaling];
      return spread || 1;
    }),
  };
}

/** One scaled value, rounded to float32 exactly as it stands in the matrix. */
export function scaleValue(value: number, center: number, scale: number): number {
  return Math.fround((value - center) / scale);
}

/** @returns the scaled matrix, nSamples × nFeatures */
export function transform(scaler: Scaler, features: readonly Float64Array[]): Matrix {
  const nFeatures = features.length;
  const nSamples = features[0].length;
  const data = new Float32Array(nSamples * nFeatures);
  features.forEach((values, j) => {
    const [center, scale] = [scaler.center[j], scaler.scale[j]];
    for (let i = 0; i < nSamples; i++) {
      data[i * nFeatures + j] = scaleValue(values[i], center, scale);
    }
  });
  return matrix(data, nSamples, nFeatures);
}
