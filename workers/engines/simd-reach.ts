import { mostTrials, type Reach } from '../../src/core/engine';
import { giveRoom, paddedRows, takeRoom, type Placed } from './simd-matrix';

/**
 * `LoadedMatrix.reach` in the memory of the kernels (`workers/kernels/reach.ts`).
 *
 * @param use gives the matrix and turns what goes wrong into `engine-failed`
 */
export function simdReach(use: <T>(work: (matrix: Placed) => T) => T): Reach {
  const room = use((matrix) => {
    const { nSamples, nFeatures, kernels } = matrix;
    const nPadded = paddedRows(nSamples);
    const bytes = [
      mostTrials * nFeatures * 8,
      nPadded * 8,
      nSamples * 8,
      nPadded * mostTrials * 8,
      mostTrials * 8,
    ];
    const taken = takeRoom(matrix, bytes);
    const closest = new Float64Array(kernels.memory.buffer, taken.addresses[1], nPadded);
    closest.fill(Infinity, 0, nSamples).fill(0, nSamples);
    return taken;
  });
  const [pointsAt, closestAt, cumulativeAt, reachedAt, potentialsAt] = room.addresses;
  /** @param points at most four, row-major */
  function reach({ kernels, nSamples, nFeatures, blocks }: Placed, points: Float64Array): void {
    interleave(points, new Float64Array(kernels.memory.buffer, pointsAt, mostTrials * nFeatures));
    kernels.reachFour(blocks, nSamples, nFeatures, pointsAt, closestAt, reachedAt, potentialsAt);
  }
  return {
    addBest: (points) =>
      use((matrix) => {
        const { kernels, nSamples } = matrix;
        reach(matrix, points);
        const best = leastOf(new Float64Array(kernels.memory.buffer, potentialsAt, mostTrials));
        kernels.takePoint(reachedAt + 8 * best, nSamples, closestAt, cumulativeAt);
        return best;
      }),
    addAll: (points) =>
      use((matrix) => {
        const { kernels, nSamples, nFeatures } = matrix;
        const width = mostTrials * nFeatures;
        for (let at = 0; at < points.length; at += width) {
          reach(matrix, points.subarray(at, at + width));
          kernels.takeAll(reachedAt, nSamples, closestAt, cumulativeAt);
        }
      }),
    cumulative: () =>
      use(
        ({ kernels, nSamples }) => new Float64Array(kernels.memory.buffer, cumulativeAt, nSamples),
      ),
    dispose: () => use((matrix) => giveRoom(matrix, room)),
  };
}

/** Feature by feature the value of each point. The first one stands in for those that are not there. */
function interleave(points: Float64Array, four: Float64Array): void {
  const nFeatures = four.length / mostTrials;
  for (let p = 0; p < mostTrials; p++) {
    const from = p * nFeatures < points.length ? p * nFeatures : 0;
    for (let j = 0; j < nFeatures; j++) four[j * mostTrials + p] = points[from + j];
  }
}

/** The index of the smallest, the first on a tie. */
function leastOf(values: Float64Array): number {
  let least = 0;
  for (let i = 1; i < values.length; i++) if (values[i] < values[least]) least = i;
  return least;
}
