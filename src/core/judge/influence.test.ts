import { describe, expect, it } from 'vitest';
import { blobs, ctx, load, matrixOf } from '../../../tests/helpers/context';
import { createSimdEngine } from '../../../workers/engines/simd';
import type { Matrix } from '../matrix';
import { fitKMeans } from '../learn/kmeans';
import { farthestRows, fateOf, influence } from './influence';
import { tellInfluence } from './influence-words';

const params = { nInit: 5, seed: 1 };
const kmeansOf = (X: Matrix, nClusters: number) =>
  fitKMeans(X, load(X), { nClusters, ...params }, ctx);
const plain = (texts: readonly string[]) => texts.map((text) => text.replaceAll('\u00a0', ' '));

/** Two clouds of 100, and some customers far from both. */
function withFew(nFew: number): Matrix {
  const { X } = blobs(
    [
      [0, 0],
      [10, 0],
    ],
    100,
    1,
    1,
  );
  const few = Array.from({ length: nFew }, (_, i) => [500, 500 + i]);
  const rows = [
    ...Array.from({ length: 200 }, (_, i) => [X.data[2 * i], X.data[2 * i + 1]]),
    ...few,
  ];
  return matrixOf(rows);
}

describe('the rows that lie farthest out', () => {
  it('are as many as their share, the farthest first, of equals the earlier', () => {
    // Their mean is 2.4: 2.4, 1.4, 0.6, 0.4 and 3.6 from it.
    const X = matrixOf([[0], [1], [3], [2], [6]]);
    expect(Array.from(farthestRows(X, 0.4))).toEqual([4, 0]);
    const twins = matrixOf([[-1], [1], [0], [0]]);
    expect(Array.from(farthestRows(twins, 0.25))).toEqual([0]);
  });
});

describe('what is said of it', () => {
  const trial = (share: number, nLeftOut: number, ...jaccards: number[]) => ({
    share,
    nLeftOut,
    clusters: jaccards.map((jaccard) => ({ jaccard, nLeftOut: 0 })),
  });

  it('names each segment once, by the worst that became of it', () => {
    const trials = [trial(0.01, 10, 0.9, 0.7, 0.8, 0.9), trial(0.05, 50, 0.9, 0.8, 0.4, 0.75)];
    const { sentences } = tellInfluence(
      { nRows: 1000, trials },
      [0, 1, 2, 3],
      ['A', 'B', 'C', 'D'],
    );
    expect(plain(sentences)).toEqual([
      '“C” is there because of few: without the 50 customers (5 %) farthest from the average, no such segment is found (none of them is in it).',
      '“A” and “D” are found again even without the 50 of 1,000 customers farthest from the average.',
      '“B” is found again, but in part with other customers.',
    ]);
  });
});

describe('what makes a segment', () => {
  it('is a few rows where it is gone without them', async () => {
    const X = withFew(4);
    const fit = await kmeansOf(X, 3);
    const found = await influence(X, fit, params, ctx);
    expect(found.trials.map(({ nLeftOut }) => nLeftOut)).toEqual([2, 5, 10, 20]);
    const few = fit.labels[200];
    // Two of the four are gone: the other two still make it.
    expect(fateOf(found.trials[0].clusters[few])).toBe('found');
    expect(found.trials[1].clusters[few]).toEqual({ nLeftOut: 4, jaccard: 0 });
    const names = ['a', 'b', 'c'].map((name, c) => (c === few ? 'Few' : name));
    const { sentences, trials } = tellInfluence(found, [0, 1, 2], names);
    expect(plain(sentences)[0]).toBe(
      '“Few” is there because of few: without the 5 customers (2.5 %) farthest from the average, no such segment is found (4 of them are in it).',
    );
    expect(trials[1].segments[few].fate).toBe('lost');
  });

  it('is many where it is found without those at the edge', async () => {
    const { X } = blobs(
      [
        [0, 0],
        [20, 0],
        [0, 20],
      ],
      100,
      1,
      2,
    );
    const found = await influence(X, await kmeansOf(X, 3), params, ctx);
    for (const { clusters } of found.trials) {
      expect(clusters.map(fateOf)).toEqual(['found', 'found', 'found']);
    }
    expect(plain(tellInfluence(found, [0, 1, 2], ['a', 'b', 'c']).sentences)).toEqual([
      'All three segments are found again without the 30 of 300 customers farthest from the average.',
    ]);
  });

  it('is told of a merged segment by the part that fares worst', async () => {
    const X = withFew(4);
    const fit = await kmeansOf(X, 3);
    const few = fit.labels[200];
    const other = (few + 1) % 3;
    const clusterOf = [0, 1, 2].map((c) => (c === few || c === other ? 0 : 1));
    const told = tellInfluence(await influence(X, fit, params, ctx), clusterOf, ['Both', 'Rest']);
    expect(told.trials[1].segments[0]).toMatchObject({ fate: 'lost', jaccard: 0 });
  });

  it('does not depend on the engine', async () => {
    const X = withFew(6);
    const fit = await kmeansOf(X, 3);
    const simd = { ...ctx, engine: await createSimdEngine() };
    expect(await influence(X, fit, params, simd)).toEqual(await influence(X, fit, params, ctx));
  });

  it('is not asked of a handful', async () => {
    const X = matrixOf(Array.from({ length: 20 }, (_, i) => [i]));
    const found = await influence(X, await kmeansOf(X, 2), params, ctx);
    expect(found.trials).toEqual([]);
    expect(tellInfluence(found, [0, 1], ['a', 'b']).sentences).toEqual([
      'There are too few customers to leave some of them out.',
    ]);
  });
});
