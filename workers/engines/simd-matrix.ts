import type { ClusterSums } from '../../src/core/engine';
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
  /** The first address after them: room for whatever a call needs. */
  readonly free: number;
}

export function placeMatrix(X: Matrix, kernels: Kernels): Placed {
  const { nSamples, nFeatures } = X;
  const bytes = blockBytes(nSamples, nFeatures);
  const { addresses, end } = place(kernels.memory, memoryStart, [bytes]);
  const [blocks] = addresses;
  packRows(X, undefined, new Float32Array(kernels.memory.buffer, blocks, bytes / 4));
  return { kernels, nSamples, nFeatures, blocks, free: end };
}

/** `LoadedMatrix.assign` */
export function assign(
  { kernels, nSamples, nFeatures, blocks, free }: Placed,
  centers: Float64Array,
  nClusters: number,
  labels: Int32Array,
): void {
  if (nClusters === 1) {
    labels.fill(0);
    return;
  }
  const size = packedLength(nClusters, nFeatures);
  const nValues = nClusters * nFeatures;
  const scoreBytes = (nClusters + 1) * blockRows * 4;
  const pieces = [size * 4, nValues * 8, scoreBytes, paddedRows(nSamples) * 4];
  const [groupsAt, centersAt, scoresAt, labelsAt] = place(kernels.memory, free, pieces).addresses;
  const { buffer } = kernels.memory;
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
  labels.set(new Int32Array(buffer, labelsAt, nSamples));
}

/** `LoadedMatrix.sums` */
export function sums(
  { kernels, nSamples, nFeatures, blocks, free }: Placed,
  labels: Int32Array,
  nClusters: number,
): ClusterSums {
  const width = 2 * Math.ceil(nFeatures / 2);
  const nPadded = paddedRows(nSamples);
  const pieces = [nClusters * width * 8, nClusters * 4, nPadded * 4];
  const [sumsAt, countsAt, labelsAt] = place(kernels.memory, free, pieces).addresses;
  const { buffer } = kernels.memory;
  const wide = new Float64Array(buffer, sumsAt, nClusters * width).fill(0);
  const counts = new Int32Array(buffer, countsAt, nClusters);
  new Int32Array(buffer, labelsAt, nPadded).fill(0, nSamples).set(labels);
  kernels.sumRows(blocks, nSamples, nFeatures, labelsAt, nClusters, sumsAt, countsAt);
  const narrow = new Float64Array(nClusters * nFeatures);
  for (let c = 0; c < nClusters; c++) {
    narrow.set(wide.subarray(c * width, c * width + nFeatures), c * nFeatures);
  }
  return { sums: narrow, counts: Float64Array.from(counts) };
}

/** `LoadedMatrix.inertia` */
export function inertia(
  { kernels, nSamples, nFeatures, blocks, free }: Placed,
  labels: Int32Array,
  centers: Float64Array,
): number {
  const nPadded = paddedRows(nSamples);
  const pieces = [centers.length * 8, nPadded * 4];
  const [centersAt, labelsAt] = place(kernels.memory, free, pieces).addresses;
  const { buffer } = kernels.memory;
  new Float64Array(buffer, centersAt, centers.length).set(centers);
  new Int32Array(buffer, labelsAt, nPadded).fill(0, nSamples).set(labels);
  return kernels.inertia(blocks, nSamples, nFeatures, labelsAt, centersAt);
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
function paddedRows(nRows: number): number {
  return Math.ceil(nRows / blockRows) * blockRows;
}
