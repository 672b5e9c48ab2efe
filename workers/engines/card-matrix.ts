import type { LoadedMatrix } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';
import type { Card } from './card';
import { assignOnCard, type Labelling } from './card-assign';
import { cardChunks, type CardChunks } from './card-chunks';
import { covarianceOnCard } from './card-covariance';
import { descendOnCard } from './card-descend';
import { distanceSumsOnCard } from './card-distances';
import { projectOnCard } from './card-project';
import { longest } from './simd-memory';
import { plainPartition } from './plain-partition';

/** Shorter than this the squares of differences might be lost in float32. */
const shortest = 2 ** -2;

/**
 * A matrix on a card, with the same one on the processor for all that is float64. Rows too long (or all of them too
 * short) for squares in float32 are left to the processor altogether. The matrix is looked at, and sent, when the card is
 * first asked for something.
 */
export function loadOnCard(card: Card, X: Matrix, processor: LoadedMatrix): LoadedMatrix {
  const chunks = cardChunks(card, X);
  let chosen: CardKernels | undefined;
  const use = (): CardKernels => {
    if (chosen !== undefined) return chosen;
    const length = longestRow(X);
    const fits = length >= shortest && length < longest;
    return (chosen = fits ? kernelsOnCard(card, X, chunks, length, processor) : processor);
  };
  return {
    ...processor,
    assign: (...all) => use().assign(...all),
    partition: (...all) => use().partition(...all),
    descend: (...all) => use().descend(...all),
    distanceSums: (...all) => use().distanceSums(...all),
    covariance: (...all) => use().covariance(...all),
    project: (...all) => use().project(...all),
    dispose() {
      chunks.free();
      processor.dispose();
    },
  };
}

type CardKernels = Pick<
  LoadedMatrix,
  'assign' | 'partition' | 'descend' | 'distanceSums' | 'covariance' | 'project'
>;

/** @param length of the longest row of X */
function kernelsOnCard(
  card: Card,
  X: Matrix,
  chunks: CardChunks,
  length: number,
  processor: LoadedMatrix,
): CardKernels {
  const assignAll = (labellings: readonly Labelling[]) =>
    assignOnCard(card, X, chunks, labellings, processor);
  const assign: LoadedMatrix['assign'] = (centers, nClusters, labels) =>
    assignAll([{ centers, nClusters, labels }]);
  return {
    assign,
    partition: (nClusters) => plainPartition(X, { ...processor, assign }, nClusters),
    descend: descendOnCard(X, assignAll, processor),
    distanceSums: (runs, rest, range) =>
      distanceSumsOnCard(card, X, length, processor, runs, rest, range),
    covariance: (rest) => covarianceOnCard(card, X, chunks, processor, rest),
    project: (components, nComponents) => projectOnCard(card, X, chunks, components, nComponents),
  };
}

/** In units of X; NaN or infinite when a value is. */
function longestRow({ data, nSamples, nFeatures }: Matrix): number {
  let longest = 0;
  for (let i = 0, at = 0; i < nSamples; i++) {
    let square = 0;
    for (let j = 0; j < nFeatures; j++, at++) square += data[at] * data[at];
    if (!(square <= longest)) longest = square;
  }
  return Math.sqrt(longest);
}
