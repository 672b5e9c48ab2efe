import type { Context } from '../context';
import type { LoadedMatrix } from '../engine';
import { fitPca } from '../learn/pca';
import { matrix, type Matrix } from '../matrix';
import type { Random } from '../random';

/**
 * Tables without groups, to compare with:
 * `box`: even in the box that the data fill, its sides along the principal axes (`scaledPCA` of R's clusGap);
 * `shuffled`: every column of the data in an order of its own, so with its skew and its outliers, but nothing in common
 * between the columns;
 * `gaussian`: one normal cloud with the covariances of the data.
 */
export const nullKinds = ['box', 'shuffled', 'gaussian'] as const;
export type NullKind = (typeof nullKinds)[number];

export type DrawNull = (random: Random) => Matrix;

/**
 * How to draw tables of the same shape as X. Those of `box` and `gaussian` are along the principal axes, which no
 * distance can tell. Values lie on a grid (`Matrix`).
 */
export async function nullTables(
  X: Matrix,
  loaded: LoadedMatrix,
  ctx: Context,
): Promise<Record<NullKind, DrawNull>> {
  const { nSamples, nFeatures } = X;
  const silent = { ...ctx, progress: () => undefined };
  const { components, explainedVariance } = await fitPca(loaded, nFeatures, silent);
  const { low, high } = ranges(
    matrix(await loaded.project(components, nFeatures), nSamples, nFeatures),
  );
  const deviations = explainedVariance.map(Math.sqrt);
  const widest = low.reduce((most, value, j) => Math.max(most, -value, high[j]), 0);
  return {
    box: fill(X, widest, (random, j) => low[j] + (high[j] - low[j]) * random.uniform()),
    gaussian: fill(
      X,
      farthestNormal * Math.max(...deviations),
      (random, j) => deviations[j] * random.normal(),
    ),
    shuffled: (random) => shuffleColumns(X, random),
  };
}

/** No draw of `Random.normal` lies beyond: √(2·ln 2^32). */
const farthestNormal = 7;

/** @param bound no value is larger */
function fill(
  { nSamples, nFeatures }: Matrix,
  bound: number,
  value: (random: Random, j: number) => number,
): DrawNull {
  // Added and taken away again, it rounds to the grid (`scaleValue` of features/scale.ts).
  const round = 3 * 2 ** 51 * gridFor(nSamples * bound);
  return (random) => {
    const data = new Float32Array(nSamples * nFeatures);
    for (let i = 0, at = 0; i < nSamples; i++) {
      for (let j = 0; j < nFeatures; j++) data[at++] = value(random, j) + round - round;
    }
    return matrix(data, nSamples, nFeatures);
  };
}

/** The step of `features/scale.ts`: the smallest power of two above the largest possible sum, times 2^−52. */
function gridFor(largestSum: number): number {
  let power = 2 ** -97;
  while (power <= largestSum) power *= 2;
  return power * 2 ** -52;
}

export function shuffleColumns({ data, nSamples, nFeatures }: Matrix, random: Random): Matrix {
  const shuffled = new Float32Array(data.length);
  const column = new Float32Array(nSamples);
  for (let j = 0; j < nFeatures; j++) {
    for (let i = 0; i < nSamples; i++) column[i] = data[i * nFeatures + j];
    random.shuffle(column);
    for (let i = 0; i < nSamples; i++) shuffled[i * nFeatures + j] = column[i];
  }
  return matrix(shuffled, nSamples, nFeatures);
}

function ranges({ data, nFeatures }: Matrix): { low: number[]; high: number[] } {
  const low = new Array<number>(nFeatures).fill(Infinity);
  const high = new Array<number>(nFeatures).fill(-Infinity);
  for (let at = 0; at < data.length;) {
    for (let j = 0; j < nFeatures; j++, at++) {
      if (data[at] < low[j]) low[j] = data[at];
      if (data[at] > high[j]) high[j] = data[at];
    }
  }
  return { low, high };
}
