/**
 * Columns in an order in which similar ones stand side by side: clusters of columns are merged by average linkage (UPGMA)
 * on 1 − |r|, and the ends of two that are merged are laid such that the more similar ones meet. Of equal choices, the one
 * that keeps the columns in their order. O(d³).
 *
 * @param correlation d × d, symmetric; what is NaN is not similar
 */
export function orderBySimilarity(correlation: Float64Array, d: number): Int32Array {
  const similarity = (i: number, j: number) => Math.abs(correlation[i * d + j]) || 0;
  const distances = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) distances[i * d + j] = 1 - similarity(i, j);
  const clusters = Array.from({ length: d }, (_, j): number[] => [j]);
  const alive = clusters.map((_, j) => j);
  while (alive.length > 1) {
    const [i, j] = nearestTwo(alive, distances, d);
    const [sizeI, sizeJ] = [clusters[i].length, clusters[j].length];
    for (const other of alive) {
      const mean =
        (sizeI * distances[i * d + other] + sizeJ * distances[j * d + other]) / (sizeI + sizeJ);
      distances[i * d + other] = mean;
      distances[other * d + i] = mean;
    }
    clusters[i] = join(clusters[i], clusters[j], similarity);
    alive.splice(alive.indexOf(j), 1);
  }
  return Int32Array.from(alive.length === 0 ? [] : clusters[alive[0]]);
}

function nearestTwo(
  alive: readonly number[],
  distances: Float64Array,
  d: number,
): [number, number] {
  let best = Infinity;
  let pair: [number, number] = [alive[0], alive[1]];
  for (let p = 0; p < alive.length; p++) {
    for (let q = p + 1; q < alive.length; q++) {
      const distance = distances[alive[p] * d + alive[q]];
      if (distance >= best) continue;
      best = distance;
      pair = [alive[p], alive[q]];
    }
  }
  return pair;
}

function join(
  left: readonly number[],
  right: readonly number[],
  similarity: (i: number, j: number) => number,
): number[] {
  const [turnedLeft, turnedRight] = [left.toReversed(), right.toReversed()];
  const ways = [
    [left, right],
    [left, turnedRight],
    [turnedLeft, right],
    [turnedLeft, turnedRight],
  ] as const;
  const meeting = ways.map(([a, b]) => similarity(a[a.length - 1], b[0]));
  const best = meeting.indexOf(Math.max(...meeting));
  return ways[best].flat();
}
