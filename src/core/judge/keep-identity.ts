import type { EncodeOutput } from '../features/encode-table';
import type { KMeans } from '../learn/kmeans';
import type { Segmentation } from '../steps';
import { identify, meansOf, type PinnedSegments } from './identity';

/** Segments under the numbers of the pinned ones that they continue; as they were where nothing can be told. */
export function keepIdentity(
  segmentation: Segmentation,
  pinned: PinnedSegments,
  encoded: Pick<EncodeOutput, 'features' | 'values'>,
): Segmentation {
  const { fit } = segmentation;
  const { means, deviations } = meansOf(encoded, fit.labels, fit.nClusters);
  const identity = identify(pinned, encoded.features, means, deviations);
  return identity === null
    ? segmentation
    : { ...segmentation, fit: renumbered(fit, identity.order), identity };
}

/** @param order cluster at each new position */
function renumbered(fit: KMeans, order: readonly number[]): KMeans {
  const nFeatures = fit.centers.length / fit.nClusters;
  const rank = new Int32Array(fit.nClusters);
  const centers = new Float64Array(fit.centers.length);
  order.forEach((from, to) => {
    rank[from] = to;
    centers.set(fit.centers.subarray(from * nFeatures, (from + 1) * nFeatures), to * nFeatures);
  });
  return {
    ...fit,
    centers,
    labels: fit.labels.map((c) => rank[c]),
    sizes: order.map((c) => fit.sizes[c]),
  };
}
