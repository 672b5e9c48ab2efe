import type { ClusterSums, LoadedMatrix, Partition } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';
import { sumRows } from './plain-sums';

/** `LoadedMatrix.partition` on top of the engine's way to assign. */
export function plainPartition(
  X: Matrix,
  loaded: Pick<LoadedMatrix, 'assign' | 'inertias'>,
  nClusters: number,
): Partition {
  let labels = new Int32Array(X.nSamples);
  let next = new Int32Array(X.nSamples);
  let kept: ClusterSums | undefined;
  return {
    async move(centers) {
      await loaded.assign(centers, nClusters, next);
      let nChanged = X.nSamples;
      if (kept === undefined) kept = sumRows(X, next, nClusters);
      else nChanged = moveRows(X, labels, next, kept);
      [labels, next] = [next, labels];
      return { sums: kept.sums.slice(), counts: kept.counts.slice(), nChanged };
    },
    labels: () => Promise.resolve(labels.slice()),
    inertias: (centers) => Promise.resolve(loaded.inertias(labels, centers)),
    dispose: () => undefined,
  };
}

/** Takes rows with another label out of one sum and into another. Returns how many there were. */
function moveRows(
  { data, nSamples, nFeatures }: Matrix,
  from: Int32Array,
  to: Int32Array,
  { sums, counts }: ClusterSums,
): number {
  let nChanged = 0;
  for (let i = 0; i < nSamples; i++) {
    if (from[i] === to[i]) continue;
    nChanged++;
    counts[from[i]]--;
    counts[to[i]]++;
    const [left, joined] = [from[i] * nFeatures, to[i] * nFeatures];
    for (let j = 0, at = i * nFeatures; j < nFeatures; j++, at++) {
      sums[left + j] -= data[at];
      sums[joined + j] += data[at];
    }
  }
  return nChanged;
}
