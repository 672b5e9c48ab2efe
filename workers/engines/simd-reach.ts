import { mostTrials, type Reach } from '../../src/core/engine';
import { giveRoom, takeRoom, type Placed } from './simd-matrix';

/**
 * `LoadedMatrix.reach` in the memory of the kernels (`workers/kernels/reach.ts`).
 *
 * @param use gives the matrix and turns what goes wrong into `engine-failed`
 */
export function simdReach(use: <T>(work: (matrix: Placed) => T) => T): Reach {
  const room = use((matrix) => {
    const { nSamples, nFeatures, kernels } = matrix;
    const bytes = [
      mostTrials * nFeatures * 8,
      nSamples * 8,
      nSamples * 8,
      nSamples * mostTrials * 8,
      mostTrials * 8,
    ];
    const taken = takeRoom(matrix, bytes);
    new Float64Array(kernels.memory.buffer, taken.addresses[1], nSamples).fill(Infinity);
    return taken;
  });
  const [pointsAt, closestAt, cumulativeAt, reachedAt, potentialsAt] = room.addresses;
  return {
    addBest: (points) =>
      use(({ kernels, nSamples, nFeatures, blocks }) => {
        const { buffer } = kernels.memory;
        interleave(points, new Float64Array(buffer, pointsAt, mostTrials * nFeatures));
        kernels.reachFour(
          blocks,
          nSamples,
          nFeatures,
          pointsAt,
          closestAt,
          reachedAt,
          potentialsAt,
        );
        const best = leastOf(new Float64Array(buffer, potentialsAt, mostTrials));
        kernels.takePoint(reachedAt + 8 * best, nSamples, closestAt, cumulativeAt);
        return best;
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
