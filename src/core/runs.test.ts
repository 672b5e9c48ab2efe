import { describe, expect, it } from 'vitest';
import { defaultRecipe, type Recipe } from './recipe';
import {
  differencesInWords,
  freeName,
  isPinnedIn,
  longestRunName,
  mostRuns,
  runName,
  withoutRun,
  withRun,
  type KeptRun,
} from './runs';

const segments = { features: [{ column: 'spend', level: null, means: [1, 2] }] };
const run = (name: string, recipe: Recipe = defaultRecipe): KeptRun => ({
  name,
  recipe,
  nClusters: 2,
  segments,
});
const names = (runs: readonly KeptRun[]) => runs.map(({ name }) => name);

describe('kept runs', () => {
  it('have names of their own', () => {
    const two = withRun(withRun([], run('Four segments')), run('  Four segments '));
    expect(names(two)).toEqual(['Four segments', 'Four segments (2)']);
    expect(freeName(two, 'Four segments')).toBe('Four segments (3)');
    expect(names(withoutRun(two, 'Four segments'))).toEqual(['Four segments (2)']);
    expect(withRun([], run('   '))).toEqual([]);
    expect(withRun([], run('x'.repeat(500)))[0].name).toHaveLength(longestRunName);
  });

  it('are no more than can be looked at', () => {
    let runs: readonly KeptRun[] = [];
    for (let i = 0; i < mostRuns + 3; i++) runs = withRun(runs, run(`run ${i}`));
    expect(runs).toHaveLength(mostRuns);
  });

  it('are called by their number of segments', () => {
    expect([runName(1), runName(4), runName(12)]).toEqual([
      'One segment',
      'Four segments',
      '12 segments',
    ]);
  });

  it('are pinned where the recipe has their segments, whatever the order of its keys', () => {
    const own = run('a');
    expect(isPinnedIn(defaultRecipe, own)).toBe(false);
    const pinned = { features: [{ means: [1, 2], level: null, column: 'spend' }] };
    const recipe = { ...defaultRecipe, cluster: { ...defaultRecipe.cluster, pinned } };
    expect(isPinnedIn(recipe, own)).toBe(true);
    const others = { features: [{ ...pinned.features[0], means: [1, 3] }] };
    expect(isPinnedIn({ ...recipe, cluster: { ...recipe.cluster, pinned: others } }, own)).toBe(
      false,
    );
  });
});

describe('what differs between two runs', () => {
  it('is named by its part; numbers of segments that are pinned make no other segments', () => {
    const other: Recipe = {
      ...defaultRecipe,
      scale: { ...defaultRecipe.scale, scaling: 'robust' },
      cluster: { nClusters: 5 },
    };
    expect(differencesInWords(defaultRecipe, other)).toBe('scaling and number of segments');
    const pinned: Recipe = {
      ...defaultRecipe,
      cluster: { ...defaultRecipe.cluster, pinned: segments },
    };
    expect(differencesInWords(defaultRecipe, pinned)).toBe('');
    const tree = { ...defaultRecipe, tree: { ...defaultRecipe.tree, maxDepth: 3 } };
    expect(differencesInWords(defaultRecipe, tree)).toBe('');
  });
});
