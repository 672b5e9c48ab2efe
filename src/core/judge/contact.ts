import { piecesOf, type Matrix } from '../matrix';

/** So far towards the other centre a row counts as on its way there; half of it is the border. */
export const onTheWay = 0.4;

/**
 * How much each pair of groups runs into each other, in whatever space: the share of the rows of both that have gone at
 * least 40 % of the way from their own centre to the other one.
 *
 *   t_i = (x_i − own)·(other − own) / ‖other − own‖²;  share of t_i ≥ 0.4
 *
 * Where groups are the nearest to their centres, t ends at ½, and only a strip along the border counts: 0 with room
 * between them, 10 % for an even cloud that was cut in two, 13 % for a normal one. In a picture of the same groups rows
 * may lie beyond the border, and all of them count. The same measure in both spaces can be compared.
 *
 * @param centers row-major nClusters × nFeatures, the means of the groups in this space
 * @returns nClusters × nClusters, symmetric; 0 on the diagonal; 1 where two centres are one
 */
export function contact(
  { data, nSamples, nFeatures }: Matrix,
  {
    labels,
    nClusters,
    centers,
  }: {
    readonly labels: Int32Array;
    readonly nClusters: number;
    readonly centers: Float64Array;
  },
): number[][] {
  const { ways, lengths } = waysBetween(centers, nClusters, nFeatures);
  const sizes = new Float64Array(nClusters);
  const far = new Float64Array(nClusters * nClusters);
  for (let i = 0; i < nSamples; i++) {
    const own = labels[i];
    sizes[own]++;
    for (let other = 0; other < nClusters; other++) {
      if (other === own) continue;
      const pair = own * nClusters + other;
      let along = 0;
      for (let j = 0; j < nFeatures; j++) {
        const gone = data[i * nFeatures + j] - centers[own * nFeatures + j];
        along += gone * ways[pair * nFeatures + j];
      }
      if (along >= onTheWay * lengths[pair]) far[pair]++;
    }
  }
  const share = (a: number, b: number) => {
    const nBoth = sizes[a] + sizes[b];
    return nBoth > 0 ? (far[a * nClusters + b] + far[b * nClusters + a]) / nBoth : 0;
  };
  return Array.from({ length: nClusters }, (_, a) =>
    Array.from({ length: nClusters }, (_, b) => (a === b ? 0 : share(a, b))),
  );
}

/** From each centre to each other one, and how far that is, squared. */
function waysBetween(centers: Float64Array, nClusters: number, nFeatures: number) {
  const ways = new Float64Array(nClusters * centers.length);
  const lengths = new Float64Array(nClusters * nClusters);
  for (let a = 0; a < nClusters; a++) {
    for (let b = 0; b < nClusters; b++) {
      const pair = a * nClusters + b;
      for (let j = 0; j < nFeatures; j++) {
        const way = centers[b * nFeatures + j] - centers[a * nFeatures + j];
        ways[pair * nFeatures + j] = way;
        lengths[pair] += way * way;
      }
    }
  }
  return { ways, lengths };
}

/** Means of the groups; of a group without rows 0. Row-major nClusters × nFeatures. */
export function meansOf(X: Matrix, labels: Int32Array, nClusters: number): Float64Array {
  const { nFeatures } = X;
  const means = new Float64Array(nClusters * nFeatures);
  const sizes = new Float64Array(nClusters);
  for (const { data, nSamples, first } of piecesOf(X)) {
    for (let i = 0; i < nSamples; i++) {
      const own = labels[first + i];
      sizes[own]++;
      for (let j = 0; j < nFeatures; j++) means[own * nFeatures + j] += data[i * nFeatures + j];
    }
  }
  return means.map((sum, at) => sum / Math.max(1, sizes[Math.floor(at / nFeatures)]));
}
