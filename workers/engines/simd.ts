import type { ClusterSearch, Engine, LoadedMatrix, RowRuns } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import type { Matrix } from '../../src/core/matrix';
import { wasmBase64 } from '../kernels';
import { plainDistanceSums } from './plain-sums';
import { projectRows } from './reference';
import { simdDistanceSums } from './simd-distances';
import { guard } from './simd-guard';
import { assign, inertia, placeMatrix, squaredDistances, sums, type Placed } from './simd-matrix';
import type { Kernels } from './simd-memory';
import { simdSearch } from './simd-search';

/** Memories up to this size are kept for the next matrix: they cannot shrink, and growing takes a while. */
const spareBytes = 64 * 2 ** 20;
const mostSpares = 2;

/**
 * WebAssembly with vectors of four floats. It finds the nearest centres in float32 and settles the rows that float32
 * cannot tell in float64, so its labels are the reference's; its float64 sums are the reference's, bit by bit. Scores
 * are projected by plain loops: that takes no time worth saving.
 *
 * @throws AppError `engine-failed` where the browser lacks WebAssembly vectors
 */
export async function createSimdEngine(): Promise<Engine> {
  const bytes = Uint8Array.from(atob(wasmBase64), (letter) => letter.charCodeAt(0));
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) {
    throw new AppError('engine-failed', 'This browser lacks WebAssembly vectors (SIMD).');
  }
  const pool = poolOf(await WebAssembly.compile(bytes));
  return {
    id: 'simd',
    detail: 'WebAssembly vectors',
    load: (X) => load(X, pool),
    searchClusters: (centers, sizes, nFeatures) => search(centers, sizes, nFeatures, pool),
  };
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
  return {
    assign: (centers, nClusters, labels) =>
      promise(() => use((matrix) => assign(matrix, centers, nClusters, labels))),
    sums: (labels, nClusters) => use((matrix) => sums(matrix, labels, nClusters)),
    inertia: (labels, centers) => use((matrix) => inertia(matrix, labels, centers)),
    squaredDistances: (points, first, end) =>
      use((matrix) => squaredDistances(matrix, points, first, end)),
    distanceSums: (runs, rest) => distanceSums(X, pool, runs, rest),
    project: (components, nComponents) => promise(() => projectRows(X, components, nComponents)),
    dispose() {
      if (placed !== undefined) pool.giveBack(placed.kernels);
      placed = undefined;
      disposed = true;
    },
  };
}

function search(
  centers: Float64Array,
  sizes: Float64Array,
  nFeatures: number,
  pool: Pool,
): ClusterSearch {
  const kernels = guard(() => pool.take());
  return simdSearch(centers, sizes, nFeatures, kernels, () => pool.giveBack(kernels));
}

async function distanceSums(
  X: Matrix,
  pool: Pool,
  runs: RowRuns,
  rest: (share: number) => Promise<void>,
): Promise<Float64Array> {
  // A memory of its own: this rests in between, and others may go on with the matrix meanwhile.
  const kernels = guard(() => pool.take());
  let found: Float64Array | undefined;
  try {
    found = await simdDistanceSums(X, runs, kernels, rest);
  } finally {
    pool.giveBack(kernels);
  }
  return found ?? plainDistanceSums(X, runs, rest);
}

/** What is thrown inside becomes a rejection. */
function promise<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
