import type { LoadedMatrix, MatrixKernels } from '../../src/core/engine';
import { seedRows } from '../../src/core/learn/kmeans-init';
import { descend } from '../../src/core/learn/lloyd';
import type { Matrix } from '../../src/core/matrix';
import { createTurns } from './turns';

/**
 * Starts of K-Means where there is nobody to share them with: one descent after the other. A single one is what somebody
 * waits for, so it goes before those that wait in numbers.
 */
export function alone(
  X: Matrix,
  kernels: Pick<MatrixKernels, 'squaredDistances' | 'partition'>,
): Pick<LoadedMatrix, 'seed' | 'descend'> {
  const turns = createTurns(1);
  return {
    seed: (nClusters, seed, restart) =>
      Promise.resolve(seedRows(X, kernels, nClusters, seed, restart)),
    descend: (starts, stop, rest) =>
      turns.take(() => descend(X, kernels, starts, stop, rest), starts.length === 1),
  };
}
