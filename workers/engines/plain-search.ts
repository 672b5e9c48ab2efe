import type { ClusterSearch, Neighbour } from '../../src/core/engine';

/**
 * `Engine.searchClusters` by plain loops: the definition of its bits.
 *
 * A sum is left unfinished when it is too large for even the least factor, 2·|a|/(|a| + 1), that of a cluster of one
 * row. Sums only grow, and rounding keeps the order of numbers, so no neighbour is missed by that.
 */
export function plainSearch(
  centers: Float64Array,
  sizes: Float64Array,
  nFeatures: number,
): ClusterSearch {
  const values = centers.slice();
  const sizeOf = sizes.slice();
  // Those that are left, without gaps, and where each of them stands.
  const left = Int32Array.from(sizes.keys());
  const placeOf = left.slice();
  let nLeft = left.length;

  return {
    nearest(cluster, known): Neighbour {
      const point = values.slice(cluster * nFeatures, (cluster + 1) * nFeatures);
      const size = sizeOf[cluster];
      const least = (2 * size) / (size + 1);
      let { cluster: nearest, distance } = known;
      for (let place = 0; place < nLeft; place++) {
        const other = left[place];
        const sum = squaredDistance(values, point, other * nFeatures, least, distance);
        if (!(least * sum <= distance) || other === cluster) continue;
        const candidate = ((2 * size * sizeOf[other]) / (size + sizeOf[other])) * sum;
        if (!(candidate <= distance) || (candidate === distance && other >= nearest)) continue;
        distance = candidate;
        nearest = other;
      }
      return { cluster: nearest, distance };
    },
    replace(cluster, center, size) {
      values.set(center, cluster * nFeatures);
      sizeOf[cluster] = size;
    },
    remove(cluster) {
      const last = left[--nLeft];
      left[placeOf[cluster]] = last;
      placeOf[last] = placeOf[cluster];
    },
    dispose() {
      // Nothing that the garbage collector would not find.
    },
  };
}

/**
 * Σ_j (value_j − point_j)², j ascending. Four columns between two looks at whether the rest can be spared.
 *
 * @param from where the values begin
 * @returns the whole sum, or a part of it once `least` times that is above `best`
 */
function squaredDistance(
  values: Float64Array,
  point: Float64Array,
  from: number,
  least: number,
  best: number,
): number {
  const nFeatures = point.length;
  let sum = 0;
  let j = 0;
  for (; j + 4 <= nFeatures; j += 4) {
    const a = values[from + j] - point[j];
    const b = values[from + j + 1] - point[j + 1];
    const c = values[from + j + 2] - point[j + 2];
    const d = values[from + j + 3] - point[j + 3];
    sum = sum + a * a + b * b + c * c + d * d;
    if (least * sum > best) return sum;
  }
  for (; j < nFeatures; j++) {
    const difference = values[from + j] - point[j];
    sum += difference * difference;
  }
  return sum;
}
