import type { Random } from '../random';

/** In which order a node tries the features: all of them ascending, or a few drawn for every node anew. */
export interface Candidates {
  /** A node stops after so many, once one of them has two different values. At most the number of features. */
  readonly maxFeatures: number;
  /** The feature to try as the n-th, n = 0, 1, … without a gap for every node. */
  at(n: number): number;
}

export const allFeatures = (nFeatures: number): Candidates => ({
  maxFeatures: nFeatures,
  at: (n) => n,
});

/** Draws without putting back, as scikit-learn's forests do. */
export function drawnFeatures(nFeatures: number, maxFeatures: number, random: Random): Candidates {
  const features = Int32Array.from({ length: nFeatures }, (_, j) => j);
  return {
    maxFeatures,
    at(n) {
      const drawn = n + random.integer(nFeatures - n);
      const feature = features[drawn];
      features[drawn] = features[n];
      return (features[n] = feature);
    },
  };
}
