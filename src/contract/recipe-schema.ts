import * as v from 'valibot';
import { cleanSchema } from './clean-schema';
import { longestName } from '../core/table/rename-columns';
import { longestEdit, mostEdits, segmentDefaults } from '../core/explain/segment-edits';
import { personaDefaults } from '../core/explain/persona-params';
import { activations } from '../core/learn/dense-layer';
import { reduceDefaults, spaceKinds } from '../core/reduce/reduce-params';
import { encodeDefaults } from '../core/features/encode-table';
import { powerKinds } from '../core/features/power';
import { scalings } from '../core/features/scale';
import { trustDefaults } from '../core/judge/trust-params';
import type { PinnedSegments } from '../core/judge/identity';
import type { Recipe } from '../core/recipe';
import { delimiters, encodings, thousandsMarks, totalRowRules } from '../core/table/read-params';

const integer = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const seed = integer(0, 4294967295);
/** What people wrote: no control characters but, in advice, ends of lines. */
const written = (longest: number) =>
  v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(longest), v.regex(/^[^\p{Cc}]*$/u)));
const segmentEdit = v.strictObject({
  generated: v.pipe(v.string(), v.maxLength(20_000)),
  share: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  name: written(longestEdit.name),
  sentence: written(longestEdit.sentence),
  advice: v.nullable(
    v.pipe(v.string(), v.minLength(1), v.maxLength(longestEdit.advice), v.regex(/^[\P{Cc}\n]*$/u)),
  ),
});
const columnName = v.pipe(v.string(), v.maxLength(10_000));

/** The limits of every setting, for forms as well as for recipes from outside. */
export const limits = {
  skipLines: { min: 0, max: 10_000 },
  nMissingTokens: { min: 0, max: 1000 },
  nDerived: { min: 0, max: 100 },
  maxLevels: { min: 2, max: 50 },
  nComponents: { min: 1, max: 100 },
  codeSize: { min: 1, max: 100 },
  /** Between the columns and the code, and how wide each may be. */
  nHiddenLayers: { min: 0, max: 8 },
  layerSize: { min: 1, max: 512 },
  epochs: { min: 1, max: 1000 },
  batchSize: { min: 1, max: 10_000 },
  kMax: { min: 2, max: 20 },
  /** Two segments of equal size have half of the customers each. */
  smallestShare: { min: 0, max: 0.5 },
  nInit: { min: 1, max: 100 },
  /** Columns and levels that pinned segments are known by. */
  nPinnedFeatures: { min: 1, max: 10_000 },
  seed: { min: 0, max: 4294967295 },
  testShare: { min: 0.05, max: 0.95 },
  maxDepth: { min: 1, max: 40 },
  minSamplesLeaf: { min: 1, max: 10_000 },
  ccpAlpha: { min: 0, max: 1 },
  nBootstraps: { min: 10, max: 1000 },
  // With fewer, no verdict could be told from chance.
  nReferences: { min: 19, max: 500 },
} as const;

/** Segments of an earlier run, by their means. */
export const pinnedSchema: v.GenericSchema<unknown, PinnedSegments> = v.strictObject({
  features: v.pipe(
    v.array(
      v.strictObject({
        column: columnName,
        level: v.nullable(columnName),
        means: v.pipe(
          v.array(v.pipe(v.number(), v.finite())),
          v.minLength(1),
          v.maxLength(limits.kMax.max),
        ),
      }),
    ),
    v.minLength(1),
    v.maxLength(limits.nPinnedFeatures.max),
    v.check(
      (features) => features.every(({ means }) => means.length === features[0].means.length),
      'Every column needs a mean for every segment.',
    ),
  ),
});

