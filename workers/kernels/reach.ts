// @ts-nocheck AssemblyScript: its own compiler checks it.
import { columnBytes } from './blocks';

/**
 * How near rows come to four points, and to those that were there before.
 *
 * @param x blocks of rows, see `blocks.ts`
 * @param points float64, per feature one value of each of the four
 * @param closest float64 per row: squared distance to the nearest point so far
 * @param reached written: per row four float64, `closest` with one of the points more
 * @param potentials written: four float64, the sums of `reached`, rows ascending
 */
export function reachFour(
  x: usize,
  nSamples: i32,
  nFeatures: i32,
  points: usize,
  closest: usize,
  reached: usize,
  potentials: usize,
): void {
  const size = <usize>nFeatures * columnBytes;
  let p = f64x2.splat(0);
  let q = p;
  for (let i = 0; i < nSamples; i++) {
    let a = f64x2.splat(0);
    let b = a;
    let at = points;
    let row = x;
    for (const end = row + size; row < end; row += columnBytes, at += 32) {
      const value = f64x2.splat(<f64>load<f32>(row));
      const u = f64x2.sub(value, v128.load(at, 0));
      const v = f64x2.sub(value, v128.load(at, 16));
      a = f64x2.add(a, f64x2.mul(u, u));
      b = f64x2.add(b, f64x2.mul(v, v));
    }
    const before = v128.load64_splat(closest);
    a = f64x2.pmin(a, before);
    b = f64x2.pmin(b, before);
    v128.store(reached, a, 0);
    v128.store(reached, b, 16);
    p = f64x2.add(p, a);
    q = f64x2.add(q, b);
    closest += 8;
    reached += 32;
    x += (i & 7) == 7 ? size + 4 : 4;
  }
  v128.store(potentials, p, 0);
  v128.store(potentials, q, 16);
}

/**
 * Takes one of the four points.
 *
 * @param reached as above, from the place of that point on
 * @param closest written
 * @param cumulative written: float64 per row, the sum of `closest` up to and with it
 */
export function takePoint(reached: usize, nSamples: i32, closest: usize, cumulative: usize): void {
  let total: f64 = 0;
  for (const end = closest + ((<usize>nSamples) << 3); closest < end; closest += 8) {
    const value = load<f64>(reached);
    total += value;
    store<f64>(closest, value);
    store<f64>(cumulative, total);
    reached += 32;
    cumulative += 8;
  }
}
