import type { RowRuns } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';
import { rowsPerSum } from './product-program';

/** Runs of rows, cut into pieces that a card adds up in one go, and laid out for it. */
export interface PiecePlan {
  /** Rows as laid out: those of `runs.rows` in their order, each run filled up to an even number. */
  readonly nRows: number;
  /** Row-major nRows × nFeatures. */
  readonly values: Float32Array;
  /** Position in `runs.rows` of each row as laid out; −1 for those that fill up. */
  readonly positionOf: Int32Array;
  /** The other way round. */
  readonly rowOf: Int32Array;
  /** Row-major nPieces × 2: the row as laid out with which a piece begins (even), and how many rows it has. */
  readonly pieces: Float32Array;
  /** The run of each piece; as many as there are pieces, an even number. */
  readonly runOf: Int32Array;
}

export function planPieces({ data, nFeatures }: Matrix, { rows, ends }: RowRuns): PiecePlan {
  const rowOf = new Int32Array(rows.length);
  const starts: number[] = [];
  const counts: number[] = [];
  const runOf: number[] = [];
  let nRows = 0;
  for (let run = 0, first = 0; run < ends.length; first = ends[run++]) {
    const size = ends[run] - first;
    for (let i = 0; i < size; i++) rowOf[first + i] = nRows + i;
    for (let start = 0; start < size; start += rowsPerSum) {
      starts.push(nRows + start);
      counts.push(Math.min(rowsPerSum, size - start));
      runOf.push(run);
    }
    nRows += size + (size & 1);
  }
  if (starts.length & 1) {
    // An empty one.
    starts.push(0);
    counts.push(0);
    runOf.push(0);
  }
  const values = new Float32Array(nRows * nFeatures);
  const positionOf = new Int32Array(nRows).fill(-1);
  rowOf.forEach((row, position) => {
    const from = rows[position] * nFeatures;
    values.set(data.subarray(from, from + nFeatures), row * nFeatures);
    positionOf[row] = position;
  });
  const pieces = Float32Array.from({ length: 2 * starts.length }, (_, at) =>
    at & 1 ? counts[at >> 1] : starts[at >> 1],
  );
  return { nRows, values, positionOf, rowOf, pieces, runOf: Int32Array.from(runOf) };
}
