// @ts-nocheck AssemblyScript: its own compiler checks it.
import { blockRows, columnBytes } from './blocks';
import { nearest, scoreBlock } from './nearest';

/** From so many open rows in a block, all eight are looked at: that is quicker than picking them out. */
const wholeBlock = 4;
/** Rows that wait until so many have come together. They are in the first cache then. */
const waitingRows = 512;
/** More than all roundings of float32 in a bound together, as a factor: up, and down. */
const up: f32 = 1 + 1e-6;
const down: f32 = 1 - 1e-6;

/** What is known of a descent: four bytes each, in this order, written by `engines/simd-partition.ts`. */
@unmanaged
class Descent {
  /** Blocks of rows, see `blocks.ts`. */
  x: usize;
  nSamples: i32;
  nFeatures: i32;
  nClusters: i32;
  /** Centres in float32 and in float64, and the margin, as for `assign`. */
  groups: usize;
  centers: usize;
  square: f32;
  linear: f32;
  constant: f32;
  /** float32 per cluster: U of `follow`, rounded up; and rounded down. */
  used: usize;
  usedAtLeast: usize;
  /** Room for one float32 per row of a block and centre, in whole groups. */
  scores: usize;
  /** Room for the numbers of rows that wait, int32. */
  waiting: usize;
  /** The labels, int32, and the bounds, float32, of eight rows. */
  found: usize;
  foundBounds: usize;
  /** float32 per row, to the end of the last block; −1 for a row to be looked at in any case. */
  bounds: usize;
  /** int32 per row, to the end of the last block. */
  labels: usize;
  /** float64; per cluster its columns (an odd number of them rounded up). Exact, as the values lie on a grid. */
  sums: usize;
  /** int32 per cluster. */
  counts: usize;
  /** Not 0: labels are written, sums and counts left alone. */
  isFirst: i32;
}

/**
 * Brings labels up to date after centres have moved, and moves the rows that changed theirs between the sums.
 *
 * A row that is nearer to its own centre than to any other by s keeps its label until its own centre and, of the others,
 * the one that goes farthest have gone s together: by the triangle inequality, no difference of distances changes by more.
 * U is the sum of these ways over all moves so far, one for each cluster. A row that was looked at when it was U₀ has the
 * bound U₀ + s, and is looked at again when U has reached it. s is taken from the scores of `nearest.ts` less their whole
 * margin, of which half covers the rounding of the scores and half that of the float64 distances that define the label,
 * then and now.
 * Source: Hamerly (2010), "Making k-means even faster", with the bounds made relative to the moves.
 *
 * @param at address of a `Descent`
 * @returns how many rows have changed their label
 */
export function follow(at: usize): i32 {
  const it = changetype<Descent>(at);
  const stride = (<usize>it.nFeatures + 1) * columnBytes;
  const full = it.waiting + (waitingRows << 2);
  let changed = 0;
  let end = it.waiting;
  let block = it.x;
  for (let first = 0; first < it.nSamples; first += blockRows, block += stride) {
    let open = openRows(it, (<usize>first) << 2);
    if (popcnt(open) >= wholeBlock) {
      changed += followBlock(it, first, block);
      continue;
    }
    if (first + blockRows > it.nSamples) open &= (1 << (it.nSamples - first)) - 1;
    // Each row is written, and stays if it is open: which ones are cannot be foreseen, and a wrong guess costs more.
    store<i32>(end, first);
    end += (open << 2) & 4;
    store<i32>(end, first + 1);
    end += (open << 1) & 4;
    store<i32>(end, first + 2);
    end += open & 4;
    store<i32>(end, first + 3);
    end += (open >> 1) & 4;
    store<i32>(end, first + 4);
    end += (open >> 2) & 4;
    store<i32>(end, first + 5);
    end += (open >> 3) & 4;
    store<i32>(end, first + 6);
    end += (open >> 4) & 4;
    store<i32>(end, first + 7);
    end += (open >> 5) & 4;
    if (end < full) continue;
    changed += followAll(it, end);
    end = it.waiting;
  }
  return changed + followAll(it, end);
}

/** The rows that wait. @param end where their numbers end */
function followAll(it: Descent, end: usize): i32 {
  let changed = 0;
  for (let at = it.waiting; at < end; at += columnBytes) {
    const left = <i32>((end - at) >> 2);
    changed += followWaiting(it, at, min(left, blockRows));
  }
  return changed;
}

