import * as v from 'valibot';
import type { CleanParams } from '../core/clean/clean';
import {
  fillRules,
  outlierActions,
  outlierRules,
  usualLimits,
  type CleanStep,
} from '../core/clean/clean-step';
import { roles } from '../core/table/roles';

const columnName = v.pipe(v.string(), v.maxLength(10_000));
const columnNames = v.pipe(v.array(columnName), v.maxLength(10_000));
const finite = v.pipe(v.number(), v.finite());

const roleChoices = v.pipe(
  v.array(v.strictObject({ column: columnName, role: v.picklist(roles) })),
  v.maxLength(10_000),
);

/** The limits of an outlier rule, for forms as well. */
export const outlierLimits = {
  iqr: { min: 0.5, max: 10 },
  zscore: { min: 1, max: 10 },
  percentile: { min: 0.01, max: 25 },
} as const;

const outliers = v.pipe(
  v.strictObject({
    kind: v.literal('outliers'),
    isOn: v.boolean(),
    columns: columnNames,
    rule: v.picklist(outlierRules),
    limit: finite,
    action: v.picklist(outlierActions),
  }),
  v.check(
    ({ rule, limit }) => limit >= outlierLimits[rule].min && limit <= outlierLimits[rule].max,
    'The limit of an outlier rule is out of its range.',
  ),
);

const step: v.GenericSchema<unknown, CleanStep> = v.variant('kind', [
  v.strictObject({ kind: v.literal('duplicates'), isOn: v.boolean(), key: columnNames }),
  outliers,
  v.strictObject({
    kind: v.literal('missing'),
    isOn: v.boolean(),
    columns: columnNames,
    rule: v.picklist(fillRules),
    value: finite,
  }),
]);

/** Recipes from before there was a list of steps had one rule for each kind of them. */
const withoutSteps = v.strictObject({
  roles: roleChoices,
  duplicates: v.picklist(['set-aside', 'keep']),
  fill: v.picklist(['median', 'mean', 'mode', 'set-aside']),
  outlierRule: v.picklist(['iqr', 'zscore']),
  outlierAction: v.picklist(outlierActions),
});

function toSteps({
  roles,
  duplicates,
  fill,
  outlierRule,
  outlierAction,
}: v.InferOutput<typeof withoutSteps>): CleanParams {
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

export const cleanSchema: v.GenericSchema<unknown, CleanParams> = v.union([
  v.strictObject({ roles: roleChoices, steps: v.pipe(v.array(step), v.maxLength(200)) }),
  v.pipe(withoutSteps, v.transform(toSteps)),
]);
