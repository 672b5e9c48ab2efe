// @ts-nocheck AssemblyScript: its own compiler checks it.

/** Bytes of one column of a block of eight clusters, in float64. */
const columnBytes: usize = 64;
/** Blocks that share a box: the smallest one, with sides along the columns, that holds all their clusters. */
const boxBlocks: i32 = 8;
/** Bytes of one column of two boxes: their two lower bounds, then their two upper ones. */
const boxBytes: usize = 32;
/** Columns between two looks at whether the rest can be spared: more looks cost more than they save. */
const stretch: usize = 4;

/**
 * The nearest cluster to one, by Ward's distance
 *   2ab/(a + b) · Σ_j (c_j − point_j)², float64, j ascending, a and b the sizes; the smallest id on a tie.
 * Eight clusters at a time, each added up alone, so the bits are those of a plain loop.
 *
 * What cannot be nearest is left early, and nothing is lost by that: a sum of squares only grows, that to a box is never
 * larger than that to a cluster inside, and the factor 2ab/(a + b) is least for b = 1. Rounding changes none of these
 * orders.
 *
 * @param x blocks of eight clusters, column by column: the float64 (place, j) is at
 *   ((place >> 3) · nFeatures + j) · 64 + (place & 7) · 8 bytes; a place that is empty lies infinitely far away
 * @param boxes two by two, column by column, float64: both lower bounds, both upper ones
 * @param nBoxes even; as many as there are blocks, by eight
 * @param sizes float64 per place
 * @param ids int32 per place; the largest int32 if it is empty
 * @param point float64, nFeatures of them
 * @param size, id of the cluster at that point, which is not its own neighbour
 * @param best float64 distance and int32 id of a neighbour that is known (infinite, and the largest int32, for none);
 *   then room for eight float64. Written: those of the nearest one
 */
export function nearestCluster(
  x: usize,
  boxes: usize,
  nBoxes: i32,
  nFeatures: i32,
  sizes: usize,
  ids: usize,
  point: usize,
  size: f64,
  id: i32,
  best: usize,
): void {
  const least = (2 * size) / (size + 1);
  for (let box = 0; box < nBoxes; box += 2) {
    let doubts = nearBoxes(boxes, nFeatures, point, least, load<f64>(best));
    boxes += <usize>nFeatures * boxBytes;
    for (; doubts != 0; doubts &= doubts - 1) {
      const first = (box + ctz(doubts)) * boxBlocks;
      for (let block = first; block < first + boxBlocks; block++) {
        const at = x + <usize>block * <usize>nFeatures * columnBytes;
        if (!measureBlock(at, nFeatures, point, least, best)) continue;
        const place = (<usize>block) << 3;
        pick(sizes + (place << 3), ids + (place << 2), size, id, least, best);
      }
    }
  }
}

/** @returns one bit for each of two boxes that may hold a nearest cluster */
function nearBoxes(box: usize, nFeatures: i32, point: usize, least: f64, distance: f64): i32 {
  const end = box + <usize>nFeatures * boxBytes;
  let sum = f64x2.splat(0);
  let doubts = 0;
  do {
    const pause = min(box + stretch * boxBytes, end);
    for (; box < pause; box += boxBytes, point += 8) {
      const value = v128.load64_splat(point);
      const below = f64x2.sub(v128.load(box, 0), value);
      const above = f64x2.sub(value, v128.load(box, 16));
      const outside = f64x2.pmax(f64x2.splat(0), f64x2.pmax(below, above));
      sum = f64x2.add(sum, f64x2.mul(outside, outside));
    }
    const nearest = f64x2.mul(f64x2.splat(least), sum);
    doubts = i64x2.bitmask(f64x2.le(nearest, f64x2.splat(distance)));
  } while (doubts != 0 && box < end);
  return doubts;
}

/**
 * Writes the sums of squares of a block after the first two values of `best`.
 *
 * @returns whether one of them may be the nearest; if not, nothing is written
 */
function measureBlock(at: usize, nFeatures: i32, point: usize, least: f64, best: usize): bool {
  const end = at + <usize>nFeatures * columnBytes;
  const distance = f64x2.splat(load<f64>(best));
  let d0 = f64x2.splat(0);
  let d1 = d0;
  let d2 = d0;
  let d3 = d0;
  do {
    const pause = min(at + stretch * columnBytes, end);
    for (; at < pause; at += columnBytes, point += 8) {
      const value = v128.load64_splat(point);
      const u0 = f64x2.sub(v128.load(at, 0), value);
      const u1 = f64x2.sub(v128.load(at, 16), value);
      const u2 = f64x2.sub(v128.load(at, 32), value);
      const u3 = f64x2.sub(v128.load(at, 48), value);
      d0 = f64x2.add(d0, f64x2.mul(u0, u0));
      d1 = f64x2.add(d1, f64x2.mul(u1, u1));
      d2 = f64x2.add(d2, f64x2.mul(u2, u2));
      d3 = f64x2.add(d3, f64x2.mul(u3, u3));
    }
    const nearest = f64x2.pmin(f64x2.pmin(d0, d1), f64x2.pmin(d2, d3));
    const near = f64x2.le(f64x2.mul(f64x2.splat(least), nearest), distance);
    if (!v128.any_true(near)) return false;
  } while (at < end);
  v128.store(best, d0, 16);
  v128.store(best, d1, 32);
  v128.store(best, d2, 48);
  v128.store(best, d3, 64);
  return true;
}

/** Takes a cluster of the block into `best` where it is nearer. */
function pick(sizes: usize, ids: usize, size: f64, id: i32, least: f64, best: usize): void {
  let distance = load<f64>(best);
  let nearest = load<i32>(best, 8);
  for (let lane: usize = 0; lane < 8; lane++) {
    const sum = load<f64>(best + (lane << 3), 16);
    if (least * sum > distance) continue;
    const other = load<f64>(sizes + (lane << 3));
    const candidate = ((2 * size * other) / (size + other)) * sum;
    const otherId = load<i32>(ids + (lane << 2));
    if (otherId == id || !(candidate <= distance)) continue;
    if (candidate == distance && otherId >= nearest) continue;
    distance = candidate;
    nearest = otherId;
  }
  store<f64>(best, distance);
  store<i32>(best, nearest, 8);
}
