import { WebGPUBackend, type WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu';
import { getMainHeaderString as mainHeader } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program';
import {
  dispose,
  engine,
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

/** Runs of `texel` in one work group. */
const groupSize = 64;

/**
 * The graphics card through TensorFlow.js on WebGPU, in a worker.
 *
 * @throws AppError `engine-failed` when this browser has no WebGPU, or no card for it
 */
export async function openWebGpuCard(): Promise<Card> {
  try {
    // Browsers that lack it lack the property.
    const gpu = (navigator as Partial<Navigator>).gpu;
    const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw new AppError('engine-failed', 'This browser offers no WebGPU to the page.');
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    const device = await adapter.requestDevice({
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    });
    return cardOf(adapter.info, device, await startBackend(adapter.info, device));
  } catch (error) {
    throw cardFailure(error);
  }
}

async function startBackend(info: GPUAdapterInfo, device: GPUDevice): Promise<WebGPUBackend> {
  const backend = new WebGPUBackend(device, info);
  if (findBackendFactory('webgpu') !== null) removeBackend('webgpu');
  registerBackend('webgpu', () => backend);
  if (await setBackend('webgpu')) return backend;
  throw new AppError('engine-failed', 'TensorFlow.js did not start on WebGPU.');
}

function cardOf(info: GPUAdapterInfo, device: GPUDevice, backend: WebGPUBackend): Card {
  let failure: AppError | undefined;
  const fail = (error: AppError) => {
    failure ??= error;
  };
  void device.lost.then(() => fail(cardGone()));
  device.addEventListener('uncapturederror', ({ error }) => fail(cardFailure(error)));
  function watch<T>(work: () => T): T {
    if (failure !== undefined) throw failure;
    try {
      return work();
    } catch (error) {
      throw failure ?? cardFailure(error);
    }
  }
  const { vendor, architecture, description } = info;
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unknown card';
  return {
    id: 'webgpu',
    name: `WebGPU, ${name}`,
    software: info.isFallbackAdapter,
    release: () => device.destroy(),
    upload: (values, rows, columns) => watch(() => tensor2d(values, [rows, columns])),
    run: (program, inputs, uniforms) =>
      watch(() => {
        const values = Object.entries(program.uniforms).map(([name, type]) => ({
          type: type === 'int' ? 'int32' : 'float32',
          data: [uniforms[name]],
        }));
        const tensors = inputs as readonly Tensor2D[];
        const result = backend.runWebGPUProgram(wgslOf(program), [...tensors], 'float32', values);
        return engine().makeTensorFromTensorInfo(result) as Tensor2D;
      }),
    async read(tensor) {
      try {
        const values = await watch(() => backend.read((tensor as Tensor2D).dataId));
        // Errors come as events, which may have waited behind the answer.
        if (failure !== undefined) throw failure;
        return values as Float32Array;
      } catch (error) {
        throw failure ?? cardFailure(error);
      } finally {
        dispose(tensor as Tensor2D);
      }
    },
    free: (tensors: readonly CardTensor[]) => dispose([...(tensors as readonly Tensor2D[])]),
  };
}

/** Each thread makes two rows by two columns, in the order of the columns. */
function wgslOf({ name, inputs, shape, uniforms, wgsl }: CardProgram): WebGPUProgram {
  const [rows, columns] = shape;
  const types = { int: 'i32', float: 'f32' };
  return {
    variableNames: [...inputs],
    outputShape: [rows, columns],
    shaderKey: name,
    uniforms: Object.entries(uniforms)
      .map(([uniform, type]) => `${uniform} : ${types[type]},`)
      .join(' '),
    workgroupSize: [groupSize, 1, 1],
    dispatchLayout: { x: [0, 1] },
    dispatch: [Math.ceil((rows * columns) / 4 / groupSize), 1, 1],
    size: true,
    getUserCode: () => `
      // ${name}
      ${wgsl}
      ${mainHeader('index')} {
        if (4 * index < uniforms.size) {
          let columns = uniforms.outShape.y;
          let row = index / (columns / 2) * 2;
          let column = 2 * index - row / 2 * columns;
          let said = texel(row, column);
          let at = row * columns + column;
          result[at] = said.x;
          result[at + 1] = said.y;
          result[at + columns] = said.z;
          result[at + columns + 1] = said.w;
        }
      }
    `,
  };
}
