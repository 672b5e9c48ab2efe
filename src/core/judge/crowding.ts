import type { Matrix } from '../matrix';

/** Half the width of the bands, in distances between the two centres. */
const halfBand = 0.1;
/** Around the own centre, and in the middle: a little nearer, halfway, a little beyond. */
const bandCentres = [0, 0.4, 0.5, 0.6];

/**
 * Whether there is room between clusters: per pair, rows in the middle between the two centres against rows around the
 * centre that has fewer.
 *
 *   t_i = (x_i − a)·(b − a) / ‖b − a‖² for the rows of both clusters, a and b their centres;
 *   (n(t within 0.1 of ½) + 1) / (min(n(t within 0.1 of 0), n(t within 0.1 of 1)) + 1)
 *
 * Near 0: nobody in between. About 1 or more: one cloud that was cut in two (1.4 for a normal one, 1 for an even one). The
 * 1 added makes small clusters speak less. The middle is the thinnest of the bands around t = 0.4, 0.5 and 0.6,
 * because a valley need not lie halfway.
 *
 * @param centers row-major nClusters × nFeatures, the means of the clusters
 * @returns nClusters × nClusters, symmetric; 0 on the diagonal
 */
export function crowding(
  { data, nSamples, nFeatures }: Matrix,
  {
    centers,
    labels,
    nClusters,
  }: {
    readonly centers: Float64Array;
    readonly labels: Int32Array;
    readonly nClusters: number;
  },
): number[][] {
  const directions = new Float64Array(centers.length * nClusters);
  const lengths = new Float64Array(nClusters * nClusters);
  for (let a = 0; a < nClusters; a++) {
    for (let b = 0; b < nClusters; b++) {
      for (let j = 0; j < nFeatures; j++) {
        const d = centers[b * nFeatures + j] - centers[a * nFeatures + j];
        directions[(a * nClusters + b) * nFeatures + j] = d;
        lengths[a * nClusters + b] += d * d;
      }
    }
  }
  // By ordered pair and band: rows of a, seen from a.
  const nBands = bandCentres.length;
  const counts = new Float64Array(nClusters * nClusters * nBands);
  for (let i = 0; i < nSamples; i++) {
    const a = labels[i];
    for (let b = 0; b < nClusters; b++) {
      if (b === a) continue;
      const pair = a * nClusters + b;
      let t = 0;
      for (let j = 0; j < nFeatures; j++) {
        t +=
          (data[i * nFeatures + j] - centers[a * nFeatures + j]) * directions[pair * nFeatures + j];
      }
      t /= lengths[pair];
      for (let band = 0; band < nBands; band++) {
        if (Math.abs(t - bandCentres[band]) < halfBand) counts[pair * nBands + band]++;
      }
    }
  }
  const at = (a: number, b: number, band: number) => counts[(a * nClusters + b) * nBands + band];
  const between = (a: number, b: number) => {
    const middle = Math.min(...[1, 2, 3].map((band) => at(a, b, band) + at(b, a, nBands - band)));
    return (middle + 1) / (Math.min(at(a, b, 0), at(b, a, 0)) + 1);
  };
  return Array.from({ length: nClusters }, (_, a) =>
    Array.from({ length: nClusters }, (_, b) => (a === b ? 0 : between(a, b))),
  );
}
