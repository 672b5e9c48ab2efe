import type { Context } from '../context';
import { AppError } from '../errors';
import { fitScaler, transform } from '../features/scale';
import { fitAutoencoder } from '../learn/autoencoder';
import type { AutoencoderParams } from '../learn/autoencoder-params';
import type { EpochLoss } from '../learn/train-network';
import type { Pca } from '../learn/pca';
import { piecesOf, type Matrix } from '../matrix';
import { counted } from '../words';
import type { ReduceParams } from './reduce-params';
import type { Space } from './space';
import { layerRunner, type Transformation, type TransformationLayer } from './transformation';

/** Products between two rests: some milliseconds. */
const workPerBreath = 4_000_000;

/**
 * The space in which segments are formed. Rows come there by float64 operations in a given order and are rounded to a grid,
 * so it is the same for every engine and any number of workers.
 *
 * @param X scaled columns
 * @param pca of these
 * @throws AppError `setting-invalid` where more components are wanted than there are columns, and as `fitAutoencoder`
 */
export function fitSpace(
  X: Matrix,
  pca: Pca,
  { space, nComponents, autoencoder }: ReduceParams,
  ctx: Context,
): Promise<Space> {
  switch (space) {
    case 'scaled':
      return Promise.resolve({ X, transformation: null, error: 0, training: null });
    case 'components':
      return fitComponents(X, pca, nComponents, ctx);
    case 'codes':
      return fitCodes(X, autoencoder, ctx);
  }
}

async function fitComponents(
  X: Matrix,
  { components, explainedVariance }: Pca,
  nComponents: number,
  ctx: Context,
): Promise<Space> {
  const { nSamples, nFeatures } = X;
  if (nComponents > nFeatures) {
    throw new AppError(
      'setting-invalid',
      `Segments were to be formed from ${counted(nComponents, 'principal component')}, but there are no more of them than columns: choose at most ${nFeatures}.`,
      { nComponents, nFeatures },
    );
  }
  const layer: TransformationLayer = {
    nInputs: nFeatures,
    nOutputs: nComponents,
    activation: 'linear',
    weights: Array.from({ length: nFeatures * nComponents }, (_, at) => {
      const j = Math.floor(at / nComponents);
      return components[(at % nComponents) * nFeatures + j];
    }),
    biases: new Array<number>(nComponents).fill(0),
  };
  // What the others hold: the error of the best linear map into so many numbers. Variances are divided by n − 1, errors by n.
  const lost = explainedVariance.slice(nComponents).reduce((sum, value) => sum + value, 0);
  const error = (lost * (nSamples - 1)) / nSamples / nFeatures;
  return { ...(await moveRows(X, 'components', [layer], ctx)), error, training: null };
}

async function fitCodes(X: Matrix, params: AutoencoderParams, ctx: Context): Promise<Space> {
  const { engine } = ctx;
  const soFar: EpochLoss[] = [];
  // Not on a graphics card, which has last digits of its own.
  const sameBits: Context = {
    ...ctx,
    engine: { ...engine, network: (layers, size) => engine.network(layers, size, true) },
    progress: (done, total) => ctx.progress(done, total, soFar.slice()),
  };
  const network = await fitAutoencoder(X, params, sameBits, (loss) => void soFar.push(loss));
  const { losses, bestEpoch, nTrained, nValidation, nEncoderLayers, reconstructionError } = network;
  const layers = network.layers.slice(0, nEncoderLayers).map(({ weights, biases, ...layer }) => ({
    ...layer,
    weights: Array.from(weights),
    biases: Array.from(biases),
  }));
  return {
    ...(await moveRows(X, 'codes', layers, ctx)),
    error: reconstructionError,
    training: { losses, bestEpoch, nTrained, nValidation },
  };
}

/** All rows in the space, and the way there with the grid that they lie on. */
async function moveRows(
  X: Matrix,
  kind: Transformation['kind'],
  layers: readonly TransformationLayer[],
  ctx: Context,
): Promise<Pick<Space, 'X' | 'transformation'>> {
  const quiet = { ...ctx, engine: ctx.engine, progress: () => undefined };
  const columns = await runLayers(X, layers, quiet);
  const scaler = await fitScaler(columns, 'none', quiet);
  const { center, step } = scaler;
  return {
    X: await transform(scaler, columns, quiet),
    transformation: { kind, layers, center, step },
  };
}

/** @returns by output of the last layer, its value for every row */
async function runLayers(
  X: Matrix,
  layers: readonly TransformationLayer[],
  ctx: Context,
): Promise<Float64Array[]> {
  const run = layerRunner(layers);
  const { nFeatures } = X;
  const { nOutputs } = layers[layers.length - 1];
  const columns = Array.from({ length: nOutputs }, () => new Float64Array(X.nSamples));
  const work = layers.reduce((sum, { weights }) => sum + weights.length, 0);
  const rowsPerBreath = Math.ceil(workPerBreath / work);
  for (const { data, nSamples, first } of piecesOf(X)) {
    for (let i = 0; i < nSamples; i++) {
      const values = run(data.subarray(i * nFeatures, (i + 1) * nFeatures));
      for (let m = 0; m < nOutputs; m++) columns[m][first + i] = values[m];
      if (i % rowsPerBreath === 0) await ctx.breathe();
    }
  }
  return columns;
}
