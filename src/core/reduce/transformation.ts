import { scaleValue } from '../features/scale';
import { activate } from '../learn/activate';
import type { Activation } from '../learn/dense-layer';

/** output_o = activation(bias_o + Σ_j input_j · weight_jo), in float64, j ascending. */
export interface TransformationLayer {
  readonly nInputs: number;
  readonly nOutputs: number;
  readonly activation: Activation;
  /** Row-major nInputs × nOutputs. */
  readonly weights: readonly number[];
  /** Length nOutputs. */
  readonly biases: readonly number[];
}

/**
 * The way from scaled columns to the numbers that segments are formed from: through layers, then centred and rounded to a
 * grid, on which the sums of the training rows are exact.
 */
export interface Transformation {
  readonly kind: 'components' | 'codes';
  readonly layers: readonly TransformationLayer[];
  /** Length of the last layer's outputs: what these are moved by. */
  readonly center: readonly number[];
  /** Powers of two whose multiples the results are. */
  readonly step: readonly number[];
}

const largestFloat32 = (2 - 2 ** -23) * 2 ** 127;

/** @returns a function that runs one row through the layers; what it returns is overwritten by the next row */
export function layerRunner(
  layers: readonly TransformationLayer[],
): (row: ArrayLike<number>) => Float64Array {
  const prepared = layers.map(({ weights, biases, ...layer }) => ({
    ...layer,
    weights: Float64Array.from(weights),
    biases: Float64Array.from(biases),
    outputs: new Float64Array(layer.nOutputs),
  }));
  return (row) => {
    let inputs: ArrayLike<number> = row;
    for (const { nInputs, nOutputs, activation, weights, biases, outputs } of prepared) {
      outputs.set(biases);
      for (let j = 0, at = 0; j < nInputs; j++) {
        const input = inputs[j];
        for (let o = 0; o < nOutputs; o++, at++) outputs[o] += input * weights[at];
      }
      if (activation !== 'linear') {
        for (let o = 0; o < nOutputs; o++) outputs[o] = activate(activation, outputs[o]);
      }
      inputs = outputs;
    }
    return inputs as Float64Array;
  };
}

/**
 * @returns a function that moves one row of scaled columns into the space; what it returns is overwritten by the next row.
 *   A training row falls on the very point that it had in training
 */
export function mover({
  layers,
  center,
  step,
}: Transformation): (row: ArrayLike<number>) => Float32Array {
  const run = layerRunner(layers);
  const point = new Float32Array(center.length);
  return (row) => {
    const values = run(row);
    for (let m = 0; m < point.length; m++) {
      const value = scaleValue(values[m], center[m], 1, step[m]);
      point[m] = Math.min(Math.max(value, -largestFloat32), largestFloat32);
    }
    return point;
  };
}
