import type { Context } from '../context';
import type { Matrix } from '../matrix';

/** Rows between two rests. */
const stretch = 64;

/**
 * The class that most of the nearest training rows have, for each row of the test; the smaller class on a tie.
 * Source: scikit-learn `neighbors/_classification.py`, uniform weights, Euclidean distance, brute force.
 *
 * @param labels class of each row of X
 * @param nNeighbours at least 1; no more than there are training rows
 * @returns by row of `test`
 */
export async function classifyByNeighbours(
  { data, nFeatures }: Matrix,
  labels: Int32Array,
  nClasses: number,
  train: Int32Array,
  test: Int32Array,
  nNeighbours: number,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<Int32Array> {
  const known = packRows(data, nFeatures, train);
  const predicted = new Int32Array(test.length);
  const most = Math.min(nNeighbours, train.length);
  const distances = new Float64Array(train.length);
  for (let t = 0; t < test.length; t++) {
    squaredDistances(data, test[t] * nFeatures, known, nFeatures, distances);
    predicted[t] = vote(nearest(distances, most), train, labels, nClasses);
    if (t % stretch === 0) {
      ctx.progress(t, test.length);
      await ctx.breathe();
    }
  }
  return predicted;
}

function packRows(data: Float32Array, nFeatures: number, rows: Int32Array): Float32Array {
  const packed = new Float32Array(rows.length * nFeatures);
  rows.forEach((row, i) => {
    packed.set(data.subarray(row * nFeatures, (row + 1) * nFeatures), i * nFeatures);
  });
  return packed;
}

function squaredDistances(
  data: Float32Array,
  first: number,
  known: Float32Array,
  nFeatures: number,
  distances: Float64Array,
): void {
  for (let i = 0, at = 0; i < distances.length; i++) {
    let sum = 0;
    for (let j = 0; j < nFeatures; j++, at++) {
      const difference = data[first + j] - known[at];
      sum += difference * difference;
    }
    distances[i] = sum;
  }
}

/** Positions of the smallest, the earlier one on a tie. */
function nearest(distances: Float64Array, most: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < distances.length; i++) {
    if (found.length === most && distances[i] >= distances[found[most - 1]]) continue;
    let at = found.length;
    while (at > 0 && distances[found[at - 1]] > distances[i]) at--;
    found.splice(at, 0, i);
    if (found.length > most) found.pop();
  }
  return found;
}

function vote(
  neighbours: readonly number[],
  train: Int32Array,
  labels: Int32Array,
  nClasses: number,
): number {
  const votes = new Int32Array(nClasses);
  for (const at of neighbours) votes[labels[train[at]]]++;
  return votes.indexOf(Math.max(...votes));
}
