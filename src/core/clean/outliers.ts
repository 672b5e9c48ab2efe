import { quantiles, type ColumnStatistics } from '../table/stats';
import type { OutlierRule } from './clean-step';

/**
 * The range outside of which a value is an outlier, in the column's unit.
 * `iqr`: q1 − limit·(q3 − q1) … q3 + limit·(q3 − q1) (Tukey: 1.5). `zscore`: mean ± limit population standard deviations.
 * `percentile`: what cuts off `limit` percent of the values at each end.
 *
 * @param observed the values, none missing, at least one
 */
export function outlierBounds(
  observed: Float64Array,
  { q1, q3, mean, sdPopulation }: ColumnStatistics,
  rule: OutlierRule,
  limit: number,
): [lower: number, upper: number] {
  switch (rule) {
    case 'iqr':
      return [q1 - limit * (q3 - q1), q3 + limit * (q3 - q1)];
    case 'zscore':
      return [mean - limit * sdPopulation, mean + limit * sdPopulation];
    case 'percentile': {
      const [lower, upper] = quantiles(observed, [limit / 100, 1 - limit / 100]);
      return [lower, upper];
    }
  }
}
