import { describe, expect, it } from 'vitest';
import { ctx, load } from '../../../tests/helpers/context';
import { matrix, takeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { lloyd, squaredDistance } from './lloyd';

/** One heavy-tailed cloud, where Lloyd's algorithm is slow; centred well enough. */
function cloud(nSamples: number, nFeatures: number): Matrix {
  const random = createRandom(7);
  const data = Float32Array.from({ length: nSamples * nFeatures }, () => random.normal() ** 3);
  return matrix(data, nSamples, nFeatures);
}

const descend = (X: Matrix, nClusters: number, tolerance: number, maxIter = 300) => {
  const rows = Int32Array.from({ length: nClusters }, (_, c) => c);
  const start = Float64Array.from(takeRows(X, rows).data);
  return lloyd(X, load(X).partition(nClusters), start, { tolerance, maxIter }, ctx.breathe);
};

function meansOf(X: Matrix, labels: Int32Array, nClusters: number): Float64Array {
  const counts = new Float64Array(nClusters);
  const sums = new Float64Array(nClusters * X.nFeatures);
  labels.forEach((c, i) => {
    counts[c]++;
    for (let j = 0; j < X.nFeatures; j++) sums[c * X.nFeatures + j] += X.data[i * X.nFeatures + j];
  });
  return sums.map((sum, at) => sum / counts[Math.floor(at / X.nFeatures)]);
}

describe('a large descent that need only come near its end', () => {
  const X = cloud(5_000, 4);
  const nClusters = 8;
  const tolerance = 1e-3;

  it('takes fewer iterations than plain Lloyd: the same rows without their copies', async () => {
    const rows = cloud(1_000, 4);
    const copies = new Float32Array(5 * rows.data.length);
    for (let copy = 0; copy < 5; copy++) copies.set(rows.data, copy * rows.data.length);
    const plain = await descend(rows, nClusters, tolerance);
    const pushed = await descend(matrix(copies, 5_000, 4), nClusters, tolerance);
    expect(pushed.nIter).toBeLessThan(0.8 * plain.nIter);
    expect(pushed.inertia / 5).toBeLessThan(1.005 * plain.inertia);
  });

  it('ends near the means of its rows, with labels of its centres', async () => {
    const { centers, labels, inertia } = await descend(X, nClusters, tolerance);
    const means = meansOf(X, labels, nClusters);
    const apart = means.reduce((sum, mean, at) => sum + (mean - centers[at]) ** 2, 0);
    expect(apart).toBeLessThanOrEqual(tolerance);
    const distances = Array.from(labels, (c, i) => squaredDistance(X, i, centers, c));
    expect(inertia).toBeCloseTo(
      distances.reduce((sum, distance) => sum + distance, 0),
      6,
    );
    distances.forEach((distance, i) => {
      for (let c = 0; c < nClusters; c++) {
        expect(squaredDistance(X, i, centers, c)).toBeGreaterThanOrEqual(distance);
      }
    });
  });
});

it('a small descent is plain Lloyd', async () => {
  const X = cloud(600, 4);
  const near = await descend(X, 5, 1e-3);
  // The last move is not counted.
  const plain = await descend(X, 5, 0, near.nIter + 1);
  expect(near.nIter).toBeGreaterThan(5);
  expect(near.centers).toEqual(plain.centers);
});
