import type { Context } from '../context';
import { AppError } from '../errors';
import { matrix, takeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { startLayers, type Activation, type DenseLayer } from './dense-layer';
import { trainNetwork, type TrainingParams } from './train-network';
import { majority } from './tree-predict';

export interface NetworkParams extends TrainingParams {
  /** Widths of the hidden layers. */
  readonly hiddenSizes: readonly number[];
  readonly activation: Activation;
  /** Share of the rows that is not learned from but judges when to end. Between 0 and 1. */
  readonly validationShare: number;
}

export const networkDefaults: NetworkParams = {
  hiddenSizes: [32],
  activation: 'gelu',
  epochs: 60,
  batchSize: 64,
  learningRate: 0.003,
  patience: 8,
  validationShare: 0.1,
  seed: 42,
};

/** One output for each class: the larger, the likelier. */
export interface Network {
  readonly nClasses: number;
  readonly layers: readonly DenseLayer[];
}

/** Streams of random numbers; the third one orders the rows, see `train-network.ts`. */
const weightStream = 0;
const splitStream = 1;
/** Rows that go through the layers between two rests. */
const stretch = 4096;

/**
 * A small network of dense layers that tells classes: one output each, which should be 1 for the class of a row and 0 for
 * all others, by least squares (the Brier score). Adam, weights of the epoch with the smallest loss on rows that were
 * not learned from. The same bits in every engine on the processor.
 *
 * Differs from scikit-learn's `MLPClassifier`: squares in place of the logarithm of a softmax, no weight decay. Source for
 * squares as a loss of classifiers: Hui, Belkin (2021).
 *
 * @param X scaled
 * @param labels class of each row of X, 0 … nClasses − 1
 * @param rows to learn from, at least two
 * @throws AppError `too-few-rows`
 */
export async function fitNetwork(
  X: Matrix,
  labels: Int32Array,
  nClasses: number,
  rows: Int32Array,
  params: NetworkParams,
  ctx: Context,
): Promise<Network> {
  if (rows.length < 2) {
    const message = `A network learns from some customers and is judged by others: ${rows.length} is too few.`;
    throw new AppError('too-few-rows', message, { nRows: rows.length });
  }
  const { seed, hiddenSizes, activation, validationShare } = params;
  const sizes = [X.nFeatures, ...hiddenSizes, nClasses];
  const start = startLayers(
    sizes,
    (layer) => (layer === sizes.length - 2 ? 'linear' : activation),
    createRandom(seed, weightStream),
  );
  const mixed = createRandom(seed, splitStream).shuffle(rows.slice());
  const nValidation = Math.max(1, Math.round(validationShare * rows.length));
  const split = { validation: mixed.slice(0, nValidation), train: mixed.slice(nValidation) };
  const batchSize = Math.min(params.batchSize, split.train.length);
  const { layers } = await trainNetwork(
    start,
    X,
    split,
    { ...params, batchSize },
    { ...ctx, engine: ctx.engine, progress: () => undefined },
    () => undefined,
    oneHot(labels, nClasses),
  );
  return { nClasses, layers };
}

/** The class with the largest output of each listed row of X, the first on a tie. */
export async function predictNetwork(
  { nClasses, layers }: Network,
  X: Matrix,
  rows: Int32Array,
  ctx: Context,
): Promise<Int32Array> {
  const labels = new Int32Array(rows.length);
  const network = ctx.engine.network(layers, 1);
  try {
    for (let first = 0; first < rows.length; first += stretch) {
      const some = rows.subarray(first, first + stretch);
      const outputs = await network.forward(takeRows(X, some));
      for (let i = 0; i < some.length; i++) {
        labels[first + i] = majority(outputs.subarray(i * nClasses, (i + 1) * nClasses));
      }
      await ctx.breathe();
    }
  } finally {
    network.dispose();
  }
  return labels;
}

function oneHot(labels: Int32Array, nClasses: number): Matrix {
  const data = new Float32Array(labels.length * nClasses);
  labels.forEach((label, row) => (data[row * nClasses + label] = 1));
  return matrix(data, labels.length, nClasses);
}
