import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { defaultRecipe } from '../core/recipe';
import { limits, recipeSchema } from './recipe-schema';

/** The default recipe as JSON, with one place changed. */
function changed(path: string, value: unknown): unknown {
  const recipe = JSON.parse(JSON.stringify(defaultRecipe)) as Record<string, unknown>;
  const keys = path.split('.');
  let inner = recipe;
  for (const key of keys.slice(0, -1)) inner = inner[key] as Record<string, unknown>;
  Object.defineProperty(inner, keys[keys.length - 1], { value, enumerable: true });
  return recipe;
}

const passes = (recipe: unknown) => v.is(recipeSchema, recipe);

describe('a recipe from outside', () => {
  it('that is the default one passes, unchanged', () => {
    const copy: unknown = JSON.parse(JSON.stringify(defaultRecipe));
    expect(v.parse(recipeSchema, copy)).toEqual(defaultRecipe);
  });

  it.for([
    ['cluster.nClusters', 3],
    ['tree.maxDepth', null],
    ['tree.classWeight', 'balanced'],
    ['tree.ccpAlpha', 0.01],
    ['clean.roles', [{ column: '__proto__', role: 'ignore' }]],
    ['read.kinds', [{ column: 'a', kind: 'text' }]],
    ['sweep.seed', 4294967295],
    ['sweep.kMax', limits.kMax.max],
  ] as const)('passes with %s = %o', ([path, value]) => {
    expect(passes(changed(path, value))).toBe(true);
  });

  it.for([
    ['surprise', 1],
    ['read.surprise', 1],
    ['clean.surprise', 1],
    ['scale.surprise', 1],
    ['sweep.surprise', 1],
    ['cluster.surprise', 1],
    ['tree.surprise', 1],
    ['__proto__', { polluted: true }],
    ['sweep.__proto__', { polluted: true }],
    ['constructor', {}],
    ['sweep.kMax', 1],
    ['sweep.kMax', 21],
    ['sweep.kMax', 5.5],
    ['sweep.kMax', '5'],
    ['sweep.nInit', 0],
    ['sweep.nInit', 101],
    ['sweep.seed', -1],
    ['sweep.seed', 4294967296],
    ['cluster.nClusters', 0],
    ['cluster.nClusters', 'many'],
    ['tree.testShare', 0],
    ['tree.testShare', 1],
    ['tree.testShare', NaN],
    ['tree.maxDepth', 41],
    ['tree.minSamplesLeaf', 0],
    ['tree.classWeight', 'heavy'],
    ['tree.ccpAlpha', -0.1],
    ['tree.ccpAlpha', NaN],
    ['scale.scaling', 'toString'],
    ['clean.fill', ''],
    ['clean.roles', [{ column: 'a', role: 'owner' }]],
    ['clean.roles', [{ column: 'a', role: 'id', more: 1 }]],
    ['clean.roles', Array(10_001).fill({ column: 'a', role: 'id' })],
    ['read.kinds', [{ column: 'x'.repeat(10_001), kind: 'text' }]],
    ['read.encoding', 'utf-7'],
    ['read', null],
  ] as const)('is refused with %s = %o', ([path, value]) => {
    expect(passes(changed(path, value))).toBe(false);
  });

  it('from before the tree had class weights and pruning is completed', () => {
    const old = JSON.parse(JSON.stringify(defaultRecipe)) as { tree: Record<string, unknown> };
    delete old.tree.classWeight;
    delete old.tree.ccpAlpha;
    expect(v.parse(recipeSchema, old)).toEqual(defaultRecipe);
  });

  it('is refused when a part is missing, or when it is no object at all', () => {
    for (const key of Object.keys(defaultRecipe)) {
      const without: Record<string, unknown> = { ...defaultRecipe };
      delete without[key];
      expect(passes(without)).toBe(false);
    }
    for (const value of [null, [], 'recipe', 7, undefined]) expect(passes(value)).toBe(false);
  });

  it('leaves Object.prototype alone', () => {
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
