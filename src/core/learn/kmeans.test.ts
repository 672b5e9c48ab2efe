import { describe, expect, it } from 'vitest';
import { blobs, ctx, load, matrixOf, row, samePartition } from '../../../tests/helpers/context';
import { AppError } from '../errors';
import { matrix, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { fitKMeans, improveByDropping } from './kmeans';
import { lloyd, squaredDistance } from './lloyd';
import { nearestCenter } from './nearest';
import { fitAll, sweep } from './sweep';

const fit = (X: Matrix, nClusters: number, nInit = 4, seed = 42) =>
  fitKMeans(X, load(X), { nClusters, nInit, seed }, ctx);

/** Centred by hand: the corners of a flat rectangle, 10 × 2. */
const corners = matrixOf([
  [-5, -1],
  [-5, 1],
  [5, -1],
  [5, 1],
]);

function noise(nSamples: number, nFeatures: number, seed: number): Matrix {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: nSamples * nFeatures }, () => random.normal());
  return matrix(data, nSamples, nFeatures);
}

describe('K-Means by hand', () => {
  it('splits the rectangle across its length', async () => {
    // Centres (−5, 0) and (5, 0), each row at distance 1: inertia 4. Equal sizes: the first row's cluster is 0.
    const { labels, centers, inertia, sizes } = await fit(corners, 2);
    expect(Array.from(labels)).toEqual([0, 0, 1, 1]);
    expect(Array.from(centers)).toEqual([-5, 0, 5, 0]);
    expect(inertia).toBe(4);
    expect(sizes).toEqual([2, 2]);
  });

  it('with one cluster has the total sum of squares', async () => {
    // 4 · (25 + 1).
    const { inertia, centers, nIter } = await fit(corners, 1);
    expect(inertia).toBe(104);
    expect(Array.from(centers)).toEqual([0, 0]);
    expect(nIter).toBeLessThanOrEqual(4);
  });

  it('with a cluster per row has inertia 0', async () => {
    const { inertia, sizes } = await fit(corners, 4);
    expect(inertia).toBe(0);
    expect(sizes).toEqual([1, 1, 1, 1]);
  });

  it('gives an empty cluster the row farthest from its own centre', async () => {
    // scikit-learn, test_relocate_empty_clusters. From three equal centres at 0 all rows go to the first. The farthest
    // rows are −10 (the first of the tie) and 10; the other eight have the mean −16.5 / 8.
    const X = matrixOf([-10, -9.5, -9, -8.5, -8, -1, 1, 9, 9.5, 10].map((value) => [value]));
    const start = new Float64Array(3);
    const once = await lloyd(
      X,
      load(X).partition(3),
      start,
      { tolerance: 0, maxIter: 2 },
      ctx.breathe,
    );
    expect(Array.from(once.centers)).toEqual([-16.5 / 8, -10, 10]);
    // Then: {−1, 1} at 0, five rows at −9, three at 9.5: inertia 2 + (1 + .25 + 0 + .25 + 1) + .5 = 5.
    const settled = await lloyd(
      X,
      load(X).partition(3),
      start,
      { tolerance: 0, maxIter: 100 },
      ctx.breathe,
    );
    expect(Array.from(settled.centers)).toEqual([0, -9, 9.5]);
    expect(settled.inertia).toBe(5);
    expect(Array.from(start)).toEqual([0, 0, 0]);
  });
});

describe('K-Means refuses more clusters than there are distinct rows', () => {
  it('with both numbers', async () => {
    const X = matrixOf([[1], [1], [2], [3], [3]]);
    const refused = await fit(X, 4).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AppError);
    expect(refused).toMatchObject({ code: 'k-too-large', details: { nClusters: 4, nDistinct: 3 } });
    expect((refused as AppError).message).toMatch(/4 segments .* only 3 customers/);
    expect((await fit(X, 3)).inertia).toBe(0);
  });

  it('and no start at all', async () => {
    await expect(fit(corners, 2, 0)).rejects.toMatchObject({ code: 'setting-invalid' });
  });
});

