import { describe, expect, it } from 'vitest';
import { matrix } from '../matrix';
import { calinskiHarabasz, daviesBouldin } from './indices';

// Four points on a line, at 0, 2, 10 and 12: two clusters with centres 1 and 11.
const X = matrix(Float32Array.of(0, 2, 10, 12), 4, 1);
const clustering = {
  nClusters: 2,
  centers: Float64Array.of(1, 11),
  labels: Int32Array.of(0, 0, 1, 1),
  sizes: [2, 2],
  inertia: 4,
};
// Their mean is 6: 36 + 16 + 16 + 36.
const total = 104;

describe('Calinski-Harabasz', () => {
  it('is the variance between over the variance inside, per degree of freedom', () => {
    // ((104 − 4) / 1) / (4 / 2) = 50
    expect(calinskiHarabasz(clustering, total)).toBe(50);
  });

  it('means nothing for one cluster, or as many as rows', () => {
    expect(calinskiHarabasz({ ...clustering, nClusters: 1 }, total)).toBeUndefined();
    expect(calinskiHarabasz({ ...clustering, nClusters: 4 }, total)).toBeUndefined();
  });
});

describe('Davies-Bouldin', () => {
  it('is extent over separation for the worst neighbour, averaged', () => {
    // Every row is 1 from its centre, the centres are 10 apart: (1 + 1) / 10, the same for both.
    expect(daviesBouldin(X, clustering)).toBeCloseTo(0.2, 12);
  });

  it('takes the neighbour that is hardest to tell apart', () => {
    const three = {
      ...clustering,
      nClusters: 3,
      centers: Float64Array.of(1, 10, 12),
      labels: Int32Array.of(0, 0, 1, 2),
      sizes: [2, 1, 1],
    };
    // Extents 1, 0, 0. Worst: 1/9 for the first, 1/9 for the second, 1/11 against 0/2 for the third.
    expect(daviesBouldin(X, three)).toBeCloseTo((1 / 9 + 1 / 9 + 1 / 11) / 3, 12);
  });

  it('means nothing for one cluster', () => {
    expect(daviesBouldin(X, { ...clustering, nClusters: 1 })).toBeUndefined();
  });
});
