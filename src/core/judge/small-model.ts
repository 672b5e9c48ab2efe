import type { Context } from '../context';
import { fitPca } from '../learn/pca';
import { matrix, piecesOf, type Matrix } from '../matrix';
import { assembleModel, type ModelInputs, type SegmentModel } from '../model';
import type { Recipe } from '../recipe';
import { recogniseSegments } from './recognise';

/**
 * A model of the same segments that asks for few columns only: the same scaling, the means of the segments in these
 * columns, a tree and a map of their own. It is a model like any other, and works wherever one does.
 *
 * @param columns of the features to keep; at least one of them is there
 */
export async function smallModel(
  outputs: ModelInputs,
  columns: readonly string[],
  recipe: Recipe,
  ctx: Context,
): Promise<SegmentModel> {
  const { encode, scale, cluster, profile } = outputs;
  const kept = [...encode.features.keys()].filter((j) =>
    columns.includes(encode.features[j].from.column),
  );
  const pick = <T>(items: readonly T[]): T[] => kept.map((j) => items[j]);
  const X = pickColumns(scale.X, kept);
  const { labels, nClusters } = cluster.fit;
  const centers = meansOf(X, labels, nClusters);
  const loaded = ctx.engine.load(X);
  const quiet = { ...ctx, engine: ctx.engine, progress: () => undefined };
  const values = pick(encode.values);
  try {
    const pca = await fitPca(loaded, kept.length, quiet);
    // One column has one direction only.
    const plane = new Float64Array(2 * kept.length);
    const explainedVarianceRatio = new Float64Array(2);
    explainedVarianceRatio.set(pca.explainedVarianceRatio.subarray(0, 2));
    plane.set(pca.components.subarray(0, 2 * kept.length));
    return assembleModel(
      {
        derive: outputs.derive,
        encode: { ...encode, features: pick(encode.features), values },
        scale: {
          powers: pick(scale.powers),
          scaler: {
            center: pick(scale.scaler.center),
            scale: pick(scale.scaler.scale),
            step: pick(scale.scaler.step),
          },
          X,
        },
        pca: {
          pca: { ...pca, components: plane, explainedVarianceRatio },
          scores: await loaded.project(plane, 2),
        },
        // In these columns themselves, whatever the segments were formed from, and of each its one mean.
        space: { X, transformation: null, error: 0, training: null },
        cluster: {
          ...cluster,
          fit: { ...cluster.fit, centers },
          prototypes: { centers, clusterOf: Int32Array.from(cluster.fit.sizes.keys()) },
        },
        profile,
        tree: await recogniseSegments(values, labels, nClusters, recipe.tree, quiet),
      },
      recipe,
    );
  } finally {
    loaded.dispose();
  }
}

function pickColumns(X: Matrix, kept: readonly number[]): Matrix {
  const data = new Float32Array(X.nSamples * kept.length);
  for (const piece of piecesOf(X)) {
    for (let i = 0; i < piece.nSamples; i++) {
      const to = (piece.first + i) * kept.length;
      kept.forEach((j, at) => (data[to + at] = piece.data[i * X.nFeatures + j]));
    }
  }
  return matrix(data, X.nSamples, kept.length);
}

/** Row-major nClusters × nFeatures; every segment has a row. */
function meansOf({ data, nFeatures }: Matrix, labels: Int32Array, nClusters: number): Float64Array {
  const sums = new Float64Array(nClusters * nFeatures);
  const counts = new Float64Array(nClusters);
  for (let i = 0; i < labels.length; i++) {
    counts[labels[i]]++;
    for (let j = 0; j < nFeatures; j++) sums[labels[i] * nFeatures + j] += data[i * nFeatures + j];
  }
  return sums.map((sum, at) => sum / counts[Math.floor(at / nFeatures)]);
}
