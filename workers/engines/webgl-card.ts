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
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { AppError } from '../../src/core/errors';
import type { Card, CardProgram, CardTensor } from './card';
import { cardFailure, cardGone } from './card-errors';
import { openGpu, releaseGpu, type GpuContext } from './gpu';

/**
 * The graphics card through TensorFlow.js on WebGL, in a worker. One at a time in a worker: TensorFlow.js has one WebGL
 * backend.
 *
 * @throws AppError `engine-failed` when there is no usable WebGL 2
 */
export async function openWebGlCard(options: { allowSoftware: boolean }): Promise<Card> {
  const gpu = openGpu(options.allowSoftware);
  if (gpu === null) {
    throw new AppError('engine-failed', 'This browser offers no graphics card to the page.');
  }
  try {
    return cardOf(gpu, await startBackend(gpu, options.allowSoftware));
  } catch (error) {
    releaseGpu(gpu);
    throw cardFailure(error);
  }
}

async function startBackend(gpu: GpuContext, allowSoftware: boolean): Promise<MathBackendWebGL> {
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
  // Errors left over from feeling for the card's abilities are not ours.
  while (gpu.gl.getError() !== gpu.gl.NO_ERROR);
  return backend;
}

function cardOf(gpu: GpuContext, backend: MathBackendWebGL): Card {
  const { gl, canvas, renderer, software } = gpu;
  let lost = false;
  canvas.addEventListener('webglcontextlost', () => {
    lost = true;
  });
  /** Context loss and lack of memory raise nothing in WebGL: ask before and after. */
  function watch<T>(work: () => T): T {
    if (lost || gl.isContextLost()) throw cardGone();
    try {
      return work();
    } catch (error) {
      throw lost || gl.isContextLost() ? cardGone() : cardFailure(error);
    }
  }
  return {
    id: 'tfjs',
    release: () => releaseGpu(gpu),
    name: renderer,
    software,
    upload: (values, rows, columns) => watch(() => tensor2d(values, [rows, columns])),
    run: (program, inputs, uniforms) =>
      watch(() => {
        const values = Object.keys(program.uniforms).map((name) => [uniforms[name]]);
        const tensors = inputs as readonly Tensor2D[];
        const info = backend.compileAndRun(glslOf(program), [...tensors], 'float32', values);
        return engine().makeTensorFromTensorInfo(info) as Tensor2D;
      }),
    read: (tensor) =>
      new Promise((resolve) => {
        try {
          const values = watch(() => {
            // In a worker this is quicker than data(), which polls every few milliseconds.
            const read = (tensor as Tensor2D).dataSync<'float32'>();
            if (gl.getError() !== gl.NO_ERROR) throw cardGone();
            return read;
          });
          resolve(values);
        } finally {
          dispose(tensor as Tensor2D);
        }
      }),
    free: (tensors: readonly CardTensor[]) => dispose([...(tensors as readonly Tensor2D[])]),
  };
}

/** Both inputs and results are packed: a texel holds two rows by two columns. */
function glslOf({ inputs, shape, uniforms, name, glsl }: CardProgram) {
  return {
    variableNames: [...inputs],
    outputShape: [...shape],
    packedInputs: true,
    packedOutput: true,
    enableShapeUniforms: true,
    customUniforms: Object.entries(uniforms).map(([name, type]) => ({ name, type })),
    userCode: `
      // ${name}
      ${glsl}
      void main() {
        ivec2 at = getOutputCoords();
        setOutput(texel(at.x, at.y));
      }
    `,
  };
}
