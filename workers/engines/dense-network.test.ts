import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../tests/helpers/context';
import { standInCard } from '../../tests/helpers/stand-in-card';
import {
  activations,
  startLayers,
  type Activation,
  type DenseLayer,
} from '../../src/core/learn/dense-layer';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom } from '../../src/core/random';
import { createCardEngine } from './card-engine';
import { denseNetwork } from './dense-network';
import { plainKernels } from './plain-dense';
import { createReferenceEngine } from './reference';
import { createSimdEngine } from './simd';

const reference = createReferenceEngine();
const simd = await createSimdEngine();
const onCard = await createCardEngine(standInCard(), reference);
const engines = [reference, simd, onCard];

function normals(nSamples: number, nFeatures: number, seed = 1): Matrix {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: nSamples * nFeatures }, () => random.normal());
  return matrix(data, nSamples, nFeatures);
}

function layersOf(sizes: readonly number[], activation: Activation, seed = 1): DenseLayer[] {
  const random = createRandom(seed);
  const layers = startLayers(sizes, () => activation, random);
  return layers.map((layer) => ({ ...layer, biases: layer.biases.map(() => random.normal() / 4) }));
}

/** One input, one output: 2x + 1. */
const line: DenseLayer = {
  nInputs: 1,
  nOutputs: 1,
  activation: 'linear',
  weights: Float32Array.of(2),
  biases: Float32Array.of(1),
};

/** What the network has become, and what comes out of it. */
async function learned(
  engine: typeof reference,
  layers: readonly DenseLayer[],
  X: Matrix,
  Y: Matrix,
  batchSize: number,
) {
  const network = engine.network(layers, batchSize);
  const losses = [await network.train(X, Y, 0.01), await network.train(X, Y, 0.01)];
  const outputs = await network.forward(X);
  const result = { losses, outputs, layers: await network.layers() };
  network.dispose();
  return result;
}

describe.for(engines)('a network of dense layers, by %o', (engine) => {
  it('gives back the layers that it was made of', async () => {
    const layers = layersOf([5, 3, 6, 2], 'gelu');
    expect(await engine.network(layers, 4).layers()).toEqual(layers);
  });

  it('computes biases plus inputs times weights, layer after layer', async () => {
    // (1·1 + 2·3 + 10, 1·2 + 2·4 − 20) = (17, −10), by ReLU (17, 0); 17·2 + 0·5 − 1 = 33.
    const layers: DenseLayer[] = [
      {
        nInputs: 2,
        nOutputs: 2,
        activation: 'relu',
        weights: Float32Array.of(1, 2, 3, 4),
        biases: Float32Array.of(10, -20),
      },
      {
        nInputs: 2,
        nOutputs: 1,
        activation: 'linear',
        weights: Float32Array.of(2, 5),
        biases: Float32Array.of(-1),
      },
    ];
    const outputs = await engine.network(layers, 1).forward(matrixOf([[1, 2]]));
    expect(Array.from(outputs)).toEqual([33]);
  });

  it('moves each weight by the learning rate in the first step, against the gradient', async () => {
    // Outputs 1, 3, 5 for 0, 1, 2; targets 0, 0, 0: squared errors 1 + 9 + 25. All derivatives are above 0, and
    // Adam's first step is rate·g/|g|.
    const network = engine.network([line], 3);
    expect(await network.train(matrixOf([[0], [1], [2]]), matrixOf([[0], [0], [0]]), 0.125)).toBe(
      35,
    );
    const [{ weights, biases }] = await network.layers();
    expect(weights[0]).toBeCloseTo(1.875, 6);
    expect(biases[0]).toBeCloseTo(0.875, 6);
  });

  it('leaves a network alone that makes no errors', async () => {
    const network = engine.network([line], 2);
    expect(await network.train(matrixOf([[0], [1], [2]]), matrixOf([[1], [3], [5]]), 0.1)).toBe(0);
    expect(await network.layers()).toEqual([line]);
  });

  it('learns the same from all batches at once and from one after the other', async () => {
    const X = normals(50, 5);
    const layers = layersOf([5, 7, 5], 'tanh');
    const [whole, parts] = [engine.network(layers, 8), engine.network(layers, 8)];
    await whole.train(X, X, 0.01);
    for (let first = 0; first < 50; first += 24) {
      const end = Math.min(50, first + 24);
      const some = matrix(X.data.subarray(first * 5, end * 5), end - first, 5);
      await parts.train(some, some, 0.01);
    }
    expect(await parts.layers()).toEqual(await whole.layers());
  });

  it('gives the same for a row alone and among many', async () => {
    const X = normals(300, 6);
    const network = engine.network(layersOf([6, 9, 3], 'gelu'), 1);
    const all = await network.forward(X);
    const alone = await network.forward(matrix(X.data.slice(6 * 299), 1, 6));
    expect(Array.from(alone)).toEqual(Array.from(all.subarray(3 * 299)));
  });

  it('refuses a matrix of other columns, and to work after it was disposed of', async () => {
    const network = engine.network(layersOf([3, 2], 'linear'), 4);
    await expect(network.forward(normals(2, 4))).rejects.toThrow('takes 3 columns, not 4');
    await expect(network.train(normals(2, 3), normals(2, 3), 0.1)).rejects.toThrow(
      'takes 2 columns',
    );
    network.dispose();
    network.dispose();
    await expect(network.forward(normals(2, 3))).rejects.toThrow('disposed of already');
  });
});

