import * as v from 'valibot';
import { longestRunName, mostRuns, type KeptRun } from '../core/runs';
import { limits, pinnedSchema, recipeSchema } from './recipe-schema';

/** Kept runs from outside: a project, a session. */
export const runsSchema: v.GenericSchema<unknown, readonly KeptRun[]> = v.pipe(
  v.array(
    v.strictObject({
      name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(longestRunName + 10)),
      recipe: recipeSchema,
      nClusters: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(limits.kMax.max)),
      segments: pinnedSchema,
    }),
  ),
  v.maxLength(mostRuns),
  v.check(
    (runs) => new Set(runs.map(({ name }) => name)).size === runs.length,
    'Two kept runs have the same name.',
  ),
);
