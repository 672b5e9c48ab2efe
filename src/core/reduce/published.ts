import { autoencoderDefaults } from '../learn/autoencoder-params';
import type { Recipe } from '../recipe';

/**
 * The way of a published analysis of the credit-card file: a deep network of rectified linear units with a code of four
 * numbers, and K-Means with three clusters on its codes. Our start of the weights and our end of the training.
 */
export const deepCodes: Pick<Recipe, 'reduce' | 'cluster'> = {
  reduce: {
    space: 'codes',
    nComponents: 4,
    autoencoder: {
      ...autoencoderDefaults,
      hiddenSizes: [85, 68, 51, 34, 8],
      activation: 'relu',
      epochs: 60,
      batchSize: 64,
      learningRate: 0.001,
    },
  },
  cluster: { nClusters: 3 },
};