/** One bit for each row of a block whose bound is used up. @param at bytes to its first row */
function openRows(it: Descent, at: usize): i32 {
  const used = it.used;
  const labels = it.labels + at;
  let a = v128.load32_zero(used + ((<usize>load<i32>(labels, 0)) << 2));
  let b = v128.load32_zero(used + ((<usize>load<i32>(labels, 16)) << 2));
  a = v128.load32_lane(used + ((<usize>load<i32>(labels, 4)) << 2), a, 1);
  b = v128.load32_lane(used + ((<usize>load<i32>(labels, 20)) << 2), b, 1);
  a = v128.load32_lane(used + ((<usize>load<i32>(labels, 8)) << 2), a, 2);
  b = v128.load32_lane(used + ((<usize>load<i32>(labels, 24)) << 2), b, 2);
  a = v128.load32_lane(used + ((<usize>load<i32>(labels, 12)) << 2), a, 3);
  b = v128.load32_lane(used + ((<usize>load<i32>(labels, 28)) << 2), b, 3);
  const bounds = it.bounds + at;
  return (
    i32x4.bitmask(f32x4.le(v128.load(bounds, 0), a)) |
    (i32x4.bitmask(f32x4.le(v128.load(bounds, 16), b)) << 4)
  );
}

/** U of the clusters of four rows. @param labels where theirs are */
function usedBy(used: usize, labels: usize): v128 {
  let four = v128.load32_zero(used + ((<usize>load<i32>(labels, 0)) << 2));
  four = v128.load32_lane(used + ((<usize>load<i32>(labels, 4)) << 2), four, 1);
  four = v128.load32_lane(used + ((<usize>load<i32>(labels, 8)) << 2), four, 2);
  return v128.load32_lane(used + ((<usize>load<i32>(labels, 12)) << 2), four, 3);
}

/** The eight rows of a block. */
function followBlock(it: Descent, first: i32, block: usize): i32 {
  scoreBlock(block, it.nFeatures, it.groups, it.nClusters, it.scores);
  const lengths = block + <usize>it.nFeatures * columnBytes;
  let doubts = pick(it, v128.load(lengths, 0), v128.load(lengths, 16));
  for (; doubts != 0; doubts &= doubts - 1) {
    const lane = (<usize>ctz(doubts)) << 2;
    settle(it, block + lane, lane);
  }
  const at = (<usize>first) << 2;
  v128.store(it.bounds + at, v128.load(it.foundBounds, 0), 0);
  v128.store(it.bounds + at, v128.load(it.foundBounds, 16), 16);
  const a = v128.load(it.found, 0);
  const b = v128.load(it.found, 16);
  const own = it.labels + at;
  if (it.isFirst) {
    v128.store(own, a, 0);
    v128.store(own, b, 16);
    return 0;
  }
  let moved =
    i32x4.bitmask(i32x4.ne(a, v128.load(own, 0))) |
    (i32x4.bitmask(i32x4.ne(b, v128.load(own, 16))) << 4);
  let changed = 0;
  for (; moved != 0; moved &= moved - 1) {
    const lane = ctz(moved);
    if (first + lane < it.nSamples)
      changed += takeLabel(it, first + lane, block + ((<usize>lane) << 2), lane);
  }
  return changed;
}

/** Up to eight rows from anywhere. @param waiting where their numbers are, and room for eight */
function followWaiting(it: Descent, waiting: usize, nWaiting: i32): i32 {
  // The last one stands in for those that are not there.
  const last = load<i32>(waiting + ((<usize>(nWaiting - 1)) << 2));
  for (let i = nWaiting; i < blockRows; i++) store<i32>(waiting + ((<usize>i) << 2), last);
  const a = scoreFour(it, waiting, 0);
  const b = nWaiting > 4 ? scoreFour(it, waiting + 16, 16) : a;
  let doubts = pick(it, a, b);
  if (nWaiting <= 4) doubts &= 15;
  for (; doubts != 0; doubts &= doubts - 1) {
    const lane = (<usize>ctz(doubts)) << 2;
    settle(it, addressOf(it, load<i32>(waiting + lane)), lane);
  }
  let changed = 0;
  for (let lane = 0; lane < nWaiting; lane++)
    changed += keep(it, load<i32>(waiting + ((<usize>lane) << 2)), lane);
  return changed;
}

