import { beforeAll, describe, expect, it } from 'vitest';
import { clean, cleanDefaults } from '../src/core/clean/clean';
import { fitScaler, transform } from '../src/core/features/scale';
import { fitAutoencoder } from '../src/core/learn/autoencoder';
import { autoencoderDefaults } from '../src/core/learn/autoencoder-params';
import { startLayers, type Activation, type DenseLayer } from '../src/core/learn/dense-layer';
import { trainNetwork } from '../src/core/learn/train-network';
import type { Matrix } from '../src/core/matrix';
import { createRandom } from '../src/core/random';
import { createSimdEngine } from '../workers/engines/simd';
import { read } from '../workers/read/read-for-test';
import { ctx as plain } from './helpers/context';
import { hasShared, readShared, readSharedJson, whyAbsent } from './helpers/shared-data';

interface KnownAnswers {
  readonly rows: { readonly train: number; readonly validation: number };
  readonly networks: Record<
    string,
    { shape: number[]; activation: string; learningRate: number; batch: number }
  >;
  readonly pca: Record<string, { validation: number }>;
}

const answers = 'known-answer/autoencoder.json';
const table = 'CC GENERAL.csv';
const isAbsent = !hasShared(answers) || !hasShared(table);
/** The code and the output are linear. */
const codeSize = 4;

describe.skipIf(isAbsent)(isAbsent ? whyAbsent : 'autoencoders of the credit-card file', () => {
  const ctx = { ...plain };
  let known: KnownAnswers;
  let X: Matrix;
  let rows: { train: Int32Array; validation: Int32Array };

  beforeAll(async () => {
    ctx.engine = await createSimdEngine();
    known = readSharedJson<KnownAnswers>(answers);
    const { table: cards } = await read(new TextDecoder().decode(readShared(table)));
    const { features } = await clean(cards, cleanDefaults, ctx);
    X = await transform(await fitScaler(features, 'standard', ctx), features, ctx);
    const all = Int32Array.from({ length: X.nSamples }, (_, i) => i);
    rows = { train: all.filter((i) => i % 5 > 0), validation: all.filter((i) => i % 5 === 0) };
    expect([rows.train.length, rows.validation.length, X.nFeatures]).toEqual([
      known.rows.train,
      known.rows.validation,
      17,
    ]);
  });

  /** PyTorch's start: weights and biases uniform within ±1/√nInputs. */
  function asPyTorch(layers: readonly DenseLayer[], seed: number): DenseLayer[] {
    const random = createRandom(seed);
    return layers.map((layer) => {
      const draw = () => (2 * random.uniform() - 1) / Math.sqrt(layer.nInputs);
      return { ...layer, weights: layer.weights.map(draw), biases: layer.biases.map(draw) };
    });
  }

  /** The validation loss after 60 epochs of one of the networks of the file, from a start like PyTorch's or like ours. */
  async function lossAfter60(name: string, seed: number, start: 'PyTorch' | 'ours') {
    const { shape, activation, learningRate, batch } = known.networks[name];
    const isLinear = (layer: number) => shape[layer + 1] === codeSize || layer === shape.length - 2;
    const curve = activation.split(' ')[0] as Activation;
    const own = startLayers(shape, (l) => (isLinear(l) ? 'linear' : curve), createRandom(seed));
    const layers = start === 'ours' ? own : asPyTorch(own, seed);
    const params = { epochs: 60, batchSize: batch, learningRate, patience: 60, seed };
    const { losses } = await trainNetwork(layers, X, rows, params, ctx, () => undefined);
    return losses[59].validation;
  }

  it.each([
    { name: 'smallGelu', least: 0.075, most: 0.115 },
    { name: 'smallTanh', least: 0.12, most: 0.145 },
    { name: 'deepRelu', least: 0.15, most: 0.28 },
  ])(
    'have the errors of PyTorch from a start like its own: $name',
    async ({ name, least, most }) => {
      const losses = [];
      for (const seed of [0, 1, 2]) losses.push(await lossAfter60(name, seed, 'PyTorch'));
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / 3;
      expect(mean).toBeGreaterThan(least);
      expect(mean).toBeLessThan(most);
      if (name === 'smallGelu') expect(Math.max(...losses)).toBeLessThanOrEqual(0.13);
      expect(Math.max(...losses)).toBeLessThan(known.pca[codeSize].validation);
    },
    120_000,
  );

  it('that are deep err less from our own start', async () => {
    expect(await lossAfter60('deepRelu', 0, 'ours')).toBeLessThan(0.13);
  }, 120_000);

  it.each([1, 2, 3, 42])(
    'of the default shape and settings err by at most 0.10 on rows they have not seen: seed %i',
    async (seed) => {
      const params = { ...autoencoderDefaults, seed };
      const { losses, bestEpoch, nValidation } = await fitAutoencoder(X, params, ctx);
      expect(nValidation).toBe(1_790);
      expect(losses[bestEpoch].validation).toBeLessThan(0.1);
    },
  );
});
