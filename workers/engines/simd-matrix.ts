import { sumBlockRows, type ClusterSums } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';
import { scoreMargin } from './margin';
import { packCenters, packedLength } from './simd-centers';
import { blockBytes, blockRows, memoryStart, packRows, place, type Kernels } from './simd-memory';

/** A matrix that lies in the memory of its own instance of the kernels. */
export interface Placed {
  readonly kernels: Kernels;
  readonly nSamples: number;
  readonly nFeatures: number;
  /** Address of the rows in blocks. */
  readonly blocks: number;
  /** The first address after them and after what partitions keep: room for whatever a call needs. */
  free: number;
  /** Addresses of rooms for labels and bounds that no partition uses any more. */
  readonly spareRoom: number[];
}

export function placeMatrix(X: Matrix, kernels: Kernels): Placed {
  const placed = placeRoom(X.nSamples, X.nFeatures, kernels);
  placeRows(placed, X, 0);
  return placed;
}

/** Room for a matrix whose rows are still to come. */
export function placeRoom(nSamples: number, nFeatures: number, kernels: Kernels): Placed {
  const pieces = [blockBytes(nSamples, nFeatures)];
  const { addresses, end } = place(kernels.memory, memoryStart, pieces);
  return { kernels, nSamples, nFeatures, blocks: addresses[0], free: end, spareRoom: [] };
}

/** @param first the row that `some` begin at: a multiple of `blockRows` */
export function placeRows({ kernels, blocks }: Placed, some: Matrix, first: number): void {
  const { nSamples, nFeatures } = some;
  const at = blocks + blockBytes(first, nFeatures);
  const length = blockBytes(nSamples, nFeatures) / 4;
  packRows(some, undefined, new Float32Array(kernels.memory.buffer, at, length));
}

/** `LoadedMatrix.assign` */
export function assign(
  placed: Placed,
  centers: Float64Array,
  nClusters: number,
  labels: Int32Array,
): void {
  const { labelsAt } = assignInPlace(placed, centers, nClusters);
  labels.set(new Int32Array(placed.kernels.memory.buffer, labelsAt, placed.nSamples));
}

/**
 * Labels every row where the labels stay until the next call.
 *
 * @returns the address of the labels, and the first free one after them
 */
export function assignInPlace(
  { kernels, nSamples, nFeatures, blocks, free }: Placed,
  centers: Float64Array,
  nClusters: number,
): { labelsAt: number; free: number } {
  const size = packedLength(nClusters, nFeatures);
  const nValues = nClusters * nFeatures;
  const scoreBytes = (nClusters + 1) * blockRows * 4;
  const pieces = [size * 4, nValues * 8, scoreBytes, paddedRows(nSamples) * 4];
  const { addresses, end } = place(kernels.memory, free, pieces);
  const [groupsAt, centersAt, scoresAt, labelsAt] = addresses;
  const { buffer } = kernels.memory;
  if (nClusters === 1) {
    new Int32Array(buffer, labelsAt, paddedRows(nSamples)).fill(0);
    return { labelsAt, free: end };
  }
  packCenters(centers, nClusters, nFeatures, new Float32Array(buffer, groupsAt, size));
  new Float64Array(buffer, centersAt, nValues).set(centers.subarray(0, nValues));
  const { square, linear, constant } = scoreMargin(centers, nClusters, nFeatures);
  kernels.assign(
    blocks,
    nSamples,
    nFeatures,
    groupsAt,
    centersAt,
    nClusters,
    square,
    linear,
    constant,
    scoresAt,
    labelsAt,
  );
  // The rows that fill up the last block were labelled too; sums count on zeros there.
  new Int32Array(buffer, labelsAt, paddedRows(nSamples)).fill(0, nSamples);
  return { labelsAt, free: end };
}

/** `LoadedMatrix.sums` */
export function sums(placed: Placed, labels: Int32Array, nClusters: number): ClusterSums {
  const { labelsAt, free } = writeLabels(placed, labels);
  return sumsInPlace({ ...placed, free }, labelsAt, nClusters);
}

