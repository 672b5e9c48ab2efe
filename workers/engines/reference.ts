import type { Engine, LoadedMatrix, MatrixKernels } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';
import { alone, growForestAlone, rankAlone } from './alone';
import { plainCovariance } from './plain-covariance';
import { plainNetwork } from './plain-dense';
import { plainPartition } from './plain-partition';
import { plainRanks } from './plain-ranks';
import { plainReach } from './plain-reach';
import { plainSearch } from './plain-search';
import { plainSplitter } from './plain-splitter';
import { inertiasOf, plainDistanceSums, sumRows } from './plain-sums';

/**
 * Plain float64 loops: the oracle of the other engines, and the last resort where none of them runs.
 * It reads the float32 values where they lie, so loading costs nothing.
 */
export function createReferenceEngine(): Engine {
  return {
    id: 'reference',
    detail: 'plain loops',
    nWorkers: 1,
    load,
    searchClusters: (...clusters) => Promise.resolve(plainSearch(...clusters)),
    rankColumns: (...columns) => rankAlone(plainRanks, ...columns),
    splitter: plainSplitter,
    growForest: (set, params, ctx) => growForestAlone(plainSplitter, set, params, ctx),
    network: plainNetwork,
  };
}

function load(X: Matrix): LoadedMatrix {
  const kernels: MatrixKernels = {
    partition: (nClusters) => plainPartition(X, kernels, nClusters),
    assign(centers, nClusters, labels) {
      assignRows(X, pairCenters(centers, nClusters, X.nFeatures), labels);
      return Promise.resolve();
    },
    sums: (labels, nClusters) => sumRows(X, labels, nClusters),
    inertias: (labels, centers) => inertiasOf(X, labels, centers),
    reach: () => plainReach(X),
    distanceSums: (runs, rest, range) => plainDistanceSums(X, runs, rest, range),
    covariance: (rest) => plainCovariance(X, rest),
    project(components, nComponents) {
      return Promise.resolve(projectRows(X, components, nComponents));
    },
    dispose() {
      // The matrix belongs to the caller.
    },
  };
  return { ...kernels, ...alone(X, kernels) };
}

/**
 * Two centres at a time, their values of one feature side by side. An odd centre is paired with one infinitely far
 * away, whose distance (infinite or NaN) is never below another.
 *
 * @returns element (c, j) at `[((c >> 1) * nFeatures + j) * 2 + (c & 1)]`
 */
function pairCenters(centers: Float64Array, nClusters: number, nFeatures: number): Float64Array {
  const paired = new Float64Array(((nClusters + 1) >> 1) * 2 * nFeatures).fill(Infinity);
  for (let c = 0; c < nClusters; c++) {
    for (let j = 0; j < nFeatures; j++) {
      paired[((c >> 1) * nFeatures + j) * 2 + (c & 1)] = centers[c * nFeatures + j];
    }
  }
  return paired;
}

/**
 * Two rows against two centres at a time: four sums that do not wait for each other, twice as fast as one sum.
 * Each sum is still added up alone, j ascending, so every label is that of `nearestCenter`.
 */
function assignRows(X: Matrix, paired: Float64Array, labels: Int32Array): void {
  const { data, nSamples, nFeatures } = X;
  for (let i = 0; i < nSamples; i += 2) {
    const other = i + 1 < nSamples ? i + 1 : i;
    const a = i * nFeatures;
    const b = other * nFeatures;
    let labelA = 0;
    let labelB = 0;
    let bestA = Infinity;
    let bestB = Infinity;
    for (let q = 0, c = 0; q < paired.length; c += 2) {
      let a0 = 0;
      let a1 = 0;
      let b0 = 0;
      let b1 = 0;
      for (let j = 0; j < nFeatures; j++, q += 2) {
        const x = data[a + j];
        const y = data[b + j];
        a0 += (x - paired[q]) * (x - paired[q]);
        a1 += (x - paired[q + 1]) * (x - paired[q + 1]);
        b0 += (y - paired[q]) * (y - paired[q]);
        b1 += (y - paired[q + 1]) * (y - paired[q + 1]);
      }
      if (a0 < bestA) [bestA, labelA] = [a0, c];
      if (a1 < bestA) [bestA, labelA] = [a1, c + 1];
      if (b0 < bestB) [bestB, labelB] = [b0, c];
      if (b1 < bestB) [bestB, labelB] = [b1, c + 1];
    }
    labels[i] = labelA;
    labels[other] = labelB;
  }
}

/**
 * X · componentsᵀ, each score summed in float64 and rounded once to float32.
 *
 * @param components row-major nComponents × nFeatures
 * @returns row-major nSamples × nComponents
 */
export function projectRows(
  X: Matrix,
  components: Float64Array,
  nComponents: number,
): Float32Array {
  const { data, nSamples, nFeatures } = X;
  const scores = new Float32Array(nSamples * nComponents);
  for (let i = 0; i < nSamples; i++) {
    const offset = i * nFeatures;
    for (let m = 0; m < nComponents; m++) {
      const from = m * nFeatures;
      let score = 0;
      for (let j = 0; j < nFeatures; j++) score += data[offset + j] * components[from + j];
      scores[i * nComponents + m] = score;
    }
  }
  return scores;
}
