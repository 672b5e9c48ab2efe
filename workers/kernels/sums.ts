// @ts-nocheck AssemblyScript: its own compiler checks it.
import { blockRows, columnBytes } from './blocks';

/**
 * Adds each row to the sum of its cluster, in float64, rows ascending: two columns at a time, which leaves the order of
 * the additions to each column as it is in a plain loop, so the bits are the same.
 *
 * @param x blocks of rows, see `blocks.ts`
 * @param labels int32 per row
 * @param sums float64, zeros; per cluster its columns (an odd number of them rounded up: the last one is not asked for)
 * @param counts int32 per cluster, zeros
 */
export function sumRows(
  x: usize,
  nSamples: i32,
  nFeatures: i32,
  labels: usize,
  sums: usize,
  counts: usize,
): void {
  const stride = (<usize>nFeatures + 1) * columnBytes;
  const width = <usize>((nFeatures + 1) & ~1) * 8;
  for (let i = 0; i < nSamples; i++) {
    const label = <usize>load<i32>(labels + (<usize>i << 2));
    const count = counts + (label << 2);
    store<i32>(count, load<i32>(count) + 1);
    let at = x + (<usize>(i & (blockRows - 1)) << 2);
    let sum = sums + label * width;
    const end = sum + width;
    for (; sum < end; sum += 16) {
      const pair = v128.load32_lane(at, v128.load32_zero(at), 1, columnBytes);
      v128.store(sum, f64x2.add(v128.load(sum), f64x2.promote_low_f32x4(pair)));
      at += 2 * columnBytes;
    }
    if ((i & (blockRows - 1)) == blockRows - 1) x += stride;
  }
}
