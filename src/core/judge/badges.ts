/**
 * What is known of the clusters of the sweep, by segment of the page.
 *
 * @param known by cluster
 * @param clusterOf by cluster: its segment
 * @returns null for a segment that is not one cluster
 */
export function bySegment<T>(
  known: readonly (T | null)[],
  clusterOf: readonly number[],
  nSegments: number,
): (T | null)[] {
  return Array.from({ length: nSegments }, (_, segment) => {
    const own = clusterOf.flatMap((of, c) => (of === segment ? [c] : []));
    return own.length === 1 ? (known[own[0]] ?? null) : null;
  });
}
