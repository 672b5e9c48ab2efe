import type { PowerKind } from '../../core/features/power';

/** What evens out a column, in words. */
export const powerNames: Readonly<Record<PowerKind, string>> = {
  none: 'as it is',
  log1p: 'logarithm, log(1 + x)',
  sqrt: 'square root',
  'yeo-johnson': 'Yeo–Johnson',
};
