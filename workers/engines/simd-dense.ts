import type { DenseNetwork } from '../../src/core/engine';
import type { DenseLayer } from '../../src/core/learn/dense-layer';
import type { DenseKernels } from './dense-kernels';
import { denseNetwork } from './dense-network';
import { guard } from './simd-guard';
import { memoryStart, place, type Kernels } from './simd-memory';

/**
 * `Engine.network` in float32 vectors, with the bits of plain loops. An array's place in its buffer is its address in the
 * memory of the kernels.
 *
 * @param kernels used by nobody else meanwhile
 */
export function simdNetwork(
  layers: readonly DenseLayer[],
  batchSize: number,
  kernels: Kernels,
  giveBack: () => void,
): DenseNetwork {
  return denseNetwork(layers, batchSize, denseKernels(kernels, giveBack));
}

function denseKernels(kernels: Kernels, giveBack: () => void): DenseKernels {
  const { memory } = kernels;
  return {
    allocate: (lengths) =>
      guard(() => {
        const bytes = lengths.map((length) => length * 4);
        const { addresses } = place(memory, memoryStart, bytes);
        return addresses.map((address, piece) =>
          new Float32Array(memory.buffer, address, lengths[piece]).fill(0),
        );
      }),
    multiply: ({ values, rowStep, innerStep }, nRows, nInner, b, width, start, c) =>
      guard(() =>
        kernels.multiply(
          values.byteOffset,
          rowStep * 4,
          innerStep * 4,
          nRows,
          nInner,
          b.byteOffset,
          width,
          start.byteOffset,
          c.byteOffset,
        ),
      ),
    activate: (curve, values, slopes, length) =>
      guard(() => kernels[curve](values.byteOffset, slopes.byteOffset, length)),
    scale: (values, factors, length) =>
      guard(() => kernels.scale(values.byteOffset, factors.byteOffset, length)),
    step: ({ values, gradients, means, squares }, rate, unbias) =>
      guard(() =>
        kernels.adamStep(
          values.byteOffset,
          gradients.byteOffset,
          means.byteOffset,
          squares.byteOffset,
          values.length,
          rate,
          unbias,
        ),
      ),
    dispose: giveBack,
  };
}
