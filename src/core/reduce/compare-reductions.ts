import type { Context } from '../context';
import { fitScaler, transform } from '../features/scale';
import { agreement } from '../judge/agreement';
import { silhouettes } from '../judge/silhouette';
import { encode, fitAutoencoder, type AutoencoderParams } from '../learn/autoencoder';
import { fitKMeans, type KMeans, type KMeansParams } from '../learn/kmeans';
import type { Pca } from '../learn/pca';
import type { EpochLoss } from '../learn/train-network';
import type { Matrix } from '../matrix';
import { createRandom } from '../random';

/** What is left of the columns in as many numbers, and the segments that are formed from those. */
export interface Reduction {
  /** Mean of squared differences between a value and what the numbers tell of it, in squared scaled units. */
  readonly error: number;
  readonly sizes: readonly number[];
  /** Adjusted Rand index to the segments of the page. */
  readonly agreement: number;
  /** Mean silhouettes of these segments; in the space that they were formed in they are always flattered. */
  readonly silhouetteOwn: number;
  readonly silhouetteFull: number;
}

/** An autoencoder beside as many principal components. */
export interface ReductionComparison {
  readonly codeSize: number;
  readonly nClusters: number;
  readonly losses: readonly EpochLoss[];
  readonly bestEpoch: number;
  readonly nValidation: number;
  readonly autoencoder: Reduction;
  readonly pca: Reduction;
}

/** Rows that silhouettes are computed from, at most. */
const mostSilhouetteRows = 5_000;

/**
 * Trains an autoencoder, and forms segments from its codes and from as many principal components, in the same way as the
 * segments of the page were formed from the columns.
 *
 * @param X scaled columns
 * @param fit the segments of the page
 */
export async function compareReductions(
  X: Matrix,
  pca: Pca,
  fit: KMeans,
  params: AutoencoderParams,
  kmeans: Omit<KMeansParams, 'nClusters'>,
  ctx: Context,
): Promise<ReductionComparison> {
  const { codeSize } = params;
  const network = await fitAutoencoder(X, params, ctx);
  const codes = await encode(network, X, ctx);
  const components = await componentsOf(X, pca, codeSize, ctx);
  const from = (space: Matrix, error: number) => segmentsFrom(space, error, X, fit, kmeans, ctx);
  return {
    codeSize,
    nClusters: fit.nClusters,
    losses: network.losses,
    bestEpoch: network.bestEpoch,
    nValidation: network.nValidation,
    autoencoder: await from(codes, network.reconstructionError),
    pca: await from(components, lostVariance(X, pca, codeSize)),
  };
}

/** What the components behind the first ones hold: the error of the best linear map into so many numbers. */
function lostVariance({ nSamples, nFeatures }: Matrix, pca: Pca, nComponents: number): number {
  let lost = 0;
  for (let m = nComponents; m < nFeatures; m++) lost += pca.explainedVariance[m];
  // Variances are divided by n − 1, errors by n.
  return (lost * (nSamples - 1)) / nSamples / nFeatures;
}

async function componentsOf(
  X: Matrix,
  pca: Pca,
  nComponents: number,
  ctx: Context,
): Promise<Matrix> {
  const loaded = ctx.engine.load(X);
  try {
    const axes = pca.components.subarray(0, nComponents * X.nFeatures);
    const scores = await loaded.project(axes, nComponents);
    const columns = Array.from({ length: nComponents }, (_, m) =>
      Float64Array.from({ length: X.nSamples }, (_, i) => scores[i * nComponents + m]),
    );
    return await transform(await fitScaler(columns, 'none', ctx), columns, ctx);
  } finally {
    loaded.dispose();
  }
}

async function segmentsFrom(
  space: Matrix,
  error: number,
  X: Matrix,
  { labels, nClusters }: KMeans,
  kmeans: Omit<KMeansParams, 'nClusters'>,
  ctx: Context,
): Promise<Reduction> {
  const loaded = ctx.engine.load(space);
  try {
    const own = await fitKMeans(space, loaded, { ...kmeans, nClusters }, ctx);
    const rows = sampleRows(X.nSamples, kmeans.seed);
    const labelling = [{ labels: own.labels, nClusters }];
    const [inOwn] = await silhouettes(loaded, rows, labelling, ctx);
    const full = ctx.engine.load(X);
    try {
      const [inFull] = await silhouettes(full, rows, labelling, ctx);
      return {
        error,
        sizes: own.sizes,
        agreement: agreement(labels, nClusters, own.labels, nClusters).adjustedRandIndex,
        silhouetteOwn: inOwn.mean,
        silhouetteFull: inFull.mean,
      };
    } finally {
      full.dispose();
    }
  } finally {
    loaded.dispose();
  }
}

function sampleRows(nSamples: number, seed: number): Int32Array {
  if (nSamples <= mostSilhouetteRows) return Int32Array.from({ length: nSamples }, (_, i) => i);
  const random = createRandom(seed, -3);
  const chosen = new Set<number>();
  while (chosen.size < mostSilhouetteRows) chosen.add(random.integer(nSamples));
  return Int32Array.from(chosen).sort();
}
