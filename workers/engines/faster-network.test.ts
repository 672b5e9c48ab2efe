import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { standInCard } from '../../tests/helpers/stand-in-card';
import type { DenseNetwork, Engine } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import { startLayers } from '../../src/core/learn/dense-layer';
import { matrix } from '../../src/core/matrix';
import { createRandom } from '../../src/core/random';
import { createCardEngine } from './card-engine';
import { createFasterEngine } from './faster';
import { createReferenceEngine } from './reference';

const reference = createReferenceEngine();
const random = createRandom(1);
const X = matrix(
  Float32Array.from({ length: 40 * 3 }, () => random.normal()),
  40,
  3,
);
const layers = startLayers([3, 4, 3], () => 'gelu', random);

/** The time is what the engines say it is: each lesson takes so many milliseconds. */
let now = 0;
beforeEach(() => vi.spyOn(performance, 'now').mockImplementation(() => now));
afterEach(() => vi.restoreAllMocks());

async function fasterOf(cardTime: number, processorTime: number) {
  let alive = 0;
  const slowed = (network: DenseNetwork, milliseconds: number): DenseNetwork => {
    alive++;
    return {
      ...network,
      train: (...all) => {
        now += milliseconds;
        return network.train(...all);
      },
      dispose: () => {
        alive--;
        network.dispose();
      },
    };
  };
  const stand = standInCard();
  const card = await createCardEngine(stand, reference);
  const slow =
    (engine: Engine, time: number): Engine['network'] =>
    (...all) =>
      slowed(engine.network(...all), time);
  const engine = createFasterEngine(
    { ...card, network: slow(card, cardTime) },
    { ...reference, network: slow(reference, processorTime) },
  );
  return { engine, stand, alive: () => alive };
}

describe('the choice for a network', () => {
  it('is the card where a batch is faster there, and nothing is learned twice', async () => {
    const { engine, stand, alive } = await fasterOf(5, 20);
    const network = engine.network(layers, 16);
    const loss = await network.train(X, X, 0.01);
    expect(engine.id).toBe('tfjs');
    expect(engine.reason).toBe(
      'Measured on this job: a batch of the network takes 5.0 ms on the graphics card, 20 ms on the processor.',
    );
    expect(alive()).toBe(1);
    const alone = reference.network(layers, 16);
    expect(Math.abs(loss / (await alone.train(X, X, 0.01)) - 1)).toBeLessThan(1e-5);
    const [own, theirs] = [await network.layers(), await alone.layers()];
    own.forEach(({ weights }, l) =>
      weights.forEach((weight, at) =>
        expect(Math.abs(weight - theirs[l].weights[at])).toBeLessThan(1e-3),
      ),
    );
    network.dispose();
    expect([alive(), stand.nTensors]).toEqual([0, 0]);
  });

  it.each([
    ['faster there', 20, 5, /20 ms on the graphics card, 5.0 ms on the processor/],
    ['too little for a card', 0, 3, /passed its self-test/],
  ])('is the processor where a batch is %s, with its bits', async (_name, card, own, told) => {
    const { engine, alive } = await fasterOf(card, own);
    const network = engine.network(layers, 16);
    const alone = reference.network(layers, 16);
    expect(await network.train(X, X, 0.01)).toBe(await alone.train(X, X, 0.01));
    expect(await network.layers()).toEqual(await alone.layers());
    expect(await network.forward(X)).toEqual(await alone.forward(X));
    expect(engine.reason).toMatch(told);
    expect(alive()).toBe(1);
  });

  it('is the processor from now on, told, where the card fails while it is measured', async () => {
    const { engine, stand, alive } = await fasterOf(5, 20);
    vi.spyOn(stand, 'read').mockRejectedValue(new AppError('engine-failed', 'It is gone.'));
    const network = engine.network(layers, 16);
    const alone = reference.network(layers, 16);
    expect(await network.train(X, X, 0.01)).toBe(await alone.train(X, X, 0.01));
    expect(engine.reason).toBe('It is gone. The work went on without it.');
    expect(alive()).toBe(1);
  });

  it('ends with the error where the card fails later: the step is done again without it', async () => {
    const { engine, stand } = await fasterOf(5, 20);
    const network = engine.network(layers, 16);
    await network.train(X, X, 0.01);
    vi.spyOn(stand, 'read').mockRejectedValue(new AppError('engine-failed', 'It is gone.'));
    await expect(network.train(X, X, 0.01)).rejects.toThrow('It is gone.');
    // By its id the engine that failed is known.
    expect(engine.id).toBe('tfjs');
  });
});
