import type { Context } from '../context';
import { AppError } from '../errors';
import { matrix, type Matrix } from '../matrix';
import { createRandom } from '../random';
import type { AutoencoderParams } from './autoencoder-params';
import { startLayers, type DenseLayer } from './dense-layer';
import { meanSquaredError, trainNetwork, type EpochLoss } from './train-network';

export interface Autoencoder {
  /** nFeatures → hiddenSizes → codeSize → hiddenSizes in reverse → nFeatures. */
  readonly layers: readonly DenseLayer[];
  /** How many of the layers lead to the code. */
  readonly nEncoderLayers: number;
  readonly losses: readonly EpochLoss[];
  /** Index in `losses`: the epoch whose weights were kept. */
  readonly bestEpoch: number;
  /** Rows that were learned from, and that judged. */
  readonly nTrained: number;
  readonly nValidation: number;
  /** Mean of (x_ij − reconstruction_ij)² over all rows and columns, in squared units of X. */
  readonly reconstructionError: number;
}

/** Of more rows a seeded sample is learned from and judged by: the time to learn does not grow beyond it. */
const mostRows = 50_000;
/** A layer wider than this is a slip of the hand: a thousand columns into a thousand numbers are a million weights. */
const widest = 1024;
/** Streams of random numbers; the third one orders the rows, see `train-network.ts`. */
const weightStream = 0;
const splitStream = 1;
/** Rows that go through the layers between two rests. */
const stretch = 4096;

/**
 * A network that learns to tell each row by a few numbers (its code) so that it can be told again from them: dense layers,
 * mean squared error, Adam, weights of the epoch with the smallest error on rows that were not learned from. With linear
 * layers it finds the space of as many principal components; others bend it. Source: Hinton, Salakhutdinov (2006).
 *
 * The same bits in every engine on the processor, and for any number of workers. Trained on a graphics card it has
 * other last digits, and nearly the same error (decision 0016).
 *
 * @param X nSamples × nFeatures, centred and scaled
 * @param watch called after each epoch
 * @throws AppError `too-few-rows` where a share of the rows is no row, `setting-invalid` where a setting is out of range or
 *   the errors grow beyond all numbers
 */
export async function fitAutoencoder(
  X: Matrix,
  params: AutoencoderParams,
  ctx: Context,
  watch: (loss: EpochLoss) => void = () => undefined,
): Promise<Autoencoder> {
  assertParams(params);
  const { hiddenSizes, codeSize, activation, seed } = params;
  const rows = splitRows(X.nSamples, params);
  const sizes = [
    X.nFeatures,
    ...hiddenSizes,
    codeSize,
    ...hiddenSizes.slice().reverse(),
    X.nFeatures,
  ];
  const nEncoderLayers = hiddenSizes.length + 1;
  const isLinear = (layer: number) => layer === nEncoderLayers - 1 || layer === sizes.length - 2;
  const start = startLayers(
    sizes,
    (layer) => (isLinear(layer) ? 'linear' : activation),
    createRandom(seed, weightStream),
  );
  const batchSize = Math.min(params.batchSize, rows.train.length);
  const { layers, losses, bestEpoch } = await trainNetwork(
    start,
    X,
    rows,
    { ...params, batchSize },
    ctx,
    watch,
  );
  const codes = await runLayers(layers.slice(0, nEncoderLayers), X, ctx);
  const reconstruction = await runLayers(layers.slice(nEncoderLayers), codes, ctx);
  return {
    layers,
    nEncoderLayers,
    losses,
    bestEpoch,
    nTrained: rows.train.length,
    nValidation: rows.validation.length,
    reconstructionError: meanSquaredError(reconstruction.data, X.data),
  };
}

/**
 * What the codes of rows tell about them.
 *
 * @param X nSamples × nFeatures, in the units of training
 * @returns nSamples × nFeatures
 */
export function reconstruct({ layers }: Autoencoder, X: Matrix, ctx: Context): Promise<Matrix> {
  return runLayers(layers, X, ctx);
}

async function runLayers(
  layers: readonly DenseLayer[],
  { data, nSamples, nFeatures }: Matrix,
  ctx: Context,
): Promise<Matrix> {
  const { nOutputs } = layers[layers.length - 1];
  const results = new Float32Array(nSamples * nOutputs);
  const network = ctx.engine.network(layers, 1);
  try {
    for (let first = 0; first < nSamples; first += stretch) {
      const end = Math.min(nSamples, first + stretch);
      const some = matrix(
        data.subarray(first * nFeatures, end * nFeatures),
        end - first,
        nFeatures,
      );
      results.set(await network.forward(some), first * nOutputs);
      await ctx.breathe();
    }
  } finally {
    network.dispose();
  }
  return matrix(results, nSamples, nOutputs);
}

/** Rows to learn from and rows to judge by, at random. */
function splitRows(nSamples: number, { validationShare, seed }: AutoencoderParams) {
  const nRows = Math.min(nSamples, mostRows);
  const nValidation = Math.max(1, Math.round(validationShare * nRows));
  if (nRows - nValidation < 1) {
    throw new AppError(
      'too-few-rows',
      `An autoencoder learns from some customers and is judged by others: ${nSamples} are too few to set ${validationShare} of them aside.`,
      { nRows: nSamples, validationShare },
    );
  }
  const random = createRandom(seed, splitStream);
  const rows = Int32Array.from({ length: nSamples }, (_, i) => i);
  for (let i = 0; i < nRows; i++) {
    const j = i + random.integer(nSamples - i);
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  return { validation: rows.slice(0, nValidation), train: rows.slice(nValidation, nRows) };
}

function assertParams(params: AutoencoderParams): void {
  const { hiddenSizes, codeSize, epochs, batchSize, patience, learningRate, validationShare } =
    params;
  const isWhole = (value: number, most: number) =>
    Number.isInteger(value) && value >= 1 && value <= most;
  const rules: readonly (readonly [string, number, boolean, string])[] = [
    ...hiddenSizes.map(
      (size) => ['The width of a layer', size, isWhole(size, widest), `1 … ${widest}`] as const,
    ),
    ['The size of the code', codeSize, isWhole(codeSize, widest), `1 … ${widest}`],
    ['The number of epochs', epochs, isWhole(epochs, Infinity), '1 or more'],
    ['The size of a batch', batchSize, isWhole(batchSize, Infinity), '1 or more'],
    ['The patience', patience, isWhole(patience, Infinity), '1 or more'],
    ['The learning rate', learningRate, learningRate > 0 && learningRate < 1, 'between 0 and 1'],
    [
      'The share to judge by',
      validationShare,
      validationShare > 0 && validationShare < 1,
      'between 0 and 1',
    ],
  ];
  for (const [name, value, isValid, range] of rules) {
    if (isValid) continue;
    throw new AppError('setting-invalid', `${name} is ${value}; it must be ${range}.`, { value });
  }
}
