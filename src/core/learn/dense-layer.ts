import type { Random } from '../random';

/** `gelu`: x·Φ(x), Φ the distribution function of the standard normal. `linear`: the sum as it is. */
export const activations = ['gelu', 'relu', 'tanh', 'linear'] as const;
export type Activation = (typeof activations)[number];

/** output_o = activation(bias_o + Σ_j input_j · weight_jo). */
export interface DenseLayer {
  readonly nInputs: number;
  readonly nOutputs: number;
  readonly activation: Activation;
  /** Row-major nInputs × nOutputs. */
  readonly weights: Float32Array;
  /** Length nOutputs. */
  readonly biases: Float32Array;
}

/**
 * Weights to begin with: uniform within ±√(6 / (nInputs + nOutputs)), so that neither values nor errors grow or fade on
 * their way through many layers; biases 0. Source: Glorot, Bengio (2010).
 *
 * @param sizes of the inputs and of the outputs of each layer, one more than there are layers
 * @param activation of every layer
 */
export function startLayers(
  sizes: readonly number[],
  activation: (layer: number) => Activation,
  random: Random,
): DenseLayer[] {
  return sizes.slice(1).map((nOutputs, layer) => {
    const nInputs = sizes[layer];
    const limit = Math.sqrt(6 / (nInputs + nOutputs));
    return {
      nInputs,
      nOutputs,
      activation: activation(layer),
      weights: Float32Array.from(
        { length: nInputs * nOutputs },
        () => (2 * random.uniform() - 1) * limit,
      ),
      biases: new Float32Array(nOutputs),
    };
  });
}
