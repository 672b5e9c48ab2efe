import { MathBackendWebGL, setWebGLContext } from '@tensorflow/tfjs-backend-webgl/dist/base';
import {
  dispose,
  engine,
  env,
  findBackendFactory,
  registerBackend,
  removeBackend,
  setBackend,
  tensor2d,
  tidy,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Engine, LoadedMatrix } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import type { Matrix } from '../../src/core/matrix';
import { planChunks } from './chunks';
import { openGpu, releaseGpu, type GpuContext } from './gpu';
import { nearestProgram } from './nearest-program';
import { projectProgram } from './project-program';
import { plainSearch } from './plain-search';
import { inertiaOf, plainDistanceSums, squaredDistances, sumRows } from './plain-sums';
import { passOf, settleRows, spotCheck, spotCheckScores } from './settle';

export interface TfjsEngine extends Engine {
  /** WebGL is imitated by the processor (SwiftShader, llvmpipe, …). */
  readonly software: boolean;
}

interface Card {
  readonly gpu: GpuContext;
  readonly backend: MathBackendWebGL;
  lost: boolean;
}

/**
 * TensorFlow.js on WebGL, in a worker. It finds the nearest centres on the graphics card in float32 and settles the
 * rows that float32 cannot tell in float64, so its labels are the reference's. Scores are projected on the card too, in
 * float32: they are for the map alone, and differ from the reference's in the last digits.
 *
 * One engine at a time in a worker: TensorFlow.js has one WebGL backend.
 *
 * @throws AppError `engine-failed` when there is no usable WebGL 2, or it does not compute in 32-bit floats
 */
export async function createTfjsEngine(options: { allowSoftware: boolean }): Promise<TfjsEngine> {
  const gpu = openGpu(options.allowSoftware);
  if (gpu === null) {
    throw new AppError('engine-failed', 'This browser offers no graphics card to the page.');
  }
  try {
    const card = await startBackend(gpu, options.allowSoftware);
    proveFloat32(card);
    const { renderer, software } = gpu;
    return {
      id: 'tfjs',
      detail: renderer,
      software,
      load: (X) => guard(card, () => load(card, X)),
      // One neighbour after the other, each depending on the last: nothing for a card.
      searchClusters: plainSearch,
    };
  } catch (error) {
    releaseGpu(gpu);
    throw engineFailure(error);
  }
}

async function startBackend(gpu: GpuContext, allowSoftware: boolean): Promise<Card> {
  env().set('SOFTWARE_WEBGL_ENABLED', allowSoftware);
  // Its own programs would then share one shader between textures of different layouts (their key leaves out whether
  // a rank-3 tensor fills its texture row by row) and read back wrong values.
  env().set('WEBGL_USE_SHAPES_UNIFORMS', false);
  // First of all, so that whatever TensorFlow.js asks about the card is asked of our context; left to itself it makes
  // another one, and in Safari none.
  setWebGLContext(2, gpu.gl);
  const backend = new MathBackendWebGL(gpu.canvas);
  if (findBackendFactory('webgl') !== null) removeBackend('webgl');
  registerBackend('webgl', () => backend);
  if (!(await setBackend('webgl'))) {
    throw new AppError('engine-failed', 'TensorFlow.js did not start on the graphics card.');
  }
  const card: Card = { gpu, backend, lost: false };
  gpu.canvas.addEventListener('webglcontextlost', () => {
    card.lost = true;
  });
  // Errors left over from feeling for the card's abilities are not ours.
  while (gpu.gl.getError() !== gpu.gl.NO_ERROR);
  return card;
}

/**
 * 256 rows that differ in the last bits of 32-bit floats, next to a constant beyond 16-bit ones. On more than 128
 * values, because TensorFlow.js may compute fewer on the processor and so prove nothing. (Its own `floatPrecision()`
 * answers 16 on cards that compute in 32 bits.)
 */
function proveFloat32(card: Card): void {
  const rows = 256;
  const unit = 2 ** -22;
  const data = new Float32Array(rows * 2);
  for (let i = 0; i < rows; i++) data.set([1 + i * unit, 70_000], i * 2);
  const centers = Float64Array.of(1, 70_000, 1 + (rows - 1) * unit, 70_000);
  const said = tidy(() =>
    nearest(card, tensor2d(data, [rows, 2]), uploadCenters(centers, 2, 2), 2).dataSync(),
  );
  for (let i = 0; i < rows; i++) {
    const label = i < rows / 2 ? 0 : 1;
    if (said[2 * i] !== label || !(said[2 * i + 1] > 0)) {
      throw new AppError('engine-failed', 'The graphics card does not compute in 32-bit floats.');
    }
  }
}

