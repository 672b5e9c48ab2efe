import type { ClusterSums, Descent, LoadedMatrix, Partition, Run, StopRule } from '../engine';
import { AppError } from '../errors';
import { copyRows, piecesOf, type Matrix } from '../matrix';
import { costOf } from './cost';
import { squaredLengths } from './moments';

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

/** How much of the way that the means went last is added to where they are now. */
const momentum = 0.7;
/**
 * Pairs of row and centre from which short ways are worth it. With fewer, an iteration costs next to nothing, and plain
 * Lloyd ends where that of other programs does.
 */
const pairsWorthIt = 40_000;

/**
 * Moves each centre to the mean of its rows until the rule says stop. The labels returned are those of the centres
 * returned.
 *
 * Where coming near is enough, centres are pushed on in the direction of their means: a third fewer iterations, and shallow
 * optima are passed by. The last move is to the means themselves. There the inertia is taken from the sums, too, which is
 * good to some twelve digits.
 * Source: Nesterov (1983); O'Donoghue, Candès (2015), "Adaptive restart for accelerated gradient schemes".
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
  const nPairs = (X.nSamples * start.length) / X.nFeatures;
  const isQuick = tolerance > 0 && nPairs >= pairsWorthIt;
  // An iteration of a few thousand rows takes less than a tenth of a millisecond: making arrays would be felt.
  const room = Array.from({ length: 3 }, () => new Float64Array(start.length));
  let centers = start;
  let before: Float64Array | undefined;
  let sums: ClusterSums = await partition.move(centers);
  let nIter = 1;
  for (; nIter < maxIter; nIter++) {
    if (sums.counts.includes(0)) {
      relocateEmpty(X, await partition.labels(), centers, sums);
      // A centre that is given somebody else's row goes in no direction.
      before = undefined;
    }
    const means = writeMeans(sums, room[nIter % 2]);
    const isNear = squaredShift(centers, means) <= tolerance;
    const moved =
      before && isQuick && !isNear && isOnward(before, centers, means)
        ? pushOn(before, means, room[2])
        : means;
    const next = await partition.move(moved);
    [before, centers, sums] = [means, moved, next];
    if (isNear || (tolerance === 0 && next.nChanged === 0)) break;
    await rest();
  }
  const inertia = isQuick
    ? Math.max(0, squaredLengths(X) + costOf(centers, sums).cost)
    : (await partition.inertias(centers)).reduce((sum, block) => sum + block, 0);
  return { centers, labels: await partition.labels(), nIter, inertia };
}

/** Whether the means go on from the last ones in the direction of their step; else being pushed would lead back. */
function isOnward(before: Float64Array, centers: Float64Array, means: Float64Array): boolean {
  let agreement = 0;
  for (let m = 0; m < means.length; m++) {
    agreement += (means[m] - centers[m]) * (means[m] - before[m]);
  }
  return agreement > 0;
}

/** The means and some of the way that they came since the last ones. */
function pushOn(before: Float64Array, means: Float64Array, pushed: Float64Array): Float64Array {
  for (let m = 0; m < means.length; m++) {
    pushed[m] = means[m] + momentum * (means[m] - before[m]);
  }
  return pushed;
}

function writeMeans({ sums, counts }: ClusterSums, means: Float64Array): Float64Array {
  const nFeatures = sums.length / counts.length;
  for (let c = 0, at = 0; c < counts.length; c++) {
    for (let j = 0; j < nFeatures; j++, at++) means[at] = sums[at] / counts[c];
  }
  return means;
}

/** An empty cluster takes the row that lies farthest from its own centre. */
function relocateEmpty(
  X: Matrix,
  labels: Int32Array,
  centers: Float64Array,
  { sums, counts }: ClusterSums,
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
