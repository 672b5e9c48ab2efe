import type { Context } from '../../src/core/context';
import type { Engine, LoadedMatrix, MatrixKernels } from '../../src/core/engine';
import { growTrees, type ForestParams } from '../../src/core/learn/forest';
import { seedRows } from '../../src/core/learn/kmeans-init';
import { descend } from '../../src/core/learn/lloyd';
import type { Nodes } from '../../src/core/learn/tree-nodes';
import type { RankedColumn, TrainingSet } from '../../src/core/learn/tree-training';
import type { Matrix } from '../../src/core/matrix';
import { createTurns } from './turns';

/**
 * Starts of K-Means where there is nobody to share them with: one descent after the other. A single one is what somebody
 * waits for, so it goes before those that wait in numbers.
 */
export function alone(
  X: Matrix,
  kernels: Pick<MatrixKernels, 'reach' | 'partition'>,
): Pick<LoadedMatrix, 'seed' | 'descend'> {
  const turns = createTurns(1);
  return {
    seed: (nClusters, seed, restart) =>
      Promise.resolve(seedRows(X, kernels, nClusters, seed, restart)),
    descend: (starts, stop, rest) =>
      turns.take(() => descend(X, kernels, starts, stop, rest), starts.length === 1),
  };
}

/** `Engine.growForest` where there is nobody to share the trees with. */
export function growForestAlone(
  splitter: Engine['splitter'],
  set: TrainingSet,
  params: ForestParams,
  { breathe, progress }: Pick<Context, 'breathe' | 'progress'>,
): Promise<Nodes[]> {
  const all = { first: 0, end: params.nEstimators };
  return growTrees(set, params, all, { engine: { splitter }, breathe, progress });
}

/** `Engine.rankColumns`, one column after the other. */
export async function rankAlone(
  rankColumn: (values: Float64Array, rows: Int32Array) => RankedColumn,
  columns: readonly Float64Array[],
  rows: Int32Array,
  rest: () => Promise<void>,
): Promise<RankedColumn[]> {
  const ranked: RankedColumn[] = [];
  for (const values of columns) {
    ranked.push(rankColumn(values, rows));
    await rest();
  }
  return ranked;
}