/** @param labelsAt address of the labels, zeros to the end of the last block */
export function sumsInPlace(
  { kernels, nSamples, nFeatures, blocks, free }: Placed,
  labelsAt: number,
  nClusters: number,
): ClusterSums {
  const width = 2 * Math.ceil(nFeatures / 2);
  const pieces = [nClusters * width * 8, nClusters * 4];
  const [sumsAt, countsAt] = place(kernels.memory, free, pieces).addresses;
  const { buffer } = kernels.memory;
  const wide = new Float64Array(buffer, sumsAt, nClusters * width).fill(0);
  const counts = new Int32Array(buffer, countsAt, nClusters);
  kernels.sumRows(blocks, nSamples, nFeatures, labelsAt, nClusters, sumsAt, countsAt);
  const narrow = new Float64Array(nClusters * nFeatures);
  for (let c = 0; c < nClusters; c++) {
    narrow.set(wide.subarray(c * width, c * width + nFeatures), c * nFeatures);
  }
  return { sums: narrow, counts: Float64Array.from(counts) };
}

/** `LoadedMatrix.inertias` */
export function inertias(placed: Placed, labels: Int32Array, centers: Float64Array): Float64Array {
  const { labelsAt, free } = writeLabels(placed, labels);
  return inertiasInPlace({ ...placed, free }, labelsAt, centers);
}

function writeLabels({ kernels, nSamples, free }: Placed, labels: Int32Array) {
  const nPadded = paddedRows(nSamples);
  const { addresses, end } = place(kernels.memory, free, [nPadded * 4]);
  const [labelsAt] = addresses;
  new Int32Array(kernels.memory.buffer, labelsAt, nPadded).fill(0, nSamples).set(labels);
  return { labelsAt, free: end };
}

/** @param labelsAt address of the labels, zeros to the end of the last block */
export function inertiasInPlace(
  { kernels, nSamples, nFeatures, blocks, free }: Placed,
  labelsAt: number,
  centers: Float64Array,
): Float64Array {
  const [centersAt] = place(kernels.memory, free, [centers.length * 8]).addresses;
  new Float64Array(kernels.memory.buffer, centersAt, centers.length).set(centers);
  return Float64Array.from({ length: Math.ceil(nSamples / sumBlockRows) }, (_, block) => {
    const first = block * sumBlockRows;
    const nRows = Math.min(sumBlockRows, nSamples - first);
    const rows = blocks + first * (nFeatures + 1) * 4;
    return kernels.inertia(rows, nRows, nFeatures, labelsAt + first * 4, centersAt);
  });
}

/** `LoadedMatrix.squaredDistances` */
export function squaredDistances(
  { kernels, nFeatures, blocks, free }: Placed,
  points: Float64Array,
  first: number,
  end: number,
): Float64Array {
  const start = first - (first % blockRows);
  const nRows = paddedRows(end - start);
  const pieces = [points.length * 8, nRows * 8];
  const [pointsAt, distancesAt] = place(kernels.memory, free, pieces).addresses;
  const { buffer } = kernels.memory;
  new Float64Array(buffer, pointsAt, points.length).set(points);
  const measured = new Float64Array(buffer, distancesAt, nRows).subarray(
    first - start,
    end - start,
  );
  const distances = new Float64Array((points.length / nFeatures) * measured.length);
  const from = blocks + start * (nFeatures + 1) * 4;
  for (let p = 0; p < points.length / nFeatures; p++) {
    kernels.measurePoint(from, nRows, nFeatures, pointsAt + p * nFeatures * 8, distancesAt);
    distances.set(measured, p * measured.length);
  }
  return distances;
}

/** Rows up to the end of the last block. */
export function paddedRows(nRows: number): number {
  return Math.ceil(nRows / blockRows) * blockRows;
}
