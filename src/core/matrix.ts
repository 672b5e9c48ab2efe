import { AppError } from './errors';

/**
 * The matrix that is learned from: row-major, element (i, j) at `data[i * nFeatures + j]`.
 * Float32 keeps it small and is what every engine reads; whatever is summed from it is summed in float64.
 * The values of a column are multiples of a power of two so large that every sum of some of them is exact in float64
 * (`features/scale.ts`): sums do not depend on their order, so neither do clusterings on the number of workers.
 */
export interface Matrix {
  readonly data: Float32Array;
  readonly nSamples: number;
  readonly nFeatures: number;
}

/** Writes the rows from `first` to before `end`, row-major, to the beginning of an array. */
type WriteRows = (first: number, end: number, into: Float32Array) => void;

/**
 * A matrix whose rows are computed whenever somebody asks for them, the same every time: it takes no room. Ask for some
 * rows with the functions below, which take any matrix.
 */
export class ComputedMatrix implements Matrix {
  readonly nSamples: number;
  readonly nFeatures: number;
  readonly write: WriteRows;
  #data: WeakRef<Float32Array> | undefined;

  constructor(nSamples: number, nFeatures: number, write: WriteRows) {
    this.nSamples = nSamples;
    this.nFeatures = nFeatures;
    this.write = write;
  }

  /** For whoever cannot do with less: all rows, kept no longer than they are held. */
  get data(): Float32Array {
    const known = this.#data?.deref();
    if (known !== undefined) return known;
    const data = copyRows(this, 0, this.nSamples);
    this.#data = new WeakRef(data);
    return data;
  }
}

/** Writes the rows from `first` to before `end`, row-major, to the beginning of `into`. */
export function writeRows(X: Matrix, first: number, end: number, into: Float32Array): void {
  if (X instanceof ComputedMatrix) X.write(first, end, into);
  else into.set(X.data.subarray(first * X.nFeatures, end * X.nFeatures));
}

/** @returns the rows from `first` to before `end`, in an array of their own */
export function copyRows(X: Matrix, first: number, end: number): Float32Array<ArrayBuffer> {
  const rows = new Float32Array((end - first) * X.nFeatures);
  writeRows(X, first, end, rows);
  return rows;
}

/** Some rows of a matrix, one after the other. */
export interface Piece extends Matrix {
  /** The row of the whole matrix that they begin with. */
  readonly first: number;
}

/** Rows of a piece that is computed: few enough to stay in the cache. */
const pieceRows = 4096;

/** All rows in their order: at once where they are kept, else piece by piece, each to be read before the next is asked for. */
export function* piecesOf(X: Matrix): Generator<Piece> {
  if (!(X instanceof ComputedMatrix)) {
    yield { ...X, first: 0 };
    return;
  }
  const { nSamples, nFeatures } = X;
  const room = new Float32Array(pieceRows * nFeatures);
  for (let first = 0; first < nSamples; first += pieceRows) {
    const nRows = Math.min(pieceRows, nSamples - first);
    X.write(first, first + nRows, room);
    yield { data: room.subarray(0, nRows * nFeatures), nSamples: nRows, nFeatures, first };
  }
}

/**
 * @param data row-major values, length nSamples × nFeatures
 * @throws AppError `internal` when the length does not fit the shape
 */
export function matrix(data: Float32Array, nSamples: number, nFeatures: number): Matrix {
  if (data.length !== nSamples * nFeatures) {
    throw new AppError(
      'internal',
      `A matrix of ${nSamples} × ${nFeatures} needs ${nSamples * nFeatures} values, got ${data.length}.`,
    );
  }
  return { data, nSamples, nFeatures };
}

/**
 * The number of distinct rows, counted up to `limit` (counting stops there).
 * Rows are equal when all their float32 values are.
 */
export function countDistinctRows(X: Matrix, limit: number): number {
  const { nFeatures } = X;
  const seen: Float32Array[] = [];
  for (const { data, nSamples } of piecesOf(X)) {
    rows: for (let i = 0; i < nSamples && seen.length < limit; i++) {
      for (const other of seen) {
        let j = 0;
        while (j < nFeatures && data[i * nFeatures + j] === other[j]) j++;
        if (j === nFeatures) continue rows;
      }
      seen.push(data.slice(i * nFeatures, (i + 1) * nFeatures));
    }
    if (seen.length >= limit) break;
  }
  return seen.length;
}

/** @returns the rows listed, in that order */
export function takeRows(X: Matrix, rows: Int32Array): Matrix {
  const { nFeatures } = X;
  const taken = new Float32Array(rows.length * nFeatures);
  if (X instanceof ComputedMatrix) {
    rows.forEach((row, to) => X.write(row, row + 1, taken.subarray(to * nFeatures)));
    return matrix(taken, rows.length, nFeatures);
  }
  const { data } = X;
  for (let i = 0, to = 0; i < rows.length; i++) {
    const end = (rows[i] + 1) * nFeatures;
    for (let from = end - nFeatures; from < end; from++, to++) taken[to] = data[from];
  }
  return matrix(taken, rows.length, nFeatures);
}
