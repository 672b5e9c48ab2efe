import { sumBlockRows } from '../../src/core/engine';
import { writeRows, type Matrix } from '../../src/core/matrix';
import { meansOf, symmetric } from './plain-covariance';
import { guard } from './simd-guard';
import { memoryStart, place, type Kernels } from './simd-memory';

/** Rows that are copied into the memory at a time, as they stand: what looks at them once needs no place for them all. */
const pieceRows = 8_192;

/** `LoadedMatrix.covariance` */
export async function simdCovariance(
  X: Matrix,
  kernels: Kernels,
  rest: (share: number) => Promise<void>,
): Promise<Float64Array> {
  const { nSamples, nFeatures } = X;
  const width = 2 * Math.ceil(nFeatures / 2);
  const placed = guard(() => placePieces(X, width, kernels));
  const { columns, block, rowsAt, meansAt, roomAt, sumsAt } = placed;
  columns.fill(0);
  for (let first = 0; first < nSamples; first += pieceRows) {
    const nRows = placeRows(X, first, kernels, rowsAt);
    guard(() => kernels.addColumns(rowsAt, nRows, nFeatures, meansAt));
    await rest((first + nRows) / nSamples / 2);
  }
  columns.set(meansOf(columns.slice(0, nFeatures), nSamples));
  const sums = new Float64Array(nFeatures * width);
  for (let first = 0; first < nSamples; first += pieceRows) {
    if (first % sumBlockRows === 0) block.fill(0);
    const nRows = placeRows(X, first, kernels, rowsAt);
    guard(() => kernels.addProducts(rowsAt, nRows, nFeatures, meansAt, roomAt, sumsAt));
    const end = first + nRows;
    if (end % sumBlockRows === 0 || end === nSamples) {
      for (let at = 0; at < sums.length; at++) sums[at] += block[at];
    }
    await rest((1 + end / nSamples) / 2);
  }
  return symmetric(sums, width, nSamples, nFeatures);
}

/** @param width columns, an odd number of them rounded up */
function placePieces(X: Matrix, width: number, { memory }: Kernels) {
  const { nFeatures } = X;
  const pieces = [pieceBytes(X), width * 8, 4 * width * 8, nFeatures * width * 8];
  const [rowsAt, meansAt, roomAt, sumsAt] = place(memory, memoryStart, pieces).addresses;
  const columns = new Float64Array(memory.buffer, meansAt, width);
  const block = new Float64Array(memory.buffer, sumsAt, nFeatures * width);
  return { columns, block, rowsAt, meansAt, roomAt, sumsAt };
}

/** `LoadedMatrix.project`, two components at a time. */
export function simdProject(
  X: Matrix,
  kernels: Kernels,
  components: Float64Array,
  nComponents: number,
): Float32Array {
  const { nSamples, nFeatures } = X;
  const pieces = [pieceBytes(X), nFeatures * 16, pieceRows * 8];
  const [rowsAt, pairsAt, scoresAt] = place(kernels.memory, memoryStart, pieces).addresses;
  const { buffer } = kernels.memory;
  const pairs = new Float64Array(buffer, pairsAt, 2 * nFeatures);
  const scores = new Float32Array(nSamples * nComponents);
  for (let m = 0; m < nComponents; m += 2) {
    for (let j = 0; j < nFeatures; j++) {
      pairs[2 * j] = components[m * nFeatures + j];
      pairs[2 * j + 1] = m + 1 < nComponents ? components[(m + 1) * nFeatures + j] : 0;
    }
    for (let first = 0; first < nSamples; first += pieceRows) {
      const nRows = placeRows(X, first, kernels, rowsAt);
      kernels.projectPair(rowsAt, nRows, nFeatures, pairsAt, scoresAt);
      const found = new Float32Array(buffer, scoresAt, 2 * nRows);
      if (nComponents === 2) scores.set(found, 2 * first);
      else spreadPair(found, scores, first * nComponents + m, nComponents, m + 1 < nComponents);
    }
  }
  return scores;
}

function spreadPair(
  found: Float32Array,
  scores: Float32Array,
  start: number,
  nComponents: number,
  isPair: boolean,
): void {
  for (let from = 0, to = start; from < found.length; from += 2, to += nComponents) {
    scores[to] = found[from];
    if (isPair) scores[to + 1] = found[from + 1];
  }
}

/** And one row more, which kernels that take two rows at a time may read. */
function pieceBytes({ nSamples, nFeatures }: Matrix): number {
  return (Math.min(pieceRows, nSamples) + 1) * nFeatures * 4 + 4;
}

/** @returns how many rows there were from `first` on, at most `pieceRows` */
function placeRows(X: Matrix, first: number, { memory }: Kernels, at: number): number {
  const nRows = Math.min(pieceRows, X.nSamples - first);
  writeRows(X, first, first + nRows, new Float32Array(memory.buffer, at, nRows * X.nFeatures));
  return nRows;
}
