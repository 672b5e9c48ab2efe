import * as v from 'valibot';
import { engineChoices } from '../contract/api';
import { recipeSchema } from '../contract/recipe-schema';

/** What version 1 of the store had: one session. */
export const sessionSchema = v.strictObject({
  source: v.strictObject({ name: v.string(), key: v.string(), isSample: v.boolean() }),
  recipe: recipeSchema,
  nSegments: v.nullable(v.number()),
  savedAt: v.number(),
});

export const settingsSchema = v.strictObject({
  engine: v.picklist(engineChoices),
  /** Workers that share the work; null: as many as there are processors, up to 8. Older settings have none. */
  nWorkers: v.optional(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16))),
    null,
  ),
  /** Of version 1, which had one answer for all files. Each project has its own now. */
  keepRows: v.optional(v.boolean()),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

export const defaultSettings: Settings = { engine: 'auto', nWorkers: null };
