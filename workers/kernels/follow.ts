// @ts-nocheck AssemblyScript: its own compiler checks it.
import { blockRows, columnBytes } from './blocks';
import { nearest, scoreBlock } from './nearest';

/** From so many open rows in a block, all eight are looked at: that is quicker than picking them out. */
const wholeBlock = 5;
/** More than all roundings of float32 in a bound together, as a factor: up, and down. */
const up: f32 = 1 + 1e-6;
const down: f32 = 1 - 1e-6;

/**
 * Brings labels up to date after centres have moved, and moves the rows that changed theirs between the sums.
 *
 * Let B be the sum over the moves so far of the longest way that a centre went. A row whose second-nearest centre was
 * farther than its nearest one by s, when B was B₀, keeps its label while 2·(B − B₀) < s: by the triangle inequality no
 * distance has changed by more than B − B₀. So each row has a bound 2·B₀ + s, and is looked at only when 2·B has reached
 * it. s is taken from the scores of `nearest.ts` less their whole margin, of which half covers the rounding of the
 * scores and half that of the float64 distances that define the label, then and now.
 * Source: Hamerly (2010), "Making k-means even faster", with the bounds made relative to the moves.
 *
 * @param x blocks of rows, see `blocks.ts`
 * @param groups, centers, square, linear, constant as for `assign`
 * @param now 2·B, rounded up; @param then 2·B, rounded down
 * @param scores room for one float32 per row of a block and centre
 * @param scratch room for 64 bytes
 * @param bounds float32 per row; −1 for a row to be looked at in any case
 * @param labels int32 per row
 * @param sums float64; per cluster its columns (an odd number of them rounded up). Exact, as the values lie on a grid
 * @param counts int32 per cluster
 * @param isFirst labels are written, sums and counts left alone
 * @returns how many rows have changed their label
 */
export function follow(
  x: usize,
  nSamples: i32,
  nFeatures: i32,
  groups: usize,
  centers: usize,
  nClusters: i32,
  square: f32,
  linear: f32,
  constant: f32,
  now: f32,
  then: f32,
  scores: usize,
  scratch: usize,
  bounds: usize,
  labels: usize,
  sums: usize,
  counts: usize,
  isFirst: i32,
): i32 {
  const stride = (<usize>nFeatures + 1) * columnBytes;
  const width = <usize>((nFeatures + 1) & ~1) * 8;
  const limit = f32x4.splat(now);
  const found = scratch + 16;
  let changed = 0;
  let nWaiting = 0;
  let block = x;
  for (let first = 0; first < nSamples; first += blockRows, block += stride) {
    const at = bounds + ((<usize>first) << 2);
    let open =
      i32x4.bitmask(f32x4.le(v128.load(at, 0), limit)) |
      (i32x4.bitmask(f32x4.le(v128.load(at, 16), limit)) << 4);
    if (open == 0) continue;
    if (popcnt(open) >= wholeBlock) {
      scoreBlock(block, nFeatures, groups, nClusters, scores);
      for (let half: usize = 0; half < 32; half += 16) {
        const length = v128.load(block + stride - columnBytes + half);
        let doubts = pick(scores + half, nClusters, length, square, linear, constant, then, found);
        const from = first + ((<i32>half) >> 2);
        for (let row = from; doubts != 0; row++, doubts >>= 1) {
          if (doubts & 1)
            settle(
              block + ((<usize>(row - first)) << 2),
              row - from,
              nFeatures,
              centers,
              nClusters,
              found,
            );
        }
        v128.store(at + half, v128.load(found, 16));
        changed += take(
          block,
          first,
          from,
          nSamples,
          nFeatures,
          width,
          found,
          labels,
          sums,
          counts,
          isFirst,
        );
      }
      continue;
    }
    for (; open != 0; open &= open - 1) {
      const row = first + ctz(open);
      if (row >= nSamples) break;
      store<i32>(scratch + ((<usize>nWaiting) << 2), row);
      if (++nWaiting == 4) {
        nWaiting = 0;
        changed += fourRows(
          x,
          stride,
          nFeatures,
          groups,
          centers,
          nClusters,
          square,
          linear,
          constant,
          then,
          scores,
          scratch,
          bounds,
          labels,
          sums,
          counts,
        );
      }
    }
  }
  if (nWaiting > 0) {
    // The last one stands in for those that are not there: the second time nothing changes.
    const last = load<i32>(scratch + ((<usize>(nWaiting - 1)) << 2));
    for (; nWaiting < 4; nWaiting++) store<i32>(scratch + ((<usize>nWaiting) << 2), last);
    changed += fourRows(
      x,
      stride,
      nFeatures,
      groups,
      centers,
      nClusters,
      square,
      linear,
      constant,
      then,
      scores,
      scratch,
      bounds,
      labels,
      sums,
      counts,
    );
  }
  return changed;
}

