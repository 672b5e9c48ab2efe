import { describe, expect, it } from 'vitest';
import { blobs, ctx, load } from '../../../tests/helpers/context';
import { createSimdEngine } from '../../../workers/engines/simd';
import { fitAutoencoder } from '../learn/autoencoder';
import { fitKMeans } from '../learn/kmeans';
import { fitPca } from '../learn/pca';
import { ComputedMatrix, matrix, writeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { fitSpace } from './fit-space';
import { reduceDefaults, type ReduceParams } from './reduce-params';
import { mover } from './transformation';

const components = (nComponents: number): ReduceParams => {
  return { ...reduceDefaults, space: 'components', nComponents };
};
const codes: ReduceParams = {
  ...reduceDefaults,
  space: 'codes',
  autoencoder: { ...reduceDefaults.autoencoder, hiddenSizes: [6], codeSize: 2, epochs: 3 },
};

function noise(nSamples: number, nFeatures: number): Matrix {
  const random = createRandom(3);
  const data = Float32Array.from({ length: nSamples * nFeatures }, () => random.normal());
  for (let j = 0; j < nFeatures; j++) {
    let mean = 0;
    for (let at = j; at < data.length; at += nFeatures) mean += data[at] / nSamples;
    for (let at = j; at < data.length; at += nFeatures) data[at] -= mean;
  }
  return matrix(data, nSamples, nFeatures);
}

const fit = async (X: Matrix, params: ReduceParams, own = ctx) =>
  fitSpace(X, await fitPca(load(X), X.nFeatures, ctx), params, own);

describe.each([
  ['components', components(2)],
  ['codes', codes],
] as const)('a space of %s', (_, params) => {
  it('has numbers around 0 whose sums are exact in any order', async () => {
    const { X } = await fit(noise(3_000, 4), params);
    expect([X.nSamples, X.nFeatures]).toEqual([3_000, 2]);
    for (let m = 0; m < 2; m++) {
      const values = Array.from(X.data.filter((__, at) => at % 2 === m));
      const sum = values.reduce((total, value) => total + value, 0);
      expect(values.reduceRight((total, value) => total + value, 0)).toBe(sum);
      const sorted = values.slice().sort((a, b) => a - b);
      expect(sorted.reduce((total, value) => total + value, 0)).toBe(sum);
      expect(Math.abs(sum / 3_000)).toBeLessThan(1e-6);
      expect(Math.max(...values)).toBeGreaterThan(0.1);
    }
  });

  it('puts a row alone where it put it in training', async () => {
    const X = noise(200, 4);
    const { X: moved, transformation } = await fit(X, params);
    if (transformation === null) throw new Error('There is no way there.');
    const move = mover(transformation);
    for (let i = 0; i < 200; i++) {
      const alone = move(X.data.subarray(4 * i, 4 * i + 4));
      expect(Array.from(alone)).toEqual(Array.from(moved.data.subarray(2 * i, 2 * i + 2)));
    }
  });

  it('is the same in another engine, and for rows that are computed when they are asked for', async () => {
    const X = noise(5_000, 4);
    const first = await fit(X, params);
    const engine = await createSimdEngine();
    expect(await fit(X, params, { ...ctx, engine })).toEqual(first);
    const computed = new ComputedMatrix(5_000, 4, (from, end, into) =>
      writeRows(X, from, end, into),
    );
    expect(await fit(computed, params)).toEqual(first);
  });

  it('can be given up', async () => {
    const stop = () => Promise.reject(new Error('enough'));
    await expect(fit(noise(100, 4), params, { ...ctx, breathe: stop })).rejects.toThrow('enough');
  });
});

describe('the space of components', () => {
  it('keeps every distance if it has all of them, and loses nothing', async () => {
    const X = noise(60, 4);
    const { X: moved, error } = await fit(X, components(4));
    expect(error).toBeCloseTo(0, 12);
    const between = ({ data }: Matrix, a: number, b: number) =>
      Math.hypot(...[0, 1, 2, 3].map((j) => data[4 * a + j] - data[4 * b + j]));
    for (let i = 1; i < 60; i++) {
      expect(between(moved, 0, i)).toBeCloseTo(between(X, 0, i), 5);
    }
  });

  it('loses the variance that the others hold', async () => {
    const X = noise(60, 4);
    const { X: moved, error } = await fit(X, components(2));
    const squares = ({ data }: Matrix) => data.reduce((sum, value) => sum + value * value, 0);
    expect(error).toBeCloseTo((squares(X) - squares(moved)) / (60 * 4), 6);
  });

  it('finds blobs that lie in a plane as well as the columns do', async () => {
    const { X, truth } = blobs(
      [
        [0, 0, 0, 0],
        [8, 8, 0, 0],
        [0, 8, 8, 0],
      ],
      60,
      1,
      5,
    );
    const space = await fit(X, components(2));
    const found = await fitKMeans(space.X, load(space.X), { nClusters: 3, nInit: 3, seed: 1 }, ctx);
    expect(new Set(truth.map((group, i) => 3 * group + found.labels[i])).size).toBe(3);
  });

  it('has no more directions than there are columns', async () => {
    await expect(fit(noise(50, 4), components(5))).rejects.toMatchObject({
      code: 'setting-invalid',
      message: expect.stringContaining('choose at most 4') as string,
    });
  });
});

it('the space of the scaled columns is these', async () => {
  const X = noise(50, 4);
  expect(await fit(X, reduceDefaults)).toEqual({
    X,
    transformation: null,
    error: 0,
    training: null,
  });
});

it('the codes tell as much as their network does', async () => {
  const X = noise(400, 5);
  const { error, training } = await fit(X, codes);
  const network = await fitAutoencoder(X, codes.autoencoder, ctx);
  expect(error).toBe(network.reconstructionError);
  expect(training).toEqual({
    losses: network.losses,
    bestEpoch: network.bestEpoch,
    nTrained: 320,
    nValidation: 80,
  });
});
