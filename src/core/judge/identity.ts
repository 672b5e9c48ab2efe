import type { EncodeOutput, FeatureOrigin } from '../features/encode-table';
import type { ClusterParams } from '../recipe';
import { moments } from '../table/stats';
import { cheapestAssignment } from './assignment';

/** What a pinned segment is known by in one feature: its mean, in the column's own units; of a level, a share. */
export interface PinnedFeature {
  readonly column: string;
  /** null: a column of numbers. */
  readonly level: string | null;
  /** By pinned segment. */
  readonly means: readonly number[];
}

/** The segments of a run that later runs take their numbers, colours and marks from. */
export interface PinnedSegments {
  readonly features: readonly PinnedFeature[];
}

/** How the clusters of a run continue the pinned ones. */
export interface Identity {
  /** Cluster of the run at each new position: those that continue a pinned one first, in the order of those. */
  readonly order: readonly number[];
  /** By new position: the pinned segment that is continued; null: none. */
  readonly continues: readonly (number | null)[];
  readonly nPinned: number;
  /** Features that both know, and in which customers differ. */
  readonly nShared: number;
}

/**
 * Matches the clusters of a run with the pinned ones, one to one, so that the squared distances between matched means are
 * smallest in all: over the features that both have, each in standard deviations of the customers of this run. Clusters
 * without a partner come after the others, as they were ordered.
 *
 * @param means by cluster and feature, in own units
 * @param deviations by feature, standard deviations of all customers
 * @returns null where both have no feature in common: nothing tells which segment is which
 */
export function identify(
  pinned: PinnedSegments,
  features: readonly { readonly from: FeatureOrigin }[],
  means: readonly (readonly number[])[],
  deviations: readonly number[],
): Identity | null {
  const shared = sharedFeatures(pinned, features, deviations);
  const costs = costsBetween(pinned, features, means, deviations);
  if (costs === null) return null;
  const nPinned = costs[0].length;
  const partner = partners(costs, nPinned);
  const rank = (c: number) => partner[c] ?? nPinned + c;
  const order = means.map((_, c) => c).sort((a, b) => rank(a) - rank(b));
  return { order, continues: order.map((c) => partner[c]), nPinned, nShared: shared.length };
}

/**
 * Squared distances between the means of clusters and of pinned segments: clusters × pinned. Parameters are those of
 * `identify`.
 *
 * @returns null where both have no feature in common
 */
export function costsBetween(
  pinned: PinnedSegments,
  features: readonly { readonly from: FeatureOrigin }[],
  means: readonly (readonly number[])[],
  deviations: readonly number[],
): number[][] | null {
  const shared = sharedFeatures(pinned, features, deviations);
  if (shared.length === 0) return null;
  return means.map((own) =>
    shared[0].theirs.map((_, p) =>
      shared.reduce(
        (sum, { at, theirs }) => sum + ((own[at] - theirs[p]) / deviations[at]) ** 2,
        0,
      ),
    ),
  );
}

function sharedFeatures(
  pinned: PinnedSegments,
  features: readonly { readonly from: FeatureOrigin }[],
  deviations: readonly number[],
) {
  const places = new Map(features.map(({ from }, j) => [featureKey(from), j]));
  return pinned.features.flatMap(({ column, level, means: theirs }) => {
    const at = places.get(keyOf(column, level));
    return at === undefined || !(deviations[at] > 0) ? [] : [{ at, theirs }];
  });
}

/** By cluster its pinned segment; null for those that are left over. */
function partners(costs: readonly (readonly number[])[], nPinned: number): (number | null)[] {
  if (costs.length <= nPinned) return cheapestAssignment(costs);
  const flipped = Array.from({ length: nPinned }, (_, p) => costs.map((row) => row[p]));
  const partner = new Array<number | null>(costs.length).fill(null);
  cheapestAssignment(flipped).forEach((c, p) => (partner[c] = p));
  return partner;
}

/**
 * What `identify` needs of a run.
 *
 * @param labels cluster of each kept row
 */
export function meansOf(
  { values }: Pick<EncodeOutput, 'values'>,
  labels: Int32Array,
  nClusters: number,
): { means: number[][]; deviations: number[] } {
  const counts = new Float64Array(nClusters);
  for (const label of labels) counts[label]++;
  const means = Array.from({ length: nClusters }, () => new Array<number>(values.length));
  const deviations = values.map((column, j) => {
    const sums = new Float64Array(nClusters);
    for (let i = 0; i < column.length; i++) sums[labels[i]] += column[i];
    means.forEach((own, c) => (own[j] = sums[c] / counts[c]));
    return Math.sqrt(moments(column).squares / labels.length);
  });
  return { means, deviations };
}

/** The segments of a run, to be pinned. Levels that have no name of their own cannot be told again: they are left out. */
export function pinnedFrom(profile: {
  readonly overall: readonly { readonly from: FeatureOrigin }[];
  readonly segments: readonly { readonly columns: readonly { readonly mean: number }[] }[];
}): PinnedSegments {
  return {
    features: profile.overall.flatMap(({ from }, j) =>
      from.kind === 'number' || from.kind === 'level'
        ? [
            {
              column: from.column,
              level: from.kind === 'level' ? from.level : null,
              means: profile.segments.map(({ columns }) => columns[j].mean),
            },
          ]
        : [],
    ),
  };
}

/** @param segments none: numbered by size */
export function withPinned(
  { pinned: _, ...rest }: ClusterParams,
  segments?: PinnedSegments,
): ClusterParams {
  return segments === undefined ? rest : { ...rest, pinned: segments };
}

function featureKey(from: FeatureOrigin): string {
  return from.kind === 'number'
    ? keyOf(from.column, null)
    : from.kind === 'level'
      ? keyOf(from.column, from.level)
      : '';
}

function keyOf(column: string, level: string | null): string {
  return JSON.stringify([column, level]);
}
