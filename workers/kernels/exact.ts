// @ts-nocheck AssemblyScript: its own compiler checks it.
import { columnBytes } from './blocks';

/**
 * Σ_i ‖x_i − centre of its label‖² in float64, features and rows ascending: four rows at a time, each added up alone.
 *
 * @param x blocks of rows
 * @param labels int32 per row; zeros to the end of the last block
 * @param centers float64, row-major
 */
export function inertia(
  x: usize,
  nSamples: i32,
  nFeatures: i32,
  labels: usize,
  centers: usize,
): f64 {
  const width = <usize>nFeatures * 8;
  let total: f64 = 0;
  for (let i = 0; i < nSamples; i += 4) {
    let c0 = centers + <usize>load<i32>(labels, 0) * width;
    let c1 = centers + <usize>load<i32>(labels, 4) * width;
    let c2 = centers + <usize>load<i32>(labels, 8) * width;
    let c3 = centers + <usize>load<i32>(labels, 12) * width;
    let low = f64x2.splat(0);
    let high = low;
    let at = x;
    for (const end = c0 + width; c0 < end; c0 += 8) {
      const a = v128.load(at);
      const u = v128.load64_lane(c1, v128.load64_zero(c0), 1);
      const v = v128.load64_lane(c3, v128.load64_zero(c2), 1);
      const p = f64x2.sub(f64x2.promote_low_f32x4(a), u);
      const q = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i64>(a, a, 1, 1)), v);
      low = f64x2.add(low, f64x2.mul(p, p));
      high = f64x2.add(high, f64x2.mul(q, q));
      c1 += 8;
      c2 += 8;
      c3 += 8;
      at += columnBytes;
    }
    total += f64x2.extract_lane(low, 0);
    if (i + 1 < nSamples) total += f64x2.extract_lane(low, 1);
    if (i + 2 < nSamples) total += f64x2.extract_lane(high, 0);
    if (i + 3 < nSamples) total += f64x2.extract_lane(high, 1);
    labels += 16;
    x = i & 4 ? at + columnBytes - 16 : x + 16;
  }
  return total;
}
