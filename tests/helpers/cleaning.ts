import type { CleanParams } from '../../src/core/clean/clean';
import {
  usualLimits,
  type FillRule,
  type OutlierAction,
  type OutlierRule,
} from '../../src/core/clean/clean-step';
import type { RoleChoice } from '../../src/core/table/roles';

/** The usual three steps, with other rules. */
export function cleaning({
  roles = [],
  duplicates = 'set-aside',
  fill = 'median',
  outlierRule = 'iqr',
  outlierAction = 'keep',
}: {
  readonly roles?: readonly RoleChoice[];
  readonly duplicates?: 'set-aside' | 'keep';
  readonly fill?: FillRule;
  readonly outlierRule?: OutlierRule;
  readonly outlierAction?: OutlierAction;
} = {}): CleanParams {
  return {
    roles,
    steps: [
      { kind: 'duplicates', isOn: duplicates === 'set-aside', key: [] },
      {
        kind: 'outliers',
        isOn: true,
        columns: [],
        rule: outlierRule,
        limit: usualLimits[outlierRule],
        action: outlierAction,
      },
      { kind: 'missing', isOn: true, columns: [], rule: fill, value: 0 },
    ],
  };
}
