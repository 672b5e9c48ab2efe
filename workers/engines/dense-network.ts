import type { DenseNetwork } from '../../src/core/engine';
import { AppError } from '../../src/core/errors';
import type { DenseLayer } from '../../src/core/learn/dense-layer';
import type { Matrix } from '../../src/core/matrix';
import { adam, type DenseKernels } from './dense-kernels';
import { copyRows, layerOf, layOut, turn, type Layout, type Place } from './dense-places';

/** Rows that go through the layers at a time where nothing is learned from them, at least. */
const stretchRows = 128;

/**
 * `Engine.network` in kernels: backpropagation (Rumelhart, Hinton, Williams 1986) and Adam (Kingma, Ba 2015).
 *
 * @param kernels of its own
 */
export function denseNetwork(
  layers: readonly DenseLayer[],
  batchSize: number,
  kernels: DenseKernels,
): DenseNetwork {
  const nRowsAtOnce = Math.max(batchSize, stretchRows);
  const layout = layOut(layers, nRowsAtOnce, kernels);
  const { places } = layout;
  const last = places[places.length - 1];
  const nextStep = stepsOfAdam();
  let disposed = false;
  /** What is thrown inside becomes a rejection. */
  const use = <T>(work: () => T): Promise<T> =>
    new Promise((resolve) => {
      if (disposed) throw new AppError('internal', 'The network was disposed of already.');
      resolve(work());
    });
  return {
    train: (X, Y, learningRate) =>
      use(() => {
        assertColumns(X, places[0].nInputs);
        assertColumns(Y, last.nOutputs);
        let loss = 0;
        for (let first = 0; first < X.nSamples; first += batchSize) {
          const nRows = Math.min(batchSize, X.nSamples - first);
          runForward(layout, kernels, X, first, nRows);
          loss += compare(last, Y, first, nRows);
          runBackward(layout, kernels, nRows);
          const { rate, unbias } = nextStep(learningRate);
          kernels.step(layout.parameters, rate, unbias);
          places.slice(1).forEach(turn);
        }
        return loss;
      }),
    forward: (X) =>
      use(() => {
        assertColumns(X, places[0].nInputs);
        const results = new Float32Array(X.nSamples * last.nOutputs);
        for (let first = 0; first < X.nSamples; first += nRowsAtOnce) {
          const nRows = Math.min(nRowsAtOnce, X.nSamples - first);
          runForward(layout, kernels, X, first, nRows);
          const theirs = results.subarray(first * last.nOutputs);
          copyRows(last.outputs, last.width, nRows, theirs, last.nOutputs);
        }
        return results;
      }),
    layers: () => Promise.resolve(places.map(layerOf)),
    dispose() {
      if (!disposed) kernels.dispose();
      disposed = true;
    },
  };
}

/** Rows of X through all layers. */
function runForward(
  { places, inputs }: Layout,
  kernels: DenseKernels,
  X: Matrix,
  first: number,
  nRows: number,
): void {
  const rows = X.data.subarray(first * X.nFeatures);
  copyRows(rows, X.nFeatures, nRows, inputs, places[0].inputWidth);
  let values = inputs;
  for (const place of places) {
    const { nInputs, inputWidth, width, weights, biases, activation, outputs, slopes } = place;
    const a = { values, rowStep: inputWidth, innerStep: 1 };
    kernels.multiply(a, nRows, nInputs, weights, width, biases, outputs);
    if (activation !== 'linear') kernels.activate(activation, outputs, slopes, nRows * width);
    values = outputs;
  }
}

/**
 * Writes the derivatives of the mean squared error by the outputs.
 *
 * @returns Σ of the squared errors
 */
function compare(
  { nOutputs, width, outputs, deltas }: Place,
  Y: Matrix,
  first: number,
  nRows: number,
) {
  const factor = Math.fround(2 / (nRows * nOutputs));
  let sum = 0;
  for (let i = 0, from = first * nOutputs; i < nRows; i++) {
    for (let at = i * width; at < i * width + nOutputs; at++, from++) {
      const error = Math.fround(outputs[at] - Y.data[from]);
      deltas[at] = error * factor;
      sum += error * error;
    }
  }
  return sum;
}

/** From the derivatives by the last outputs to all gradients. */
function runBackward(
  { places, inputs, zeros, one }: Layout,
  kernels: DenseKernels,
  nRows: number,
): void {
  const ones = { values: one, rowStep: 0, innerStep: 0 };
  for (let layer = places.length - 1; layer >= 0; layer--) {
    const { nInputs, nOutputs, inputWidth, width, activation, turned, slopes } = places[layer];
    const { deltas, weightGradients, biasGradients } = places[layer];
    if (activation !== 'linear') kernels.scale(deltas, slopes, nRows * width);
    const before = layer > 0 ? places[layer - 1] : undefined;
    const columns = { values: before?.outputs ?? inputs, rowStep: 1, innerStep: inputWidth };
    kernels.multiply(columns, nInputs, nRows, deltas, width, zeros, weightGradients);
    kernels.multiply(ones, 1, nRows, deltas, width, zeros, biasGradients);
    if (before === undefined) continue;
    const rows = { values: deltas, rowStep: width, innerStep: 1 };
    kernels.multiply(rows, nRows, nOutputs, turned, inputWidth, zeros, before.deltas);
  }
}

/** What step after step takes the place of the learning rate, because the moments begin at 0. */
export function stepsOfAdam(): (learningRate: number) => { rate: number; unbias: number } {
  let power1 = 1;
  let power2 = 1;
  return (learningRate) => {
    power1 *= adam.beta1;
    power2 *= adam.beta2;
    return {
      rate: Math.fround(learningRate / (1 - power1)),
      unbias: Math.fround(1 / Math.sqrt(1 - power2)),
    };
  };
}

/** @throws AppError `internal` */
export function assertColumns({ nFeatures }: Matrix, expected: number): void {
  if (nFeatures === expected) return;
  throw new AppError('internal', `The network takes ${expected} columns, not ${nFeatures}.`);
}
