import type { EncodeOutput } from '../features/encode-table';
import type { KMeans } from '../learn/kmeans';
import type { Segmentation } from '../steps';
import { identify, meansOf, type PinnedSegments } from './identity';
import type { Silhouette } from './silhouette';

/** Segments under the numbers of the pinned ones that they continue; as they were where nothing can be told. */
export function keepIdentity(
  segmentation: Segmentation,
  pinned: PinnedSegments,
  encoded: Pick<EncodeOutput, 'features' | 'values'>,
): Segmentation {
  const { fit, prototypes, silhouette, overColumns } = segmentation;
  const { means, deviations } = meansOf(encoded, fit.labels, fit.nClusters);
  const identity = identify(pinned, encoded.features, means, deviations);
  if (identity === null) return segmentation;
  const { order } = identity;
  const rank = new Int32Array(fit.nClusters);
  order.forEach((from, to) => (rank[from] = to));
  return {
    ...segmentation,
    fit: renumbered(fit, order, rank),
    prototypes: { ...prototypes, clusterOf: prototypes.clusterOf.map((c) => rank[c]) },
    silhouette: inOrder(silhouette, order),
    overColumns: inOrder(overColumns, order),
    identity,
  };
}

/** @param order cluster at each new position @param rank the other way round */
function renumbered(fit: KMeans, order: readonly number[], rank: Int32Array): KMeans {
  const nFeatures = fit.centers.length / fit.nClusters;
  const centers = new Float64Array(fit.centers.length);
  order.forEach((from, to) => {
    centers.set(fit.centers.subarray(from * nFeatures, (from + 1) * nFeatures), to * nFeatures);
  });
  return {
    ...fit,
    centers,
    labels: fit.labels.map((c) => rank[c]),
    sizes: order.map((c) => fit.sizes[c]),
  };
}

function inOrder(
  silhouette: Silhouette | undefined,
  order: readonly number[],
): Silhouette | undefined {
  return (
    silhouette && {
      ...silhouette,
      clusterMeans: order.map((c) => silhouette.clusterMeans[c]),
      clusterNegativeShares: order.map((c) => silhouette.clusterNegativeShares[c]),
    }
  );
}
