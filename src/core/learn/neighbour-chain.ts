import { nobody, type ClusterSearch } from '../engine';
import { AppError } from '../errors';

/** Two clusters that are each other's nearest; the union goes on under the index of the first. */
export interface Pair {
  /** The smaller index. */
  readonly first: number;
  readonly second: number;
  /** Ward's distance, squared, see `ClusterSearch`. */
  readonly distance: number;
}

/** `placeOf` of a cluster that is not on the chain, and of one that was merged into another. */
const off = -1;
const merged = -2;

/**
 * A chain of clusters, each the nearest of the one before. It ends in two that are each other's nearest: distances along
 * it do not grow, they are the same to the last bit from either side, and of equal ones the smallest index counts, so it
 * cannot go round in a circle.
 *
 * @param nClusters that `search` begins with
 */
export function neighbourChain(search: ClusterSearch, nClusters: number) {
  const chain = new Int32Array(nClusters);
  /** From the cluster before to this one. */
  const distances = new Float64Array(nClusters);
  const placeOf = new Int32Array(nClusters).fill(off);
  let length = 0;
  let start = 0;

  function push(cluster: number, distance: number): void {
    placeOf[cluster] = length;
    chain[length] = cluster;
    distances[length++] = distance;
  }

  function cutTo(newLength: number): void {
    while (length > newLength) placeOf[chain[--length]] = off;
  }

  /**
   * One search. The chain grows by one, or its last two are taken off it to be merged.
   *
   * @throws AppError `not-finite` where no distance is a number
   */
  function next(): Pair | undefined {
    if (length === 0) {
      while (placeOf[start] === merged) start++;
      push(start, Infinity);
    }
    const last = chain[length - 1];
    const before =
      length > 1 ? { cluster: chain[length - 2], distance: distances[length - 1] } : nobody;
    const { cluster, distance } = search.nearest(last, before);
    if (!(distance < Infinity)) {
      throw new AppError('not-finite', 'Some scaled values are too large to be compared.');
    }
    if (cluster === before.cluster) {
      cutTo(length - 2);
      const second = Math.max(cluster, last);
      placeOf[second] = merged;
      return { first: Math.min(cluster, last), second, distance };
    }
    // Back on the chain, which rounding alone can do: what comes after that cluster was found before a merge that
    // changed its nearest by a last digit.
    if (placeOf[cluster] >= 0) cutTo(placeOf[cluster] + 1);
    else push(cluster, distance);
    return undefined;
  }

  return { next };
}
