import { describe, expect, it } from 'vitest';
import { nearestCenter } from '../../src/core/learn/nearest';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom } from '../../src/core/random';
import { createReferenceEngine } from './reference';

function randomMatrix(nSamples: number, nFeatures: number, seed: number): Matrix {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: nSamples * nFeatures }, () => random.normal());
  return matrix(data, nSamples, nFeatures);
}

function nearestOfEachRow(X: Matrix, centers: Float64Array, nClusters: number): Int32Array {
  return Int32Array.from({ length: X.nSamples }, (_, i) =>
    nearestCenter(X.data, i * X.nFeatures, centers, nClusters, X.nFeatures),
  );
}

async function assigned(X: Matrix, centers: Float64Array, nClusters: number): Promise<Int32Array> {
  const labels = new Int32Array(X.nSamples).fill(-1);
  const loaded = createReferenceEngine().load(X);
  await loaded.assign(centers, nClusters, labels);
  loaded.dispose();
  return labels;
}

describe('the exact nearest centre', () => {
  it('is the smallest index on a tie', () => {
    const centers = Float64Array.of(3, 0, -1, 0, 1, 0);
    expect(nearestCenter(Float32Array.of(9, 9, 0, 5), 2, centers, 3, 2)).toBe(1);
  });

  it('is the first centre when every distance overflows', () => {
    const centers = Float64Array.of(1e200, -1e200);
    expect(nearestCenter(Float64Array.of(0), 0, centers, 2, 1)).toBe(0);
  });
});

describe('assigning rows with plain loops', () => {
  const sizes = [
    { nSamples: 1, nFeatures: 1, nClusters: 1 },
    { nSamples: 2, nFeatures: 3, nClusters: 2 },
    { nSamples: 7, nFeatures: 5, nClusters: 3 },
    { nSamples: 301, nFeatures: 17, nClusters: 10 },
    { nSamples: 300, nFeatures: 17, nClusters: 13 },
  ];

  it.each(sizes)('labels each row as the definition does: %o', async (size) => {
    const X = randomMatrix(size.nSamples, size.nFeatures, 7);
    const values = randomMatrix(size.nClusters, size.nFeatures, 8);
    const centers = Float64Array.from(values.data);
    expect(await assigned(X, centers, size.nClusters)).toEqual(
      nearestOfEachRow(X, centers, size.nClusters),
    );
  });

  it('breaks exact ties like the definition, whichever pair the centres fall into', async () => {
    const X = matrix(Float32Array.of(0, 0, 2, 2, 5, 5), 3, 2);
    const centers = Float64Array.of(9, 9, 1, 1, -1, -1, 1, 1, 3, 3);
    expect([...(await assigned(X, centers, 5))]).toEqual([1, 1, 4]);
  });

  it('never gives a row to the padding of an odd number of centres', async () => {
    const X = matrix(Float32Array.of(3e38, -3e38, NaN), 3, 1);
    const centers = Float64Array.of(-1e200);
    expect([...(await assigned(X, centers, 1))]).toEqual([0, 0, 0]);
  });
});

describe('projecting rows with plain loops', () => {
  it('sums in float64 before the one rounding to float32', async () => {
    const X = matrix(Float32Array.of(16777216, 1, -16777216), 1, 3);
    const scores = await createReferenceEngine()
      .load(X)
      .project(Float64Array.of(1, 1, 1), 1);
    expect([...scores]).toEqual([1]);
  });

  it('gives one score per component, row by row', async () => {
    const X = matrix(Float32Array.of(1, 2, 3, 4), 2, 2);
    const loaded = createReferenceEngine().load(X);
    const scores = await loaded.project(Float64Array.of(1, 0, 0, 1, 1, 1), 3);
    expect([...scores]).toEqual([1, 2, 3, 3, 4, 7]);
  });
});
