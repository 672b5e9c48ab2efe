import { describe, expect, it } from 'vitest';
import { cleaning } from '../../tests/helpers/cleaning';
import { defaultRecipe, type Recipe } from './recipe';
import { canonicalJson, plan, stepKey, stepOrder, type StepId } from './plan';

const changed = (other: Recipe, source = 'file') =>
  stepOrder.filter((id) => stepKey(id, source, other) !== stepKey(id, 'file', defaultRecipe));

describe('the key of a step', () => {
  const { read, scale, reduce, sweep, tree, trust } = defaultRecipe;
  const cases: { part: string; recipe: Recipe; steps: StepId[] }[] = [
    { part: 'nothing', recipe: structuredClone(defaultRecipe), steps: [] },
    {
      part: 'how the file is read',
      recipe: { ...defaultRecipe, read: { ...read, decimal: ',' } },
      steps: [...stepOrder],
    },
    {
      part: 'the fill rule',
      recipe: { ...defaultRecipe, clean: cleaning({ fill: 'mean' }) },
      steps: stepOrder.filter((id) => !['read', 'derive', 'explore'].includes(id)),
    },
    {
      part: 'the scaling',
      recipe: { ...defaultRecipe, scale: { ...scale, scaling: 'minmax' } },
      steps: stepOrder.filter(
        (id) => !['read', 'derive', 'clean', 'encode', 'explore'].includes(id),
      ),
    },
    {
      part: 'the seed of K-Means',
      recipe: { ...defaultRecipe, sweep: { ...sweep, seed: 1 } },
      steps: [
        'sweep',
        'cluster',
        'profile',
        'tree',
        'model',
        'agreement',
        'personas',
        'evidence',
        'trust',
      ],
    },
    {
      part: 'what segments are formed from',
      recipe: { ...defaultRecipe, reduce: { ...reduce, space: 'components' } },
      steps: stepOrder.slice(stepOrder.indexOf('space')).filter((id) => id !== 'explore'),
    },
    {
      part: 'a setting of a space that is not chosen',
      recipe: { ...defaultRecipe, reduce: { ...reduce, nComponents: 9 } },
      steps: [],
    },
    {
      part: 'merging',
      recipe: { ...defaultRecipe, cluster: { ...defaultRecipe.cluster, merge: [[0, 1]] } },
      steps: ['cluster', 'profile', 'tree', 'model', 'agreement', 'personas'],
    },
    {
      part: 'the number of segments',
      recipe: { ...defaultRecipe, cluster: { nClusters: 3 } },
      steps: ['cluster', 'profile', 'tree', 'model', 'agreement', 'personas'],
    },
    {
      part: 'limits of that number',
      recipe: {
        ...defaultRecipe,
        cluster: { nClusters: 'auto', limits: { smallestShare: 0.1, mostSegments: null } },
      },
      steps: ['cluster', 'profile', 'tree', 'model', 'agreement', 'personas', 'trust'],
    },
    {
      part: 'the name of a segment',
      recipe: {
        ...defaultRecipe,
        segments: {
          edits: [{ generated: 'a', share: 0.5, name: 'b', sentence: null, advice: null }],
        },
      },
      steps: ['profile', 'model', 'personas'],
    },
    {
      part: 'the depth of the tree',
      recipe: { ...defaultRecipe, tree: { ...tree, maxDepth: 4 } },
      steps: ['tree', 'model'],
    },
    {
      part: 'how often customers are drawn anew',
      recipe: { ...defaultRecipe, trust: { ...trust, nBootstraps: 100 } },
      steps: ['evidence', 'trust'],
    },
  ];

  it.for(cases)('changes with $part, and with nothing else', ({ recipe, steps }) => {
    expect(changed(recipe)).toEqual(steps);
  });

  it('changes with the source', () => {
    expect(changed(defaultRecipe, 'another file')).toEqual([...stepOrder]);
  });

  it('is different for every step', () => {
    const keys = stepOrder.map((id) => stepKey(id, 'file', defaultRecipe));
    expect(new Set(keys).size).toBe(stepOrder.length);
    // They are made and compared again and again while the page is used.
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThan(5_000);
  });

  it('cannot be forged by the name of a source', () => {
    const inner = stepKey('read', 'file', defaultRecipe);
    expect(stepKey('read', inner, defaultRecipe)).not.toBe(stepKey('clean', 'file', defaultRecipe));
  });
});

describe('the step table', () => {
  it('has each step after those that it needs', () => {
    stepOrder.forEach((id, at) => {
      for (const need of plan[id].needs) expect(stepOrder.indexOf(need)).toBeLessThan(at);
    });
    expect(stepOrder).toHaveLength(18);
  });

  it('reads every part of the recipe somewhere', () => {
    const parts = Object.keys(defaultRecipe) as (keyof Recipe)[];
    const readSomewhere = parts.filter((part) =>
      stepOrder.some(
        (id) =>
          canonicalJson(plan[id].params({ ...defaultRecipe, [part]: 'changed' })) !==
          canonicalJson(plan[id].params(defaultRecipe)),
      ),
    );
    expect(readSomewhere).toEqual(parts);
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys, at any depth', () => {
    const a = { b: 1, a: { d: [{ y: 1, x: 2 }], c: null } };
    const b = { a: { c: null, d: [{ x: 2, y: 1 }] }, b: 1 };
    expect(canonicalJson(a)).toBe(canonicalJson(b));
    expect(canonicalJson(a)).toBe('{"a":{"c":null,"d":[{"x":2,"y":1}]},"b":1}');
  });

  it('depends on the order of lists and on every value', () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
    expect(canonicalJson({ a: 1 })).not.toBe(canonicalJson({ a: '1' }));
  });

  it('gives back what it was given', () => {
    expect(JSON.parse(canonicalJson(defaultRecipe))).toEqual(defaultRecipe);
  });
});
