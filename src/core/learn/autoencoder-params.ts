import type { Activation } from './dense-layer';
import type { TrainingParams } from './train-network';

export interface AutoencoderParams extends TrainingParams {
  /** Widths of the layers between the columns and the code; behind the code they come in reverse. May be empty. */
  readonly hiddenSizes: readonly number[];
  /** Numbers that each row is told by. */
  readonly codeSize: number;
  /** Of the hidden layers; the code and the output are linear. */
  readonly activation: Activation;
  /** Share of the rows that is not learned from but judges when to end. Between 0 and 1. */
  readonly validationShare: number;
}

export const autoencoderDefaults: AutoencoderParams = {
  hiddenSizes: [32, 16],
  codeSize: 4,
  activation: 'gelu',
  epochs: 50,
  batchSize: 128,
  learningRate: 0.005,
  validationShare: 0.2,
  patience: 10,
  seed: 42,
};
