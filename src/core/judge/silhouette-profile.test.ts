import { describe, expect, it } from 'vitest';
import { blobs, ctx, load, matrixOf } from '../../../tests/helpers/context';
import { rowSilhouettes, silhouettes } from './silhouette';
import { mostPoints, silhouetteProfiles } from './silhouette-profile';

const rowsOf = (length: number) => Int32Array.from({ length }, (_, i) => i);

describe('silhouettes row by row', () => {
  it('are those of the definition', async () => {
    // On a line: {0, 1} and {4}. Row 0: a = 1, b = 4, s = 3/4; row 1: a = 1, b = 3, s = 2/3; alone: 0.
    const values = await rowSilhouettes(
      load(matrixOf([[0], [1], [4]])),
      rowsOf(3),
      { labels: Int32Array.of(0, 0, 1), nClusters: 2 },
      ctx,
    );
    expect(values[0]).toBeCloseTo(3 / 4, 9);
    expect(values[1]).toBeCloseTo(2 / 3, 9);
    expect(values[2]).toBe(0);
  });

  it('sum up to the means and shares that are told without them', async () => {
    const { X, truth } = blobs([[0, 0], [2, 0], [0, 3]], 40, 1, 7); // prettier-ignore
    const labelling = { labels: truth, nClusters: 3 };
    const [told] = await silhouettes(load(X), rowsOf(120), [labelling], ctx);
    const values = await rowSilhouettes(load(X), rowsOf(120), labelling, ctx);
    const profiles = silhouetteProfiles(values, truth, 3);
    expect(profiles.mean).toBeCloseTo(told.mean, 12);
    expect(profiles.nJudged).toBe(120);
    profiles.segments.forEach(({ mean, nNegative, nJudged }, c) => {
      expect(mean).toBeCloseTo(told.clusterMeans[c], 12);
      expect(nNegative / nJudged).toBeCloseTo(told.clusterNegativeShares[c], 12);
    });
    expect(told.clusterNegativeShares.some((share) => share > 0)).toBe(true);
  });

  it('are known for the rows of a sample alone', async () => {
    const { X, truth } = blobs([[0], [9]], 10, 1, 3);
    const sample = Int32Array.of(0, 3, 5, 12, 19);
    const values = await rowSilhouettes(load(X), sample, { labels: truth, nClusters: 2 }, ctx);
    const known = Array.from(values.keys()).filter((i) => !Number.isNaN(values[i]));
    expect(known).toEqual(Array.from(sample));
    const { nJudged, segments } = silhouetteProfiles(values, truth, 2);
    expect([nJudged, segments[0].nJudged, segments[1].nJudged]).toEqual([5, 3, 2]);
  });
});

describe('a profile of silhouettes', () => {
  it('falls from the highest value to the lowest, in no more points than a picture needs', () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i));
    const { segments } = silhouetteProfiles(values, new Int32Array(5000), 1);
    const points = Array.from(segments[0].values);
    expect(points).toHaveLength(mostPoints);
    expect(points).toEqual([...points].sort((a, b) => b - a));
    expect(points[0]).toBeCloseTo(Math.max(...values), 6);
    expect(points[mostPoints - 1]).toBeCloseTo(Math.min(...values), 6);
  });

  it('has every value of a few, and none of nobody', () => {
    const { segments, mean } = silhouetteProfiles(
      Float64Array.of(0.5, -0.25, NaN, 1),
      Int32Array.of(0, 0, 0, 2),
      3,
    );
    expect(segments.map(({ values }) => Array.from(values))).toEqual([[0.5, -0.25], [], [1]]);
    expect(segments.map(({ nNegative }) => nNegative)).toEqual([1, 0, 0]);
    expect(segments[1].mean).toBeNaN();
    expect(mean).toBeCloseTo(1.25 / 3, 12);
  });
});
