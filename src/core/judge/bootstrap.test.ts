import { describe, expect, it } from 'vitest';
import { blobs, ctx, load } from '../../../tests/helpers/context';
import { fitKMeans } from '../learn/kmeans';
import { bootstrapStability, largestJaccards } from './bootstrap';

describe('the largest Jaccard similarities', () => {
  it('are shared rows over those in either', () => {
    // Columns have 3 and 5 rows. Row 0 (4 rows): 3 / (4 + 3 − 3); row 1 (4 rows): 4 / (4 + 5 − 4).
    expect(
      largestJaccards([
        [3, 1],
        [0, 4],
      ]),
    ).toEqual([0.75, 0.8]);
  });

  it('are 0 for a cluster of which no row was drawn', () => {
    expect(
      largestJaccards([
        [0, 0],
        [2, 3],
      ]),
    ).toEqual([0, 0.6]);
  });
});

describe('stability', () => {
  const centers = [
    [0, 0],
    [9, 0],
    [0, 9],
  ];
  const stabilityOf = async (nClusters: number, spread: number) => {
    const { X } = blobs(centers, 40, spread, 1);
    const loaded = load(X);
    const fit = await fitKMeans(X, loaded, { nClusters, nInit: 5, seed: 1 }, ctx);
    const params = { nBootstraps: 20, nInit: 3, seed: 1 };
    return (await bootstrapStability(X, loaded, [fit], params, ctx))[0];
  };

  it('is perfect for groups far from each other', async () => {
    const stability = await stabilityOf(3, 0.5);
    expect(stability?.adjustedRandIndices).toEqual(new Array(20).fill(1));
    expect(stability?.clusters).toEqual(
      new Array(3).fill({ jaccard: 1, nDissolved: 0, nRecovered: 20 }),
    );
  });

  it('is lost for a group that was cut in pieces', async () => {
    const stability = await stabilityOf(5, 0.5);
    const lowest = Math.min(...(stability?.clusters.map(({ jaccard }) => jaccard) ?? []));
    expect(lowest).toBeLessThan(0.75);
    expect(stability?.adjustedRandIndices[10]).toBeLessThan(1);
  });

  it('is unknown where too few rows differ to draw them anew', async () => {
    const { X } = blobs([[0], [5]], 1, 0, 1);
    const loaded = load(X);
    const original = { nClusters: 3, labels: Int32Array.of(0, 1) };
    const params = { nBootstraps: 3, nInit: 1, seed: 1 };
    expect(await bootstrapStability(X, loaded, [original], params, ctx)).toEqual([undefined]);
  });

  it('is the same again for the same seed', async () => {
    expect(await stabilityOf(4, 2)).toEqual(await stabilityOf(4, 2));
  });
});
