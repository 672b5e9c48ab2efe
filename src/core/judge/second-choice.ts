import type { Context } from '../context';
import type { Prototypes } from '../learn/merge-clusters';
import { piecesOf, type Matrix } from '../matrix';

/** How clearly each row belongs to its segment. By row. */
export interface SecondChoices {
  /** To the nearest centre of the own segment, in units of the space that segments were formed in. */
  readonly distances: Float64Array;
  /** The segment with the next nearest centre, and its distance; −1 and Infinity where there is one segment only. */
  readonly seconds: Int32Array;
  readonly secondDistances: Float64Array;
}

/** Centres times values between two rests: some milliseconds. */
const workPerBreath = 4_000_000;

/**
 * @param X the space that segments were formed in
 * @param labels segment of each row
 */
export async function secondChoices(
  X: Matrix,
  { centers, clusterOf }: Prototypes,
  labels: Int32Array,
  ctx: Pick<Context, 'breathe'>,
): Promise<SecondChoices> {
  const { nSamples, nFeatures } = X;
  const distances = new Float64Array(nSamples);
  const seconds = new Int32Array(nSamples);
  const secondDistances = new Float64Array(nSamples);
  const rowsPerBreath = Math.ceil(workPerBreath / centers.length);
  for (const { data, nSamples: nRows, first } of piecesOf(X)) {
    for (let i = 0; i < nRows; i++) {
      let [own, second, next] = [Infinity, -1, Infinity];
      for (let p = 0; p < clusterOf.length; p++) {
        let squared = 0;
        for (let j = 0; j < nFeatures; j++) {
          squared += (data[i * nFeatures + j] - centers[p * nFeatures + j]) ** 2;
        }
        if (clusterOf[p] === labels[first + i]) own = Math.min(own, squared);
        else if (squared < next) [second, next] = [clusterOf[p], squared];
      }
      distances[first + i] = Math.sqrt(own);
      seconds[first + i] = second;
      secondDistances[first + i] = Math.sqrt(next);
      if (i % rowsPerBreath === 0) await ctx.breathe();
    }
  }
  return { distances, seconds, secondDistances };
}
