import type { Reach } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';

/** `LoadedMatrix.reach` by plain loops: the definition of its bits. */
export function plainReach(X: Matrix): Reach {
  const closest = new Float64Array(X.nSamples).fill(Infinity);
  return {
    addBest(points) {
      let best = new Float64Array(0);
      let lowest = Infinity;
      let index = 0;
      for (let p = 0; p < points.length / X.nFeatures; p++) {
        const reached = closest.slice();
        lower(reached, X, points, p * X.nFeatures);
        const potential = sumOf(reached);
        if (p > 0 && !(potential < lowest)) continue;
        [best, lowest, index] = [reached, potential, p];
      }
      closest.set(best);
      return index;
    },
    addAll(points) {
      for (let at = 0; at < points.length; at += X.nFeatures) lower(closest, X, points, at);
    },
    cumulative: () => cumulate(closest),
    dispose: () => undefined,
  };
}

/** @param reached lowered to the squared distance to the point, where that is smaller */
function lower(
  reached: Float64Array,
  { data, nFeatures }: Matrix,
  points: Float64Array,
  from: number,
): void {
  for (let i = 0, at = 0; i < reached.length; i++) {
    let distance = 0;
    for (let j = from; j < from + nFeatures; j++) {
      const difference = data[at++] - points[j];
      distance += difference * difference;
    }
    if (distance < reached[i]) reached[i] = distance;
  }
}

function sumOf(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

function cumulate(values: Float64Array): Float64Array {
  const cumulative = new Float64Array(values.length);
  let total = 0;
  for (let i = 0; i < values.length; i++) cumulative[i] = total += values[i];
  return cumulative;
}
