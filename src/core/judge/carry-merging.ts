import type { EncodeOutput } from '../features/encode-table';
import type { KMeans } from '../learn/kmeans';
import { costsBetween, meansOf, type PinnedSegments } from './identity';

/** What becomes of a merging when clusters are formed anew. */
export interface CarriedMerging {
  /** Clusters of now that are taken together. */
  readonly groups: readonly (readonly number[])[];
  /** The clusters are no longer those that were merged, or have other averages. */
  readonly hasChanged: boolean;
  /** Groups of which a cluster is not found again: they rest. */
  readonly nLost: number;
}

/** Means that differ by less, in standard deviations of all customers, are the same. */
const same = 1e-9;

/**
 * Finds the clusters that a person merged among those of now. A cluster is found where the nearest of now is also nearest
 * to it in turn: over the features that both know, each in standard deviations of the customers of now. A group is kept
 * if all its clusters are found.
 *
 * @param groups by the numbers that clusters had
 * @param on what all clusters were then; undefined: nothing is known, and numbers are all there is to go by
 */
export function carryMerging(
  groups: readonly (readonly number[])[],
  on: PinnedSegments | undefined,
  encoded: Pick<EncodeOutput, 'values'> & {
    readonly features: readonly Pick<EncodeOutput['features'][number], 'from'>[];
  },
  { labels, nClusters }: Pick<KMeans, 'labels' | 'nClusters'>,
): CarriedMerging {
  if (on === undefined) return { groups, hasChanged: false, nLost: 0 };
  const { means, deviations } = meansOf(encoded, labels, nClusters);
  const costs = costsBetween(on, encoded.features, means, deviations);
  if (costs === null) return { groups: [], hasChanged: true, nLost: groups.length };
  const nThen = costs[0].length;
  const isSame = nThen === nClusters && costs.every((row, c) => row[c] <= same ** 2);
  if (isSame) return { groups, hasChanged: false, nLost: 0 };
  const nearestThen = costs.map(indexOfLeast);
  const found = Array.from({ length: nThen }, (_, p) => {
    const now = indexOfLeast(costs.map((row) => row[p]));
    return nearestThen[now] === p ? now : null;
  });
  const kept = groups.flatMap((group) => {
    const now = group.map((p) => found.at(p) ?? null).filter((c) => c !== null);
    return now.length === group.length ? [now] : [];
  });
  return { groups: kept, hasChanged: true, nLost: groups.length - kept.length };
}

/** What has to be said of it; null where clusters are those that were merged. */
export function carriedNote({ groups, hasChanged, nLost }: CarriedMerging): string | null {
  if (!hasChanged) return null;
  if (nLost === 0) {
    return 'The segments have changed since you merged some; those were found again by their averages.';
  }
  const rest =
    groups.length === 0
      ? 'nothing is merged now'
      : `${nLost === 1 ? 'one merging rests' : `${nLost} mergings rest`}, the others hold`;
  return `The segments have changed since you merged some, and not all of those are found again: ${rest}. Merge anew, or undo the change.`;
}

function indexOfLeast(values: readonly number[]): number {
  return values.reduce((least, value, at) => (value < values[least] ? at : least), 0);
}
