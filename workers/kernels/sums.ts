// @ts-nocheck AssemblyScript: its own compiler checks it.
import { blockRows, columnBytes } from './blocks';

/**
 * Adds each row to the sum of its cluster, in float64, rows ascending: two columns of four rows at a time, one row after
 * the other, which leaves the order of the additions to each column as it is in a plain loop, so the bits are the same.
 * (The rows of zeros in the last block change no sum, as none is −0.)
 *
 * @param x blocks of rows, see `blocks.ts`
 * @param labels int32 per row; zeros to the end of the last block
 * @param sums float64, zeros; per cluster its columns (an odd number of them rounded up: the last one is not asked for)
 * @param counts written: int32 per cluster
 */
export function sumRows(
  x: usize,
  nSamples: i32,
  nFeatures: i32,
  labels: usize,
  nClusters: i32,
  sums: usize,
  counts: usize,
): void {
  const stride = (<usize>nFeatures + 1) * columnBytes;
  countRows(nSamples, labels, nClusters, counts);
  const width = <usize>((nFeatures + 1) & ~1) * 8;
  for (let first = 0; first < nSamples; first += blockRows) {
    sumFour(x, width, labels, sums);
    sumFour(x + 16, width, labels + 16, sums);
    x += stride;
    labels += columnBytes;
  }
}

/** Cluster by cluster: one counter for each would wait for itself, row by row. */
function countRows(nSamples: i32, labels: usize, nClusters: i32, counts: usize): void {
  const nBlocks = (nSamples + blockRows - 1) / blockRows;
  const end = labels + <usize>nBlocks * columnBytes;
  for (let c = 0; c < nClusters; c++) {
    const own = i32x4.splat(c);
    let a = i32x4.splat(0);
    let b = a;
    for (let at = labels; at < end; at += columnBytes) {
      // A comparison that holds is −1.
      a = i32x4.sub(a, i32x4.eq(v128.load(at, 0), own));
      b = i32x4.sub(b, i32x4.eq(v128.load(at, 16), own));
    }
    a = i32x4.add(a, b);
    let count = i32x4.extract_lane(a, 0) + i32x4.extract_lane(a, 1);
    count += i32x4.extract_lane(a, 2) + i32x4.extract_lane(a, 3);
    store<i32>(counts + ((<usize>c) << 2), count);
  }
  // The last block is filled up with label 0.
  store<i32>(counts, load<i32>(counts) - (nBlocks * blockRows - nSamples));
}

/** @param width bytes of the sums of one cluster */
function sumFour(x: usize, width: usize, labels: usize, sums: usize): void {
  let sum0 = sums + <usize>load<i32>(labels, 0) * width;
  let sum1 = sums + <usize>load<i32>(labels, 4) * width;
  let sum2 = sums + <usize>load<i32>(labels, 8) * width;
  let sum3 = sums + <usize>load<i32>(labels, 12) * width;
  for (const end = sum0 + width; sum0 < end; sum0 += 16) {
    const a = v128.load(x, 0);
    const b = v128.load(x, columnBytes);
    const low = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    add(sum0, low);
    add(sum1, v128.shuffle<i64>(low, low, 1, 1));
    add(sum2, high);
    add(sum3, v128.shuffle<i64>(high, high, 1, 1));
    sum1 += 16;
    sum2 += 16;
    sum3 += 16;
    x += 2 * columnBytes;
  }
}

/** Adds the first two floats of `pair`. */
function add(sum: usize, pair: v128): void {
  v128.store(sum, f64x2.add(v128.load(sum), f64x2.promote_low_f32x4(pair)));
}
