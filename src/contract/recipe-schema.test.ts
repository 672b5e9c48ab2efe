import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { defaultRecipe } from '../core/recipe';
import { limits, recipeSchema } from './recipe-schema';

const outliers = {
  kind: 'outliers',
  isOn: true,
  columns: [],
  rule: 'iqr',
  limit: 1.5,
  action: 'clip',
};

const edit = {
  generated: 'High spend',
  share: 0.2,
  name: 'Regulars',
  sentence: null,
  advice: null,
};

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
    [
      'cluster.pinned',
      {
        features: [
          { column: 'a', level: null, means: [1, -2.5] },
          { column: 'b', level: '__proto__', means: [0, 1] },
        ],
      },
    ],
    ['tree.maxDepth', null],
    ['tree.classWeight', 'balanced'],
    ['tree.ccpAlpha', 0.01],
    ['clean.roles', [{ column: '__proto__', role: 'ignore' }]],
    ['read.kinds', [{ column: 'a', kind: 'text' }]],
    ['read.thousands', "'"],
    ['read.thousands', 'none'],
    ['read.skipLines', 0],
    ['read.skipLines', limits.skipLines.max],
    ['read.missing', []],
    ['read.missing', ['-1', 'unknown', '__proto__']],
    ['read.totalRow', 'set-aside'],
    ['sweep.seed', 4294967295],
    ['sweep.kMax', limits.kMax.max],
    ['derive.columns', [{ name: 'share', formula: 'a / b' }]],
    ['derive.columns', [{ name: '__proto__', formula: 'whatever it says' }]],
    ['encode.maxLevels', 2],
    ['clean.steps', []],
    ['clean.steps', [{ kind: 'duplicates', isOn: false, key: ['id'] }]],
    ['clean.steps', [outliers, { ...outliers, rule: 'zscore', limit: 10 }]],
    ['clean.steps', [{ ...outliers, rule: 'percentile', limit: 0.01, action: 'set-aside' }]],
    ['clean.steps', [{ kind: 'missing', isOn: true, columns: ['a'], rule: 'value', value: -3 }]],
    ['scale.powers', [{ column: 'a', power: 'yeo-johnson' }]],
    ['scale.powers', []],
    ['cluster.limits', { smallestShare: 0, mostSegments: null }],
    ['cluster.limits', { smallestShare: 0.5, mostSegments: 20 }],
    ['segments.edits', []],
    ['segments.edits', [edit, { ...edit, name: null, advice: 'One\nTwo' }]],
    ['segments.edits', [{ ...edit, name: '<b>=1+1</b>' }]],
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
    ['cluster.limits', { smallestShare: 0.51, mostSegments: null }],
    ['cluster.limits', { smallestShare: NaN, mostSegments: null }],
    ['cluster.limits', { smallestShare: -0.1, mostSegments: null }],
    ['cluster.limits', { smallestShare: 0, mostSegments: 1 }],
    ['cluster.limits', { smallestShare: 0, mostSegments: 2.5 }],
    ['cluster.limits', { smallestShare: 0 }],
    ['cluster.limits', { smallestShare: 0, mostSegments: null, surprise: 1 }],
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
    ['scale.powers', [{ column: 'a', power: 'cube' }]],
    ['scale.powers', [{ column: 'a', power: 'sqrt', lambda: 2 }]],
    ['scale.powers', {}],
    ['derive.surprise', 1],
    ['derive.columns', [{ name: 'a' }]],
    ['derive.columns', [{ name: 'a', formula: 1 }]],
    ['derive.columns', [{ name: 'a', formula: 'x'.repeat(10_001) }]],
    ['derive.columns', Array(101).fill({ name: 'a', formula: '1' })],
    ['encode.surprise', 1],
    ['encode.maxLevels', 1],
    ['encode.maxLevels', 51],
    ['encode.maxLevels', 2.5],
    ['clean.fill', 'median'],
    ['clean.steps', 'none'],
    ['clean.steps', [{ kind: 'shuffle', isOn: true }]],
    ['clean.steps', [{ ...outliers, surprise: 1 }]],
    ['clean.steps', [{ ...outliers, limit: 0.4 }]],
    ['clean.steps', [{ ...outliers, limit: NaN }]],
    ['clean.steps', [{ ...outliers, rule: 'percentile', limit: 26 }]],
    ['clean.steps', [{ ...outliers, isOn: 1 }]],
    ['clean.steps', [{ ...outliers, columns: 'all' }]],
    ['clean.steps', [{ kind: 'missing', isOn: true, columns: [], rule: 'value', value: Infinity }]],
    ['clean.steps', [{ kind: 'missing', isOn: true, columns: [], rule: 'guess', value: 0 }]],
    ['clean.steps', Array(201).fill(outliers)],
    ['clean.roles', [{ column: 'a', role: 'owner' }]],
    ['clean.roles', [{ column: 'a', role: 'id', more: 1 }]],
    ['clean.roles', Array(10_001).fill({ column: 'a', role: 'id' })],
    ['read.kinds', [{ column: 'x'.repeat(10_001), kind: 'text' }]],
    ['read.encoding', 'utf-7'],
    ['read.thousands', '_'],
    ['read.skipLines', -1],
    ['read.skipLines', 1.5],
    ['read.skipLines', limits.skipLines.max + 1],
    ['read.missing', 'NA'],
    ['read.missing', [1]],
    ['read.missing', ['x'.repeat(201)]],
    ['read.missing', Array(1001).fill('x')],
    ['read.totalRow', 'drop'],
    ['segments.edits', [{ ...edit, name: '' }]],
    ['segments.edits', [{ ...edit, name: 'x'.repeat(61) }]],
    ['segments.edits', [{ ...edit, name: 'two\nlines' }]],
    ['segments.edits', [{ ...edit, advice: 'bell\u0007' }]],
    ['segments.edits', [{ ...edit, share: 0 }]],
    ['segments.edits', [{ ...edit, share: NaN }]],
    ['segments.edits', [{ ...edit, surprise: 1 }]],
    ['segments.edits', Array(201).fill(edit)],
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

  it('from before marks, titles, missing tokens and totals could be set is completed', () => {
    const old = JSON.parse(JSON.stringify(defaultRecipe)) as { read: Record<string, unknown> };
    for (const name of ['thousands', 'skipLines', 'missing', 'totalRow']) {
      expect(old.read[name]).toBe('auto');
      Reflect.deleteProperty(old.read, name);
    }
    expect(v.parse(recipeSchema, old)).toEqual(defaultRecipe);
  });

  it('from before there were derived columns, categories, powers and steps of cleaning is completed', () => {
    const { sweep, cluster, tree } = defaultRecipe;
    const old = {
      sweep,
      cluster,
      tree,
      read: {
        delimiter: 'auto',
        encoding: 'auto',
        header: 'auto',
        decimal: 'auto',
        dateOrder: 'auto',
        kinds: [],
      },
      clean: {
        roles: [{ column: 'a', role: 'id' }],
        duplicates: 'keep',
        fill: 'mean',
        outlierRule: 'zscore',
        outlierAction: 'clip',
      },
      scale: { scaling: 'robust' },
    };
    expect(v.parse(recipeSchema, old)).toEqual({
      ...defaultRecipe,
      clean: {
        roles: [{ column: 'a', role: 'id' }],
        steps: [
          { kind: 'duplicates', isOn: false, key: [] },
          { kind: 'outliers', isOn: true, columns: [], rule: 'zscore', limit: 3, action: 'clip' },
          { kind: 'missing', isOn: true, columns: [], rule: 'mean', value: 0 },
        ],
      },
      scale: { scaling: 'robust', powers: [] },
    });
    for (const spoilt of ['fill', 'outlierRule', 'outlierAction', 'duplicates', 'surprise']) {
      expect(passes({ ...old, clean: { ...old.clean, [spoilt]: 'toString' } })).toBe(false);
    }
  });

  it('is refused when a part is missing, or when it is no object at all', () => {
    for (const key of Object.keys(defaultRecipe)) {
      // Recipes from before these existed are completed.
      if (['derive', 'encode', 'reduce', 'segments', 'personas', 'trust'].includes(key)) continue;
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
