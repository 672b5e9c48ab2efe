import { sumBlockRows, type ClusterSums } from '../../src/core/engine';
import { piecesOf, type Matrix } from '../../src/core/matrix';
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
  /** The first address after them and after the rooms that were taken: memory for whatever a call needs. */
  free: number;
  /** Rooms that nobody uses any more. */
  readonly spareRooms: Room[];
}

/** Memory that calls do not write to, for somebody who keeps something there. */
export interface Room {
  readonly addresses: readonly number[];
  /** Of the pieces, in bytes. */
  readonly sizes: readonly number[];
}

export function placeMatrix(X: Matrix, kernels: Kernels): Placed {
  const placed = placeRoom(X.nSamples, X.nFeatures, kernels);
  for (const piece of piecesOf(X)) placeRows(placed, piece, piece.first);
  return placed;
}

/** Room for a matrix whose rows are still to come. */
export function placeRoom(nSamples: number, nFeatures: number, kernels: Kernels): Placed {
  const pieces = [blockBytes(nSamples, nFeatures)];
  const { addresses, end } = place(kernels.memory, memoryStart, pieces);
  return { kernels, nSamples, nFeatures, blocks: addresses[0], free: end, spareRooms: [] };
}

/** @param sizes of the pieces, in bytes */
export function takeRoom(matrix: Placed, sizes: readonly number[]): Room {
  const isAlike = (room: Room) =>
    room.sizes.length === sizes.length && room.sizes.every((size, i) => size === sizes[i]);
  const spare = matrix.spareRooms.findIndex(isAlike);
  if (spare >= 0) return matrix.spareRooms.splice(spare, 1)[0];
  const { addresses, end } = place(matrix.kernels.memory, matrix.free, sizes);
  matrix.free = end;
  return { addresses, sizes };
}

export function giveRoom({ spareRooms }: Placed, room: Room): void {
  spareRooms.push(room);
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
export function sumsInPlace(placed: Placed, labelsAt: number, nClusters: number): ClusterSums {
  const sizes = [sumsLength(nClusters, placed.nFeatures) * 8, nClusters * 4];
  const [sumsAt, countsAt] = place(placed.kernels.memory, placed.free, sizes).addresses;
  addUp(placed, labelsAt, nClusters, sumsAt, countsAt);
  return readSums(placed, nClusters, sumsAt, countsAt);
}

/** How many float64 the kernels need for sums. */
export function sumsLength(nClusters: number, nFeatures: number): number {
  return nClusters * sumWidth(nFeatures);
}

/** The kernels add up two columns at a time. */
function sumWidth(nFeatures: number): number {
  return 2 * Math.ceil(nFeatures / 2);
}

/** @param labelsAt address of the labels, zeros to the end of the last block */
export function addUp(
  { kernels, nSamples, nFeatures, blocks }: Placed,
  labelsAt: number,
  nClusters: number,
  sumsAt: number,
  countsAt: number,
): void {
  new Float64Array(kernels.memory.buffer, sumsAt, sumsLength(nClusters, nFeatures)).fill(0);
  kernels.sumRows(blocks, nSamples, nFeatures, labelsAt, nClusters, sumsAt, countsAt);
}

/** What lies in the memory, in a fresh copy. */
export function readSums(
  { kernels, nFeatures }: Placed,
  nClusters: number,
  sumsAt: number,
  countsAt: number,
): ClusterSums {
  const { buffer } = kernels.memory;
  const wide = new Float64Array(buffer, sumsAt, sumsLength(nClusters, nFeatures));
  const sums = new Float64Array(nClusters * nFeatures);
  copySums(wide, nFeatures, sums);
  return { sums, counts: new Float64Array(new Int32Array(buffer, countsAt, nClusters)) };
}

/** @param wide as the kernels add them up */
export function copySums(wide: Float64Array, nFeatures: number, sums: Float64Array): void {
  const width = sumWidth(nFeatures);
  for (let from = 0, to = 0; to < sums.length; from += width) {
    for (let j = 0; j < nFeatures; j++) sums[to++] = wide[from + j];
  }
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

/** Rows up to the end of the last block. */
export function paddedRows(nRows: number): number {
  return Math.ceil(nRows / blockRows) * blockRows;
}
