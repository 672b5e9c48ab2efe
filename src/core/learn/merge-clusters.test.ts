import { describe, expect, it } from 'vitest';
import type { KMeans } from './kmeans';
import { mergeClusters } from './merge-clusters';

/** Four clusters on a line, of 4, 3, 2 and 1 rows. */
const fit: KMeans = {
  nClusters: 4,
  centers: Float64Array.of(0, 10, 20, 30),
  labels: Int32Array.of(0, 1, 2, 3, 0, 1, 2, 0, 1, 0),
  sizes: [4, 3, 2, 1],
  inertia: 5,
  nIter: 7,
  startInertias: [5, 6],
};

describe('merged clusters', () => {
  it('are numbered by size, and their centre is the mean of their rows', () => {
    const { fit: merged, prototypes } = mergeClusters(fit, [[1, 2]]);
    // 3 + 2 rows are more than 4: (3 · 10 + 2 · 20) / 5 = 14.
    expect(merged.sizes).toEqual([5, 4, 1]);
    expect(Array.from(merged.centers)).toEqual([14, 0, 30]);
    expect(Array.from(merged.labels)).toEqual([1, 0, 0, 2, 1, 0, 0, 1, 0, 1]);
    expect(merged.nClusters).toBe(3);
    expect(Array.from(prototypes.clusterOf)).toEqual([1, 0, 0, 2]);
    expect(prototypes.centers).toBe(fit.centers);
  });

  it('may be several groups, named in any order', () => {
    const { fit: merged, prototypes } = mergeClusters(fit, [
      [3, 1],
      [0, 2],
    ]);
    expect(merged.sizes).toEqual([6, 4]);
    expect(Array.from(prototypes.clusterOf)).toEqual([0, 1, 0, 1]);
  });

  it('of one size are numbered by their first row', () => {
    // 4 rows each: the first row is in cluster 0.
    expect(Array.from(mergeClusters(fit, [[1, 3]]).prototypes.clusterOf)).toEqual([0, 1, 2, 1]);
  });

  it('may be all of them', () => {
    const { fit: merged } = mergeClusters(fit, [[0, 1, 2, 3]]);
    expect(merged.sizes).toEqual([10]);
    expect(merged.centers[0]).toBeCloseTo(10, 12);
  });

  it('none are what was there', () => {
    expect(mergeClusters(fit, []).fit).toEqual(fit);
  });

  it.for([
    [[[0, 4]], 'only 4 segments are formed'],
    [[[0, -1]], 'only 4 segments'],
    [[[0, 1.5]], 'only 4 segments'],
    [
      [
        [0, 1],
        [1, 2],
      ],
      'Segment 2 was to be merged twice',
    ],
    [[[0, 0]], 'Segment 1 was to be merged twice'],
    [[[2]], 'It takes two'],
  ] as const)('%j are refused in words', ([groups, words]) => {
    expect(() => mergeClusters(fit, groups)).toThrow(
      expect.objectContaining({
        code: 'setting-invalid',
        message: expect.stringContaining(words) as string,
      }) as Error,
    );
  });
});
