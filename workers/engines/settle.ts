import type { RowRange } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import { nearestCenter } from '../../src/core/learn/nearest';
import type { Matrix } from '../../src/core/matrix';
import { absoluteError } from './margin';
import { doubtful } from './nearest-program';

/** The centres of one pass, and how near two of them may be to a row before float32 cannot tell them apart. */
export interface Pass {
  /** Row-major nClusters × nFeatures. */
  readonly centers: Float64Array;
  readonly nClusters: number;
  /** Infinite when float32 is of no use at all. */
  readonly doubt: number;
}

export function passOf(centers: Float64Array, nClusters: number, nFeatures: number): Pass {
  return { centers, nClusters, doubt: absoluteError(centers, nClusters, nFeatures) };
}

/** What the card says of some rows (`nearestProgram`), for one of several sets of centres. */
export interface Said {
  readonly said: ArrayLike<number>;
  readonly nSets: number;
  readonly which: number;
}

/**
 * Turns what the card says of some rows into the labels of the reference: a row that it calls doubtful is settled in
 * float64.
 *
 * @param first the row of X that `said` starts with
 * @param labels written, from `first` to `end`
 * @returns how many rows were settled in float64
 * @throws AppError `engine-failed` when a label is none
 */
export function settleRows(
  X: Matrix,
  { centers, nClusters }: Pass,
  { said, nSets, which }: Said,
  { first, end }: RowRange,
  labels: Int32Array,
): number {
  let settled = 0;
  for (let i = first; i < end; i++) {
    const position = i - first;
    const label = said[(position >> 1) * 2 * nSets + 2 * which + (position & 1)];
    if (label === doubtful) {
      labels[i] = nearestCenter(X.data, i * X.nFeatures, centers, nClusters, X.nFeatures);
      settled++;
    } else {
      if ((label | 0) !== label || label < 0 || label >= nClusters) throw absurd(i, label);
      labels[i] = label;
    }
  }
  return settled;
}

/**
 * Recomputes a few rows, spread evenly, in float64. A card that ran out of memory or lost its context raises nothing
 * and goes on returning numbers: this notices it for some microseconds a pass.
 *
 * @throws AppError `engine-failed` when a label is not that of the reference
 */
export function spotCheck(X: Matrix, { centers, nClusters }: Pass, labels: Int32Array): void {
  const { data, nSamples, nFeatures } = X;
  const stride = Math.max(1, Math.floor(nSamples / spotChecks));
  for (let i = stride >> 1; i < nSamples; i += stride) {
    const label = nearestCenter(data, i * nFeatures, centers, nClusters, nFeatures);
    if (label !== labels[i]) throw absurd(i, labels[i]);
  }
}

/**
 * The same for scores, which the card is free to round: they may differ by 1e-4 of the sum of their terms' sizes.
 *
 * @throws AppError `engine-failed` when a score is another
 */
export function spotCheckScores(
  { data, nSamples, nFeatures }: Matrix,
  components: Float64Array,
  nComponents: number,
  scores: Float32Array,
): void {
  const stride = Math.max(1, Math.floor(nSamples / spotChecks));
  for (let i = stride >> 1; i < nSamples; i += stride) {
    for (let m = 0; m < nComponents; m++) {
      let score = 0;
      let size = 0;
      for (let j = 0; j < nFeatures; j++) {
        const term = data[i * nFeatures + j] * components[m * nFeatures + j];
        score += term;
        size += Math.abs(term);
      }
      if (!(Math.abs(scores[i * nComponents + m] - score) <= 1e-4 * size + 1e-30)) {
        throw new AppError(
          'engine-failed',
          `The graphics card returned a wrong score for row ${i + 1}; its results cannot be used.`,
          { row: i },
        );
      }
    }
  }
}

const spotChecks = 64;

function absurd(row: number, label: number): AppError {
  return new AppError(
    'engine-failed',
    `The graphics card returned a wrong segment for row ${row + 1}; its results cannot be used.`,
    { row, label },
  );
}
