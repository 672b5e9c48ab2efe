import { describe, expect, it } from 'vitest';
import { ctx } from '../../tests/helpers/context';
import {
  standInCard,
  type StandInCard,
  type StandInOptions,
} from '../../tests/helpers/stand-in-card';
import { fitAutoencoder, reconstruct } from '../../src/core/learn/autoencoder';
import {
  autoencoderDefaults,
  type AutoencoderParams,
} from '../../src/core/learn/autoencoder-params';
import { activations, startLayers, type DenseLayer } from '../../src/core/learn/dense-layer';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom } from '../../src/core/random';
import type { Card } from './card';
import { createCardEngine } from './card-engine';
import { createReferenceEngine } from './reference';

const reference = createReferenceEngine();

async function engineOf(options?: StandInOptions, alter = (card: StandInCard): Card => card) {
  const card = standInCard(options);
  return { card, engine: await createCardEngine(alter(card), reference) };
}

function normals(nSamples: number, nFeatures: number, seed = 1): Matrix {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: nSamples * nFeatures }, () => random.normal());
  return matrix(data, nSamples, nFeatures);
}

/** Points of a surface that two numbers tell, bent into five columns. */
function bentSheet(nSamples: number): Matrix {
  const random = createRandom(4);
  const rows = Array.from({ length: nSamples }, () => {
    const [u, v] = [2 * random.uniform() - 1, 2 * random.uniform() - 1];
    return [u, v, u * u - 1 / 3, Math.sin(3 * u), u * v].map((x) => 2 * x + 0.02 * random.normal());
  });
  return matrix(Float32Array.from(rows.flat()), nSamples, 5);
}

const numbersOf = (layers: readonly DenseLayer[]) =>
  layers.flatMap(({ weights, biases }) => [...weights, ...biases]);

const failed = expect.objectContaining({ code: 'engine-failed' }) as unknown;

describe('a network on a card', () => {
  it.each(activations)('learns what it learns on the processor: %s everywhere', async (curve) => {
    // Odd widths, a batch that is not full, more inputs than outputs.
    const [X, Y] = [normals(45, 5, 2), normals(45, 3, 3)];
    const layers = startLayers([5, 7, 4, 3], () => curve, createRandom(5));
    const { card, engine } = await engineOf();
    const [own, theirs] = [engine.network(layers, 16), reference.network(layers, 16)];
    for (let i = 0; i < 2; i++) {
      const [loss, expected] = [await own.train(X, Y, 0.01), await theirs.train(X, Y, 0.01)];
      expect(Math.abs(loss / expected - 1)).toBeLessThan(1e-4);
    }
    const expected = [...numbersOf(await theirs.layers()), ...(await theirs.forward(X))];
    const found = [...numbersOf(await own.layers()), ...(await own.forward(X))];
    expect(found).toHaveLength(expected.length);
    // Each has moved by up to 6 · 0.01.
    found.forEach((value, at) => expect(Math.abs(value - expected[at])).toBeLessThan(1e-3));
    expect(card.ran.filter((kind) => kind === 'gradients')).toHaveLength(2 * 3 * 3);
    own.dispose();
    expect(card.nTensors).toBe(0);
  });

  it('takes as many rows as there are: fewer than a batch, and more than go through at a time', async () => {
    const { card, engine } = await engineOf();
    const X = normals(300, 3);
    const network = engine.network(
      startLayers([3, 2, 3], () => 'gelu', createRandom(1)),
      512,
    );
    expect(await network.train(X, X, 0.01)).toBeGreaterThan(0);
    const more = normals(700, 3, 2);
    const one = await network.forward(matrix(more.data.slice(3 * 699), 1, 3));
    expect((await network.forward(more)).slice(3 * 699)).toEqual(one);
    network.dispose();
    expect(card.nTensors).toBe(0);
  });

  it('makes of rows what the processor makes of them, to the last bit, before it was trained', async () => {
    const { card, engine } = await engineOf();
    const X = normals(30, 6);
    const layers = startLayers([6, 4, 2], () => 'gelu', createRandom(2));
    const before = card.ran.length;
    const outputs = await engine.network(layers, 1).forward(X);
    expect(outputs).toEqual(await reference.network(layers, 1).forward(X));
    expect(card.ran).toHaveLength(before);
  });

  it('ends with an autoencoder as good as that of the processor, within 1 %, and frees all it took', async () => {
    const X = bentSheet(400);
    const params: AutoencoderParams = {
      ...autoencoderDefaults,
      hiddenSizes: [8],
      codeSize: 2,
      epochs: 12,
      batchSize: 32,
    };
    const { card, engine } = await engineOf();
    const onCard = { ...ctx, engine };
    const own = await fitAutoencoder(X, params, onCard);
    const theirs = await fitAutoencoder(X, params, ctx);
    expect(Math.abs(own.reconstructionError / theirs.reconstructionError - 1)).toBeLessThan(0.01);
    expect(own.losses[11].train).toBeLessThan(own.losses[0].train / 3);
    expect(card.ran).toContain('step');
    // Given its weights, what it makes of rows is the same wherever it is computed.
    expect((await reconstruct(own, X, onCard)).data).toEqual((await reconstruct(own, X, ctx)).data);
    expect(card.nTensors).toBe(0);
  });

  it('trains on when it makes no errors at all', async () => {
    const { engine } = await engineOf();
    const X = matrix(new Float32Array(40), 20, 2);
    const network = engine.network(
      startLayers([2, 2], () => 'linear', createRandom(1)),
      8,
    );
    expect(await network.train(X, X, 0.1)).toBe(0);
    expect(await network.train(X, X, 0.1)).toBe(0);
  });
});

