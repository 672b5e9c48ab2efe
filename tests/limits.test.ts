import { beforeAll, describe, expect, it } from 'vitest';
import type { Recipe } from '../src/core/recipe';
import type { StepOutputs } from '../src/core/steps';
import { threeClouds } from './helpers/clouds';
import { quickRecipe, runPipeline } from './helpers/pipeline';

/** Three clouds: three segments unless something forbids it. */
const text = threeClouds({ near: 60, right: 40, far: 25 });
const within = (cluster: Recipe['cluster']) => runPipeline(text, { ...quickRecipe, cluster });
const smallest = ({ fit }: StepOutputs['cluster']) => Math.min(...fit.sizes) / fit.labels.length;

describe('limits of the number of segments', () => {
  let free: StepOutputs;
  beforeAll(async () => {
    free = await within({ nClusters: 'auto' });
  });

  it('move what is chosen and what is recommended to what keeps to them', async () => {
    expect([free.sweep.suggested, free.trust.recommended]).toEqual([3, 3]);
    const { sweep, cluster, trust, evidence } = await within({
      nClusters: 'auto',
      limits: { smallestShare: 0, mostSegments: 2 },
    });
    expect(sweep.suggested).toBe(free.sweep.suggested);
    expect([cluster.fit.nClusters, cluster.chosenBy]).toEqual([2, 'limits']);
    expect(cluster.notes).toEqual([expect.stringContaining('Two is what your limits leave')]);
    expect([trust.recommended, trust.withoutLimits]).toEqual([2, 3]);
    // What they rest on is the same, so nothing of it is computed again.
    expect(evidence).toEqual(free.evidence);
  });

  it('change nothing that keeps to them', async () => {
    const limits = { smallestShare: smallest(free.cluster), mostSegments: free.sweep.suggested };
    const { cluster } = await within({ nClusters: 'auto', limits });
    expect(cluster).toEqual(free.cluster);
    expect(cluster.notes).toEqual([]);
  });

  it('are missed aloud where no number keeps to them', async () => {
    const { cluster } = await within({
      nClusters: 'auto',
      limits: { smallestShare: 0.5, mostSegments: null },
    });
    expect(cluster.notes).toEqual([
      expect.stringMatching(/^No number of segments that was tried keeps to your limits/),
    ]);
  });

  it('leave a chosen number as it is, and say that it is outside; merged, it may be inside', async () => {
    const limits = { smallestShare: 0, mostSegments: 3 };
    const four = await within({ nClusters: 4, limits });
    expect([four.cluster.fit.nClusters, four.cluster.chosenBy]).toEqual([4, 'user']);
    expect(four.cluster.notes).toEqual([expect.stringContaining('outside your limits')]);
    const merged = await within({ nClusters: 4, limits, merge: [[2, 3]] });
    expect(merged.cluster.fit.nClusters).toBe(3);
    expect(merged.cluster.notes).toEqual([]);
  });
});
