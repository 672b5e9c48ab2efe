import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { defaultRecipe } from '../core/recipe';
import { mostRuns, type KeptRun } from '../core/runs';
import { runsSchema } from './runs-schema';

const run = (name: string, more: object = {}): KeptRun => ({
  name,
  recipe: defaultRecipe,
  nClusters: 4,
  segments: {
    features: [
      { column: '__proto__', level: null, means: [1, 2, 3, 4] },
      { column: 'plan', level: 'gold', means: [0, 0.5, 1, 0.1] },
    ],
  },
  ...more,
});
const passes = (value: unknown) => v.is(runsSchema, JSON.parse(JSON.stringify(value)));

describe('kept runs from outside', () => {
  it('come back as they went', () => {
    const runs = [run('a'), run('b')];
    expect(v.parse(runsSchema, JSON.parse(JSON.stringify(runs)))).toEqual(runs);
    expect(passes([])).toBe(true);
  });

  it.for([
    ['two of one name', [run('a'), run('a')]],
    ['no name', [run('')]],
    ['a name beyond any length', [run('x'.repeat(200))]],
    ['more than are kept', Array.from({ length: mostRuns + 1 }, (_, i) => run(String(i)))],
    ['something unknown', [run('a', { rows: [1, 2] })]],
    ['a recipe that is none', [run('a', { recipe: {} })]],
    ['no segments', [run('a', { nClusters: 0 })]],
    ['no columns', [run('a', { segments: { features: [] } })]],
    [
      'columns of different numbers of segments',
      [
        run('a', {
          segments: {
            features: [
              { column: 'a', level: null, means: [1, 2] },
              { column: 'b', level: null, means: [1] },
            ],
          },
        }),
      ],
    ],
    [
      'means that are no numbers',
      [run('a', { segments: { features: [{ column: 'a', level: null, means: [null] }] } })],
    ],
  ] as const)('are refused with %s', ([, value]) => {
    expect(passes(value)).toBe(false);
  });
});