/** Four rows from anywhere. @param scratch which ones: int32 */
function fourRows(
  x: usize,
  stride: usize,
  nFeatures: i32,
  groups: usize,
  centers: usize,
  nClusters: i32,
  square: f32,
  linear: f32,
  constant: f32,
  then: f32,
  scores: usize,
  scratch: usize,
  bounds: usize,
  labels: usize,
  sums: usize,
  counts: usize,
): i32 {
  const found = scratch + 16;
  const width = <usize>((nFeatures + 1) & ~1) * 8;
  const a = addressOf(x, stride, load<i32>(scratch, 0));
  const b = addressOf(x, stride, load<i32>(scratch, 4));
  const c = addressOf(x, stride, load<i32>(scratch, 8));
  const d = addressOf(x, stride, load<i32>(scratch, 12));
  const size = <usize>nFeatures * columnBytes;
  let group = groups;
  let to = scores;
  for (let left = nClusters; left > 0; left -= 4) {
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
  let length = v128.load32_zero(a + size);
  length = v128.load32_lane(b + size, length, 1);
  length = v128.load32_lane(c + size, length, 2);
  length = v128.load32_lane(d + size, length, 3);
  const doubts = pick(scores, nClusters, length, square, linear, constant, then, found);
  let changed = 0;
  for (let lane = 0; lane < 4; lane++) {
    const at = (<usize>lane) << 2;
    const row = load<i32>(scratch + at);
    const from = addressOf(x, stride, row);
    if ((doubts >> lane) & 1) settle(from, lane, nFeatures, centers, nClusters, found);
    const own = (<usize>row) << 2;
    store<f32>(bounds + own, load<f32>(found + 16 + at));
    const before = load<i32>(labels + own);
    const after = load<i32>(found + at);
    if (before == after) continue;
    store<i32>(labels + own, after);
    moveRow(from, nFeatures, width, before, after, sums, counts);
    changed++;
  }
  return changed;
}

function addressOf(x: usize, stride: usize, row: i32): usize {
  return x + <usize>(row >> 3) * stride + ((<usize>(row & 7)) << 2);
}

/**
 * The nearest centres of four rows by their scores.
 *
 * @param scores per centre four rows, `columnBytes` apart
 * @param found written: four labels, four bounds
 * @returns one bit per row that float32 cannot tell
 */
function pick(
  scores: usize,
  nClusters: i32,
  length: v128,
  square: f32,
  linear: f32,
  constant: f32,
  then: f32,
  found: usize,
): i32 {
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
  const slope = f32x4.add(f32x4.splat(linear), f32x4.mul(f32x4.splat(square), length));
  const margin = f32x4.add(f32x4.splat(constant), f32x4.mul(slope, length));
  const gap = f32x4.sub(f32x4.sub(second, best), margin);
  // ‖x − c‖² = 2·score + ‖x‖², so the distances differ by 2·gap / (their sum), and their sum is at most
  // √(2·(one² + other²)), which spares a root.
  const squares = f32x4.add(
    f32x4.mul(f32x4.add(f32x4.add(best, second), f32x4.add(margin, margin)), f32x4.splat(4)),
    f32x4.mul(f32x4.mul(length, length), f32x4.splat(4 * up)),
  );
  const sum = f32x4.mul(
    f32x4.sqrt(f32x4.max(squares, f32x4.splat(f32.MIN_VALUE))),
    f32x4.splat(up),
  );
  const slack = f32x4.div(f32x4.add(gap, gap), sum);
  v128.store(found, label, 0);
  v128.store(found, f32x4.mul(f32x4.add(slack, f32x4.splat(then)), f32x4.splat(down)), 16);
  return i32x4.bitmask(f32x4.gt(gap, f32x4.splat(0))) ^ 15;
}

/** Float64 decides about one of four rows, now and every time. */
function settle(
  row: usize,
  lane: i32,
  nFeatures: i32,
  centers: usize,
  nClusters: i32,
  found: usize,
): void {
  const at = found + ((<usize>lane) << 2);
  store<i32>(at, nearest(row, nFeatures, centers, nClusters));
  store<f32>(at + 16, -1);
}

/** Takes the labels of four rows of a block. @param from the first of them */
function take(
  block: usize,
  first: i32,
  from: i32,
  nSamples: i32,
  nFeatures: i32,
  width: usize,
  found: usize,
  labels: usize,
  sums: usize,
  counts: usize,
  isFirst: i32,
): i32 {
  const at = labels + ((<usize>from) << 2);
  const after = v128.load(found);
  if (isFirst) {
    v128.store(at, after);
    return 0;
  }
  let changed = 0;
  let moved = i32x4.bitmask(i32x4.ne(after, v128.load(at)));
  for (; moved != 0; moved &= moved - 1) {
    const lane = ctz(moved);
    if (from + lane >= nSamples) break;
    const own = (<usize>lane) << 2;
    const to = load<i32>(found + own);
    moveRow(
      block + ((<usize>(from - first + lane)) << 2),
      nFeatures,
      width,
      load<i32>(at + own),
      to,
      sums,
      counts,
    );
    store<i32>(at + own, to);
    changed++;
  }
  return changed;
}

/** Takes a row out of the sum of one cluster and adds it to that of another. */
function moveRow(
  row: usize,
  nFeatures: i32,
  width: usize,
  from: i32,
  to: i32,
  sums: usize,
  counts: usize,
): void {
  const left = counts + ((<usize>from) << 2);
  const joined = counts + ((<usize>to) << 2);
  store<i32>(left, load<i32>(left) - 1);
  store<i32>(joined, load<i32>(joined) + 1);
  let a = sums + <usize>from * width;
  let b = sums + <usize>to * width;
  for (let j = 0; j < nFeatures; j++) {
    const value = <f64>load<f32>(row);
    store<f64>(a, load<f64>(a) - value);
    store<f64>(b, load<f64>(b) + value);
    row += columnBytes;
    a += 8;
    b += 8;
  }
}
