import { describe, expect, it } from 'vitest';
import { ctx, load } from '../../../tests/helpers/context';
import { createSimdEngine } from '../../../workers/engines/simd';
import type { Context } from '../context';
import { CancelledError } from '../errors';
import { matrix, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { fitAutoencoder, reconstruct } from './autoencoder';
import { autoencoderDefaults, type AutoencoderParams } from './autoencoder-params';
import { startLayers } from './dense-layer';
import { fitPca } from './pca';
import { meanSquaredError, trainNetwork, type EpochLoss } from './train-network';

const quick: AutoencoderParams = {
  ...autoencoderDefaults,
  hiddenSizes: [8],
  codeSize: 2,
  epochs: 6,
  batchSize: 16,
};

/** Points of a surface that two numbers tell, bent into six columns; centred, nearly of unit variance. */
function bentSheet(nSamples: number): Matrix {
  const random = createRandom(4);
  const rows = Array.from({ length: nSamples }, () => {
    const [u, v] = [2 * random.uniform() - 1, 2 * random.uniform() - 1];
    const bent = [u, v, u * u, v * v, Math.sin(3 * u), Math.sin(3 * v)];
    const scale = [0.577, 0.577, 0.298, 0.298, 0.72, 0.72];
    const mean = [0, 0, 1 / 3, 1 / 3, 0, 0];
    return bent.map((value, j) => (value - mean[j]) / scale[j] + 0.02 * random.normal());
  });
  return matrix(Float32Array.from(rows.flat()), nSamples, 6);
}

const noise = (nSamples: number, nFeatures: number, seed = 3): Matrix => {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: nSamples * nFeatures }, () => random.normal());
  return matrix(data, nSamples, nFeatures);
};

/** Mean of squared errors when rows are told by as many principal components. */
async function pcaError(X: Matrix, nComponents: number): Promise<number> {
  const { explainedVariance } = await fitPca(load(X), X.nFeatures, ctx);
  const left = explainedVariance.slice(nComponents).reduce((sum, value) => sum + value, 0);
  return (left * (X.nSamples - 1)) / X.nSamples / X.nFeatures;
}

describe('an autoencoder', () => {
  it('tells points of a bent surface better by two numbers than two principal components do', async () => {
    const X = bentSheet(600);
    const params = { ...autoencoderDefaults, codeSize: 2, epochs: 60, batchSize: 32 };
    const { reconstructionError } = await fitAutoencoder(X, params, ctx);
    const byPca = await pcaError(X, 2);
    expect(byPca).toBeGreaterThan(0.2);
    expect(reconstructionError).toBeLessThan(byPca / 5);
  });

  it('of linear layers comes near the principal components, and never beyond them', async () => {
    const X = noise(400, 5);
    X.data.forEach((_, at) => {
      if (at % 5 === 4) X.data[at] = X.data[at - 4] + 0.1 * X.data[at];
      if (at % 5 === 3) X.data[at] = X.data[at - 2] - 0.1 * X.data[at];
    });
    // The components of centred columns, as scaled ones are.
    for (let j = 0; j < 5; j++) {
      let mean = 0;
      for (let at = j; at < 2000; at += 5) mean += X.data[at] / 400;
      for (let at = j; at < 2000; at += 5) X.data[at] -= mean;
    }
    const params = {
      ...quick,
      codeSize: 3,
      activation: 'linear',
      epochs: 80,
      patience: 80,
    } as const;
    const { reconstructionError } = await fitAutoencoder(X, params, ctx);
    const least = await pcaError(X, 3);
    expect(reconstructionError).toBeGreaterThan(least * (1 - 1e-5));
    expect(reconstructionError).toBeLessThan(least * 1.1);
  });

  it('has the layers that were asked for, there and back', async () => {
    const params = { ...quick, hiddenSizes: [7, 3], codeSize: 2, epochs: 1 };
    const { layers, nEncoderLayers } = await fitAutoencoder(noise(50, 5), params, ctx);
    expect(layers.map(({ nInputs }) => nInputs)).toEqual([5, 7, 3, 2, 3, 7]);
    expect(layers.map(({ nOutputs }) => nOutputs)).toEqual([7, 3, 2, 3, 7, 5]);
    const curves = layers.map(({ activation }) => activation);
    expect(curves).toEqual(['gelu', 'gelu', 'linear', 'gelu', 'gelu', 'linear']);
    expect(layers[nEncoderLayers - 1].nOutputs).toBe(2);
  });

  it('reconstructs rows with the error that it tells', async () => {
    const X = noise(90, 4);
    const model = await fitAutoencoder(X, quick, ctx);
    const again = await reconstruct(model, X, ctx);
    expect([again.nSamples, again.nFeatures]).toEqual([90, 4]);
    expect(meanSquaredError(again.data, X.data)).toBe(model.reconstructionError);
  });

  it('is the same for the same seed and any engine, and another one for another seed', async () => {
    const X = noise(150, 6);
    const first = await fitAutoencoder(X, quick, ctx);
    const engine = await createSimdEngine();
    expect(await fitAutoencoder(X, quick, { ...ctx, engine })).toEqual(first);
    const other = await fitAutoencoder(X, { ...quick, seed: 7 }, ctx);
    expect(other.losses).not.toEqual(first.losses);
  });

  it('learns from a sample of very many rows', async () => {
    const params = { ...quick, hiddenSizes: [], codeSize: 1, epochs: 1, validationShare: 0.1 };
    const model = await fitAutoencoder(noise(50_010, 2), params, ctx);
    expect([model.nTrained, model.nValidation]).toEqual([45_000, 5_000]);
  });

  it('tells how far it is, and its losses as it goes', async () => {
    const seen: EpochLoss[] = [];
    const done: number[] = [];
    const listening: Context = { ...ctx, progress: (now, total) => done.push(now / total) };
    const { losses } = await fitAutoencoder(noise(80, 4), quick, listening, (loss) => {
      seen.push(loss);
    });
    expect(seen).toEqual(losses);
    expect(done).toEqual([1, 2, 3, 4, 5, 6].map((epoch) => epoch / 6));
  });

  it('can be cancelled, and gives back its room', async () => {
    let [breaths, open] = [0, 0];
    const cancelling: Context = {
      ...ctx,
      engine: {
        ...ctx.engine,
        network(...args) {
          open++;
          const network = ctx.engine.network(...args);
          return { ...network, dispose: () => open-- };
        },
      },
      breathe: () => (++breaths < 5 ? Promise.resolve() : Promise.reject(new CancelledError())),
    };
    await expect(fitAutoencoder(noise(80, 4), quick, cancelling)).rejects.toThrow(CancelledError);
    expect(open).toBe(0);
  });

  it.each([
    [{ hiddenSizes: [8, 0] }, 'width of a layer is 0'],
    [{ codeSize: 1.5 }, 'size of the code is 1.5'],
    [{ codeSize: 5_000 }, 'must be 1 … 1024'],
    [{ epochs: 0 }, 'epochs is 0'],
    [{ batchSize: NaN }, 'batch is NaN'],
    [{ patience: 0 }, 'patience is 0'],
    [{ learningRate: 0 }, 'learning rate is 0'],
    [{ validationShare: 1 }, 'share to judge by is 1'],
  ])('refuses %o', async (setting, words) => {
    await expect(fitAutoencoder(noise(20, 3), { ...quick, ...setting }, ctx)).rejects.toMatchObject(
      {
        code: 'setting-invalid',
        message: expect.stringContaining(words) as unknown,
      },
    );
  });

  it('refuses a single row', async () => {
    await expect(fitAutoencoder(noise(1, 3), quick, ctx)).rejects.toMatchObject({
      code: 'too-few-rows',
    });
  });
});

