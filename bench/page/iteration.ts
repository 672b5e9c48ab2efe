import type { LoadedMatrix } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';
import type { Settings } from './api';
import { median } from './median';

/** Pairs of descents, a short one and a long one, whose difference is some iterations and nothing else. */
const nPairs = 7;

export interface Iteration {
  /** Of one iteration. */
  readonly milliseconds: number;
  /** After the last one. */
  readonly inertia: number;
}

/**
 * One iteration of Lloyd's K-Means: the time of a descent of many iterations less that of one, by the number of
 * iterations between them. Both take in the same start and give back labels, so what is left is moving the centres,
 * assigning the rows and adding up what changed.
 */
export async function measureIteration(
  X: Matrix,
  loaded: LoadedMatrix,
  { iterationClusters, nIterations }: Settings,
): Promise<Iteration> {
  const start = startOfIterations(X, iterationClusters);
  const descend = async (maxIter: number) => {
    const begin = performance.now();
    const { best } = await loaded.descend([start], { tolerance: 0, maxIter }, () =>
      Promise.resolve(),
    );
    return { milliseconds: performance.now() - begin, best };
  };
  // The labels of the start count as the first iteration here, not in scikit-learn: one more than there.
  const times: number[] = [];
  let inertia = NaN;
  for (let pair = 0; pair < nPairs; pair++) {
    const short = await descend(2);
    const long = await descend(nIterations + 1);
    times.push(
      (long.milliseconds - short.milliseconds) / Math.max(1, long.best.nIter - short.best.nIter),
    );
    inertia = long.best.inertia;
  }
  return { milliseconds: median(times), inertia };
}

/** Rows at equal distances in the file: far from settled, so that many iterations follow. */
export function startOfIterations({ data, nSamples, nFeatures }: Matrix, k: number): Float64Array {
  const start = new Float64Array(k * nFeatures);
  for (let c = 0; c < k; c++) {
    const row = Math.floor(((c + 0.5) * nSamples) / k);
    start.set(data.subarray(row * nFeatures, (row + 1) * nFeatures), c * nFeatures);
  }
  return start;
}