function addressOf(it: Descent, row: i32): usize {
  const stride = (<usize>it.nFeatures + 1) * columnBytes;
  return it.x + <usize>(row >> 3) * stride + ((<usize>(row & 7)) << 2);
}

/**
 * One half of `scoreBlock`, for four rows from anywhere.
 *
 * @param waiting where their numbers are
 * @param half 0 or 16: bytes to the half
 * @returns their ‖x‖
 */
function scoreFour(it: Descent, waiting: usize, half: usize): v128 {
  const a = addressOf(it, load<i32>(waiting, 0));
  const b = addressOf(it, load<i32>(waiting, 4));
  const c = addressOf(it, load<i32>(waiting, 8));
  const d = addressOf(it, load<i32>(waiting, 12));
  const size = <usize>it.nFeatures * columnBytes;
  let group = it.groups;
  let to = it.scores + half;
  for (let left = it.nClusters; left > 0; left -= 4) {
    const isFour = left > 2;
    const step: usize = isFour ? 16 : 8;
    let p = isFour ? v128.load(group) : v128.load64_zero(group);
    let q = p;
    let r = p;
    let s = p;
    for (let j: usize = 0; j < size; j += columnBytes) {
      group += step;
      const center = isFour ? v128.load(group) : v128.load64_zero(group);
      p = f32x4.sub(p, f32x4.mul(v128.load32_splat(a + j), center));
      q = f32x4.sub(q, f32x4.mul(v128.load32_splat(b + j), center));
      r = f32x4.sub(r, f32x4.mul(v128.load32_splat(c + j), center));
      s = f32x4.sub(s, f32x4.mul(v128.load32_splat(d + j), center));
    }
    group += step;
    // From four centres for each row to four rows for each centre.
    const pq = v128.shuffle<f32>(p, q, 0, 4, 1, 5);
    const rs = v128.shuffle<f32>(r, s, 0, 4, 1, 5);
    v128.store(to, v128.shuffle<i64>(pq, rs, 0, 2), 0);
    v128.store(to, v128.shuffle<i64>(pq, rs, 1, 3), 32);
    if (isFour) {
      const pq2 = v128.shuffle<f32>(p, q, 2, 6, 3, 7);
      const rs2 = v128.shuffle<f32>(r, s, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<i64>(pq2, rs2, 0, 2), 64);
      v128.store(to, v128.shuffle<i64>(pq2, rs2, 1, 3), 96);
    }
    to += 4 * columnBytes;
  }
  let lengths = v128.load32_zero(a + size);
  lengths = v128.load32_lane(b + size, lengths, 1);
  lengths = v128.load32_lane(c + size, lengths, 2);
  return v128.load32_lane(d + size, lengths, 3);
}

/**
 * Writes labels and bounds of eight rows, whose scores are there. Two halves at a time: each waits for itself.
 *
 * @param p, q ‖x‖ of the rows
 * @returns one bit per row that float32 cannot tell
 */
