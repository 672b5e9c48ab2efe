import type { ClusterSums, Engine, LoadedMatrix, RowRuns } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import type { Matrix } from '../../src/core/matrix';
import { wasmBase64 } from '../kernels';
import { scoreMargin } from './margin';
import { plainDistanceSums } from './plain-sums';
import { projectRows } from './reference';
import { packCenters, packedLength } from './simd-centers';
import { simdDistanceSums } from './simd-distances';
import { guard } from './simd-guard';
import { blockBytes, memoryStart, packRows, place, type Kernels } from './simd-memory';

/** A memory up to this size is kept for the next matrix: it cannot shrink, and growing it takes a while. */
const spareBytes = 64 * 2 ** 20;
const mostSpares = 2;

/**
 * WebAssembly with vectors of four floats. It finds the nearest centres in float32 and settles the rows that float32
 * cannot tell in float64, so its labels are the reference's; sums of clusters are the reference's, bit by bit. Scores
 * are projected by plain loops: that takes no time worth saving.
 *
 * @throws AppError `engine-failed` where the browser lacks WebAssembly vectors
 */
export async function createSimdEngine(): Promise<Engine> {
  const bytes = Uint8Array.from(atob(wasmBase64), (letter) => letter.charCodeAt(0));
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) {
    throw new AppError('engine-failed', 'This browser lacks WebAssembly vectors (SIMD).');
  }
  const module = await WebAssembly.compile(bytes);
  const spares: Kernels[] = [];
  return {
    id: 'simd',
    detail: 'WebAssembly vectors',
    load: (X) =>
      load(X, {
        take: () =>
          spares.pop() ?? (new WebAssembly.Instance(module).exports as unknown as Kernels),
        giveBack(kernels) {
          const small = kernels.memory.buffer.byteLength <= spareBytes;
          if (small && spares.length < mostSpares) spares.push(kernels);
        },
      }),
  };
}

/** Instances of the module, each with a memory of its own. */
interface Pool {
  take(): Kernels;
  giveBack(kernels: Kernels): void;
}

/** A matrix that lies in the memory of its own instance. */
interface Placed {
  readonly kernels: Kernels;
  /** Address of the rows in blocks. */
  readonly blocks: number;
  /** The first free address. */
  readonly free: number;
}

function load(X: Matrix, pool: Pool): LoadedMatrix {
  let placed: Placed | undefined;
  let disposed = false;
  // Not before it is needed: projecting, for one, does without.
  const matrix = () => {
    if (disposed) throw new AppError('internal', 'The matrix was disposed of already.');
    return (placed ??= placeMatrix(X, pool.take()));
  };
  return {
    assign: (centers, nClusters, labels) =>
      promise(() => guard(() => assign(X, matrix(), centers, nClusters, labels))),
    sums: (labels, nClusters) => guard(() => sums(X, matrix(), labels, nClusters)),
    distanceSums: (runs, rest) => distanceSums(X, pool, runs, rest),
    project: (components, nComponents) => promise(() => projectRows(X, components, nComponents)),
    dispose() {
      if (placed !== undefined) pool.giveBack(placed.kernels);
      placed = undefined;
      disposed = true;
    },
  };
}

function placeMatrix(X: Matrix, kernels: Kernels): Placed {
  const bytes = blockBytes(X.nSamples, X.nFeatures);
  const { addresses, end } = place(kernels.memory, memoryStart, [bytes]);
  const [blocks] = addresses;
  packRows(X, undefined, new Float32Array(kernels.memory.buffer, blocks, bytes / 4));
  return { kernels, blocks, free: end };
}

function assign(
  { nSamples, nFeatures }: Matrix,
  { kernels, blocks, free }: Placed,
  centers: Float64Array,
  nClusters: number,
  labels: Int32Array,
): void {
  if (nClusters === 1) {
    labels.fill(0);
    return;
  }
  const size = packedLength(nClusters, nFeatures);
  const pieces = [size * 4, nClusters * nFeatures * 8, (nClusters + 1) * 32, nSamples * 4 + 32];
  const { addresses } = place(kernels.memory, free, pieces);
  const [groupsAt, centersAt, scoresAt, labelsAt] = addresses;
  const { buffer } = kernels.memory;
  packCenters(centers, nClusters, nFeatures, new Float32Array(buffer, groupsAt, size));
  const exact = new Float64Array(buffer, centersAt, nClusters * nFeatures);
  exact.set(centers.subarray(0, exact.length));
  const { square, linear, constant } = scoreMargin(centers, nClusters, nFeatures);
  kernels.assign(
    blocks,
    nSamples,
    nFeatures,
    groupsAt,
    centersAt,
    nClusters,
    square,
    linear,
    constant,
    scoresAt,
    labelsAt,
  );
  labels.set(new Int32Array(buffer, labelsAt, nSamples));
}

function sums(
  { nSamples, nFeatures }: Matrix,
  { kernels, blocks, free }: Placed,
  labels: Int32Array,
  nClusters: number,
): ClusterSums {
  const width = 2 * Math.ceil(nFeatures / 2);
  const pieces = [nClusters * width * 8, nClusters * 4, nSamples * 4];
  const { addresses } = place(kernels.memory, free, pieces);
  const [sumsAt, countsAt, labelsAt] = addresses;
  const { buffer } = kernels.memory;
  const wide = new Float64Array(buffer, sumsAt, nClusters * width).fill(0);
  const counts = new Int32Array(buffer, countsAt, nClusters).fill(0);
  new Int32Array(buffer, labelsAt, nSamples).set(labels);
  kernels.sumRows(blocks, nSamples, nFeatures, labelsAt, sumsAt, countsAt);
  const narrow = new Float64Array(nClusters * nFeatures);
  for (let c = 0; c < nClusters; c++) {
    narrow.set(wide.subarray(c * width, c * width + nFeatures), c * nFeatures);
  }
  return { sums: narrow, counts: Float64Array.from(counts) };
}

async function distanceSums(
  X: Matrix,
  pool: Pool,
  runs: RowRuns,
  rest: (share: number) => Promise<void>,
): Promise<Float64Array> {
  // A memory of its own: it rests in between, and others may go on with the matrix meanwhile.
  const kernels = guard(() => pool.take());
  const sums = await simdDistanceSums(X, runs, kernels, rest);
  pool.giveBack(kernels);
  return sums ?? plainDistanceSums(X, runs, rest);
}

/** What is thrown inside becomes a rejection. */
function promise<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
