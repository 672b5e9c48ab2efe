import { AppError } from '../errors';
import type { PinnedSegments } from '../judge/identity';
import { capitalise, listInWords } from '../words';
import type { ClusterParams } from '../recipe';
import type { KMeans } from './kmeans';
import { orderBySize } from './label-order';

/** Where the nearest one decides: centres, and the cluster that each belongs to. */
export interface Prototypes {
  /** Row-major nPrototypes × nFeatures. The first of the nearest decides. */
  readonly centers: Float64Array;
  /** By prototype: index of its cluster. Every cluster has one. */
  readonly clusterOf: Int32Array;
}

/**
 * Takes clusters together. What comes of it is numbered by size again. A row belongs where the nearest of all the centres
 * belongs, so nobody changes sides; the centre of a merged cluster is the mean of its rows and decides nothing.
 *
 * @param groups clusters that become one; those in none stay as they are
 * @throws AppError `setting-invalid` where a group names what is not there, or is named twice, or is no group
 */
export function mergeClusters(
  fit: KMeans,
  groups: readonly (readonly number[])[],
): { readonly fit: KMeans; readonly prototypes: Prototypes } {
  assertGroups(groups, fit.nClusters);
  const { groupOf, nGroups } = numberGroups(groups, fit.nClusters);
  const merged = fit.labels.map((label) => groupOf[label]);
  const { order, rank, sizes } = orderBySize(merged, nGroups);
  const clusterOf = groupOf.map((group) => rank[group]);
  const nFeatures = fit.centers.length / fit.nClusters;
  const centers = new Float64Array(order.length * nFeatures);
  for (let c = 0; c < fit.nClusters; c++) {
    const share = fit.sizes[c] / sizes[clusterOf[c]];
    for (let j = 0; j < nFeatures; j++) {
      centers[clusterOf[c] * nFeatures + j] += share * fit.centers[c * nFeatures + j];
    }
  }
  return {
    fit: { ...fit, nClusters: order.length, centers, sizes, labels: merged.map((g) => rank[g]) },
    prototypes: { centers: fit.centers, clusterOf },
  };
}

/** Numbers for the groups and for those in none, without a gap. */
function numberGroups(groups: readonly (readonly number[])[], nClusters: number) {
  const groupOf = new Int32Array(nClusters).fill(-1);
  groups.forEach((group, g) => group.forEach((c) => (groupOf[c] = g)));
  let nGroups = groups.length;
  for (let c = 0; c < nClusters; c++) if (groupOf[c] < 0) groupOf[c] = nGroups++;
  return { groupOf, nGroups };
}

function assertGroups(groups: readonly (readonly number[])[], nClusters: number): void {
  const seen = new Set<number>();
  for (const group of groups) {
    const numbers = listInWords(group.map((c) => String(c + 1)));
    if (group.length < 2) throw notMerged('It takes two segments or more to merge them');
    for (const c of group) {
      if (!Number.isInteger(c) || c < 0 || c >= nClusters) {
        throw notMerged(
          `segments ${numbers} were to be merged, but only ${nClusters} segments are formed`,
        );
      }
      if (seen.has(c)) throw notMerged(`segment ${c + 1} was to be merged twice`);
      seen.add(c);
    }
  }
}

function notMerged(reason: string): AppError {
  return new AppError(
    'setting-invalid',
    `${capitalise(reason)}. Choose the number of segments again: that undoes every merging.`,
  );
}

/** Nothing is merged. */
export function unmerged({ merge: _, mergedOn: __, ...rest }: ClusterParams): ClusterParams {
  return rest;
}

/** @param features what is left of those that merged clusters are known by; without any nothing tells who they were */
export function withMergedOn(
  cluster: ClusterParams,
  features: PinnedSegments['features'],
): ClusterParams {
  if (cluster.mergedOn === undefined) return cluster;
  return features.length === 0 ? unmerged(cluster) : { ...cluster, mergedOn: { features } };
}

/**
 * The groups to merge so that two segments become one, beside those that are merged already.
 *
 * @param clusterOf by cluster of K-Means: index of its segment
 */
export function joined(clusterOf: readonly number[], a: number, b: number): number[][] {
  return groupsOf(clusterOf.map((segment) => (segment === b ? a : segment)));
}

/** The groups that remain when a merged segment comes apart again. */
export function takenApart(clusterOf: readonly number[], segment: number): number[][] {
  return groupsOf(clusterOf).filter(([first]) => clusterOf[first] !== segment);
}

function groupsOf(clusterOf: readonly number[]): number[][] {
  const groups = new Map<number, number[]>();
  clusterOf.forEach((segment, c) => groups.set(segment, [...(groups.get(segment) ?? []), c]));
  return [...groups.values()].filter((group) => group.length > 1);
}