describe('the gradients', () => {
  /** Σ of the mean squared error by float64. */
  async function lossOf(layers: readonly DenseLayer[], X: Matrix, Y: Matrix): Promise<number> {
    const outputs = await reference.network(layers, 1).forward(X);
    return Y.data.reduce((sum, y, at) => sum + (outputs[at] - y) ** 2, 0) / Y.data.length;
  }

  function moved(layers: readonly DenseLayer[], layer: number, at: number, by: number) {
    return layers.map((each, l) => {
      if (l !== layer) return each;
      const weights = each.weights.slice();
      const biases = each.biases.slice();
      if (at < weights.length) weights[at] += by;
      else biases[at - weights.length] += by;
      return { ...each, weights, biases };
    });
  }

  it.each(activations)('are the slopes of the loss: %s', async (activation) => {
    const sizes = [3, 5, 2, 4];
    // None of the rows is so near to a bend of ReLU that h takes it across.
    const layers = layersOf(sizes, activation, 7);
    const [X, Y] = [normals(6, 3, 2), normals(6, 4, 3)];
    let gradients = new Float32Array(0);
    const spying = {
      ...plainKernels,
      step: (parameters: { gradients: Float32Array }) => {
        gradients = parameters.gradients.slice();
      },
    };
    await denseNetwork(layers, 6, spying).train(X, Y, 1);
    const h = 2 ** -8;
    let start = 0;
    for (const [l, { nInputs, nOutputs, weights, biases }] of layers.entries()) {
      const width = 4 * Math.ceil(nOutputs / 4);
      for (let at = 0; at < weights.length + biases.length; at++) {
        const [up, down] = [h, -h].map((by) => lossOf(moved(layers, l, at, by), X, Y));
        const slope = ((await up) - (await down)) / (2 * h);
        const found = gradients[start + Math.floor(at / nOutputs) * width + (at % nOutputs)];
        // Float32 leaves 1e-7 of a loss near 1; h² times the third derivative is as much.
        expect(Math.abs(found - slope)).toBeLessThan(2e-4);
      }
      start += (nInputs + 1) * width;
    }
    expect(gradients.some((value) => Math.abs(value) > 0.05)).toBe(true);
    expect(start).toBe(gradients.length);
  });
});

