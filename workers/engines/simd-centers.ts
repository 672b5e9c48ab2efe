/** How many floats `packCenters` writes, at most. */
export function packedLength(nClusters: number, nFeatures: number): number {
  return (nClusters + 1) * (nFeatures + 1);
}

/**
 * Centres as `workers/kernels/nearest.ts` reads them: in float32, in groups of four while more than two are left, then
 * of two; per group half the square of each one's length, then feature by feature the value of each. The places of a
 * group that is not full are zeros, which nobody looks at.
 *
 * @param centers row-major nClusters × nFeatures
 * @param packed written
 */
export function packCenters(
  centers: Float64Array,
  nClusters: number,
  nFeatures: number,
  packed: Float32Array,
): void {
  packed.fill(0);
  let start = 0;
  for (let first = 0; first < nClusters;) {
    const width = nClusters - first > 2 ? 4 : 2;
    for (let c = first; c < Math.min(nClusters, first + width); c++) {
      let at = start + c - first;
      let square = 0;
      for (let j = 0; j < nFeatures; j++) {
        const value = centers[c * nFeatures + j];
        packed[(at += width)] = value;
        square += value * value;
      }
      packed[start + c - first] = square / 2;
    }
    start += (nFeatures + 1) * width;
    first += width;
  }
}