describe('a card that computes networks wrongly', () => {
  const X = normals(40, 4);
  const layers = startLayers([4, 3, 4], () => 'tanh', createRandom(3));

  it.each<[string, (values: Float32Array) => Float32Array]>([
    ['returns zeros', (values) => values.fill(0)],
    ['returns NaN', (values) => values.fill(NaN)],
    ['is off by a hundredth', (values) => values.map((value) => value * 1.01)],
  ])('and %s is noticed in the first lesson', async (_name, spoil) => {
    const { card, engine } = await engineOf({
      spoil: (values, program) => (program === 'errors' ? spoil(values) : values),
    });
    const network = engine.network(layers, 16);
    await expect(network.train(X, X, 0.01)).rejects.toEqual(failed);
    network.dispose();
    expect(card.nTensors).toBe(0);
  });

  it('and climbs instead of descending is noticed in the first lesson', async () => {
    const { engine } = await engineOf({}, (card) => ({
      ...card,
      run: (program, inputs, { factor, ...rest }) =>
        card.run(program, inputs, factor === undefined ? rest : { factor: -factor }),
    }));
    await expect(engine.network(layers, 16).train(X, X, 0.01)).rejects.toEqual(failed);
  });

  it('and returns other outputs than its weights give is noticed', async () => {
    const { card, engine } = await engineOf({
      spoil: (values, program) => (program === 'layer' ? values.fill(0) : values),
    });
    // What comes out of a linear layer is read as it is.
    const linear = engine.network([{ ...layers[0], activation: 'linear' }], 16);
    await linear.train(X, normals(40, 3, 2), 0.01);
    await expect(linear.forward(X)).rejects.toEqual(failed);
    linear.dispose();
    expect(card.nTensors).toBe(0);
  });

  it('and is taken away while it learns leaves nothing behind', async () => {
    let reads = 0;
    const { card, engine } = await engineOf({
      spoil: (values, program) => {
        if (program === 'errors' && ++reads > 1) throw new Error('It is gone.');
        return values;
      },
    });
    const network = engine.network(layers, 8);
    await expect(network.train(X, X, 0.01)).rejects.toThrow('It is gone.');
    network.dispose();
    expect(card.nTensors).toBe(0);
  });
});
