import { describe, expect, it } from 'vitest';
import type { Partition } from '../../src/core/engine';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom } from '../../src/core/random';
import { sumRows } from './plain-sums';
import { createReferenceEngine } from './reference';
import { createSimdEngine } from './simd';

/** Values on a grid of 2^-10, as a scaled matrix has them. */
function gridMatrix(
  nSamples: number,
  nFeatures: number,
  value: (i: number, j: number) => number,
): Matrix {
  const data = Float32Array.from(
    { length: nSamples * nFeatures },
    (_, at) => Math.round(value(Math.floor(at / nFeatures), at % nFeatures) * 1024) / 1024,
  );
  return matrix(data, nSamples, nFeatures);
}

/** Moves the centres of both to the means, as Lloyd's iterations do, and compares after each move. */
async function followBoth(X: Matrix, nClusters: number, nMoves: number): Promise<number> {
  const reference = createReferenceEngine().load(X).partition(nClusters);
  const simd = (await createSimdEngine()).load(X).partition(nClusters);
  let centers = Float64Array.from(X.data.subarray(0, nClusters * X.nFeatures));
  let lastChanged = X.nSamples;
  for (let move = 0; move < nMoves; move++) {
    const expected = await reference.move(centers);
    expect(await simd.move(centers)).toEqual(expected);
    const labels = await reference.labels();
    expect(await simd.labels()).toEqual(labels);
    expect({ sums: expected.sums, counts: expected.counts }).toEqual(sumRows(X, labels, nClusters));
    expect(await simd.inertias(centers)).toEqual(await reference.inertias(centers));
    lastChanged = expected.nChanged;
    const means = centers.slice();
    expected.counts.forEach((count, c) => {
      for (let at = c * X.nFeatures; count > 0 && at < (c + 1) * X.nFeatures; at++) {
        means[at] = expected.sums[at] / count;
      }
    });
    centers = means;
  }
  [reference, simd].forEach((partition: Partition) => partition.dispose());
  return lastChanged;
}

describe('labels that follow centres', () => {
  it('are those of plain loops after every move, for all shapes', async () => {
    const random = createRandom(3);
    for (const [n, d, k] of [
      [5, 1, 2],
      [9, 2, 1],
      [64, 3, 3],
      [333, 17, 6],
      [1000, 17, 11],
      [257, 40, 4],
      [2001, 5, 13],
    ]) {
      const X = gridMatrix(n, d, (i, j) => 2 * Math.sin(i * (j + 1)) + random.normal());
      await followBoth(X, k, 12);
    }
  });

  it('settle', async () => {
    const random = createRandom(4);
    const X = gridMatrix(900, 4, (i) => (i % 3) * 9 + random.normal());
    expect(await followBoth(X, 3, 20)).toBe(0);
  });

  it('are right where many rows lie exactly between two centres', async () => {
    // Whole numbers: ties are ties in float32 as well, and most rows are copies of others.
    const random = createRandom(5);
    await followBoth(
      gridMatrix(1200, 2, () => random.integer(5)),
      4,
      15,
    );
  });

  it('are right far from the origin, where float32 tells little', async () => {
    const random = createRandom(6);
    await followBoth(
      gridMatrix(800, 3, (_, j) => 900 * (j + 1) + random.normal()),
      5,
      15,
    );
  });

  it('are right where a centre jumps and comes back', async () => {
    const random = createRandom(7);
    const X = gridMatrix(600, 6, () => random.normal());
    const reference = createReferenceEngine().load(X).partition(3);
    const simd = (await createSimdEngine()).load(X).partition(3);
    const start = Float64Array.from(X.data.subarray(0, 18));
    const away = start.map((value, at) => (at < 6 ? value + 50 : value));
    for (const centers of [start, away, start, start, away]) {
      expect(await simd.move(centers)).toEqual(await reference.move(centers));
      expect(await simd.labels()).toEqual(await reference.labels());
    }
  });

  it('of two partitions of one matrix do not get into each other’s way', async () => {
    const random = createRandom(8);
    const X = gridMatrix(500, 7, () => random.normal());
    const loaded = (await createSimdEngine()).load(X);
    const [a, b] = [loaded.partition(3), loaded.partition(5)];
    const [few, many] = [3, 5].map((k) => Float64Array.from(X.data.subarray(0, k * 7)));
    await a.move(few);
    const before = await a.labels();
    await b.move(many);
    const reach = loaded.reach();
    reach.addBest(many.subarray(0, 7));
    reach.dispose();
    await loaded.assign(many, 5, new Int32Array(500));
    expect(await a.labels()).toEqual(before);
    expect((await a.move(few)).nChanged).toBe(0);
    a.dispose();
    const c = loaded.partition(3);
    expect((await c.move(few)).nChanged).toBe(500);
    expect(await c.labels()).toEqual(before);
    loaded.dispose();
  });
});
