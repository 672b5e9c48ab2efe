// @ts-nocheck AssemblyScript: its own compiler checks it.
import { blockRows, columnBytes } from './blocks';

/**
 * Adds up the distances from the eight rows of one block to all rows, run by run: distances in float32 as
 * √Σ(x_j − y_j)², added up in float64.
 *
 * @param block the rows to measure from
 * @param rows all rows, in blocks, see `blocks.ts`; runs follow each other in this order
 * @param ends int32 per run: the row after its last one
 * @param slots int32, row-major nRuns × nLabellings: the slots that the distances to a run are added to
 * @param distances room for eight float32 per row of half a block
 * @param sums float64, zeros; eight per slot, one for each row of the block
 */
export function addDistances(
  block: usize,
  rows: usize,
  nFeatures: i32,
  ends: usize,
  nRuns: i32,
  slots: usize,
  nLabellings: i32,
  distances: usize,
  sums: usize,
): void {
  const stride = (<usize>nFeatures + 1) * columnBytes;
  const lastEnd = ends + ((<usize>nRuns) << 2);
  const slotBytes = (<usize>nLabellings) << 2;
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let at = distances;
  let left = 0;
  let position = 0;
  for (; ends < lastEnd; ends += 4) {
    const end = load<i32>(ends);
    for (; position < end; position++) {
      if (left == 0) {
        measureFour(block, rows, nFeatures, distances);
        rows += position & 4 ? stride - 16 : 16;
        at = distances;
        left = 4;
      }
      const a = v128.load(at, 0);
      const b = v128.load(at, 16);
      s0 = f64x2.add(s0, f64x2.promote_low_f32x4(a));
      s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<i64>(a, a, 1, 1)));
      s2 = f64x2.add(s2, f64x2.promote_low_f32x4(b));
      s3 = f64x2.add(s3, f64x2.promote_low_f32x4(v128.shuffle<i64>(b, b, 1, 1)));
      at += columnBytes;
      left--;
    }
    for (const next = slots + slotBytes; slots < next; slots += 4) {
      const sum = sums + ((<usize>load<i32>(slots)) << 6);
      v128.store(sum, f64x2.add(v128.load(sum, 0), s0), 0);
      v128.store(sum, f64x2.add(v128.load(sum, 16), s1), 16);
      v128.store(sum, f64x2.add(v128.load(sum, 32), s2), 32);
      v128.store(sum, f64x2.add(v128.load(sum, 48), s3), 48);
    }
    s0 = s1 = s2 = s3 = f64x2.splat(0);
  }
}

/** Distances from the eight rows of a block to four others (half a block). Writes eight float32 per other row. */
function measureFour(block: usize, half: usize, nFeatures: i32, distances: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  const end = block + <usize>nFeatures * columnBytes;
  for (; block < end; block += columnBytes, half += columnBytes) {
    const a = v128.load(block, 0);
    const b = v128.load(block, 16);
    let y = v128.load32_splat(half, 0);
    let u = f32x4.sub(a, y);
    let v = f32x4.sub(b, y);
    a0 = f32x4.add(a0, f32x4.mul(u, u));
    b0 = f32x4.add(b0, f32x4.mul(v, v));
    y = v128.load32_splat(half, 4);
    u = f32x4.sub(a, y);
    v = f32x4.sub(b, y);
    a1 = f32x4.add(a1, f32x4.mul(u, u));
    b1 = f32x4.add(b1, f32x4.mul(v, v));
    y = v128.load32_splat(half, 8);
    u = f32x4.sub(a, y);
    v = f32x4.sub(b, y);
    a2 = f32x4.add(a2, f32x4.mul(u, u));
    b2 = f32x4.add(b2, f32x4.mul(v, v));
    y = v128.load32_splat(half, 12);
    u = f32x4.sub(a, y);
    v = f32x4.sub(b, y);
    a3 = f32x4.add(a3, f32x4.mul(u, u));
    b3 = f32x4.add(b3, f32x4.mul(v, v));
  }
  v128.store(distances, f32x4.sqrt(a0), 0);
  v128.store(distances, f32x4.sqrt(b0), 16);
  v128.store(distances, f32x4.sqrt(a1), 32);
  v128.store(distances, f32x4.sqrt(b1), 48);
  v128.store(distances, f32x4.sqrt(a2), 64);
  v128.store(distances, f32x4.sqrt(b2), 80);
  v128.store(distances, f32x4.sqrt(a3), 96);
  v128.store(distances, f32x4.sqrt(b3), 112);
}
