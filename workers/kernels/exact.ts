// @ts-nocheck AssemblyScript: its own compiler checks it.
import { blockRows, columnBytes } from './blocks';

/**
 * ‖x_i − point‖² in float64, features ascending: two rows at a time, each added up alone, so the bits are those of a
 * plain loop.
 *
 * @param x the block of rows to begin with, see `blocks.ts`
 * @param nRows how many; rounded up to whole blocks
 * @param point float64, nFeatures of them
 * @param distances written: float64 per row of those blocks
 */
export function measurePoint(
  x: usize,
  nRows: i32,
  nFeatures: i32,
  point: usize,
  distances: usize,
): void {
  for (let row = 0; row < nRows; row += blockRows) {
    const end = x + <usize>nFeatures * columnBytes;
    let d0 = f64x2.splat(0);
    let d1 = d0;
    let d2 = d0;
    let d3 = d0;
    for (let at = point; x < end; x += columnBytes, at += 8) {
      const value = v128.load64_splat(at);
      const a = v128.load(x, 0);
      const b = v128.load(x, 16);
      const u0 = f64x2.sub(f64x2.promote_low_f32x4(a), value);
      const u1 = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i64>(a, a, 1, 1)), value);
      const u2 = f64x2.sub(f64x2.promote_low_f32x4(b), value);
      const u3 = f64x2.sub(f64x2.promote_low_f32x4(v128.shuffle<i64>(b, b, 1, 1)), value);
      d0 = f64x2.add(d0, f64x2.mul(u0, u0));
      d1 = f64x2.add(d1, f64x2.mul(u1, u1));
      d2 = f64x2.add(d2, f64x2.mul(u2, u2));
      d3 = f64x2.add(d3, f64x2.mul(u3, u3));
    }
    v128.store(distances, d0, 0);
    v128.store(distances, d1, 16);
    v128.store(distances, d2, 32);
    v128.store(distances, d3, 48);
    x += columnBytes;
    distances += 64;
  }
}

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
