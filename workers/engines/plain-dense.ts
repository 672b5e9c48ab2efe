import type { DenseNetwork } from '../../src/core/engine';
import type { DenseLayer } from '../../src/core/learn/dense-layer';
import { adam, type DenseKernels, type Operand, type Parameters } from './dense-kernels';
import { denseNetwork } from './dense-network';
import { activate } from './plain-activations';

const { fround: f, sqrt } = Math;

/** `Engine.network` in plain loops. Storing in a Float32Array rounds, so only what is in between is rounded by hand. */
export function plainNetwork(layers: readonly DenseLayer[], batchSize: number): DenseNetwork {
  return denseNetwork(layers, batchSize, plainKernels);
}

export const plainKernels: DenseKernels = {
  allocate: (lengths) => lengths.map((length) => new Float32Array(length)),
  multiply,
  activate,
  scale(values, factors, length) {
    for (let i = 0; i < length; i++) values[i] *= factors[i];
  },
  step,
  dispose: () => undefined,
};

function multiply(
  { values, rowStep, innerStep }: Operand,
  nRows: number,
  nInner: number,
  b: Float32Array,
  width: number,
  start: Float32Array,
  c: Float32Array,
): void {
  for (let r = 0; r < nRows; r++) {
    const to = r * width;
    for (let o = 0; o < width; o++) c[to + o] = start[o];
    for (let k = 0; k < nInner; k++) {
      const factor = values[r * rowStep + k * innerStep];
      const from = k * width;
      for (let o = 0; o < width; o++) c[to + o] += f(factor * b[from + o]);
    }
  }
}

const beta1 = f(adam.beta1);
const beta2 = f(adam.beta2);
const rest1 = f(1 - adam.beta1);
const rest2 = f(1 - adam.beta2);
const epsilon = f(adam.epsilon);

function step(
  { values, gradients, means, squares }: Parameters,
  rate: number,
  unbias: number,
): void {
  for (let i = 0; i < values.length; i++) {
    const g = gradients[i];
    const mean = f(f(beta1 * means[i]) + f(rest1 * g));
    const square = f(f(beta2 * squares[i]) + f(rest2 * f(g * g)));
    means[i] = mean;
    squares[i] = square;
    values[i] -= f(f(rate * mean) / f(f(f(sqrt(square)) * unbias) + epsilon));
  }
}
