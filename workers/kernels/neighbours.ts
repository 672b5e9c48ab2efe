// @ts-nocheck AssemblyScript: its own compiler checks it.

/** Bytes of one column of a block of eight shadows, in float32. */
const columnBytes: usize = 32;
/** Blocks that share a box: the smallest one, with sides along the columns, that holds all their shadows. */
const boxBlocks: i32 = 4;
/** Bytes of one column of four boxes: their four lower bounds, then their four upper ones. */
const boxBytes: usize = 32;
/** Columns between two looks at whether the rest can be spared: more looks cost more than they save. */
const stretch: usize = 4;
/** Of a place that is empty. */
const nobody: i32 = i32.MAX_VALUE;

/**
 * The nearest cluster to one, by Ward's distance
 *   2ab/(a + b) · Σ_j (c_j − point_j)², float64, j ascending, a and b the sizes; the smallest id on a tie.
 *
 * Most clusters are passed over by their shadows, in float32: what is farther away there than a cluster can be that is
 * as near as the best one so far, see `reachOf`. Nothing is lost by that: a sum of squares only grows, that to a box is never
 * larger than that to a shadow inside, and the factor 2ab/(a + b) is least for b = 1. All others are measured in
 * float64, one after the other, so the bits are those of a plain loop.
 *
 * @param shadows blocks of eight shadows, column by column: the float32 (place, j) is at
 *   ((place >> 3) · nFeatures + j) · 32 + (place & 7) · 4 bytes; NaN at a place that is empty
 * @param boxes four by four, column by column, float32: all lower bounds, all upper ones
 * @param nBoxes a multiple of four; as many as there are blocks, by four
 * @param centers float64, row by row, by place
 * @param sizes float64 per place
 * @param ids int32 per place; the largest int32 if it is empty
 * @param place of the cluster, which is not its own neighbour
 * @param shadow float32, that of the cluster
 * @param unit how long a distance of 1 is among the shadows
 * @param slack by how much shadows may be too far from each other
 * @param best float64 distance and int32 id of a neighbour that is known (infinite, and the largest int32, for none);
 *   then room for eight float32. Written: those of the nearest one
 */
export function nearestCluster(
  shadows: usize,
  boxes: usize,
  nBoxes: i32,
  nFeatures: i32,
  centers: usize,
  sizes: usize,
  ids: usize,
  place: i32,
  shadow: usize,
  unit: f64,
  slack: f64,
  best: usize,
): void {
  const size = load<f64>(sizes + ((<usize>place) << 3));
  const least = (2 * size) / (size + 1);
  let distance = load<f64>(best);
  let nearest = load<i32>(best, 8);
  let reach = reachOf(distance / least, unit, slack, nFeatures);
  const squares = best + 16;
  const groupBytes = <usize>nFeatures * boxBytes;
  const blockBytes = <usize>nFeatures * columnBytes;
  // Those around it come first: one of them is near, and what is farther away than that needs no second look.
  const own = (place / (8 * boxBlocks)) & ~3;
  for (let group = own; group < own + nBoxes; group += 4) {
    const first = group < nBoxes ? group : group - nBoxes;
    let doubts = nearBoxes(boxes + <usize>(first >> 2) * groupBytes, nFeatures, shadow, reach);
    for (; doubts != 0; doubts &= doubts - 1) {
      const start = (first + ctz(doubts)) * boxBlocks;
      for (let block = start; block < start + boxBlocks; block++) {
        const at = shadows + <usize>block * blockBytes;
        let near = nearShadows(at, nFeatures, shadow, reach, squares);
        for (; near != 0; near &= near - 1) {
          const lane = ctz(near);
          const other = (block << 3) + lane;
          const id = load<i32>(ids + ((<usize>other) << 2));
          if (other == place || id == nobody) continue;
          const weight = load<f64>(sizes + ((<usize>other) << 3));
          const factor = (2 * size * weight) / (size + weight);
          // Of a large cluster the shadow must be nearer.
          const square = load<f32>(squares + ((<usize>lane) << 2));
          if (square > reachOf(distance / factor, unit, slack, nFeatures)) continue;
          const candidate = factor * squaredDistance(centers, place, other, nFeatures);
          if (!(candidate < distance || (candidate == distance && id < nearest))) continue;
          nearest = id;
          if (candidate == distance) continue;
          distance = candidate;
          reach = reachOf(distance / least, unit, slack, nFeatures);
        }
      }
    }
  }
  store<f64>(best, distance);
  store<i32>(best, nearest, 8);
}

/**
 * How far shadows can be from each other, squared and summed up in float32, if their clusters are no farther than a distance.
 * Each of the sum's nFeatures + 3 roundings adds 2^-24 of it at most; twice that is granted, and more than enough for
 * those of float64.
 */
function reachOf(squared: f64, unit: f64, slack: f64, nFeatures: i32): f32 {
  const far = sqrt(squared) * unit + slack;
  return <f32>(far * far * (1 + <f64>(nFeatures + 8) * 1.1920928955078125e-7));
}

/** @returns one bit for each of four boxes that may hold a near shadow */
function nearBoxes(box: usize, nFeatures: i32, shadow: usize, reach: f32): i32 {
  const end = box + <usize>nFeatures * boxBytes;
  const limit = f32x4.splat(reach);
  let sum = f32x4.splat(0);
  let doubts = 0;
  do {
    const pause = min(box + stretch * boxBytes, end);
    for (; box < pause; box += boxBytes, shadow += 4) {
      const value = v128.load32_splat(shadow);
      const below = f32x4.sub(v128.load(box, 0), value);
      const above = f32x4.sub(value, v128.load(box, 16));
      const outside = f32x4.pmax(f32x4.splat(0), f32x4.pmax(below, above));
      sum = f32x4.add(sum, f32x4.mul(outside, outside));
    }
    doubts = i32x4.bitmask(f32x4.le(sum, limit));
  } while (doubts != 0 && box < end);
  return doubts;
}

/**
 * @param squares written: if any is near, how far away each of the eight is, float32
 * @returns one bit for each of the eight shadows of a block that is near
 */
function nearShadows(at: usize, nFeatures: i32, shadow: usize, reach: f32, squares: usize): i32 {
  const end = at + <usize>nFeatures * columnBytes;
  const limit = f32x4.splat(reach);
  let low = f32x4.splat(0);
  let high = low;
  let near = 0;
  do {
    const pause = min(at + stretch * columnBytes, end);
    for (; at < pause; at += columnBytes, shadow += 4) {
      const value = v128.load32_splat(shadow);
      const u = f32x4.sub(v128.load(at, 0), value);
      const v = f32x4.sub(v128.load(at, 16), value);
      low = f32x4.add(low, f32x4.mul(u, u));
      high = f32x4.add(high, f32x4.mul(v, v));
    }
    near = i32x4.bitmask(f32x4.le(low, limit)) | (i32x4.bitmask(f32x4.le(high, limit)) << 4);
  } while (near != 0 && at < end);
  v128.store(squares, low, 0);
  v128.store(squares, high, 16);
  return near;
}

/** Σ_j (other_j − own_j)², float64, j ascending. */
function squaredDistance(centers: usize, place: i32, other: i32, nFeatures: i32): f64 {
  const rowBytes = (<usize>nFeatures) << 3;
  let own = centers + <usize>place * rowBytes;
  let at = centers + <usize>other * rowBytes;
  let sum: f64 = 0;
  for (const end = at + rowBytes; at < end; at += 8, own += 8) {
    const difference = load<f64>(at) - load<f64>(own);
    sum += difference * difference;
  }
  return sum;
}