describe('K-Means keeps its promises on noise', () => {
  const cases = [
    { n: 200, p: 3, k: 5 },
    { n: 333, p: 7, k: 8 },
    { n: 64, p: 1, k: 4 },
    { n: 500, p: 17, k: 10 },
  ];

  it.for(cases)('every row is nearest to its own centre: $n × $p, k = $k', async ({ n, p, k }) => {
    const X = noise(n, p, n);
    const { labels, centers, inertia, sizes } = await fit(X, k);
    const predicted = Int32Array.from(labels, (_, i) =>
      nearestCenter(X.data, i * p, centers, k, p),
    );
    expect(predicted).toEqual(labels);
    // The inertia is the sum of what it says it is.
    let sum = 0;
    for (let i = 0; i < n; i++) sum += squaredDistance(X, i, centers, labels[i]);
    expect(inertia / sum).toBeCloseTo(1, 12);
    // Every centre is the mean of its rows.
    for (let c = 0; c < k; c++) {
      const rows = Array.from(labels.keys()).filter((i) => labels[i] === c);
      expect(rows).toHaveLength(sizes[c]);
      for (let j = 0; j < p; j++) {
        const mean = rows.reduce((total, i) => total + row(X, i)[j], 0) / rows.length;
        expect(centers[c * p + j]).toBeCloseTo(mean, 10);
      }
    }
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('never ends above any of its starts, and more starts never end above fewer', async () => {
    const X = noise(300, 4, 3);
    let last = Infinity;
    for (const nInit of [1, 2, 5, 10]) {
      const { inertia, startInertias } = await fit(X, 6, nInit);
      expect(startInertias).toHaveLength(nInit);
      expect(inertia).toBeLessThanOrEqual(Math.min(...startInertias));
      expect(inertia).toBeLessThanOrEqual(last * (1 + 1e-3));
      last = inertia;
    }
  });

  it('is the same each time, another with another seed', async () => {
    const X = noise(300, 4, 3);
    expect(await fit(X, 6)).toEqual(await fit(X, 6));
    const seeds = await Promise.all([1, 2, 3, 4].map((seed) => fit(X, 6, 1, seed)));
    expect(new Set(seeds.map(({ inertia }) => inertia)).size).toBeGreaterThan(1);
  });

  it('does not change the matrix', async () => {
    const X = noise(100, 3, 5);
    const before = X.data.slice();
    await fit(X, 4);
    expect(X.data).toEqual(before);
  });
});

describe('K-Means on clouds that are apart', () => {
  const centers = [
    [0, 0, 0],
    [20, 0, 0],
    [0, 20, 0],
    [0, 0, 20],
    [20, 20, 20],
  ];
  const { X, truth } = blobs(centers, 40, 1, 6);

  it.for([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('finds them, with seed %i', async (seed) => {
    const { labels } = await fit(X, 5, 4, seed);
    expect(samePartition(labels, truth)).toBe(true);
  });

  it('does not depend on the order of rows and columns', async () => {
    const { labels, inertia } = await fit(X, 5);
    const order = createRandom(1).shuffle(Int32Array.from(truth.keys()));
    const shuffled = matrixOf(Array.from(order, (i) => row(X, i).reverse()));
    const again = await fit(shuffled, 5);
    expect(again.inertia / inertia).toBeCloseTo(1, 12);
    expect(
      samePartition(
        again.labels,
        order.map((i) => labels[i]),
      ),
    ).toBe(true);
  });

  it('in twice the unit has the same labels and four times the inertia, to the last bit', async () => {
    const plain = await fit(X, 5);
    const doubled = await fit({ ...X, data: X.data.map((value) => 2 * value) }, 5);
    expect(doubled.labels).toEqual(plain.labels);
    expect(doubled.inertia).toBe(4 * plain.inertia);
  });

  it('with every row twice has the same centres and twice the inertia', async () => {
    const plain = await fit(X, 5);
    const rows = Array.from(truth.keys(), (i) => row(X, i));
    const twice = await fit(matrixOf([...rows, ...rows]), 5);
    expect(twice.inertia / plain.inertia).toBeCloseTo(2, 10);
    expect(twice.sizes).toEqual(plain.sizes.map((size) => 2 * size));
  });
});

describe('the sweep', () => {
  const { X } = blobs(
    [
      [0, 0],
      [30, 0],
      [0, 30],
    ],
    30,
    1,
    2,
  );
  const run = (Y: Matrix, kMax: number) => sweep(Y, load(Y), { kMax, nInit: 3, seed: 1 }, ctx);

  it('has an inertia that falls with every further segment, and bends at three', async () => {
    const { fits, knee, suggested, silhouettes } = await run(X, 8);
    expect(fits.map(({ nClusters }) => nClusters)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    fits.slice(1).forEach(({ inertia }, i) => expect(inertia).toBeLessThan(fits[i].inertia));
    expect(knee).toMatchObject({ nClusters: 3, bend: 'clear' });
    expect(suggested).toBe(3);
    const means = silhouettes.map((score) => score?.mean ?? -1);
    expect(means.indexOf(Math.max(...means)) + 1).toBe(3);
    expect(silhouettes[0]).toBeUndefined();
  });

  it('leaves no number of segments that the next one would have mended', async () => {
    let nMended = 0;
    for (let seed = 0; seed < 12; seed++) {
      const random = createRandom(seed);
      const Y = matrixOf(Array.from({ length: 120 }, () => [random.normal(), random.normal()]));
      const loaded = load(Y);
      const fits = await fitAll(Y, loaded, { kMax: 9, nInit: 1, seed }, ctx);
      for (let k = 2; k < 9; k++) {
        expect(await improveByDropping(Y, loaded, fits[k - 1], fits[k], ctx)).toBe(fits[k - 1]);
        // Whoever was mended has not come from a start of its own.
        if (fits[k - 1].inertia < Math.min(...fits[k - 1].startInertias) * 0.999) nMended++;
      }
    }
    expect(nMended).toBeGreaterThan(10);
  });

  it('ends where no more customers differ', async () => {
    const same = matrixOf([
      [-1, 0],
      [-1, 0],
      [1, 0],
      [0, 0],
      [0, 0],
    ]);
    const { fits, silhouettes } = await run(same, 10);
    expect(fits).toHaveLength(3);
    expect(fits[2].inertia).toBe(0);
    expect(silhouettes).toHaveLength(3);
  });

  it('has no silhouette where every row is a segment of its own', async () => {
    const { silhouettes } = await run(corners, 4);
    expect(silhouettes.map((score) => score === undefined)).toEqual([true, false, false, true]);
  });

  it('of rows that are all the same suggests one segment', async () => {
    const { suggested, fits } = await run(
      matrixOf([
        [0, 0],
        [0, 0],
        [0, 0],
      ]),
      5,
    );
    expect(fits).toHaveLength(1);
    expect(suggested).toBe(1);
  });

  it('tells how far it is, from 0 to 1', async () => {
    const shares: number[] = [];
    const listening = {
      ...ctx,
      progress: (done: number, total: number) => shares.push(done / total),
    };
    await sweep(X, load(X), { kMax: 5, nInit: 2, seed: 1 }, listening);
    expect(shares.length).toBeGreaterThan(4);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('stops where it is cancelled', async () => {
    const stop = new Error('stopped');
    const cancelled = { ...ctx, breathe: () => Promise.reject(stop) };
    await expect(sweep(X, load(X), { kMax: 5, nInit: 2, seed: 1 }, cancelled)).rejects.toBe(stop);
  });
});
