import type { ClusterSums, Partition } from '../../src/core/engine';
import { scoreMargin } from './margin';
import { packCenters, packedLength } from './simd-centers';
import { inertiasInPlace, paddedRows, sumsInPlace, type Placed } from './simd-matrix';
import { blockRows, place } from './simd-memory';

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
          kept ??= keepRoom(matrix, nClusters);
          kept.travelled += farthestMove(kept.centers, centers, matrix.nFeatures);
          kept.centers = centers.slice();
          const nChanged =
            nClusters === 1 ? labelAll(matrix, kept, isFirst) : follow(matrix, kept, isFirst);
          const { sums, counts } = kept;
          return { sums: sums.slice(), counts: counts.slice(), nChanged };
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
      const { labelsAt } = kept ?? {};
      if (labelsAt !== undefined) use(({ spareRoom }) => spareRoom.push(labelsAt));
      kept = undefined;
    },
  };
}

/** What is known from one move to the next. */
interface Kept extends ClusterSums {
  readonly nClusters: number;
  /** Addresses of the labels and of the bounds. */
  readonly labelsAt: number;
  readonly boundsAt: number;
  /** Of the last move. */
  centers: Float64Array | undefined;
  /** Sum of the longest way that a centre went in each move. */
  travelled: number;
  sums: Float64Array;
  counts: Float64Array;
}

/** Takes room that calls do not write to, for as long as the matrix is there. */
function keepRoom(matrix: Placed, nClusters: number): Kept {
  const bytes = paddedRows(matrix.nSamples) * 4;
  let labelsAt = matrix.spareRoom.pop();
  if (labelsAt === undefined) {
    const { addresses, end } = place(matrix.kernels.memory, matrix.free, [2 * bytes]);
    [labelsAt] = addresses;
    matrix.free = end;
  }
  const boundsAt = labelsAt + bytes;
  new Int32Array(matrix.kernels.memory.buffer, labelsAt, bytes / 4).fill(0);
  new Float32Array(matrix.kernels.memory.buffer, boundsAt, bytes / 4).fill(-1);
  const nothing = new Float64Array(0);
  return {
    nClusters,
    labelsAt,
    boundsAt,
    centers: undefined,
    travelled: 0,
    sums: nothing,
    counts: nothing,
  };
}

/** The longest way that one of the centres went. */
function farthestMove(from: Float64Array | undefined, to: Float64Array, nFeatures: number): number {
  if (from === undefined) return 0;
  let farthest = 0;
  for (let start = 0; start < to.length; start += nFeatures) {
    let square = 0;
    for (let at = start; at < start + nFeatures; at++) square += (to[at] - from[at]) ** 2;
    farthest = Math.max(farthest, square);
  }
  return Math.sqrt(farthest) * (1 + rounding);
}

/** With one cluster there is nothing to find. */
function labelAll(matrix: Placed, kept: Kept, isFirst: boolean): number {
  if (!isFirst) return 0;
  Object.assign(kept, sumsInPlace(matrix, kept.labelsAt, 1));
  return matrix.nSamples;
}

/** Brings labels, bounds, sums and counts up to date. Returns how many rows have changed their label. */
function follow(matrix: Placed, kept: Kept, isFirst: boolean): number {
  const { kernels, nSamples, nFeatures, blocks } = matrix;
  const { nClusters, labelsAt, boundsAt, travelled } = kept;
  const centers = kept.centers ?? new Float64Array(0);
  const width = 2 * Math.ceil(nFeatures / 2);
  const size = packedLength(nClusters, nFeatures);
  const { addresses } = place(kernels.memory, matrix.free, [
    size * 4,
    centers.length * 8,
    (nClusters + 3) * blockRows * 4,
    64,
    nClusters * width * 8,
    nClusters * 4,
  ]);
  const [groupsAt, centersAt, scoresAt, scratchAt, sumsAt, countsAt] = addresses;
  const { buffer } = kernels.memory;
  packCenters(centers, nClusters, nFeatures, new Float32Array(buffer, groupsAt, size));
  new Float64Array(buffer, centersAt, centers.length).set(centers);
  const wide = new Float64Array(buffer, sumsAt, nClusters * width);
  const whole = new Int32Array(buffer, countsAt, nClusters);
  if (!isFirst) {
    for (let c = 0; c < nClusters; c++) {
      wide.set(kept.sums.subarray(c * nFeatures, (c + 1) * nFeatures), c * width);
    }
    whole.set(kept.counts);
  }
  const { square, linear, constant } = scoreMargin(centers, nClusters, nFeatures);
  const nChanged = kernels.follow(
    blocks,
    nSamples,
    nFeatures,
    groupsAt,
    centersAt,
    nClusters,
    square,
    linear,
    constant,
    2 * travelled * (1 + rounding),
    2 * travelled * (1 - rounding),
    scoresAt,
    scratchAt,
    boundsAt,
    labelsAt,
    sumsAt,
    countsAt,
    isFirst ? 1 : 0,
  );
  if (isFirst) {
    // The rows that fill up the last block were labelled too; sums count on zeros there.
    new Int32Array(buffer, labelsAt, paddedRows(nSamples)).fill(0, nSamples);
    Object.assign(kept, sumsInPlace(matrix, labelsAt, nClusters));
    return nSamples;
  }
  for (let c = 0; c < nClusters; c++) {
    kept.sums.set(wide.subarray(c * width, c * width + nFeatures), c * nFeatures);
  }
  kept.counts.set(whole);
  return nChanged;
}

/** What is thrown inside becomes a rejection. */
function promise<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
