import { describe, expect, it } from 'vitest';
import type { Engine, LoadedMatrix } from '../../src/core/engine';
import { createReferenceEngine } from './reference';
import { selfTest } from './self-test';

/** The reference engine with a fault. */
function faulty(fault: (loaded: LoadedMatrix) => Partial<LoadedMatrix>): Engine {
  const sound = createReferenceEngine();
  return {
    ...sound,
    detail: 'faulty',
    load(X) {
      const loaded = sound.load(X);
      return { ...loaded, ...fault(loaded) };
    },
  };
}

function refused(sentence: RegExp) {
  const message = expect.stringMatching(sentence) as unknown;
  return expect.objectContaining({ name: 'AppError', code: 'engine-failed', message }) as unknown;
}

describe('the start-up test of an engine', () => {
  it('lets the reference engine pass', async () => {
    await expect(selfTest(createReferenceEngine())).resolves.toBeUndefined();
  });

  it('refuses labels that are off by one row', async () => {
    const engine = faulty((loaded) => ({
      async assign(centers, nClusters, labels) {
        await loaded.assign(centers, nClusters, labels);
        labels.copyWithin(1, 0);
      },
    }));
    await expect(selfTest(engine)).rejects.toEqual(refused(/row \d+ is nearest to centre \d, not/));
  });

  it('refuses one wrong label among the exact ties', async () => {
    const engine = faulty((loaded) => ({
      async assign(centers, nClusters, labels) {
        await loaded.assign(centers, nClusters, labels);
        // The last centre is the second's twin: equally near, but not the smaller index.
        labels[labels.indexOf(1)] = 4;
      },
    }));
    await expect(selfTest(engine)).rejects.toEqual(refused(/nearest to centre 1, not 4/));
  });

  it('refuses an engine that writes no labels', async () => {
    const engine = faulty(() => ({ assign: () => Promise.resolve() }));
    await expect(selfTest(engine)).rejects.toEqual(refused(/row 0 .* not -1/));
  });

  it.each([NaN, 1e30, 0])('refuses scores of %f', async (value) => {
    const engine = faulty((loaded) => ({
      project: async (components, m) => (await loaded.project(components, m)).fill(value, 600, 601),
    }));
    await expect(selfTest(engine)).rejects.toEqual(refused(/a score of row 200/));
  });

  it('refuses a search for neighbours that is off by one', async () => {
    const sound = createReferenceEngine();
    const searchClusters: Engine['searchClusters'] = async (...clusters) => {
      const search = await sound.searchClusters(...clusters);
      const nearest: typeof search.nearest = (cluster, known) => {
        const found = search.nearest(cluster, known);
        return found.cluster < 500 ? found : { ...found, cluster: found.cluster + 1 };
      };
      return { ...search, nearest };
    };
    await expect(selfTest({ ...sound, searchClusters })).rejects.toEqual(
      refused(/a nearest cluster, or its distance, is \d+, not \d+/),
    );
  });

  it('refuses a network whose biases differ in the last bit', async () => {
    const sound = createReferenceEngine();
    const network: Engine['network'] = (...args) => {
      const own = sound.network(...args);
      const nextTo = (value: number) => value * (1 + 2 ** -23);
      return {
        ...own,
        layers: async () =>
          (await own.layers()).map((layer) => ({ ...layer, biases: layer.biases.map(nextTo) })),
      };
    };
    await expect(selfTest({ ...sound, network })).rejects.toEqual(
      refused(/a number of a network is -?[\d.]+, not/),
    );
  });

  it('disposes of its matrix, also after a failure', async () => {
    let disposed = 0;
    const engine = faulty(() => ({
      assign: () => Promise.reject(new Error('broken')),
      dispose: () => disposed++,
    }));
    await expect(selfTest(engine)).rejects.toThrow('broken');
    expect(disposed).toBe(1);
  });
});
