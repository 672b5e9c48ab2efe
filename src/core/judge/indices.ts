import { piecesOf, type Matrix } from '../matrix';

interface Clustering {
  readonly nClusters: number;
  /** Row-major nClusters × nFeatures: the mean of each cluster. */
  readonly centers: Float64Array;
  readonly labels: Int32Array;
  readonly sizes: readonly number[];
  readonly inertia: number;
}

/**
 * Calinski-Harabasz index: variance between the clusters over variance inside them, each per degree of freedom.
 *
 *   ((T − W) / (k − 1)) / (W / (n − k)), T the inertia of one cluster, W that of the k clusters. Higher is better.
 *
 * Source: Caliński, Harabasz (1974); scikit-learn `calinski_harabasz_score`.
 *
 * @param total the inertia for k = 1
 * @returns undefined for k = 1 and for k = n; Infinity where the clusters have no extent
 */
export function calinskiHarabasz(
  { nClusters, labels, inertia }: Clustering,
  total: number,
): number | undefined {
  const nSamples = labels.length;
  if (nClusters < 2 || nClusters >= nSamples) return undefined;
  return (total - inertia) / (nClusters - 1) / (inertia / (nSamples - nClusters));
}

/**
 * Davies-Bouldin index: for each cluster the worst ratio of extent to separation to another one, averaged. Lower is
 * better, 0 is best.
 *
 *   mean over a of max over b of (s_a + s_b) / ‖center_a − center_b‖, s the mean distance of a cluster's rows to its
 *   centre, in the units of X.
 *
 * Source: Davies, Bouldin (1979); scikit-learn `davies_bouldin_score`.
 *
 * @returns undefined for k = 1
 */
export function daviesBouldin(X: Matrix, clustering: Clustering): number | undefined {
  const { nClusters, centers } = clustering;
  if (nClusters < 2) return undefined;
  const { nFeatures } = X;
  const extents = meanDistances(X, clustering);
  let total = 0;
  for (let a = 0; a < nClusters; a++) {
    let worst = 0;
    for (let b = 0; b < nClusters; b++) {
      if (b === a) continue;
      let squared = 0;
      for (let j = 0; j < nFeatures; j++) {
        squared += (centers[a * nFeatures + j] - centers[b * nFeatures + j]) ** 2;
      }
      worst = Math.max(worst, (extents[a] + extents[b]) / Math.sqrt(squared));
    }
    total += worst;
  }
  return total / nClusters;
}

/** Mean Euclidean distance of each cluster's rows to its centre. */
function meanDistances(X: Matrix, { nClusters, centers, labels, sizes }: Clustering): number[] {
  const { nFeatures } = X;
  const sums = new Array<number>(nClusters).fill(0);
  for (const { data, nSamples, first } of piecesOf(X)) {
    for (let i = 0; i < nSamples; i++) {
      const label = labels[first + i];
      const from = label * nFeatures;
      let squared = 0;
      for (let j = 0; j < nFeatures; j++) {
        squared += (data[i * nFeatures + j] - centers[from + j]) ** 2;
      }
      sums[label] += Math.sqrt(squared);
    }
  }
  return sums.map((sum, c) => sum / sizes[c]);
}
