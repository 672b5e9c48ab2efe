import { createRandom, type Random } from '../../src/core/random';

/** Points of which it is known to which group each belongs. */
export interface Shape {
  readonly columns: Float64Array[];
  readonly groups: Int32Array;
  readonly nGroups: number;
}

type Point = readonly number[];

/**
 * The shapes with which clusterings have been tried since Ultsch (2005), "Clustering with SOM: U*C", drawn here from
 * their descriptions: the points are our own.
 */
export const shapes = {
  /** A ball in the middle of six others. */
  hepta: (seed: number) => {
    const axes = [0, 1, 2].flatMap((axis) =>
      [-3, 3].map((at) => [0, 1, 2].map((j) => (j === axis ? at : 0))),
    );
    return draw(
      seed,
      [[0, 0, 0], ...axes].map((center) => cloud(30, center, 0.4)),
    );
  },
  /** Four balls that nearly touch. */
  tetra: (seed: number) =>
    draw(
      seed,
      [
        [1, 1, 1],
        [1, -1, -1],
        [-1, 1, -1],
        [-1, -1, 1],
      ].map((corner) => ball(100, corner, 1.1)),
    ),
  /** Two squares that stand on their corners, side by side. */
  'two diamonds': (seed: number) => draw(seed, [diamond(400, -1.02), diamond(400, 1.02)]),
  /** Two rings, one through the other. */
  chainlink: (seed: number) =>
    draw(seed, [
      (random) => many(500, () => onRing(random, (a) => [Math.cos(a), Math.sin(a), 0])),
      (random) => many(500, () => onRing(random, (a) => [1 + Math.cos(a), 0, Math.sin(a)])),
    ]),
  /** A ball in a shell. */
  atom: (seed: number) =>
    draw(seed, [
      cloud(400, [0, 0, 0], 3),
      (random) =>
        many(400, () => {
          const radius = 50 + random.normal();
          return direction(random).map((value) => radius * value);
        }),
    ]),
  /** A disc in a ring, and a few far off in the corners. */
  target: (seed: number) =>
    draw(seed, [
      (random) => many(360, () => polar(random, 0.9 * Math.sqrt(random.uniform()))),
      (random) => many(400, () => polar(random, 3 + 0.25 * (random.uniform() - 0.5))),
      ...[-1, 1].flatMap((x) => [-1, 1].map((y) => cloud(3, [5 * x, 5 * y], 0.1))),
    ]),
} as const satisfies Record<string, (seed: number) => Shape>;

function draw(seed: number, groups: readonly ((random: Random) => Point[])[]): Shape {
  const random = createRandom(seed, 0);
  const points = groups.map((one) => one(random));
  const all = points.flat();
  return {
    columns: all[0].map((_, j) => Float64Array.from(all, (point) => point[j])),
    groups: Int32Array.from(points.flatMap((own, g) => own.map(() => g))),
    nGroups: groups.length,
  };
}

function many(count: number, one: () => Point): Point[] {
  return Array.from({ length: count }, one);
}

function cloud(count: number, center: Point, deviation: number) {
  return (random: Random) =>
    many(count, () => center.map((value) => value + deviation * random.normal()));
}

function ball(count: number, center: Point, radius: number) {
  return (random: Random) =>
    many(count, () => {
      const at = radius * Math.cbrt(random.uniform());
      const to = direction(random);
      return center.map((value, j) => value + at * to[j]);
    });
}

/** Evenly filled: |x − at| + |y| ≤ 1. */
function diamond(count: number, at: number) {
  return (random: Random) =>
    many(count, () => {
      const [u, v] = [2 * random.uniform() - 1, 2 * random.uniform() - 1];
      return [at + (u + v) / 2, (u - v) / 2];
    });
}

function onRing(random: Random, ring: (angle: number) => Point): Point {
  return ring(2 * Math.PI * random.uniform()).map((value) => value + 0.05 * random.normal());
}

function polar(random: Random, radius: number): Point {
  const angle = 2 * Math.PI * random.uniform();
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** Of length 1. */
function direction(random: Random): Point {
  const point = [random.normal(), random.normal(), random.normal()];
  const length = Math.hypot(...point);
  return point.map((value) => value / length);
}
