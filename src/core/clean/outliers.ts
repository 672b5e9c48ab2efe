import type { ColumnStatistics } from '../table/stats';

export const outlierRules = ['iqr', 'zscore'] as const;
export type OutlierRule = (typeof outlierRules)[number];

/**
 * The range outside of which a value is an outlier, in the column's unit.
 * `iqr`: q1 − 1.5·(q3 − q1) … q3 + 1.5·(q3 − q1) (Tukey). `zscore`: mean ± 3 population standard deviations.
 */
export function outlierBounds(statistics: ColumnStatistics, rule: OutlierRule): [number, number] {
  const { q1, q3, mean, sdPopulation } = statistics;
  switch (rule) {
    case 'iqr':
      return [q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)];
    case 'zscore':
      return [mean - 3 * sdPopulation, mean + 3 * sdPopulation];
  }
}
