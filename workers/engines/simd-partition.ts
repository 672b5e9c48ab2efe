import type { Partition } from '../../src/core/engine';
import { scoreMargin } from './margin';
import { packCenters, packedLength } from './simd-centers';
import {
  addUp,
  giveRoom,
  inertiasInPlace,
  paddedRows,
  readSums,
  sumsLength,
  takeRoom,
  type Placed,
  type Room,
} from './simd-matrix';
import { blockRows } from './simd-memory';

/** More than the rounding to float32 of how far centres went, as a factor. */
const rounding = 2 ** -22;

/**
 * `LoadedMatrix.partition` whose labels stay in the memory of the kernels, with a bound for each row that says how far
 * centres may move before the row has to be looked at again (`workers/kernels/follow.ts`).
 *
 * @param use gives the matrix and turns what goes wrong into `engine-failed`
 */
export function simdPartition(
  use: <T>(work: (matrix: Placed) => T) => T,
  nClusters: number,
): Partition {
  let kept: Kept | undefined;
  return {
    move: (centers) =>
      promise(() =>
        use((matrix) => {
          const isFirst = kept === undefined;
          kept ??= begin(matrix, nClusters);
          useUp(kept, centers);
          kept.centers = centers.slice();
          const nChanged = isFirst ? labelAll(matrix, kept) : follow(matrix, kept);
          return { ...readSums(matrix, nClusters, kept.sumsAt, kept.countsAt), nChanged };
        }),
      ),
    labels: () =>
      promise(() =>
        use(({ kernels, nSamples }) =>
          new Int32Array(kernels.memory.buffer, kept?.labelsAt, nSamples).slice(),
        ),
      ),
    inertias: (centers) =>
      promise(() => use((matrix) => inertiasInPlace(matrix, kept?.labelsAt ?? 0, centers))),
    dispose() {
      const { room } = kept ?? {};
      if (room !== undefined) use((matrix) => giveRoom(matrix, room));
      kept = undefined;
    },
  };
}

/** What is known from one move to the next. */
interface Kept {
  readonly nClusters: number;
  readonly room: Room;
  readonly labelsAt: number;
  readonly sumsAt: number;
  readonly countsAt: number;
  /** Of the last move. */
  centers: Float64Array | undefined;
  /** Per cluster: how far its centre and the other one that went farthest have gone, over all moves. */
  readonly used: Float64Array;
}

function begin(matrix: Placed, nClusters: number): Kept {
  const { nSamples, nFeatures } = matrix;
  const nPadded = paddedRows(nSamples);
  const room = takeRoom(matrix, [
    recordLength * 4,
    nPadded * 4,
    nPadded * 4,
    sumsLength(nClusters, nFeatures) * 8,
    nClusters * 4,
    packedLength(nClusters, nFeatures) * 4,
    nClusters * nFeatures * 8,
    2 * nClusters * 4,
    (nClusters + 3) * blockRows * 4,
    3 * 16,
  ]);
  const [, labelsAt, boundsAt, sumsAt, countsAt] = room.addresses;
  const { buffer } = matrix.kernels.memory;
  new Int32Array(buffer, labelsAt, nPadded).fill(0);
  new Float32Array(buffer, boundsAt, nPadded).fill(-1);
  const used = new Float64Array(nClusters);
  return { nClusters, room, labelsAt, sumsAt, countsAt, centers: undefined, used };
}

/** Adds the way of each centre and that of the other one that goes farthest. */
function useUp({ centers: from, nClusters, used }: Kept, to: Float64Array): void {
  if (from === undefined) return;
  const ways = waysOf(from, to, nClusters);
  let farthest = 0;
  let second = 0;
  for (const way of ways) {
    second = Math.max(second, Math.min(way, farthest));
    farthest = Math.max(farthest, way);
  }
  for (let c = 0; c < nClusters; c++) {
    used[c] += (ways[c] + (ways[c] === farthest ? second : farthest)) * (1 + rounding);
  }
}

function waysOf(from: Float64Array, to: Float64Array, nClusters: number): Float64Array {
  const ways = new Float64Array(nClusters);
  for (let c = 0, at = 0; c < nClusters; c++) {
    let square = 0;
    for (const end = (c + 1) * (to.length / nClusters); at < end; at++) {
      const way = to[at] - from[at];
      square += way * way;
    }
    ways[c] = Math.sqrt(square);
  }
  return ways;
}

function labelAll(matrix: Placed, kept: Kept): number {
  const { nClusters, labelsAt, sumsAt, countsAt } = kept;
  const { kernels, nSamples } = matrix;
  // With one cluster there is nothing to find.
  if (nClusters > 1) kernels.follow(writeRecord(matrix, kept, true));
  // The rows that fill up the last block were labelled too; sums count on zeros there.
  new Int32Array(kernels.memory.buffer, labelsAt, paddedRows(nSamples)).fill(0, nSamples);
  addUp(matrix, labelsAt, nClusters, sumsAt, countsAt);
  return nSamples;
}

/** Brings labels, bounds, sums and counts up to date. Returns how many rows have changed their label. */
function follow(matrix: Placed, kept: Kept): number {
  return kept.nClusters > 1 ? matrix.kernels.follow(writeRecord(matrix, kept, false)) : 0;
}

const recordLength = 19;

/** Writes what `Descent` of `workers/kernels/follow.ts` says. Returns its address. */
function writeRecord(
  { kernels, nSamples, nFeatures, blocks }: Placed,
  { nClusters, used, centers = new Float64Array(0), room }: Kept,
  isFirst: boolean,
): number {
  const [at, labelsAt, boundsAt, sumsAt, countsAt, groupsAt, centersAt, usedAt, scoresAt, fourAt] =
    room.addresses;
  const { buffer } = kernels.memory;
  const size = packedLength(nClusters, nFeatures);
  packCenters(centers, nClusters, nFeatures, new Float32Array(buffer, groupsAt, size));
  new Float64Array(buffer, centersAt, centers.length).set(centers);
  const rounded = new Float32Array(buffer, usedAt, 2 * nClusters);
  for (let c = 0; c < nClusters; c++) {
    rounded[c] = used[c] * (1 + rounding);
    rounded[nClusters + c] = used[c] * (1 - rounding);
  }
  const { square, linear, constant } = scoreMargin(centers, nClusters, nFeatures);
  const record = new Int32Array(buffer, at, recordLength);
  record.set([blocks, nSamples, nFeatures, nClusters, groupsAt, centersAt]);
  new Float32Array(buffer, at + 24, 3).set([square, linear, constant]);
  record.set([usedAt, usedAt + 4 * nClusters, scoresAt, fourAt, fourAt + 16], 9);
  record.set([boundsAt, labelsAt, sumsAt, countsAt, isFirst ? 1 : 0], 14);
  return at;
}

/** What is thrown inside becomes a rejection. */
function promise<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
