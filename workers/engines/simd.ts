import type {
  ClusterSearch,
  Engine,
  LoadedMatrix,
  MatrixKernels,
  Partition,
  RowRange,
  RowRuns,
} from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import { ComputedMatrix, takeRows, type Matrix } from '../../src/core/matrix';
import { kernelBytes } from '../kernels';
import { alone, growForestAlone, rankAlone, type RankColumn } from './alone';
import { plainDistanceSums } from './plain-sums';
import { simdNetwork } from './simd-dense';
import { simdDistanceSums } from './simd-distances';
import { guard } from './simd-guard';
import {
  assign,
  inertias,
  placeMatrix,
  placeRoom,
  placeRows,
  sums,
  type Placed,
} from './simd-matrix';
import type { Kernels } from './simd-memory';
import { simdPartition } from './simd-partition';
import { simdReach } from './simd-reach';
import { simdRanks } from './simd-ranks';
import { simdCovariance, simdProject } from './simd-rows';
import { simdSearch } from './simd-search';
import { simdSplitter } from './simd-splitter';

/** Memories up to this size are kept for the next matrix: they cannot shrink, and growing takes a while. */
const spareBytes = 64 * 2 ** 20;
const mostSpares = 2;

/**
 * WebAssembly with vectors of four floats. It finds the nearest centres in float32 and settles the rows that float32
 * cannot tell in float64, so its labels are the reference's; its float64 results are the reference's, bit by bit.
 *
 * @throws AppError `engine-failed` where the browser lacks WebAssembly vectors
 */
export async function createSimdEngine(): Promise<SimdEngine> {
  const bytes = kernelBytes();
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) {
    throw new AppError('engine-failed', 'This browser lacks WebAssembly vectors (SIMD).');
  }
  const pool = poolOf(await WebAssembly.compile(bytes));
  const rankColumn: RankColumn = (...column) =>
    lendNow(pool, (kernels) => simdRanks(kernels)(...column));
  const splitter: Engine['splitter'] = (set, weights, minSamplesLeaf) => {
    const kernels = guard(() => pool.take());
    const giveBack = () => pool.giveBack(kernels);
    return guard(() => simdSplitter(set, weights, minSamplesLeaf, kernels, giveBack));
  };
  return {
    id: 'simd',
    detail: 'WebAssembly vectors',
    nWorkers: 1,
    load: (X) => load(X, pool),
    openShard: (nSamples, nFeatures) => openShard(nSamples, nFeatures, pool),
    searchClusters: (centers, sizes, nFeatures) => search(centers, sizes, nFeatures, pool),
    rankColumns: (...columns) => rankAlone(rankColumn, ...columns),
    splitter,
    growForest: (set, params, ctx) => growForestAlone(splitter, set, params, ctx),
    network(layers, batchSize) {
      const kernels = guard(() => pool.take());
      return simdNetwork(layers, batchSize, kernels, () => pool.giveBack(kernels));
    },
  };
}

/** Some rows of a matrix, as the kernels lay them out and in no other way. They come piece by piece. */
export interface Shard {
  /** @param first the row of the shard that `rows` begin at: a multiple of 8 */
  add(rows: Matrix, first: number): void;
  partition(nClusters: number): Partition;
  dispose(): void;
}

export interface SimdEngine extends Engine {
  openShard(nSamples: number, nFeatures: number): Shard;
}

/** Instances of the module, each with a memory of its own. */
interface Pool {
  take(): Kernels;
  giveBack(kernels: Kernels): void;
}

function poolOf(module: WebAssembly.Module): Pool {
  const spares: Kernels[] = [];
  return {
    take: () => spares.pop() ?? (new WebAssembly.Instance(module).exports as unknown as Kernels),
    giveBack(kernels) {
      const small = kernels.memory.buffer.byteLength <= spareBytes;
      if (small && spares.length < mostSpares) spares.push(kernels);
    },
  };
}

function load(X: Matrix, pool: Pool): LoadedMatrix {
  let placed: Placed | undefined;
  let disposed = false;
  /** Not before it is needed: projecting, for one, does without. */
  function use<T>(work: (matrix: Placed) => T): T {
    if (disposed) throw new AppError('internal', 'The matrix was disposed of already.');
    return guard(() => work((placed ??= placeMatrix(X, pool.take()))));
  }
  const kernels: MatrixKernels = {
    partition: (nClusters) => simdPartition(use, nClusters),
    assign: (centers, nClusters, labels) =>
      promise(() => use((matrix) => assign(matrix, centers, nClusters, labels))),
    sums: (labels, nClusters) => use((matrix) => sums(matrix, labels, nClusters)),
    inertias: (labels, centers) => use((matrix) => inertias(matrix, labels, centers)),
    reach: () => simdReach(use),
    distanceSums: (runs, rest, range) => distanceSums(X, pool, runs, rest, range),
    covariance: (rest) => lend(pool, (kernels) => simdCovariance(X, kernels, rest)),
    project: (components, nComponents) =>
      lend(pool, (kernels) =>
        promise(() => guard(() => simdProject(X, kernels, components, nComponents))),
      ),
    dispose() {
      if (placed !== undefined) pool.giveBack(placed.kernels);
      placed = undefined;
      disposed = true;
    },
  };
  return { ...kernels, ...alone(X, kernels) };
}

function openShard(nSamples: number, nFeatures: number, pool: Pool): Shard {
  const placed = guard(() => placeRoom(nSamples, nFeatures, pool.take()));
  return {
    add: (rows, first) => guard(() => placeRows(placed, rows, first)),
    partition: (nClusters) => simdPartition((work) => guard(() => work(placed)), nClusters),
    dispose: () => pool.giveBack(placed.kernels),
  };
}

function search(
  centers: Float64Array,
  sizes: Float64Array,
  nFeatures: number,
  pool: Pool,
): Promise<ClusterSearch> {
  const kernels = guard(() => pool.take());
  return simdSearch(centers, sizes, nFeatures, kernels, () => pool.giveBack(kernels));
}

async function distanceSums(
  X: Matrix,
  pool: Pool,
  runs: RowRuns,
  rest: (share: number) => Promise<void>,
  range?: RowRange,
): Promise<Float64Array> {
  if (X instanceof ComputedMatrix) {
    // Those rows alone, in their order.
    const rows = Int32Array.from(runs.rows.keys());
    return distanceSums(takeRows(X, runs.rows), pool, { ...runs, rows }, rest, range);
  }
  const found = await lend(pool, (kernels) => simdDistanceSums(X, runs, kernels, rest, range));
  return found ?? plainDistanceSums(X, runs, rest, range);
}

/** A memory of its own for work that rests in between: others may go on with the matrix meanwhile. */
async function lend<T>(pool: Pool, work: (kernels: Kernels) => Promise<T>): Promise<T> {
  const kernels = guard(() => pool.take());
  try {
    return await work(kernels);
  } finally {
    pool.giveBack(kernels);
  }
}

function lendNow<T>(pool: Pool, work: (kernels: Kernels) => T): T {
  const kernels = guard(() => pool.take());
  try {
    return guard(() => work(kernels));
  } finally {
    pool.giveBack(kernels);
  }
}

/** What is thrown inside becomes a rejection. */
function promise<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
