import * as v from 'valibot';
import { outlierActions } from '../core/clean/clean';
import { fillRules } from '../core/clean/clean-column';
import { outlierRules } from '../core/clean/outliers';
import { scalings } from '../core/features/scale';
import type { Recipe } from '../core/recipe';
import { delimiters, encodings } from '../core/table/read-params';
import { roles } from '../core/table/roles';

const integer = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const seed = integer(0, 4294967295);
const columnName = v.pipe(v.string(), v.maxLength(10_000));

/** The limits of every setting, for forms as well as for recipes from outside. */
export const limits = {
  kMax: { min: 2, max: 20 },
  nInit: { min: 1, max: 100 },
  seed: { min: 0, max: 4294967295 },
  testShare: { min: 0.05, max: 0.95 },
  maxDepth: { min: 1, max: 40 },
  minSamplesLeaf: { min: 1, max: 10_000 },
  ccpAlpha: { min: 0, max: 1 },
} as const;

/** A recipe from outside: a stored session, a project, a link. Nothing unknown passes. */
export const recipeSchema: v.GenericSchema<unknown, Recipe> = v.strictObject({
  read: v.strictObject({
    delimiter: v.picklist(['auto', ...delimiters]),
    encoding: v.picklist(['auto', ...encodings]),
    header: v.picklist(['auto', 'yes', 'no']),
    decimal: v.picklist(['auto', '.', ',']),
    dateOrder: v.picklist(['auto', 'day-first', 'month-first']),
    kinds: v.pipe(
      v.array(
        v.strictObject({
          column: columnName,
          kind: v.picklist(['number', 'category', 'date', 'text']),
        }),
      ),
      v.maxLength(10_000),
    ),
  }),
  clean: v.strictObject({
    roles: v.pipe(
      v.array(v.strictObject({ column: columnName, role: v.picklist(roles) })),
      v.maxLength(10_000),
    ),
    duplicates: v.picklist(['set-aside', 'keep']),
    fill: v.picklist(fillRules),
    outlierRule: v.picklist(outlierRules),
    outlierAction: v.picklist(outlierActions),
  }),
  scale: v.strictObject({ scaling: v.picklist(scalings) }),
  sweep: v.strictObject({
    kMax: integer(limits.kMax.min, limits.kMax.max),
    nInit: integer(limits.nInit.min, limits.nInit.max),
    seed,
  }),
  cluster: v.strictObject({
    nClusters: v.union([v.literal('auto'), integer(1, limits.kMax.max)]),
  }),
  tree: v.strictObject({
    testShare: v.pipe(
      v.number(),
      v.minValue(limits.testShare.min),
      v.maxValue(limits.testShare.max),
    ),
    maxDepth: v.nullable(integer(limits.maxDepth.min, limits.maxDepth.max)),
    minSamplesLeaf: integer(limits.minSamplesLeaf.min, limits.minSamplesLeaf.max),
    // Sessions from before these two existed have neither.
    classWeight: v.optional(v.picklist(['none', 'balanced']), 'none'),
    ccpAlpha: v.optional(
      v.pipe(v.number(), v.minValue(limits.ccpAlpha.min), v.maxValue(limits.ccpAlpha.max)),
      0,
    ),
    seed,
  }),
});