/** A recipe from outside: a stored session, a project, a link. Nothing unknown passes. */
export const recipeSchema: v.GenericSchema<unknown, Recipe> = v.strictObject({
  read: v.strictObject({
    delimiter: v.picklist(['auto', ...delimiters]),
    encoding: v.picklist(['auto', ...encodings]),
    header: v.picklist(['auto', 'yes', 'no']),
    decimal: v.picklist(['auto', '.', ',']),
    // Sessions from before these four existed have none of them.
    thousands: v.optional(v.picklist(['auto', 'none', ...thousandsMarks]), 'auto'),
    skipLines: v.optional(
      v.union([v.literal('auto'), integer(limits.skipLines.min, limits.skipLines.max)]),
      'auto',
    ),
    missing: v.optional(
      v.union([
        v.literal('auto'),
        v.pipe(
          v.array(v.pipe(v.string(), v.maxLength(200))),
          v.maxLength(limits.nMissingTokens.max),
        ),
      ]),
      'auto',
    ),
    totalRow: v.optional(v.picklist(totalRowRules), 'auto'),
    dateOrder: v.picklist(['auto', 'day-first', 'month-first']),
    names: v.optional(
      v.pipe(
        v.array(
          v.strictObject({
            column: columnName,
            name: v.pipe(v.string(), v.maxLength(longestName)),
          }),
        ),
        v.maxLength(10_000),
      ),
      [],
    ),
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
  derive: v.optional(
    v.strictObject({
      columns: v.pipe(
        v.array(
          v.strictObject({ name: columnName, formula: v.pipe(v.string(), v.maxLength(2_000)) }),
        ),
        v.maxLength(limits.nDerived.max),
      ),
    }),
    { columns: [] },
  ),
  clean: cleanSchema,
  encode: v.optional(
    v.strictObject({ maxLevels: integer(limits.maxLevels.min, limits.maxLevels.max) }),
    encodeDefaults,
  ),
  scale: v.strictObject({
    scaling: v.picklist(scalings),
    powers: v.optional(
      v.pipe(
        v.array(v.strictObject({ column: columnName, power: v.picklist(powerKinds) })),
        v.maxLength(10_000),
      ),
      [],
    ),
  }),
  reduce: v.optional(
    v.strictObject({
      space: v.picklist(spaceKinds),
      nComponents: integer(limits.nComponents.min, limits.nComponents.max),
      autoencoder: v.strictObject({
        hiddenSizes: v.pipe(
          v.array(integer(limits.layerSize.min, limits.layerSize.max)),
          v.maxLength(limits.nHiddenLayers.max),
        ),
        codeSize: integer(limits.codeSize.min, limits.codeSize.max),
        activation: v.picklist(activations),
        epochs: integer(limits.epochs.min, limits.epochs.max),
        batchSize: integer(limits.batchSize.min, limits.batchSize.max),
        learningRate: v.pipe(v.number(), v.gtValue(0), v.ltValue(1)),
        validationShare: v.pipe(v.number(), v.gtValue(0), v.ltValue(1)),
        patience: integer(limits.epochs.min, limits.epochs.max),
        seed,
      }),
    }),
    reduceDefaults,
  ),
  sweep: v.strictObject({
    kMax: integer(limits.kMax.min, limits.kMax.max),
    nInit: integer(limits.nInit.min, limits.nInit.max),
    seed,
  }),
  cluster: v.strictObject({
    nClusters: v.union([v.literal('auto'), integer(1, limits.kMax.max)]),
    mergedOn: v.optional(pinnedSchema),
    limits: v.optional(
      v.strictObject({
        smallestShare: v.pipe(
          v.number(),
          v.minValue(limits.smallestShare.min),
          v.maxValue(limits.smallestShare.max),
        ),
        mostSegments: v.nullable(integer(limits.kMax.min, limits.kMax.max)),
      }),
    ),
    pinned: v.optional(pinnedSchema),
    merge: v.optional(
      v.pipe(
        v.array(
          v.pipe(
            v.array(integer(0, limits.kMax.max - 1)),
            v.minLength(2),
            v.maxLength(limits.kMax.max),
          ),
        ),
        v.maxLength(limits.kMax.max / 2),
        v.check(
          (groups) => new Set(groups.flat()).size === groups.flat().length,
          'A segment is merged twice.',
        ),
      ),
    ),
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
  segments: v.optional(
    v.strictObject({ edits: v.pipe(v.array(segmentEdit), v.maxLength(mostEdits)) }),
    segmentDefaults,
  ),
  personas: v.optional(v.strictObject({ valueColumn: v.nullable(columnName) }), personaDefaults),
  trust: v.optional(
    v.strictObject({
      nBootstraps: integer(limits.nBootstraps.min, limits.nBootstraps.max),
      nReferences: integer(limits.nReferences.min, limits.nReferences.max),
      seed,
    }),
    trustDefaults,
  ),
});
