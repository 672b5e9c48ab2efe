import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { standInCard } from '../../tests/helpers/stand-in-card';
import type { Engine, LoadedMatrix } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import { matrix } from '../../src/core/matrix';
import { createRandom } from '../../src/core/random';
import { createCardEngine, type CardEngine } from './card-engine';
import { createFasterEngine } from './faster';
import { createReferenceEngine } from './reference';

const noRest = () => Promise.resolve();
const stop = { tolerance: 0, maxIter: 20 };
const random = createRandom(1);
const nSamples = 1_200;
const X = matrix(
  Float32Array.from({ length: nSamples * 2 }, () => Math.round(random.normal() * 1_024) / 1_024),
  nSamples,
  2,
);
const starts = [0, 1].map((s) => Float64Array.from(X.data.subarray(s * 6, s * 6 + 6)));
const runs = {
  rows: Int32Array.from({ length: nSamples }, (_, i) => i),
  ends: Int32Array.of(nSamples),
  slots: Int32Array.of(0),
  nSlots: 1,
};

/** The time is what the engines say it is: each of their calls takes so many milliseconds. */
let now = 0;
beforeEach(() => vi.spyOn(performance, 'now').mockImplementation(() => now));
afterEach(() => vi.restoreAllMocks());

function slowed(loaded: LoadedMatrix, milliseconds: number, calls: string[], name: string) {
  const timed = <T>(call: string, work: () => Promise<T>): Promise<T> => {
    now += milliseconds;
    calls.push(`${name} ${call}`);
    return work();
  };
  return {
    ...loaded,
    descend: (...all) => timed('descend', () => loaded.descend(...all)),
    distanceSums: (...all) => timed('distances', () => loaded.distanceSums(...all)),
  } satisfies LoadedMatrix;
}

async function fasterOf(cardTime: number, processorTime: number) {
  const calls: string[] = [];
  const reference = createReferenceEngine();
  const processor: Engine = {
    ...reference,
    load: (X) => slowed(reference.load(X), processorTime, calls, 'processor'),
  };
  const stand = standInCard();
  const sound = await createCardEngine(stand, processor);
  const card: CardEngine = {
    ...sound,
    loadBeside: (X, loaded) => slowed(sound.loadBeside(X, loaded), cardTime, calls, 'card'),
  };
  return { engine: createFasterEngine(card, processor), calls, stand };
}

describe('the choice for each job', () => {
  it('is the card where it is faster', async () => {
    const { engine, calls } = await fasterOf(5, 20);
    const loaded = engine.load(X);
    await loaded.descend(starts, stop, noRest);
    expect(engine.id).toBe('tfjs');
    expect(engine.reason).toBe(
      'Measured on this job: one step of K-Means takes 5.0 ms on the graphics card, 20 ms on the processor.',
    );
    expect(calls.at(-1)).toBe('card descend');
    await loaded.distanceSums(runs, noRest);
    expect(calls.at(-1)).toBe('card distances');
    expect(engine.reason).toMatch(
      /Distances of 1,024 rows take 5.0 ms on the graphics card, 20 ms/,
    );
  });

  it('is the processor where that is faster', async () => {
    const { engine, calls } = await fasterOf(20, 5);
    const loaded = engine.load(X);
    await loaded.descend(starts, stop, noRest);
    await loaded.distanceSums(runs, noRest);
    expect(engine.id).toBe('reference');
    expect(calls.filter((call) => call.startsWith('card'))).toHaveLength(4);
    expect(calls.at(-1)).toBe('processor distances');
  });

  it('does not ask the card for what takes no time', async () => {
    const { engine, calls } = await fasterOf(0, 1);
    const loaded = engine.load(X);
    await loaded.descend(starts, stop, noRest);
    await loaded.distanceSums(runs, noRest);
    expect(calls.filter((call) => call.startsWith('card'))).toEqual([]);
    expect(engine.reason).toMatch(/1.0 ms on the processor, too little for a graphics card to pay/);
  });

  it('is measured once for all that is asked at once, on the largest of it', async () => {
    const { engine, calls } = await fasterOf(5, 20);
    const loaded = engine.load(X);
    const larger = starts.map((start) => Float64Array.of(...start, 1, 1));
    const descents = [starts, larger, starts].map((some) => loaded.descend(some, stop, noRest));
    const found = await Promise.all(descents);
    // Each twice to measure, and the work itself.
    expect(calls).toHaveLength(2 + 2 + 3);
    const alone = createReferenceEngine().load(X);
    expect(found[1]).toEqual(await alone.descend(larger, stop, noRest));
  });

  it('is the processor from now on, told, where the card fails', async () => {
    const { engine, calls, stand } = await fasterOf(5, 20);
    const loaded = engine.load(X);
    vi.spyOn(stand, 'read').mockRejectedValue(new AppError('engine-failed', 'It is gone.'));
    const found = await loaded.descend(starts, stop, noRest);
    expect(found).toEqual(await createReferenceEngine().load(X).descend(starts, stop, noRest));
    expect([engine.id, engine.reason]).toEqual([
      'reference',
      'It is gone. The work went on without it.',
    ]);
    const asked = calls.filter((call) => call.startsWith('card')).length;
    await engine.load(X).descend(starts, stop, noRest);
    expect(calls.filter((call) => call.startsWith('card'))).toHaveLength(asked);
    expect(engine.reason).toMatch(/It is gone/);
  });

  it('leaves nothing behind', async () => {
    const { engine, stand } = await fasterOf(5, 20);
    const loaded = engine.load(X);
    await loaded.descend(starts, stop, noRest);
    loaded.dispose();
    expect(stand.nTensors).toBe(0);
  });
});