function load(card: Card, X: Matrix): LoadedMatrix {
  const chunks = upload(card, X);
  return {
    assign: (centers, nClusters, labels) =>
      promise(() =>
        guard(card, () => {
          assign(card, X, chunks, { centers, nClusters }, labels);
        }),
      ),
    sums: (labels, nClusters) => sumRows(X, labels, nClusters),
    inertia: (labels, centers) => inertiaOf(X, labels, centers),
    squaredDistances: (points, first, end) => squaredDistances(X, points, first, end),
    distanceSums: (runs, rest) => plainDistanceSums(X, runs, rest),
    project: (components, nComponents) =>
      promise(() => guard(card, () => project(card, X, chunks, components, nComponents))),
    dispose: () => dispose(chunks),
  };
}

/** @returns equal pieces of X, each rows × nFeatures */
function upload(card: Card, { data, nSamples, nFeatures }: Matrix): Tensor2D[] {
  const { rows, count } = planChunks(nSamples, nFeatures);
  return tidy(() =>
    Array.from({ length: count }, (_, i) => {
      let values = data.subarray(i * rows * nFeatures, (i + 1) * rows * nFeatures);
      if (values.length < rows * nFeatures) {
        const filled = new Float32Array(rows * nFeatures);
        filled.set(values);
        values = filled;
      }
      const chunk = tensor2d(values, [rows, nFeatures]);
      // TensorFlow.js uploads at first use; no centres, so that this costs nothing else but compiling the shader.
      tidy(() => nearest(card, chunk, uploadCenters(new Float64Array(0), 0, nFeatures), 0));
      return chunk;
    }),
  );
}

/** @returns nClusters (rounded up, so that textures are used again) × nFeatures, rounded to float32 */
function uploadCenters(centers: Float64Array, nClusters: number, nFeatures: number): Tensor2D {
  const rows = Math.max(1, Math.ceil(nClusters / 8)) * 8;
  const values = new Float32Array(rows * nFeatures);
  values.set(centers.subarray(0, nClusters * nFeatures));
  return tensor2d(values, [rows, nFeatures]);
}

/** @returns rows × 2: the label of each row, and its gap to the second-nearest centre */
function nearest({ backend }: Card, chunk: Tensor2D, centers: Tensor2D, nClusters: number): Tensor {
  const [rows, nFeatures] = chunk.shape;
  const program = nearestProgram(rows, nFeatures);
  const info = backend.compileAndRun(program, [chunk, centers], 'float32', [[nClusters]]);
  return engine().makeTensorFromTensorInfo(info);
}

function assign(
  card: Card,
  X: Matrix,
  chunks: readonly Tensor2D[],
  { centers, nClusters }: { centers: Float64Array; nClusters: number },
  labels: Int32Array,
): void {
  const pass = passOf(centers, nClusters, X.nFeatures);
  tidy(() => {
    const onCard = uploadCenters(centers, nClusters, X.nFeatures);
    // All are queued before the first is read, so that card and processor work at the same time.
    const answers = chunks.map((chunk) => nearest(card, chunk, onCard, nClusters));
    answers.forEach((answer, i) => {
      const rows = chunks[i].shape[0];
      const range = { first: i * rows, end: Math.min(X.nSamples, (i + 1) * rows) };
      // In a worker this is quicker than data(), which polls every few milliseconds.
      settleRows(X, pass, answer.dataSync(), range, labels);
    });
  });
  spotCheck(X, pass, labels);
}

function project(
  { backend }: Card,
  X: Matrix,
  chunks: readonly Tensor2D[],
  components: Float64Array,
  nComponents: number,
): Float32Array {
  const scores = new Float32Array(X.nSamples * nComponents);
  tidy(() => {
    const onCard = tensor2d(Float32Array.from(components), [nComponents, X.nFeatures]);
    chunks.forEach((chunk, i) => {
      const [rows, nFeatures] = chunk.shape;
      const program = projectProgram(rows, nFeatures, nComponents);
      const info = backend.compileAndRun(program, [chunk, onCard], 'float32');
      const said = engine().makeTensorFromTensorInfo(info).dataSync();
      const first = i * rows * nComponents;
      scores.set(said.subarray(0, Math.min(said.length, scores.length - first)), first);
    });
  });
  spotCheckScores(X, components, nComponents, scores);
  return scores;
}

/** Context loss and lack of memory raise nothing in WebGL: ask before and after. */
function guard<T>(card: Card, work: () => T): T {
  const { gl } = card.gpu;
  try {
    const result = card.lost || gl.isContextLost() ? undefined : { value: work() };
    if (result !== undefined && gl.getError() === gl.NO_ERROR) return result.value;
  } catch (error) {
    if (!card.lost && !gl.isContextLost()) throw engineFailure(error);
  }
  throw new AppError(
    'engine-failed',
    'The graphics card was taken away from this page, or ran out of memory.',
  );
}

function engineFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('engine-failed', `The graphics card could not be used: ${reason}`);
}

/** What is thrown inside becomes a rejection. */
function promise<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => resolve(work()));
}
