import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ctx } from '../../tests/helpers/context';
import { standInCard } from '../../tests/helpers/stand-in-card';
import type { Engine } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import { fitTree } from '../../src/core/learn/tree';
import type { TreeData, TreeParams } from '../../src/core/learn/tree-data';
import { createRandom } from '../../src/core/random';
import { createCardEngine, type CardEngine } from './card-engine';
import { createFasterEngine } from './faster';
import { createSimdEngine } from './simd';

const params: TreeParams = { maxDepth: 3, minSamplesLeaf: 5, minSamplesSplit: 2 };
const simd = await createSimdEngine();
const random = createRandom(1);
const nRows = 80_000;
const features = [0, 1].map(() => Float64Array.from({ length: nRows }, () => random.normal()));
const data: TreeData = {
  features,
  labels: features[0].reduce((all, x, i) => {
    all[i] = x + features[1][i] > 0.1 ? 1 : 0;
    return all;
  }, new Int32Array(nRows)),
  nClasses: 2,
  rows: Int32Array.from({ length: nRows }, (_, i) => i),
};
const expected = await fitTree(data, params, { ...ctx, engine: simd });

/** The time is what the engines say it is: each count of a node takes so many milliseconds. */
let now = 0;
beforeEach(() => vi.spyOn(performance, 'now').mockImplementation(() => now));
afterEach(() => vi.restoreAllMocks());

async function fasterOf(cardTime: number, processorTime: number) {
  const splitter: Engine['splitter'] = (...all) => {
    const own = simd.splitter(...all);
    return {
      ...own,
      tryBins: (...some) => {
        now += processorTime;
        return own.tryBins(...some);
      },
    };
  };
  const stand = standInCard();
  const sound = await createCardEngine(stand, simd);
  const card: CardEngine = {
    ...sound,
    binCounter(set) {
      const counter = sound.binCounter(set);
      return (
        counter && {
          ...counter,
          count: (...all) => {
            now += cardTime;
            return counter.count(...all);
          },
        }
      );
    },
  };
  const engine = createFasterEngine(card, { ...simd, splitter });
  const before = stand.ran.length;
  return { engine, stand, nCounted: () => stand.ran.slice(before).length };
}

describe('the choice for a tree', () => {
  it('is the card where its root is counted faster there; the tree is the same', async () => {
    const { engine, stand, nCounted } = await fasterOf(5, 50);
    expect(await fitTree(data, params, { ...ctx, engine })).toEqual(expected);
    expect(engine.reason).toBe(
      'Measured on this job: counting the first node of the tree takes 5.0 ms on the graphics card, 50 ms on the processor.',
    );
    expect(nCounted()).toBeGreaterThan(2);
    expect(stand.nTensors).toBe(0);
  });

  it('is the processor where that is faster', async () => {
    const { engine, stand, nCounted } = await fasterOf(60, 50);
    expect(await fitTree(data, params, { ...ctx, engine })).toEqual(expected);
    expect(engine.reason).toMatch(/60 ms on the graphics card, 50 ms on the processor/);
    // Twice the root, to measure.
    expect(nCounted() % 2).toBe(0);
    expect(stand.nTensors).toBe(0);
  });

  it('is not asked for where all counts together are too little to pay', async () => {
    const { engine, nCounted } = await fasterOf(0, 39);
    expect(await fitTree(data, params, { ...ctx, engine })).toEqual(expected);
    expect(nCounted()).toBe(0);
    expect(engine.reason).toMatch(/passed its self-test/);
  });

  it('is the processor from now on, told, where the card fails', async () => {
    const { engine, stand } = await fasterOf(5, 50);
    const read = vi.spyOn(stand, 'read');
    read.mockRejectedValue(new AppError('engine-failed', 'It is gone.'));
    expect(await fitTree(data, params, { ...ctx, engine })).toEqual(expected);
    expect(engine.reason).toBe('It is gone. The work went on without it.');
    expect(read).toHaveBeenCalledTimes(1);
  });
});
