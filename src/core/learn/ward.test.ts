import { describe, expect, it } from 'vitest';
import { blobs, ctx, load, matrixOf, row, samePartition } from '../../../tests/helpers/context';
import { CancelledError } from '../errors';
import { matrix, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { fitPrototypes } from './prototypes';
import { cutTree, fitWard, wardPrototypes, wardRows } from './ward';

const line = (...values: number[]) => matrixOf(values.map((value) => [value]));
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

function normals(nSamples: number, nFeatures: number, seed: number): Matrix {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: nSamples * nFeatures }, () => random.normal());
  return matrix(data, nSamples, nFeatures);
}

/** Σ of squared distances to the mean of each group. */
function inertiaOf(X: Matrix, labels: Int32Array, nClusters: number): number {
  const loaded = load(X);
  const { sums, counts } = loaded.sums(labels, nClusters);
  const centers = sums.map((value, at) => value / counts[Math.floor(at / X.nFeatures)]);
  return loaded.inertias(labels, centers).reduce((all, block) => all + block);
}

describe('Ward’s tree', () => {
  it('merges the nearest pairs first, then what they have become', async () => {
    const tree = await fitWard(line(0, 2, 10, 13), ctx);
    expect(Array.from(tree.children)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(Array.from(tree.sizes)).toEqual([2, 2, 4]);
    // 0 and 2: 2·1·1/2 · 2² = 4. 10 and 13: 3² = 9. Their means 1 and 11.5: 2·2·2/4 · 10.5² = 220.5.
    expect(Array.from(tree.heights)).toEqual([2, 3, Math.sqrt(220.5)]);
  });

  it('weighs a cluster by its rows', async () => {
    const { children, sizes, heights } = await fitWard(line(0, 10, 11, 13), ctx);
    // 10 and 11: 1. Their mean 10.5 and 13: 2·2·1/3 · 2.5² = 25/3. The mean 34/3 of the three and 0: 2·3·1/4 · (34/3)².
    expect(Array.from(children)).toEqual([1, 2, 3, 4, 0, 5]);
    expect(Array.from(sizes)).toEqual([2, 3, 4]);
    [1, Math.sqrt(25 / 3), Math.sqrt(1.5) * (34 / 3)].forEach((height, m) => {
      expect(heights[m]).toBeCloseTo(height, 12);
    });
  });

  it('of equal distances merges the smallest rows first', async () => {
    const { children, heights } = await fitWard(line(0, 1, 2, 3), ctx);
    // 0-1, 1-2 and 2-3 are all 1 apart: 0-1 first, then 2-3 (1 to 2 is 4/3 · 1.5² = 3), then 2 · 2² = 8.
    expect(Array.from(children)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(Array.from(heights)).toEqual([1, 1, Math.sqrt(8)]);
  });

  it('merges copies at height 0, exactly, however many they are', async () => {
    const { heights } = await fitWard(
      matrixOf([[0.1], [0.7], [0.1], [0.1], [0.7], [0.1], [0.1], [0.1], [0.1]]),
      ctx,
    );
    expect(Array.from(heights.slice(0, 7))).toEqual(Array.from({ length: 7 }, () => 0));
    expect(heights[7]).toBeGreaterThan(0);
  });

  it('of one row, or of two, is as small as that', async () => {
    const one = await fitWard(line(5), ctx);
    expect([one.nLeaves, one.heights.length]).toEqual([1, 0]);
    expect(Array.from(cutTree(one, 1))).toEqual([0]);
    const two = await fitWard(line(5, 8), ctx);
    expect([...two.children, ...two.heights, ...two.sizes]).toEqual([0, 1, 3, 2]);
  });

  it('has half of its squared heights add up to the inertia of all rows', async () => {
    const X = normals(300, 5, 1);
    const { heights } = await fitWard(X, ctx);
    const all = inertiaOf(X, new Int32Array(300), 1);
    expect(sum(heights.map((height) => height ** 2 / 2)) / all).toBeCloseTo(1, 10);
  });

  it('has ascending heights, and clusters that are made before they are merged', async () => {
    const { heights, children, sizes, nLeaves } = await fitWard(normals(200, 3, 2), ctx);
    for (let m = 0; m < heights.length; m++) {
      expect(heights[m]).toBeGreaterThanOrEqual(heights[m - 1] ?? 0);
      expect(children[2 * m]).toBeLessThan(children[2 * m + 1]);
      expect(children[2 * m + 1]).toBeLessThan(nLeaves + m);
    }
    expect(new Set(children).size).toBe(2 * heights.length);
    expect(sizes[sizes.length - 1]).toBe(200);
  });

  it('has the same heights whatever the order of the rows', async () => {
    const X = normals(150, 4, 3);
    const order = createRandom(4).shuffle(Int32Array.from({ length: 150 }, (_, i) => i));
    const shuffled = matrixOf(Array.from(order, (i) => row(X, i)));
    const [a, b] = [await fitWard(X, ctx), await fitWard(shuffled, ctx)];
    a.heights.forEach((height, m) => expect(b.heights[m] / height).toBeCloseTo(1, 10));
    const labels = cutTree(a, 6);
    const moved = Int32Array.from(order, (i) => labels[i]);
    expect(samePartition(cutTree(b, 6), moved)).toBe(true);
  });

  it('ends on a grid, where nearly all distances are equal', async () => {
    const grid = Array.from({ length: 144 }, (_, i) => [i % 12, Math.floor(i / 12)]);
    const { heights } = await fitWard(matrixOf(grid), ctx);
    // Columns and rows of the grid each have variance (12² − 1)/12.
    expect(sum(heights.map((height) => height ** 2 / 2))).toBeCloseTo(144 * 2 * (143 / 12), 6);
  });

  it('can be cancelled', async () => {
    const cancelled = { ...ctx, breathe: () => Promise.reject(new CancelledError()) };
    await expect(fitWard(normals(200, 2, 5), cancelled)).rejects.toThrow(CancelledError);
  });

  it('tells how far it is', async () => {
    const shares: number[] = [];
    await fitWard(normals(400, 2, 6), { ...ctx, progress: (done) => void shares.push(done) });
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual(shares.slice().sort((a, b) => a - b));
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it('refuses rows that are infinitely far away', async () => {
    await expect(fitWard(line(0, 1, Infinity), ctx)).rejects.toMatchObject({ code: 'not-finite' });
  });
});

describe('a cut through the tree', () => {
  it('undoes the last merges, and numbers groups by size', async () => {
    const tree = await fitWard(line(0, 10, 11, 13), ctx);
    expect(Array.from(cutTree(tree, 1))).toEqual([0, 0, 0, 0]);
    expect(Array.from(cutTree(tree, 2))).toEqual([1, 0, 0, 0]);
    // 0 and 13 are alone: the one that comes first has the smaller number.
    expect(Array.from(cutTree(tree, 3))).toEqual([1, 0, 0, 2]);
    expect(Array.from(cutTree(tree, 4))).toEqual([0, 1, 2, 3]);
  });

  it('refuses more groups than there are leaves', async () => {
    const tree = await fitWard(line(0, 1), ctx);
    expect(() => cutTree(tree, 3)).toThrow('3 groups were asked for, but only 2 were merged.');
  });

  it('finds clouds that are apart', async () => {
    const centers = [
      [0, 0],
      [9, 0],
      [0, 9],
    ];
    const { X, truth } = blobs(centers, 40, 0.5, 7);
    expect(samePartition(cutTree(await fitWard(X, ctx), 3), truth)).toBe(true);
  });
});

describe('prototypes', () => {
  it('are the means of their rows, and no row is left out', async () => {
    const X = normals(500, 3, 8);
    const { centers, sizes, labels } = await fitPrototypes(X, 40, ctx);
    const { sums, counts } = load(X).sums(labels, sizes.length);
    expect(counts).toEqual(sizes);
    sums.forEach((value, at) => {
      expect(centers[at]).toBeCloseTo(value / counts[Math.floor(at / 3)], 12);
    });
    expect(sizes.length).toBeLessThanOrEqual(40);
    expect(sum(sizes)).toBe(500);
  });

  it('are as few as there are different rows', async () => {
    const X = matrixOf(Array.from({ length: 90 }, (_, i) => [i % 3]));
    const { sizes } = await fitPrototypes(X, 10, ctx);
    expect(Array.from(sizes)).toEqual([30, 30, 30]);
  });

  it('stand for the rows where there are too many, and say so', async () => {
    const centers = [
      [0, 0],
      [9, 0],
      [0, 9],
    ];
    const { X, truth } = blobs(centers, Math.floor(wardRows / 3) + 1, 0.5, 9);
    const tree = await fitWard(X, ctx);
    expect(tree.nLeaves).toBeLessThanOrEqual(wardPrototypes);
    expect(tree.nLeaves).toBeGreaterThan(wardPrototypes * 0.9);
    expect(tree.sizes[tree.nLeaves - 2]).toBe(X.nSamples);
    expect(samePartition(cutTree(tree, 3), truth)).toBe(true);
    // Inside the prototypes and between them: together all there is.
    const inside = inertiaOf(X, tree.leafOfRow, tree.nLeaves);
    const between = sum(tree.heights.map((height) => height ** 2 / 2));
    const all = inertiaOf(X, new Int32Array(X.nSamples), 1);
    expect((inside + between) / all).toBeCloseTo(1, 9);
  });
});
