import { piecesOf, type Matrix } from '../matrix';

/**
 * The customers that lie nearest to the centre of their segment: what an average of many looks like in one.
 *
 * @param centers row-major nClusters × nFeatures, in the units of X
 * @param nTypical of each segment, at most
 * @returns by segment: rows of X, nearest first, the smaller index on a tie
 */
export function typicalRows(
  X: Matrix,
  labels: Int32Array,
  centers: Float64Array,
  nClusters: number,
  nTypical: number,
): number[][] {
  const nearest = Array.from({ length: nClusters }, () => [] as { row: number; square: number }[]);
  const { nFeatures } = X;
  for (const { data, nSamples, first } of piecesOf(X)) {
    for (let i = 0; i < nSamples; i++) {
      const c = labels[first + i];
      let square = 0;
      for (let j = 0; j < nFeatures; j++) {
        square += (data[i * nFeatures + j] - centers[c * nFeatures + j]) ** 2;
      }
      const own = nearest[c];
      if (own.length === nTypical && square >= own[nTypical - 1].square) continue;
      let at = own.length;
      while (at > 0 && own[at - 1].square > square) at--;
      own.splice(at, 0, { row: first + i, square });
      if (own.length > nTypical) own.pop();
    }
  }
  return nearest.map((own) => own.map(({ row }) => row));
}
