import { describe, expect, it } from 'vitest';
import type { Recipe } from '../src/core/recipe';
import { answers } from '../workers/queries';
import type { Known } from '../workers/queries/known';
import { threeClouds, type CloudPlace, type CloudSizes } from './helpers/clouds';
import { ctx } from './helpers/context';
import { quickRecipe, runPipeline } from './helpers/pipeline';

const three: Recipe = { ...quickRecipe, cluster: { nClusters: 3 } };

/** Who is together with whom, by place. */
async function segmentsOf(sizes: CloudSizes, recipe: Recipe) {
  const { cluster } = await runPipeline(threeClouds(sizes), recipe);
  const { labels } = cluster.fit;
  const first = { near: 0, right: sizes.near, far: sizes.near + sizes.right };
  const segmentOf = (place: CloudPlace) => labels[first[place]];
  return { notes: cluster.notes, nClusters: cluster.fit.nClusters, segmentOf };
}

/** The recipe of somebody who merges the two clouds that lie nearer to each other. */
async function merged(sizes: CloudSizes): Promise<Recipe> {
  const outputs = await runPipeline(threeClouds(sizes), three);
  const known: Known = {
    recipe: three,
    ctx,
    outputOf: (id) => Promise.resolve(outputs[id]),
    scorersOf: () => {
      throw new Error('Nobody asks for these.');
    },
    remember: (_, compute) => compute(),
  };
  const mergedOn = await answers.formed(null, known);
  const { labels } = outputs.cluster.fit;
  const merge = [[labels[0], labels[sizes.near]].sort()];
  return { ...three, cluster: { ...three.cluster, merge, mergedOn } };
}

describe('merged segments', () => {
  const sizes = { near: 50, right: 40, far: 30 };

  it('are those that were merged, on the file where they were', async () => {
    const { segmentOf, nClusters, notes } = await segmentsOf(sizes, await merged(sizes));
    expect(nClusters).toBe(2);
    expect(segmentOf('near')).toBe(segmentOf('right'));
    expect(segmentOf('far')).not.toBe(segmentOf('near'));
    expect(notes).toEqual([]);
  });

  it('are the same people where an edit gives their numbers to others, and the page says so', async () => {
    const recipe = await merged(sizes);
    // By size, the far cloud is the first now, and the near one the last.
    const other = { near: 30, right: 40, far: 70 };
    const found = await segmentsOf(other, recipe);
    expect(found.segmentOf('near')).toBe(found.segmentOf('right'));
    expect(found.segmentOf('far')).not.toBe(found.segmentOf('near'));
    expect(found.notes).toEqual([expect.stringContaining('found again by their averages')]);
    // By numbers alone, the far cloud would have been taken for one of them.
    const byNumber = { nClusters: 3, merge: recipe.cluster.merge ?? [] };
    const old = await segmentsOf(other, { ...recipe, cluster: byNumber });
    expect(old.segmentOf('near')).not.toBe(old.segmentOf('right'));
  });

  it('rest where they are not there any more, and the page says so', async () => {
    const recipe = await merged(sizes);
    // The cloud on the right is gone: the far one comes in two, both nearer to what it was.
    const { notes, nClusters } = await segmentsOf({ near: 80, right: 0, far: 60 }, recipe);
    expect(nClusters).toBe(3);
    expect(notes).toEqual([expect.stringContaining('nothing is merged now')]);
  });
});
