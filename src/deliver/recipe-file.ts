import * as v from 'valibot';
import { recipeSchema } from '../contract/recipe-schema';
import { AppError } from '../core/errors';
import type { Recipe } from '../core/recipe';

export const recipeFormat = 'tessera-recipe';
export const recipeVersion = 1;

/** Larger than any recipe that this page writes. */
export const maxRecipeBytes = 8 * 2 ** 20;

/** All that was chosen for a file, without a row of it. */
export interface RecipeFile {
  readonly format: typeof recipeFormat;
  readonly version: typeof recipeVersion;
  /** Name of the file that it was made for. */
  readonly madeFor: string;
  readonly recipe: Recipe;
}

const recipeFileSchema: v.GenericSchema<unknown, RecipeFile> = v.strictObject({
  format: v.literal(recipeFormat),
  version: v.literal(recipeVersion),
  madeFor: v.pipe(v.string(), v.maxLength(10_000)),
  recipe: recipeSchema,
});

/** The recipe as a file that a person can read. */
export function writeRecipe(madeFor: string, recipe: Recipe): string {
  const file: RecipeFile = { format: recipeFormat, version: recipeVersion, madeFor, recipe };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * A recipe from a file that may be anything.
 *
 * @throws AppError `recipe-invalid`, saying where
 */
export function parseRecipe(text: string): RecipeFile {
  if (text.length > maxRecipeBytes) throw invalid('it is larger than any recipe of this page');
  const content = parseJson(text);
  const head = v.safeParse(
    v.looseObject({ format: v.literal(recipeFormat), version: v.number() }),
    content,
  );
  if (!head.success) throw invalid('it does not say that it is a Tessera recipe');
  if (head.output.version > recipeVersion) {
    throw invalid(
      `it has version ${head.output.version}, and this page reads up to version ${recipeVersion}; reload the page to get its newest version`,
    );
  }
  const result = v.safeParse(recipeFileSchema, content);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw invalid(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalid('it is not JSON, or cut off');
  }
}

function invalid(reason: string): AppError {
  return new AppError('recipe-invalid', `This file cannot be used as a recipe: ${reason}.`);
}
