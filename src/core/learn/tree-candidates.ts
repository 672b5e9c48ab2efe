import type { Random } from '../random';

/** In which order a node tries the features: all of them ascending, or a few drawn for every node anew. */
export interface Candidates {
  readonly nFeatures: number;
  /** A node stops after so many, once one of them has two different values. At most the number of features. */
  readonly maxFeatures: number;
  /** The features to try as the n-th and those after it, beginning with the 0-th for every node. Used until the next call. */
  draw(n: number, nWanted: number): Int32Array;
}

export function allFeatures(nFeatures: number): Candidates {
  const features = Int32Array.from({ length: nFeatures }, (_, j) => j);
  return { nFeatures, maxFeatures: nFeatures, draw: () => features };
}

/** Draws without putting back, as scikit-learn's forests do. */
export function drawnFeatures(nFeatures: number, maxFeatures: number, random: Random): Candidates {
  const features = Int32Array.from({ length: nFeatures }, (_, j) => j);
  return {
    nFeatures,
    maxFeatures,
    draw(n, nWanted) {
      for (let k = n; k < n + nWanted; k++) {
        const drawn = k + random.integer(nFeatures - k);
        const feature = features[drawn];
        features[drawn] = features[k];
        features[k] = feature;
      }
      return features.subarray(n, n + nWanted);
    },
  };
}
