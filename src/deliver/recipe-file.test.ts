import { describe, expect, it } from 'vitest';
import { cleaning } from '../../tests/helpers/cleaning';
import { AppError } from '../core/errors';
import { defaultRecipe, type Recipe } from '../core/recipe';
import { maxRecipeBytes, parseRecipe, writeRecipe } from './recipe-file';

const recipe: Recipe = {
  ...defaultRecipe,
  derive: { columns: [{ name: 'rate', formula: 'spend / months' }] },
  clean: cleaning({ fill: 'mean', roles: [{ column: '__proto__', role: 'describe' }] }),
  scale: { scaling: 'robust', powers: [{ column: 'spend', power: 'log1p' }] },
  cluster: { nClusters: 5 },
};

function refusal(text: string): AppError {
  try {
    parseRecipe(text);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('a recipe as a file', () => {
  it('comes back as it was', () => {
    expect(parseRecipe(writeRecipe('cards.csv', recipe))).toMatchObject({
      madeFor: 'cards.csv',
      recipe,
    });
  });

  it('holds no row', () => {
    expect(Object.keys(JSON.parse(writeRecipe('a.csv', recipe)) as object)).toEqual([
      'format',
      'version',
      'madeFor',
      'recipe',
    ]);
  });

  const change = (from: string, to: string) => writeRecipe('a.csv', recipe).replace(from, to);
  it.for([
    ['no JSON', '{', /not JSON/],
    ['something else', '{"a": 1}', /does not say/],
    ['a newer version', change('"version": 1', '"version": 2'), /version 2/],
    ['an unknown setting', change('"scaling"', '"scalling"'), /scal/],
    ['a value out of range', change('"nClusters": 5', '"nClusters": 5000'), /nClusters/],
    ['too much of it', ' '.repeat(maxRecipeBytes + 1), /larger/],
  ] as const)('with %s is refused', ([, text, message]) => {
    const { code, message: told } = refusal(text);
    expect(code).toBe('recipe-invalid');
    expect(told).toMatch(message);
  });
});