describe('against scikit-learn: dense layers', () => {
  interface Fixture {
    readonly input: { nRows: number; sizes: number[] };
    readonly params: { batchSize: number; learningRate: number; epochs: number };
    readonly expected: {
      activation: Activation;
      weights: number[][];
      biases: number[][];
      outputs: number[][];
    }[];
    readonly tolerance: { weight: number };
  }
  const file = new URL('../../tests/fixtures/dense.json', import.meta.url);
  const { input, params, expected, tolerance } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

  /** As in tests/reference/make_dense_fixture.py. */
  const grid = (rows: number, columns: number, seed: number) =>
    Float32Array.from({ length: rows * columns }, (_, at) => {
      const [i, j] = [Math.floor(at / columns), at % columns];
      return (((i * i * 31 + j * j * 47 + i * j * 59 + i * 13 + seed) % 129) - 64) / 64;
    });

  it.each(expected)('Adam ends at the same weights: $activation', async (answer) => {
    const { sizes, nRows } = input;
    const X = matrix(grid(nRows, sizes[0], 8), nRows, sizes[0]);
    const Y = matrix(grid(nRows, 2, 77), nRows, 2);
    const layers = sizes.slice(1).map((nOutputs, l): DenseLayer => {
      const seed = 10 * sizes[l] + nOutputs;
      return {
        nInputs: sizes[l],
        nOutputs,
        activation: l === sizes.length - 2 ? 'linear' : answer.activation,
        weights: grid(sizes[l], nOutputs, seed),
        biases: grid(1, nOutputs, seed + 5).map((value) => value / 4),
      };
    });
    const network = simd.network(layers, params.batchSize);
    for (let epoch = 0; epoch < params.epochs; epoch++) {
      await network.train(X, Y, params.learningRate);
    }
    const found = [
      ...(await network.layers()).flatMap(({ weights, biases }) => [...weights, ...biases]),
      ...(await network.forward(X)),
    ];
    const theirs = [
      ...answer.weights.flatMap((weights, l) => [...weights, ...answer.biases[l]]),
      ...answer.outputs.flat(),
    ];
    expect(found).toHaveLength(theirs.length);
    theirs.forEach((value, at) => {
      expect(Math.abs(found[at] - value)).toBeLessThan(tolerance.weight);
    });
  });
});

describe('networks by WebAssembly', () => {
  it.each(
    [
      [1, 1],
      [2, 3, 2],
      [17, 32, 16, 4, 16, 32, 17],
      [7, 9, 5, 8, 12, 7],
      [40, 1, 40],
    ].flatMap((sizes) => activations.map((activation) => ({ sizes, activation }))),
  )('have the bits of plain loops: %o', async ({ sizes, activation }) => {
    for (const [nSamples, batchSize] of [
      [1, 1],
      [3, 8],
      [131, 16],
    ]) {
      const X = normals(nSamples, sizes[0]);
      const Y = normals(nSamples, sizes[sizes.length - 1], 2);
      const layers = layersOf(sizes, activation);
      const ours = await learned(simd, layers, X, Y, batchSize);
      expect(ours).toEqual(await learned(reference, layers, X, Y, batchSize));
      expect(ours.losses.every((loss) => loss > 0)).toBe(true);
    }
  });

  it.each([1e-30, 1e-8, 1e3, 1e10, 1e30])(
    'have them for values that are odd: %f',
    async (magnitude) => {
      const X = normals(40, 5);
      X.data.forEach((value, at) => (X.data[at] = at % 7 === 0 ? -0 : value * magnitude));
      for (const activation of activations) {
        const layers = layersOf([5, 6, 5], activation);
        const ours = await learned(simd, layers, X, X, 16);
        expect(ours).toEqual(await learned(reference, layers, X, X, 16));
      }
    },
  );

  it('begin in a clean memory, whoever had it before', async () => {
    const X = normals(40, 6);
    const layers = layersOf([6, 5, 6], 'gelu');
    const before = simd.network(layersOf([60, 70, 60], 'relu'), 64);
    await before.train(normals(64, 60), normals(64, 60), 10);
    before.dispose();
    expect(await learned(simd, layers, X, X, 7)).toEqual(await learned(reference, layers, X, X, 7));
  });

  it('end the use of the engine where there is not enough memory', () => {
    const failure = expect.objectContaining({ code: 'engine-failed' }) as unknown;
    expect(() => simd.network([line], 2 ** 28)).toThrow(failure);
  });
});
