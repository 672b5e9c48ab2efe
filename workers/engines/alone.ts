import type { Context } from '../../src/core/context';
import type { Engine, LoadedMatrix, MatrixKernels } from '../../src/core/engine';
import { growTrees, type ForestParams } from '../../src/core/learn/forest';
import { seedRows } from '../../src/core/learn/kmeans-init';
import { descend } from '../../src/core/learn/lloyd';
import type { Nodes } from '../../src/core/learn/tree-nodes';
import {
  mostBins,
  type RankedColumns,
  type RankLimits,
  type TrainingSet,
} from '../../src/core/learn/tree-training';
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

/** Ranks one column, which writes the rank and the bin of each of the rows; with a sample, the bin alone. */
export type RankColumn = (
  values: Float64Array,
  rows: Int32Array,
  written: { readonly ranks: RankedColumns['ranks']; readonly bins: Uint8Array },
  sample?: Int32Array,
) => {
  /** By bin. */
  readonly lastRank: Uint16Array;
  readonly limits: RankLimits | undefined;
  readonly isFinite: boolean;
};

/** `Engine.rankColumns`, one column after the other. */
export async function rankAlone(
  rankColumn: RankColumn,
  columns: readonly Float64Array[],
  rows: Int32Array,
  rest: () => Promise<void>,
  sample?: Int32Array,
): Promise<RankedColumns> {
  const nRows = rows.length;
  const nFeatures = columns.length;
  const bins = new Uint8Array(nRows * nFeatures);
  const ranks = sample === undefined ? new Uint16Array(nRows * nFeatures) : bins;
  const lastRank = new Uint16Array(nFeatures * mostBins);
  const nBins = new Int32Array(nFeatures);
  const limits: (RankLimits | undefined)[] = [];
  const isFinite: boolean[] = [];
  for (let j = 0; j < nFeatures; j++) {
    const [first, end] = [j * nRows, (j + 1) * nRows];
    const written = { ranks: ranks.subarray(first, end), bins: bins.subarray(first, end) };
    const ranked = rankColumn(columns[j], rows, written, sample);
    lastRank.set(ranked.lastRank, j * mostBins);
    nBins[j] = ranked.lastRank.length;
    limits.push(ranked.limits);
    isFinite.push(ranked.isFinite);
    await rest();
  }
  return { ranks, bins, lastRank, nBins, limits, isFinite };
}