describe('training', () => {
  const params = { epochs: 40, batchSize: 8, learningRate: 0.01, patience: 3, seed: 1 };
  const start = startLayers(
    [4, 12, 4],
    (layer) => (layer === 0 ? 'tanh' : 'linear'),
    createRandom(1),
  );
  const rows = {
    train: Int32Array.from({ length: 30 }, (_, i) => i),
    validation: Int32Array.from({ length: 30 }, (_, i) => 30 + i),
  };
  const ignore = () => undefined;

  it('ends when nothing got better for a while, and keeps the best weights', async () => {
    // Twelve hidden units learn thirty rows by heart in the end.
    const X = noise(60, 4);
    X.data.fill(0, 4 * 30);
    const { layers, losses, bestEpoch } = await trainNetwork(start, X, rows, params, ctx, ignore);
    expect(losses.length).toBeLessThan(40);
    expect(losses).toHaveLength(bestEpoch + 1 + params.patience);
    const validation = losses.map((loss) => loss.validation);
    expect(validation[bestEpoch]).toBe(Math.min(...validation));
    const found = await ctx.engine.network(layers, 8).forward(matrix(X.data.slice(120), 30, 4));
    expect(meanSquaredError(found, X.data.slice(120))).toBe(validation[bestEpoch]);
  });

  it('learns: the loss falls', async () => {
    const { losses } = await trainNetwork(start, noise(60, 4), rows, params, ctx, ignore);
    expect(losses[losses.length - 1].train).toBeLessThan(losses[0].train / 3);
  });

  it('does not depend on how often it rests', async () => {
    // Two million weights times rows fill a rest, so that these come in several.
    const X = noise(6_000, 4);
    const many = {
      train: Int32Array.from({ length: 5_900 }, (_, i) => i),
      validation: Int32Array.of(5_990),
    };
    const wide = startLayers([4, 128, 4], () => 'linear', createRandom(1));
    const once = { ...params, epochs: 1, batchSize: 500 };
    let rests = 0;
    const counting = { ...ctx, breathe: () => Promise.resolve(void rests++) };
    const { losses, layers } = await trainNetwork(wide, X, many, once, counting, ignore);
    expect(rests).toBeGreaterThan(2);
    const network = ctx.engine.network(wide, 500);
    const order = createRandom(once.seed, 2).shuffle(many.train.slice());
    const shuffled = matrix(
      Float32Array.from(
        Array.from(order).flatMap((row) => [...X.data.slice(4 * row, 4 * row + 4)]),
      ),
      5_900,
      4,
    );
    expect((await network.train(shuffled, shuffled, 0.01)) / 23_600).toBeCloseTo(
      losses[0].train,
      12,
    );
    expect(layers).toEqual(await network.layers());
  });

  it('says so when it goes astray', async () => {
    const X = noise(60, 4);
    X.data.forEach((value, at) => (X.data[at] = value > 0 ? 3e38 : -3e38));
    const linear = startLayers([4, 12, 4], () => 'linear', createRandom(1));
    const wild = trainNetwork(linear, X, rows, { ...params, learningRate: 0.9 }, ctx, ignore);
    await expect(wild).rejects.toMatchObject({ code: 'setting-invalid' });
  });
});
