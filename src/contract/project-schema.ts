import * as v from 'valibot';
import { recipeSchema } from './recipe-schema';
import { runsSchema } from './runs-schema';

/** Longest name of a project, for forms as well. */
export const longestProjectName = 200;

const name = v.pipe(v.string(), v.maxLength(10_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const projectName = v.pipe(v.string(), v.maxLength(longestProjectName));

/** Which file a project is about, without a row of it. */
export const projectSourceSchema = v.strictObject({
  name,
  /** Fingerprint of its content. */
  key: v.pipe(v.string(), v.maxLength(200)),
  isSample: v.boolean(),
  /** Bytes of the file; null: not known, as in what older versions stored. */
  nBytes: v.nullable(count),
});
export type ProjectSource = v.InferOutput<typeof projectSourceSchema>;

/** What is remembered of the work on one file. Rows are not part of it: they lie apart, and only if allowed. */
export const projectSchema = v.strictObject({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  name: projectName,
  source: projectSourceSchema,
  /** The settings as they were last, also those whose results were not there yet. */
  recipe: recipeSchema,
  /** The last settings that gave segments: the way back where `recipe` gives none. */
  told: v.nullable(recipeSchema),
  /** Number of segments that were told last; null: none were. */
  nSegments: v.nullable(count),
  /** Their sizes in customers, for a small picture; [] where they are not known. */
  sizes: v.pipe(v.array(count), v.maxLength(1000)),
  /** To be compared with others. */
  keptRuns: v.optional(runsSchema, []),
  savedAt: v.number(),
  /** Rises with every change of the settings, so that two tabs notice each other. */
  revision: count,
});
export type Project = v.InferOutput<typeof projectSchema>;

/** "shop" for "shop.csv". */
export function nameOfProject(fileName: string): string {
  const bare = fileName.replace(/(\.(csv|tsv|txt))?(\.gz)?$/i, '').trim();
  return (bare || fileName || 'Customers').slice(0, longestProjectName);
}
