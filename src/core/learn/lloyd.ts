import type { ClusterSums, Descent, LoadedMatrix, Partition, Run, StopRule } from '../engine';
import { AppError } from '../errors';
import { copyRows, piecesOf, type Matrix } from '../matrix';

/**
 * Lloyd's iterations from each of some starts, one after the other: what `LoadedMatrix.descend` is where there is nobody
 * to share the work with.
 */
export async function descend(
  X: Matrix,
  loaded: Pick<LoadedMatrix, 'partition'>,
  starts: readonly Float64Array[],
  stop: StopRule,
  rest: () => Promise<void>,
): Promise<Descent> {
  let best: Run | undefined;
  const inertias: number[] = [];
  for (const start of starts) {
    const partition = loaded.partition(start.length / X.nFeatures);
    try {
      const run = await lloyd(X, partition, start, stop, rest);
      if (best === undefined || run.inertia < best.inertia) best = run;
      inertias.push(run.inertia);
    } finally {
      partition.dispose();
    }
  }
  if (best === undefined) {
    throw new AppError('setting-invalid', 'K-Means needs at least one start.');
  }
  return { best, inertias };
}

/**
 * Moves each centre to the mean of its rows until the rule says stop. The labels returned are those of the centres
 * returned.
 *
 * @param start row-major nClusters × nFeatures, in the units of X
 */
export async function lloyd(
  X: Matrix,
  partition: Partition,
  start: Float64Array,
  { tolerance, maxIter }: StopRule,
  rest: () => Promise<void>,
): Promise<Run> {
  let centers = start;
  let sums: ClusterSums = await partition.move(centers);
  let nIter = 1;
  for (; nIter < maxIter; nIter++) {
    const moved = await meansOf(X, sums, partition, centers);
    const next = await partition.move(moved);
    const shift = squaredShift(centers, moved);
    const settled = tolerance > 0 ? shift <= tolerance : shift === 0 || next.nChanged === 0;
    [centers, sums] = [moved, next];
    if (settled) break;
    await rest();
  }
  const inertia = (await partition.inertias(centers)).reduce((sum, block) => sum + block, 0);
  return { centers, labels: await partition.labels(), nIter, inertia };
}

/** The mean of each cluster. An empty cluster takes the row that lies farthest from its own centre. */
async function meansOf(
  X: Matrix,
  { sums, counts }: ClusterSums,
  partition: Partition,
  centers: Float64Array,
): Promise<Float64Array> {
  if (counts.includes(0)) relocateEmpty(X, await partition.labels(), centers, sums, counts);
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
  const { nSamples, nFeatures } = X;
  const distances = new Float64Array(nSamples);
  for (const piece of piecesOf(X)) {
    for (let i = 0; i < piece.nSamples; i++) {
      const row = piece.first + i;
      distances[row] = squaredDistance(piece, i, centers, labels[row]);
    }
  }
  counts.forEach((count, empty) => {
    if (count > 0) return;
    let farthest = -1;
    for (let i = 0; i < nSamples; i++) {
      if (counts[labels[i]] > 1 && (farthest < 0 || distances[i] > distances[farthest]))
        farthest = i;
    }
    if (farthest < 0) return;
    const from = labels[farthest];
    copyRows(X, farthest, farthest + 1).forEach((value, j) => {
      sums[empty * nFeatures + j] = value;
      sums[from * nFeatures + j] -= value;
    });
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
