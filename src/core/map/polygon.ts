export type Point = readonly [number, number];

/**
 * Whether a point lies inside of a polygon, by the number of its edges to the right of the point: odd is inside. A point
 * on an edge belongs to one side or the other, always the same. Of fewer than three corners nothing is inside.
 *
 * @param points corners; the last is joined to the first
 */
export function insideOf(points: readonly Point[]): (x: number, y: number) => boolean {
  const across = points.map(([x]) => x);
  const up = points.map(([, y]) => y);
  // Most points of a map are outside: these four comparisons settle it for them.
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const [bottom, top] = [Math.min(...up), Math.max(...up)];
  return (x, y) => {
    if (!(x >= left && x <= right && y >= bottom && y <= top)) return false;
    let isInside = false;
    for (let i = 0, last = points.length - 1; i < points.length; last = i++) {
      if (up[i] > y === up[last] > y) continue;
      const edge = across[i] + ((y - up[i]) / (up[last] - up[i])) * (across[last] - across[i]);
      if (x < edge) isInside = !isInside;
    }
    return isInside;
  };
}
