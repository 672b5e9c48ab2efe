import type { Context } from '../context';
import type { DenseNetwork } from '../engine';
import { AppError } from '../errors';
import { takeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';
import type { DenseLayer } from './dense-layer';

export interface TrainingParams {
  /** Times that all rows are learned from, at most. ≥ 1 */
  readonly epochs: number;
  /** Rows per step. ≥ 1 */
  readonly batchSize: number;
  /** Of Adam. > 0 */
  readonly learningRate: number;
  /** Epochs in a row without a smaller validation loss after which training ends. ≥ 1 */
  readonly patience: number;
  readonly seed: number;
}

/** Row indices of X. */
export interface TrainingRows {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/** Means of squared errors over all entries, in squared units of the targets. */
export interface EpochLoss {
  /** While learning: each batch before its own step. */
  readonly train: number;
  /** After the epoch. */
  readonly validation: number;
}

export interface Training {
  /** Of the epoch with the smallest validation loss, the earliest on a tie. */
  readonly layers: readonly DenseLayer[];
  readonly losses: readonly EpochLoss[];
  /** Index in `losses`. */
  readonly bestEpoch: number;
}

/** Weights times rows between two rests: some milliseconds. */
const workPerBreath = 3_000_000;
/** Stream of random numbers that orders the rows. */
const orderStream = 2;

/**
 * Trains a network to tell its targets (by default to give back its inputs), by Adam on the mean squared error. In each epoch the rows come in a new random
 * order; the last batch may be smaller.
 *
 * Differs from scikit-learn's `MLPRegressor`: any smaller validation loss counts (there by `tol`), it is a loss and no
 * coefficient of determination, there is no weight decay, and the factor of the loss is that of Keras and PyTorch.
 *
 * @param start as many inputs as X has columns, and as many outputs as `targets` has
 * @param rows none of them empty
 * @param watch called after each epoch
 * @param targets what should come out for each row of X
 * @throws AppError `setting-invalid` when the losses are no finite numbers any more
 */
export async function trainNetwork(
  start: readonly DenseLayer[],
  X: Matrix,
  rows: TrainingRows,
  params: TrainingParams,
  ctx: Context,
  watch: (loss: EpochLoss) => void,
  targets: Matrix = X,
): Promise<Training> {
  const random = createRandom(params.seed, orderStream);
  const order = rows.train.slice();
  const validation = takeRows(X, rows.validation);
  const wanted = targets === X ? validation : takeRows(targets, rows.validation);
  const data = { X, targets, order };
  const network = ctx.engine.network(start, params.batchSize);
  const losses: EpochLoss[] = [];
  let best = { layers: start, loss: Infinity, epoch: 0 };
  try {
    for (let epoch = 0; epoch < params.epochs && epoch - best.epoch <= params.patience; epoch++) {
      random.shuffle(order);
      const train = await trainEpoch(network, data, rowsPerBreath(start, params), params, ctx);
      const found = await network.forward(validation);
      const loss = { train, validation: meanSquaredError(found, wanted.data) };
      if (!Number.isFinite(loss.train + loss.validation)) throw diverged(epoch, params);
      losses.push(loss);
      watch(loss);
      if (loss.validation < best.loss) {
        best = { layers: await network.layers(), loss: loss.validation, epoch };
      }
      ctx.progress(epoch + 1, params.epochs);
      await ctx.breathe();
    }
  } finally {
    network.dispose();
  }
  return { layers: best.layers, losses, bestEpoch: best.epoch };
}

/** @returns mean squared error */
async function trainEpoch(
  network: DenseNetwork,
  { X, targets, order }: { X: Matrix; targets: Matrix; order: Int32Array },
  nRowsAtOnce: number,
  { learningRate }: TrainingParams,
  ctx: Context,
): Promise<number> {
  let sum = 0;
  for (let first = 0; first < order.length; first += nRowsAtOnce) {
    const rows = order.subarray(first, first + nRowsAtOnce);
    const some = takeRows(X, rows);
    const theirs = targets === X ? some : takeRows(targets, rows);
    sum += await network.train(some, theirs, learningRate);
    await ctx.breathe();
  }
  return sum / (order.length * targets.nFeatures);
}

/** Whole batches. */
function rowsPerBreath(layers: readonly DenseLayer[], { batchSize }: TrainingParams): number {
  const nWeights = layers.reduce((sum, { weights }) => sum + weights.length, 0);
  return batchSize * Math.ceil(workPerBreath / nWeights / batchSize);
}

/** In float64, ascending. @param a, b of equal length */
export function meanSquaredError(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] - b[at]) * (a[at] - b[at]);
  return sum / a.length;
}

function diverged(epoch: number, { learningRate }: TrainingParams): AppError {
  return new AppError(
    'setting-invalid',
    `Training went astray in epoch ${epoch + 1}: its errors grew beyond all numbers. Choose a learning rate below ${learningRate}.`,
    { epoch: epoch + 1, learningRate },
  );
}
