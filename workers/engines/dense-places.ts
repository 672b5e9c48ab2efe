import type { Activation, DenseLayer } from '../../src/core/learn/dense-layer';
import type { DenseKernels, Parameters } from './dense-kernels';

/** One layer in the memory of the kernels; rows are padded with zeros to a multiple of four. */
export interface Place {
  readonly nInputs: number;
  readonly nOutputs: number;
  readonly activation: Activation;
  /** Padded nInputs, and nOutputs. */
  readonly inputWidth: number;
  readonly width: number;
  /** nInputs × width; parts of `Parameters`, like the next three. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  readonly weightGradients: Float32Array;
  readonly biasGradients: Float32Array;
  /** The weights again, nOutputs × inputWidth. */
  readonly turned: Float32Array;
  /** Rows × width: what comes out. */
  readonly outputs: Float32Array;
  /** Rows × width: derivatives of the activation. */
  readonly slopes: Float32Array;
  /** Rows × width: derivatives of the loss, by the outputs first, then by the sums. */
  readonly deltas: Float32Array;
}

export interface Layout {
  readonly places: readonly Place[];
  readonly parameters: Parameters;
  /** Rows × inputWidth of the first layer. */
  readonly inputs: Float32Array;
  /** As long as the longest row. */
  readonly zeros: Float32Array;
  /** Nothing but the number 1. */
  readonly one: Float32Array;
}

/** @param nRows that go through the layers at a time */
export function layOut(
  layers: readonly DenseLayer[],
  nRows: number,
  kernels: Pick<DenseKernels, 'allocate'>,
): Layout {
  const widths = layers.map(({ nOutputs }) => padded(nOutputs));
  const inputWidth = padded(layers[0].nInputs);
  const nParameters = layers.reduce((n, { nInputs }, l) => n + (nInputs + 1) * widths[l], 0);
  const [values, gradients, means, squares, inputs, zeros, one, ...own] = kernels.allocate([
    ...Array<number>(4).fill(nParameters),
    nRows * inputWidth,
    Math.max(inputWidth, ...widths),
    1,
    ...layers.flatMap(({ nOutputs }, l) => [
      nOutputs * (widths[l - 1] ?? inputWidth),
      ...Array<number>(3).fill(nRows * widths[l]),
    ]),
  ]);
  one[0] = 1;
  let at = 0;
  const places = layers.map((layer, l): Place => {
    const { nInputs, nOutputs, activation } = layer;
    const [turned, outputs, slopes, deltas] = own.slice(4 * l);
    const width = widths[l];
    const toBiases = at + nInputs * width;
    const end = toBiases + width;
    const place: Place = {
      nInputs,
      nOutputs,
      activation,
      inputWidth: widths[l - 1] ?? inputWidth,
      width,
      weights: values.subarray(at, toBiases),
      biases: values.subarray(toBiases, end),
      weightGradients: gradients.subarray(at, toBiases),
      biasGradients: gradients.subarray(toBiases, end),
      turned,
      outputs,
      slopes,
      deltas,
    };
    at = end;
    copyRows(layer.weights, nOutputs, nInputs, place.weights, width);
    place.biases.set(layer.biases);
    turn(place);
    return place;
  });
  return { places, parameters: { values, gradients, means, squares }, inputs, zeros, one };
}

function padded(length: number): number {
  return 4 * Math.ceil(length / 4);
}

/** Weights as they are now. */
export function layerOf({
  nInputs,
  nOutputs,
  activation,
  weights,
  biases,
  width,
}: Place): DenseLayer {
  const own = new Float32Array(nInputs * nOutputs);
  copyRows(weights, width, nInputs, own, nOutputs);
  return { nInputs, nOutputs, activation, weights: own, biases: biases.slice(0, nOutputs) };
}

/** The first columns of rows of one width, to rows of another one. */
export function copyRows(
  from: Float32Array,
  fromWidth: number,
  nRows: number,
  to: Float32Array,
  toWidth: number,
): void {
  const nColumns = Math.min(fromWidth, toWidth);
  for (let i = 0; i < nRows; i++) {
    const source = i * fromWidth;
    const target = i * toWidth;
    for (let j = 0; j < nColumns; j++) to[target + j] = from[source + j];
  }
}

/** After the weights have changed. */
export function turn({ nInputs, nOutputs, inputWidth, width, weights, turned }: Place): void {
  for (let j = 0; j < nInputs; j++) {
    for (let o = 0; o < nOutputs; o++) turned[o * inputWidth + j] = weights[j * width + o];
  }
}
