// @ts-nocheck AssemblyScript: its own compiler checks it.
import { blockRows, columnBytes } from './blocks';

/**
 * The nearest centre of each row. Float32 finds it by the score ‖c‖²/2 − x·c, which is smallest where the distance is;
 * where the two smallest are nearer than `margin.ts` proves to be safe, float64 decides, by the definition of the
 * reference.
 *
 * @param x blocks of rows, see `blocks.ts`
 * @param groups centres in float32, in groups of four and, where one or two are left, of two: per group its ‖c‖²/2,
 *   then its values feature by feature
 * @param centers the centres in float64, row-major nClusters × nFeatures
 * @param square, linear, constant the margin of a row of length r is square · r² + linear · r + constant
 * @param scores room for one float32 per row of a block and centre
 * @param labels written: int32, a multiple of eight of them
 * @returns how many rows float64 decided
 */
export function assign(
  x: usize,
  nSamples: i32,
  nFeatures: i32,
  groups: usize,
  centers: usize,
  nClusters: i32,
  square: f32,
  linear: f32,
  constant: f32,
  scores: usize,
  labels: usize,
): i32 {
  const stride = (<usize>nFeatures + 1) * columnBytes;
  let settled = 0;
  for (let first = 0; first < nSamples; first += blockRows) {
    scoreBlock(x, nFeatures, groups, nClusters, scores);
    let doubts = pick(
      scores,
      nClusters,
      labels,
      0,
      x + stride - columnBytes,
      square,
      linear,
      constant,
    );
    doubts |=
      pick(scores, nClusters, labels, 16, x + stride - columnBytes, square, linear, constant) << 4;
    while (doubts != 0) {
      const row = ctz(doubts);
      doubts &= doubts - 1;
      if (first + row < nSamples) {
        const at = (<usize>row) << 2;
        store<i32>(labels + at, nearest(x + at, nFeatures, centers, nClusters));
        settled++;
      }
    }
    x += stride;
    labels += columnBytes;
  }
  return settled;
}

/** Writes eight float32 per centre. */
export function scoreBlock(
  x: usize,
  nFeatures: i32,
  groups: usize,
  nClusters: i32,
  scores: usize,
): void {
  const end = x + <usize>nFeatures * columnBytes;
  let left = nClusters;
  for (; left > 2; left -= 4) {
    groups = scoreFour(x, end, groups, scores);
    scores += 4 * columnBytes;
  }
  if (left > 0) scoreTwo(x, end, groups, scores);
}

/** @returns where the next group begins */
function scoreFour(x: usize, end: usize, group: usize, scores: usize): usize {
  let a0 = v128.load32_splat(group, 0);
  let a1 = v128.load32_splat(group, 4);
  let a2 = v128.load32_splat(group, 8);
  let a3 = v128.load32_splat(group, 12);
  let b0 = a0;
  let b1 = a1;
  let b2 = a2;
  let b3 = a3;
  for (group += 16; x < end; x += columnBytes, group += 16) {
    const a = v128.load(x, 0);
    const b = v128.load(x, 16);
    let c = v128.load32_splat(group, 0);
    a0 = f32x4.sub(a0, f32x4.mul(a, c));
    b0 = f32x4.sub(b0, f32x4.mul(b, c));
    c = v128.load32_splat(group, 4);
    a1 = f32x4.sub(a1, f32x4.mul(a, c));
    b1 = f32x4.sub(b1, f32x4.mul(b, c));
    c = v128.load32_splat(group, 8);
    a2 = f32x4.sub(a2, f32x4.mul(a, c));
    b2 = f32x4.sub(b2, f32x4.mul(b, c));
    c = v128.load32_splat(group, 12);
    a3 = f32x4.sub(a3, f32x4.mul(a, c));
    b3 = f32x4.sub(b3, f32x4.mul(b, c));
  }
  v128.store(scores, a0, 0);
  v128.store(scores, b0, 16);
  v128.store(scores, a1, 32);
  v128.store(scores, b1, 48);
  v128.store(scores, a2, 64);
  v128.store(scores, b2, 80);
  v128.store(scores, a3, 96);
  v128.store(scores, b3, 112);
  return group;
}

function scoreTwo(x: usize, end: usize, group: usize, scores: usize): void {
  let a0 = v128.load32_splat(group, 0);
  let a1 = v128.load32_splat(group, 4);
  let b0 = a0;
  let b1 = a1;
  for (group += 8; x < end; x += columnBytes, group += 8) {
    const a = v128.load(x, 0);
    const b = v128.load(x, 16);
    let c = v128.load32_splat(group, 0);
    a0 = f32x4.sub(a0, f32x4.mul(a, c));
    b0 = f32x4.sub(b0, f32x4.mul(b, c));
    c = v128.load32_splat(group, 4);
    a1 = f32x4.sub(a1, f32x4.mul(a, c));
    b1 = f32x4.sub(b1, f32x4.mul(b, c));
  }
  v128.store(scores, a0, 0);
  v128.store(scores, b0, 16);
  v128.store(scores, a1, 32);
  v128.store(scores, b1, 48);
}

/**
 * Labels of one half of a block.
 *
 * @param half 0 or 16: bytes to the half
 * @param lengths ‖x‖ of the rows of the block
 * @returns one bit per row that float32 cannot tell
 */
function pick(
  scores: usize,
  nClusters: i32,
  labels: usize,
  half: usize,
  lengths: usize,
  square: f32,
  linear: f32,
  constant: f32,
): i32 {
  scores += half;
  let best = v128.load(scores);
  let second = f32x4.splat(f32.MAX_VALUE);
  let label = i32x4.splat(0);
  for (let c = 1; c < nClusters; c++) {
    scores += columnBytes;
    const score = v128.load(scores);
    second = f32x4.pmin(second, f32x4.pmax(best, score));
    label = v128.bitselect(i32x4.splat(c), label, f32x4.lt(score, best));
    best = f32x4.pmin(best, score);
  }
  v128.store(labels + half, label);
  const length = v128.load(lengths + half);
  const slope = f32x4.add(f32x4.splat(linear), f32x4.mul(f32x4.splat(square), length));
  const margin = f32x4.add(f32x4.splat(constant), f32x4.mul(slope, length));
  return i32x4.bitmask(f32x4.gt(f32x4.sub(second, best), margin)) ^ 15;
}

/** `nearestCenter` of core, for one row of a block: the same operations in the same order. */
export function nearest(x: usize, nFeatures: i32, centers: usize, nClusters: i32): i32 {
  let best = 0;
  let bestDistance = f64.MAX_VALUE * 2;
  for (let c = 0; c < nClusters; c++) {
    let distance: f64 = 0;
    let at = x;
    for (let j = 0; j < nFeatures; j++) {
      const difference = <f64>load<f32>(at) - load<f64>(centers);
      distance += difference * difference;
      at += columnBytes;
      centers += 8;
    }
    if (distance < bestDistance) {
      bestDistance = distance;
      best = c;
    }
  }
  return best;
}
