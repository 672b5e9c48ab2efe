import type { Point } from './polygon';

/** Values at the knots of a grid, row-major, the rows upwards. */
export interface Grid {
  readonly values: Float64Array;
  readonly nx: number;
  readonly ny: number;
}

/**
 * Closed lines around everything that is above a level, by marching squares: between neighbouring knots the value is taken
 * to grow evenly; beyond the grid it is 0. Where two opposite corners of a cell are above, their mean with the others says
 * whether they belong together.
 * Source: Lorensen, Cline (1987), in two dimensions.
 *
 * @param level above 0
 * @returns rings in units of the grid (0 … nx − 1, 0 … ny − 1), up to one step beyond; the first point is not repeated
 */
export function contourRings({ values, nx, ny }: Grid, level: number): Point[][] {
  const valueAt = (x: number, y: number) =>
    x < 0 || y < 0 || x >= nx || y >= ny ? 0 : values[y * nx + x];
  /** The edge to the right of a knot, or the one above it, has one number from each of its two cells. */
  const across = (x: number, y: number) => 2 * ((y + 1) * (nx + 2) + x + 1);
  const up = (x: number, y: number) => across(x, y) + 1;
  const points = new Map<number, Point>();
  const next = new Map<number, number>();
  const share = (from: number, to: number) => (level - from) / (to - from);

  for (let y = -1; y < ny; y++) {
    for (let x = -1; x < nx; x++) {
      const [a, b, c, d] = [
        valueAt(x, y),
        valueAt(x + 1, y),
        valueAt(x + 1, y + 1),
        valueAt(x, y + 1),
      ];
      const corners = [a, b, c, d].map((value) => value > level);
      if (corners.every((is) => is === corners[0])) continue;
      const edges = [across(x, y), up(x + 1, y), across(x, y + 1), up(x, y)];
      const places: (() => Point)[] = [
        () => [x + share(a, b), y],
        () => [x + 1, y + share(b, c)],
        () => [x + share(d, c), y + 1],
        () => [x, y + share(a, d)],
      ];
      for (const [from, to] of linesIn(corners, (a + b + c + d) / 4 > level)) {
        points.set(edges[from], places[from]());
        points.set(edges[to], places[to]());
        next.set(edges[from], edges[to]);
      }
    }
  }
  return joined(next, points);
}

/**
 * Lines through a cell, each from one edge to another (0 below, 1 right, 2 above, 3 left), what is above the level to their
 * left.
 *
 * @param corners whether they are above: below left, below right, above right, above left
 */
function linesIn(corners: readonly boolean[], isMiddleAbove: boolean): [number, number][] {
  // Going around counter-clockwise: a line leaves where what is above ends, and comes in where it begins.
  const ends: number[] = [];
  const begins: number[] = [];
  for (let edge = 0; edge < 4; edge++) {
    const [from, to] = [corners[edge], corners[(edge + 1) % 4]];
    if (from && !to) ends.push(edge);
    if (!from && to) begins.push(edge);
  }
  if (ends.length === 1) return [[ends[0], begins[0]]];
  // Two corners opposite to each other: cut off each of them, or the two that are below.
  return ends.map((edge) => [edge, isMiddleAbove ? (edge + 1) % 4 : (edge + 3) % 4]);
}

function joined(next: Map<number, number>, points: ReadonlyMap<number, Point>): Point[][] {
  const rings: Point[][] = [];
  for (const start of [...next.keys()]) {
    const ring: Point[] = [];
    for (let at: number | undefined = start; at !== undefined;) {
      const following = next.get(at);
      if (following === undefined) break;
      next.delete(at);
      const point = points.get(at);
      if (point !== undefined) ring.push(point);
      at = following;
    }
    if (ring.length > 2) rings.push(ring);
  }
  return rings;
}
