import type { Context } from '../context';
import type { ClusterSums, LoadedMatrix } from '../engine';
import type { Matrix } from '../matrix';

/** One descent from given centres. Clusters in the order of the start. */
export interface Run {
  readonly centers: Float64Array;
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly nIter: number;
}

/**
 * Iterates until the centres move, squared and summed, less than `tolerance`, or (tolerance 0) until no label changes.
 * The labels returned are those of the centres returned.
 *
 * @param start row-major nClusters × nFeatures, in the units of X
 */
export async function lloyd(
  X: Matrix,
  loaded: LoadedMatrix,
  start: Float64Array,
  tolerance: number,
  maxIter: number,
  ctx: Context,
): Promise<Run> {
  const nClusters = start.length / X.nFeatures;
  let centers = start;
  let labels = new Int32Array(X.nSamples);
  let next = new Int32Array(X.nSamples);
  await loaded.assign(centers, nClusters, labels);
  let nIter = 1;
  for (; nIter < maxIter; nIter++) {
    const moved = moveCenters(X, loaded.sums(labels, nClusters), labels, centers);
    await loaded.assign(moved, nClusters, next);
    const shift = squaredShift(centers, moved);
    const settled = tolerance > 0 ? shift <= tolerance : shift === 0 || equal(labels, next);
    centers = moved;
    [labels, next] = [next, labels];
    if (settled) break;
    await ctx.breathe();
  }
  return { centers, labels, nIter, inertia: loaded.inertia(labels, centers) };
}

/** The mean of each cluster. An empty cluster takes the row that lies farthest from its own centre. */
function moveCenters(
  X: Matrix,
  { sums, counts }: ClusterSums,
  labels: Int32Array,
  centers: Float64Array,
): Float64Array {
  if (counts.includes(0)) relocateEmpty(X, labels, centers, sums, counts);
  for (let c = 0, at = 0; c < counts.length; c++) {
    for (let j = 0; j < X.nFeatures; j++) sums[at++] /= counts[c];
  }
  return sums;
}

function relocateEmpty(
  X: Matrix,
  labels: Int32Array,
  centers: Float64Array,
  sums: Float64Array,
  counts: Float64Array,
): void {
  const { data, nSamples, nFeatures } = X;
  const distances = new Float64Array(nSamples);
  for (let i = 0; i < nSamples; i++) distances[i] = squaredDistance(X, i, centers, labels[i]);
  counts.forEach((count, empty) => {
    if (count > 0) return;
    let farthest = -1;
    for (let i = 0; i < nSamples; i++) {
      if (counts[labels[i]] > 1 && (farthest < 0 || distances[i] > distances[farthest]))
        farthest = i;
    }
    if (farthest < 0) return;
    const from = labels[farthest];
    for (let j = 0; j < nFeatures; j++) {
      const value = data[farthest * nFeatures + j];
      sums[empty * nFeatures + j] = value;
      sums[from * nFeatures + j] -= value;
    }
    counts[from]--;
    counts[empty] = 1;
    distances[farthest] = -1;
  });
}

/** ‖x_i − center_c‖² in float64. */
export function squaredDistance(
  { data, nFeatures }: Matrix,
  row: number,
  centers: Float64Array,
  cluster: number,
): number {
  let distance = 0;
  for (let j = 0; j < nFeatures; j++) {
    const difference = data[row * nFeatures + j] - centers[cluster * nFeatures + j];
    distance += difference * difference;
  }
  return distance;
}

function squaredShift(a: Float64Array, b: Float64Array): number {
  let shift = 0;
  for (let m = 0; m < a.length; m++) shift += (a[m] - b[m]) ** 2;
  return shift;
}

function equal(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
