/**
 * The exact nearest centre of one row, by the definition that every engine answers to (see `Engine`):
 * argmin over c of Σ_j (x_j − center_cj)², summed in float64, j ascending, the smallest c on a tie.
 *
 * @param data row-major values; the row starts at `offset` and has nFeatures values
 * @param centers row-major nClusters × nFeatures
 * @returns the index of the centre, in [0, nClusters)
 */
export function nearestCenter(
  data: Float32Array | Float64Array,
  offset: number,
  centers: Float64Array,
  nClusters: number,
  nFeatures: number,
): number {
  let best = 0;
  let bestDistance = Infinity;
  for (let c = 0; c < nClusters; c++) {
    const from = c * nFeatures;
    let distance = 0;
    for (let j = 0; j < nFeatures; j++) {
      const difference = data[offset + j] - centers[from + j];
      distance += difference * difference;
    }
    if (distance < bestDistance) {
      bestDistance = distance;
      best = c;
    }
  }
  return best;
}
