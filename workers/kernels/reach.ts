// @ts-nocheck AssemblyScript: its own compiler checks it.
import { columnBytes } from './blocks';

/**
 * How near rows come to four points, and to those that were there before.
 *
 * @param x blocks of rows, see `blocks.ts`
 * @param points float64, per feature one value of each of the four
 * @param closest float64 per row: squared distance to the nearest point so far; 0 for those that fill up the last four
 * @param reached written: per row four float64, `closest` with one of the points more; those that fill up as well
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
  for (let i = 0; i < nSamples; i += 4) {
    // Two rows to a vector, and two vectors of rows to each of the four points: sums that do not wait for each other.
    let a0 = f64x2.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let b0 = a0;
    let b1 = a0;
    let b2 = a0;
    let b3 = a0;
    let at = points;
    let row = x;
    for (const end = row + size; row < end; row += columnBytes, at += 32) {
      const four = v128.load(row);
      const a = f64x2.promote_low_f32x4(four);
      const b = f64x2.promote_low_f32x4(v128.shuffle<i64>(four, four, 1, 1));
      let point = v128.load64_splat(at, 0);
      let u = f64x2.sub(a, point);
      let v = f64x2.sub(b, point);
      a0 = f64x2.add(a0, f64x2.mul(u, u));
      b0 = f64x2.add(b0, f64x2.mul(v, v));
      point = v128.load64_splat(at, 8);
      u = f64x2.sub(a, point);
      v = f64x2.sub(b, point);
      a1 = f64x2.add(a1, f64x2.mul(u, u));
      b1 = f64x2.add(b1, f64x2.mul(v, v));
      point = v128.load64_splat(at, 16);
      u = f64x2.sub(a, point);
      v = f64x2.sub(b, point);
      a2 = f64x2.add(a2, f64x2.mul(u, u));
      b2 = f64x2.add(b2, f64x2.mul(v, v));
      point = v128.load64_splat(at, 24);
      u = f64x2.sub(a, point);
      v = f64x2.sub(b, point);
      a3 = f64x2.add(a3, f64x2.mul(u, u));
      b3 = f64x2.add(b3, f64x2.mul(v, v));
    }
    let before = v128.load(closest, 0);
    a0 = f64x2.pmin(a0, before);
    a1 = f64x2.pmin(a1, before);
    a2 = f64x2.pmin(a2, before);
    a3 = f64x2.pmin(a3, before);
    before = v128.load(closest, 16);
    b0 = f64x2.pmin(b0, before);
    b1 = f64x2.pmin(b1, before);
    b2 = f64x2.pmin(b2, before);
    b3 = f64x2.pmin(b3, before);
    // From two rows of a point to two points of a row. Rows that are not there add nothing: theirs is a `closest` of 0.
    let first = v128.shuffle<i64>(a0, a1, 0, 2);
    let last = v128.shuffle<i64>(a2, a3, 0, 2);
    v128.store(reached, first, 0);
    v128.store(reached, last, 16);
    p = f64x2.add(p, first);
    q = f64x2.add(q, last);
    first = v128.shuffle<i64>(a0, a1, 1, 3);
    last = v128.shuffle<i64>(a2, a3, 1, 3);
    v128.store(reached, first, 32);
    v128.store(reached, last, 48);
    p = f64x2.add(p, first);
    q = f64x2.add(q, last);
    first = v128.shuffle<i64>(b0, b1, 0, 2);
    last = v128.shuffle<i64>(b2, b3, 0, 2);
    v128.store(reached, first, 64);
    v128.store(reached, last, 80);
    p = f64x2.add(p, first);
    q = f64x2.add(q, last);
    first = v128.shuffle<i64>(b0, b1, 1, 3);
    last = v128.shuffle<i64>(b2, b3, 1, 3);
    v128.store(reached, first, 96);
    v128.store(reached, last, 112);
    p = f64x2.add(p, first);
    q = f64x2.add(q, last);
    closest += 32;
    reached += 128;
    x = i & 4 ? row + columnBytes - 16 : x + 16;
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

/** Takes all four points. @param reached as above */
export function takeAll(reached: usize, nSamples: i32, closest: usize, cumulative: usize): void {
  let total: f64 = 0;
  for (const end = closest + ((<usize>nSamples) << 3); closest < end; closest += 8) {
    const two = f64x2.pmin(v128.load(reached, 0), v128.load(reached, 16));
    const value = min(f64x2.extract_lane(two, 0), f64x2.extract_lane(two, 1));
    total += value;
    store<f64>(closest, value);
    store<f64>(cumulative, total);
    reached += 32;
    cumulative += 8;
  }
}
