import type { ClusterSums, Partition } from '../../src/core/engine';
import { scoreMargin } from './margin';
import { packCenters, packedLength } from './simd-centers';
import {
  addUp,
  copySums,
  giveRoom,
  inertiasInPlace,
  paddedRows,
  sumsLength,
  takeRoom,
  type Placed,
  type Room,
} from './simd-matrix';
import { blockRows } from './simd-memory';

/** As in `workers/kernels/follow.ts`. */
const waitingRows = 512;
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
          if (!isFirst) useUp(kept, centers);
          kept.centers.set(centers);
          const nChanged = isFirst ? labelAll(matrix, kept) : follow(matrix, kept);
          const { sums, counts } = readSums(matrix, kept);
          return { sums, counts, nChanged };
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
  readonly centers: Float64Array;
  /** Of the last move. */
  readonly latest: ClusterSums;
  /** Per cluster: how far its centre went last. */
  readonly ways: Float64Array;
  /** Per cluster: how far its centre and the other one that went farthest have gone, over all moves. */
  readonly used: Float64Array;
  views: Views | undefined;
}

/** Pieces of the memory that are written before each move, or read after it. */
interface Views {
  readonly record: Int32Array;
  readonly margin: Float32Array;
  readonly groups: Float32Array;
  readonly exact: Float64Array;
  readonly rounded: Float32Array;
  readonly sums: Float64Array;
  readonly counts: Int32Array;
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
    2 * blockRows * 4,
    (waitingRows + 2 * blockRows) * 4,
  ]);
  const [, labelsAt, boundsAt, sumsAt, countsAt] = room.addresses;
  const { buffer } = matrix.kernels.memory;
  new Int32Array(buffer, labelsAt, nPadded).fill(0);
  new Float32Array(buffer, boundsAt, nPadded).fill(-1);
  const nValues = nClusters * nFeatures;
  return {
    nClusters,
    room,
    labelsAt,
    sumsAt,
    countsAt,
    centers: new Float64Array(nValues),
    latest: { sums: new Float64Array(nValues), counts: new Float64Array(nClusters) },
    ways: new Float64Array(nClusters),
    used: new Float64Array(nClusters),
    views: undefined,
  };
}

/** Adds the way of each centre and that of the other one that goes farthest. */
function useUp({ centers: from, nClusters, ways, used }: Kept, to: Float64Array): void {
  writeWays(from, to, ways);
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

function writeWays(from: Float64Array, to: Float64Array, ways: Float64Array): void {
  const nFeatures = to.length / ways.length;
  for (let c = 0, at = 0; c < ways.length; c++) {
    let square = 0;
    for (let j = 0; j < nFeatures; j++, at++) {
      const way = to[at] - from[at];
      square += way * way;
    }
    ways[c] = Math.sqrt(square);
  }
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

/** Into the arrays of the move before: making new ones would take as long as all else here. */
function readSums(matrix: Placed, kept: Kept): ClusterSums {
  const { sums, counts } = viewsOf(matrix, kept);
  copySums(sums, matrix.nFeatures, kept.latest.sums);
  kept.latest.counts.set(counts);
  return kept.latest;
}

/** Writes what `Descent` of `workers/kernels/follow.ts` says. Returns its address. */
function writeRecord(matrix: Placed, kept: Kept, isFirst: boolean): number {
  const { nFeatures } = matrix;
  const { nClusters, used, centers, room } = kept;
  const { groups, exact, rounded, margin, record } = viewsOf(matrix, kept);
  packCenters(centers, nClusters, nFeatures, groups);
  exact.set(centers);
  for (let c = 0; c < nClusters; c++) {
    rounded[c] = used[c] * (1 + rounding);
    rounded[nClusters + c] = used[c] * (1 - rounding);
  }
  const { square, linear, constant } = scoreMargin(centers, nClusters, nFeatures);
  margin[0] = square;
  margin[1] = linear;
  margin[2] = constant;
  record[recordLength - 1] = isFirst ? 1 : 0;
  return room.addresses[0];
}

const recordLength = 20;

/** They hold until the memory grows. */
function viewsOf(matrix: Placed, kept: Kept): Views {
  if (kept.views?.record.buffer !== matrix.kernels.memory.buffer) {
    kept.views = openViews(matrix, kept);
  }
  return kept.views;
}

/** What is the same for all moves is written here. */
function openViews(
  { kernels, nSamples, nFeatures, blocks }: Placed,
  { nClusters, room }: Kept,
): Views {
  const [
    at,
    labelsAt,
    boundsAt,
    sumsAt,
    countsAt,
    groupsAt,
    centersAt,
    usedAt,
    scoresAt,
    foundAt,
    waitingAt,
  ] = room.addresses;
  const { buffer } = kernels.memory;
  const record = new Int32Array(buffer, at, recordLength);
  record.set([blocks, nSamples, nFeatures, nClusters, groupsAt, centersAt]);
  record.set([usedAt, usedAt + 4 * nClusters, scoresAt], 9);
  record.set([waitingAt, foundAt, foundAt + 4 * blockRows], 12);
  record.set([boundsAt, labelsAt, sumsAt, countsAt], 15);
  return {
    record,
    margin: new Float32Array(buffer, at + 24, 3),
    groups: new Float32Array(buffer, groupsAt, packedLength(nClusters, nFeatures)),
    exact: new Float64Array(buffer, centersAt, nClusters * nFeatures),
    rounded: new Float32Array(buffer, usedAt, 2 * nClusters),
    sums: new Float64Array(buffer, sumsAt, sumsLength(nClusters, nFeatures)),
    counts: new Int32Array(buffer, countsAt, nClusters),
  };
}

/** What is thrown inside becomes a rejection. */
function promise<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