function pick(it: Descent, p: v128, q: v128): i32 {
  let scores = it.scores;
  let bestP = v128.load(scores, 0);
  let bestQ = v128.load(scores, 16);
  let secondP = f32x4.splat(f32.MAX_VALUE);
  let secondQ = secondP;
  let labelP = i32x4.splat(0);
  let labelQ = labelP;
  let id = labelP;
  for (const end = scores + <usize>(it.nClusters - 1) * columnBytes; scores < end;) {
    scores += columnBytes;
    id = i32x4.add(id, i32x4.splat(1));
    const scoreP = v128.load(scores, 0);
    const scoreQ = v128.load(scores, 16);
    secondP = f32x4.pmin(secondP, f32x4.pmax(bestP, scoreP));
    secondQ = f32x4.pmin(secondQ, f32x4.pmax(bestQ, scoreQ));
    labelP = v128.bitselect(id, labelP, f32x4.lt(scoreP, bestP));
    labelQ = v128.bitselect(id, labelQ, f32x4.lt(scoreQ, bestQ));
    bestP = f32x4.pmin(bestP, scoreP);
    bestQ = f32x4.pmin(bestQ, scoreQ);
  }
  v128.store(it.found, labelP, 0);
  v128.store(it.found, labelQ, 16);
  const marginP = marginOf(it, p);
  const marginQ = marginOf(it, q);
  const gapP = f32x4.sub(f32x4.sub(secondP, bestP), marginP);
  const gapQ = f32x4.sub(f32x4.sub(secondQ, bestQ), marginQ);
  const slackP = slackOf(bestP, secondP, marginP, gapP, p);
  const slackQ = slackOf(bestQ, secondQ, marginQ, gapQ, q);
  const boundP = f32x4.add(slackP, usedBy(it.usedAtLeast, it.found));
  const boundQ = f32x4.add(slackQ, usedBy(it.usedAtLeast, it.found + 16));
  v128.store(it.foundBounds, f32x4.mul(boundP, f32x4.splat(down)), 0);
  v128.store(it.foundBounds, f32x4.mul(boundQ, f32x4.splat(down)), 16);
  const sure =
    i32x4.bitmask(f32x4.gt(gapP, f32x4.splat(0))) |
    (i32x4.bitmask(f32x4.gt(gapQ, f32x4.splat(0))) << 4);
  return sure ^ 255;
}

function marginOf(it: Descent, length: v128): v128 {
  const slope = f32x4.add(f32x4.splat(it.linear), f32x4.mul(f32x4.splat(it.square), length));
  return f32x4.add(f32x4.splat(it.constant), f32x4.mul(slope, length));
}

/**
 * By how much rows are nearer to their own centre than to any other, at least. ‖x − c‖² = 2·score + ‖x‖², so the distances
 * differ by 2·gap / (their sum), and their sum is at most √(2·(one² + other²)), which spares a root.
 */
function slackOf(best: v128, second: v128, margin: v128, gap: v128, length: v128): v128 {
  const squares = f32x4.add(
    f32x4.mul(f32x4.add(f32x4.add(best, second), f32x4.add(margin, margin)), f32x4.splat(4)),
    f32x4.mul(f32x4.mul(length, length), f32x4.splat(4 * up)),
  );
  const sum = f32x4.mul(
    f32x4.sqrt(f32x4.max(squares, f32x4.splat(f32.MIN_VALUE))),
    f32x4.splat(up),
  );
  return f32x4.div(f32x4.add(gap, gap), sum);
}

/** Float64 decides about one of the rows, now and every time. @param lane in bytes */
function settle(it: Descent, row: usize, lane: usize): void {
  store<i32>(it.found + lane, nearest(row, it.nFeatures, it.centers, it.nClusters));
  store<f32>(it.foundBounds + lane, -1);
}

/** Takes the bound of one of the rows that wait, and its label if it has changed. Returns how many have. */
function keep(it: Descent, row: i32, lane: i32): i32 {
  const at = (<usize>lane) << 2;
  const own = (<usize>row) << 2;
  store<f32>(it.bounds + own, load<f32>(it.foundBounds + at));
  if (load<i32>(it.labels + own) == load<i32>(it.found + at)) return 0;
  return takeLabel(it, row, addressOf(it, row), lane);
}

/** Takes the label that was found for a row, and the row out of one sum and into another. Returns 1. */
function takeLabel(it: Descent, row: i32, address: usize, lane: i32): i32 {
  const own = it.labels + ((<usize>row) << 2);
  const from = load<i32>(own);
  const to = load<i32>(it.found + ((<usize>lane) << 2));
  store<i32>(own, to);
  const left = it.counts + ((<usize>from) << 2);
  const joined = it.counts + ((<usize>to) << 2);
  store<i32>(left, load<i32>(left) - 1);
  store<i32>(joined, load<i32>(joined) + 1);
  const width = (<usize>((it.nFeatures + 1) & ~1)) << 3;
  let a = it.sums + <usize>from * width;
  let b = it.sums + <usize>to * width;
  for (let j = 0; j < it.nFeatures; j++) {
    const value = <f64>load<f32>(address);
    store<f64>(a, load<f64>(a) - value);
    store<f64>(b, load<f64>(b) + value);
    address += columnBytes;
    a += 8;
    b += 8;
  }
  return 1;
}
