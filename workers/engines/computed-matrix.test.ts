import { afterAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/core/engine';
import { typicalRows } from '../../src/core/explain/typical';
import { fitKMeans } from '../../src/core/learn/kmeans';
import { fitPca } from '../../src/core/learn/pca';
import { fitPrototypes } from '../../src/core/learn/prototypes';
import { sweep } from '../../src/core/learn/sweep';
import { ComputedMatrix, type Matrix } from '../../src/core/matrix';
import { blobs, ctx } from '../../tests/helpers/context';
import { startThread } from '../../tests/helpers/threads';
import { createMember } from '../pool/member';
import { createPool, type Pool } from '../pool/pool';
import { createPooledEngine } from '../pool/pooled-engine';
import { createReferenceEngine } from './reference';
import { createSimdEngine } from './simd';

const centers = Array.from({ length: 4 }, (_, c) =>
  Array.from({ length: 8 }, (_, j) => Math.sin(3 * c + j) * 2),
);
const { X } = blobs(centers, 1_300, 1.2, 5);
/** More than 2^20 values: one descent is shared by rows, in several pieces to each worker. */
const { X: rough } = blobs(centers, 33_000, 1.2, 6);
/** On a grid, as scaled values are, so that sums do not depend on their order. */
const large = { ...rough, data: rough.data.map((value) => Math.round(1024 * value) / 1024) };

/** The same matrix, that nobody keeps; who asks for all of it at once has forgotten how large it may be. */
function computed({ data, nSamples, nFeatures }: Matrix): Matrix {
  const same = new ComputedMatrix(nSamples, nFeatures, (first, end, into) =>
    into.set(data.subarray(first * nFeatures, end * nFeatures)),
  );
  return Object.defineProperty(same, 'data', {
    get: () => {
      throw new Error('All rows were asked for.');
    },
  });
}

const pools: Pool[] = [];
afterAll(() => pools.forEach((pool) => pool.end()));

async function pooled(): Promise<Engine> {
  const pool = createPool(2, () => startThread(createMember()));
  pools.push(pool);
  return createPooledEngine(await createSimdEngine(), pool);
}

async function everything(data: Matrix, engine: Engine) {
  const context = { ...ctx, engine };
  const loaded = engine.load(data);
  try {
    const { fits, ...scores } = await sweep(data, loaded, { kMax: 5, nInit: 2, seed: 3 }, context);
    const fit = fits[3];
    return {
      fits,
      scores,
      pca: await fitPca(loaded, data.nFeatures, context),
      scoresOfPca: await loaded.project(new Float64Array(2 * data.nFeatures).fill(0.3), 2),
      prototypes: await fitPrototypes(data, 60, context),
      typical: typicalRows(data, fit.labels, fit.centers, 4, 3),
    };
  } finally {
    loaded.dispose();
  }
}

describe('from a matrix that is computed', () => {
  it.each([
    ['one worker', createSimdEngine],
    ['several workers', pooled],
  ])('%s learns the same, to the last bit, and never asks for all of it', async (_, create) => {
    expect(await everything(computed(X), await create())).toEqual(
      await everything(X, await createSimdEngine()),
    );
  });

  it('plain loops learn the same, from all of it', async () => {
    const { data, nSamples, nFeatures } = X;
    const same = new ComputedMatrix(nSamples, nFeatures, (first, end, into) =>
      into.set(data.subarray(first * nFeatures, end * nFeatures)),
    );
    const engine = createReferenceEngine();
    const params = { nClusters: 4, nInit: 1, seed: 1 };
    const fit = (from: Matrix) => fitKMeans(from, engine.load(from), params, { ...ctx, engine });
    expect(await fit(same)).toEqual(await fit(X));
  });

  it('workers take their rows piece by piece', async () => {
    const params = { nClusters: 4, nInit: 1, seed: 1 };
    const fit = async (from: Matrix, engine: Engine) => {
      const loaded = engine.load(from);
      try {
        return await fitKMeans(from, loaded, params, { ...ctx, engine });
      } finally {
        loaded.dispose();
      }
    };
    expect(await fit(computed(large), await pooled())).toEqual(
      await fit(large, await createSimdEngine()),
    );
  });
});
