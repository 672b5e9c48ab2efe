import { afterEach, describe, expect, it, vi } from 'vitest';
import { sweep, type Sweep } from '../../src/core/learn/sweep';
import { fitForest, forestDefaults } from '../../src/core/learn/forest';
import { fitKMeans } from '../../src/core/learn/kmeans';
import type { Engine } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';
import { blobs, ctx } from '../../tests/helpers/context';
import { mortal, startMember, watched, type Fate } from '../../tests/helpers/members';
import { startThread } from '../../tests/helpers/threads';
import { stubTraps } from '../../tests/helpers/traps';
import { createSimdEngine } from '../engines/simd';
import type { MemberApi } from './member-api';
import type { MemberThread } from './member-handle';
import { createPool, type Pool } from './pool';
import { createPooledEngine } from './pooled-engine';

const centers = Array.from({ length: 6 }, (_, c) =>
  Array.from({ length: 16 }, (_, j) => Math.sin(3 * c + j) * 2),
);
const { X } = blobs(centers, 400, 1.2, 5);
/** More than 2^20 values: one descent is shared by rows. */
const { X: large } = blobs(centers, 12_000, 1.2, 6);
const params = { kMax: 7, nInit: 4, seed: 3 };

const pools: Pool[] = [];
afterEach(() => {
  for (const pool of pools.splice(0)) pool.end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function pooled(size: number, spawn: () => MemberThread = startMember): Promise<Engine> {
  const pool = createPool(size, spawn);
  pools.push(pool);
  return createPooledEngine(await createSimdEngine(), pool);
}

async function sweepOn(engine: Engine, data: Matrix = X): Promise<Sweep> {
  const loaded = engine.load(data);
  try {
    return await sweep(data, loaded, params, { ...ctx, engine });
  } finally {
    loaded.dispose();
  }
}

async function fitOn(engine: Engine, data: Matrix) {
  const loaded = engine.load(data);
  try {
    const one = { nClusters: 6, nInit: 1, seed: 1 };
    return await fitKMeans(data, loaded, one, { ...ctx, engine });
  } finally {
    loaded.dispose();
  }
}

describe('a pool of workers', () => {
  it('finds what one worker finds, to the last bit, whatever its size', async () => {
    const expected = await sweepOn(await createSimdEngine());
    for (const size of [1, 2, 4]) {
      expect(await sweepOn(await pooled(size))).toEqual(expected);
    }
  });

  it('shares the rows of a large matrix without changing a bit', async () => {
    const expected = await fitOn(await createSimdEngine(), large);
    for (const size of [1, 2, 4]) {
      expect(await fitOn(await pooled(size), large)).toEqual(expected);
    }
  });

  it('starts its workers when there is something to do, and asks them to forget matrices', async () => {
    let started = 0;
    const calls: string[] = [];
    const engine = await pooled(2, () => {
      started++;
      return startThread(watched(calls));
    });
    const loaded = engine.load(X);
    expect(started).toBe(0);
    await loaded.seed(3, 1, 0);
    expect(started).toBe(1);
    loaded.dispose();
    await vi.waitFor(() => expect(calls).toEqual(['load', 'seed', 'forget']));
  });
});

describe('a forest', () => {
  const features = Array.from({ length: 5 }, (_, j) =>
    Float64Array.from({ length: X.nSamples }, (_, i) => X.data[i * X.nFeatures + j]),
  );
  const labels = Int32Array.from({ length: X.nSamples }, (_, i) => Math.floor(i / 400));
  const rows = Int32Array.from(labels.keys());
  const data = { features, labels, nClasses: 6, rows };
  const few = { ...forestDefaults, nEstimators: 12 };

  it('has the same trees, whoever grows them', async () => {
    const expected = await fitForest(data, few, ctx);
    for (const size of [1, 2, 4]) {
      expect(await fitForest(data, few, { ...ctx, engine: await pooled(size) })).toEqual(expected);
    }
  });

  it('grows on one worker less while the page is given way, and has the same trees', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let started = 0;
    const engine = await pooled(2, () => {
      started++;
      return startMember();
    });
    pools[0].giveWay();
    expect(await fitForest(data, few, { ...ctx, engine })).toEqual(await fitForest(data, few, ctx));
    expect(started).toBe(1);
  });

  it('loses nothing with a worker that stops', async () => {
    let started = 0;
    const engine = await pooled(2, () => mortal('growTrees', 'error', started++ === 0));
    expect(await fitForest(data, few, { ...ctx, engine })).toEqual(await fitForest(data, few, ctx));
    expect(started).toBe(3);
  });
});

describe('a worker of the pool that stops', () => {
  const cases: [keyof MemberApi, Fate, Matrix][] = [
    ['seed', 'error', X],
    ['descend', 'error', X],
    ['distanceSums', 'error', X],
    ['move', 'error', large],
    ['labels', 'error', large],
  ];
  for (const [method, fate, data] of cases) {
    it(`in the middle of “${method}” is replaced, and nothing else changes`, async () => {
      let started = 0;
      const engine = await pooled(2, () => mortal(method, fate, started++ === 0));
      const work = data === X ? sweepOn : fitOn;
      expect(await work(engine, data)).toEqual(await work(await createSimdEngine(), data));
      expect(started).toBe(3);
      expect(engine.nWorkers).toBe(2);
    });
  }

  it('without a word is missed after a while', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    let started = 0;
    const engine = await pooled(2, () => mortal('descend', 'silence', started++ === 0));
    const found = sweepOn(engine);
    const clock = setTimeoutLoop(() => vi.advanceTimersByTime(1_500));
    expect((await found).fits.length).toBe(7);
    clock.stop();
    expect(started).toBe(3);
  });

  it('again and again is not replaced for ever: the engine goes on alone and says so', async () => {
    const engine = await pooled(2, () => mortal('descend', 'error', true));
    expect(await sweepOn(engine)).toEqual(await sweepOn(await createSimdEngine()));
    expect(engine.nWorkers).toBe(1);
    expect(engine.detail).toMatch(/kept stopping/);
  });
});

describe('a kernel that traps in a worker of the pool', () => {
  const cases: [string, string, Matrix][] = [
    ['while it seeds', 'reachFour', X],
    ['while it descends', 'follow', X],
    ['while it adds up distances', 'addDistances', X],
    ['while it descends on some of the rows', 'follow', large],
  ];
  it.each(cases)('%s is told as a failure of the engine', async (_name, kernel, data) => {
    // Module 0 is that of the engine that shares its work.
    const { failAfter } = stubTraps((module, name) => module === 1 && name === kernel);
    const engine = await pooled(2);
    failAfter(2);
    const work = data === X ? sweepOn : fitOn;
    await expect(work(engine, data)).rejects.toMatchObject({
      code: 'engine-failed',
      message: expect.stringMatching(/^WebAssembly could not be used: .*unreachable/) as string,
    });
    // It has failed, and is still there: nobody was lost.
    expect(engine.nWorkers).toBe(2);
  });
});

function setTimeoutLoop(work: () => void): { stop(): void } {
  let running = true;
  const turn = () => {
    if (!running) return;
    work();
    setTimeout(turn, 20);
  };
  turn();
  return { stop: () => (running = false) };
}
