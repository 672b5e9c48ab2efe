import { insideOf, type Point } from './polygon';

/** Share of a segment's customers that its outline holds. */
export const innerShare = 0.8;

/**
 * The convex hull of those rows of a group that lie nearest to its mean, by the group's own spread and tilt on the map
 * (Mahalanobis). Counter-clockwise, the first point not repeated.
 * Source: Andrew (1979), "Another efficient algorithm for convex hulls in two dimensions".
 *
 * @param scores row-major n × 2
 * @param share of the group's rows, above 0 and up to 1
 * @returns fewer than three points where the rows lie on a line, or are fewer
 */
export function innerHull(scores: Float32Array, rows: Int32Array, share: number): Point[] {
  const n = rows.length;
  if (n === 0) return [];
  let [meanX, meanY] = [0, 0];
  for (const row of rows) {
    meanX += scores[2 * row] / n;
    meanY += scores[2 * row + 1] / n;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (const row of rows) {
    const [x, y] = [scores[2 * row] - meanX, scores[2 * row + 1] - meanY];
    xx += (x * x) / n;
    xy += (x * y) / n;
    yy += (y * y) / n;
  }
  const determinant = xx * yy - xy * xy;
  const isFlat = !(determinant > 1e-9 * xx * yy);
  const distances = Float64Array.from(rows, (row) => {
    const [x, y] = [scores[2 * row] - meanX, scores[2 * row + 1] - meanY];
    return isFlat ? x * x + y * y : (yy * x * x - 2 * xy * x * y + xx * y * y) / determinant;
  });
  const limit = distances.slice().sort()[Math.max(0, Math.ceil(share * n) - 1)];
  return convexHull(
    outermost(
      scores,
      rows.filter((_, i) => distances[i] <= limit),
    ),
  );
}

/** Directions in which the farthest points are found first. */
const nDirections = 16;

/**
 * Points that may be corners of the hull of some rows: the farthest in several directions, and all that do not lie inside of
 * those. Of a million points some thousands are left. Source: Akl, Toussaint (1978).
 */
function outermost(scores: Float32Array, rows: Int32Array): Point[] {
  const pointOf = (row: number): Point => [scores[2 * row], scores[2 * row + 1]];
  const farthest = new Set<number>();
  for (let d = 0; d < nDirections; d++) {
    const angle = (2 * Math.PI * d) / nDirections;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    let best = rows[0];
    let most = -Infinity;
    for (const row of rows) {
      const far = cos * scores[2 * row] + sin * scores[2 * row + 1];
      if (far <= most) continue;
      best = row;
      most = far;
    }
    farthest.add(best);
  }
  const corners = Array.from(farthest, pointOf);
  const isInside = insideOf(convexHull(corners));
  const outside = rows.filter((row) => !isInside(scores[2 * row], scores[2 * row + 1]));
  return [...corners, ...Array.from(outside, pointOf)];
}

function convexHull(points: readonly Point[]): Point[] {
  const sorted = points.toSorted(([a, b], [c, d]) => a - c || b - d);
  const half = (ordered: readonly Point[]) => {
    const side: Point[] = [];
    for (const point of ordered) {
      while (side.length > 1 && turn(side[side.length - 2], side[side.length - 1], point) <= 0) {
        side.pop();
      }
      side.push(point);
    }
    // The last one begins the other half.
    return side.slice(0, -1);
  };
  if (sorted.length < 2) return sorted;
  return [...half(sorted), ...half(sorted.toReversed())];
}

/** Above 0: from a over b to c is a turn to the left. */
function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}
