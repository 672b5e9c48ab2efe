import { counted, listInWords } from '../words';
import type { SegmentBadge } from './trust-told';

/**
 * How surely segments come back, where some were merged: nobody drew customers anew for what a person has put together, so
 * a merged segment is told by its parts.
 *
 * @param badges by cluster of K-Means
 * @param clusterOf by cluster of K-Means: index of its segment
 */
export function badgesOfSegments(
  badges: readonly (SegmentBadge | null)[],
  clusterOf: readonly number[],
): (SegmentBadge | null)[] {
  const nSegments = Math.max(-1, ...clusterOf) + 1;
  return Array.from({ length: nSegments }, (_, segment) => {
    const parts = badges.filter((__, cluster) => clusterOf[cluster] === segment);
    if (parts.length < 2) return parts[0] ?? null;
    const known = parts.flatMap((part) => part ?? []);
    if (known.length < parts.length) return null;
    const least = known.reduce((a, b) => (b.stability < a.stability ? b : a));
    const each = listInWords(known.map(({ stability }) => stability.toFixed(2)));
    return {
      label: 'Joined; parts from',
      verdict: least.verdict,
      stability: least.stability,
      sentence: `You joined ${counted(parts.length, 'segment')}. Whether they belong together was not tested; each alone comes back ${each} alike (Jaccard: 1 is the same customers, 0 none of them).`,
    };
  });
}
