// @ts-nocheck AssemblyScript: its own compiler checks it.

/**
 * c_ro = start_o + Σ_k a_rk·b_ko, in float32, k ascending: the sums of four rows and eight columns are in registers at a
 * time, each of them added up alone, so the bits are those of a plain loop.
 *
 * @param a element (r, k) is the float32 at a + r·rowStep + k·innerStep bytes
 * @param b rows of `width` floats, a multiple of four
 * @param start one row, which all rows begin with
 * @param c written: nRows rows
 */
export function multiply(
  a: usize,
  rowStep: usize,
  innerStep: usize,
  nRows: i32,
  nInner: i32,
  b: usize,
  width: i32,
  start: usize,
  c: usize,
): void {
  const bytes = (<usize>width) << 2;
  const whole = bytes & ~31;
  let r = 0;
  for (; r <= nRows - 4; r += 4) {
    for (let at: usize = 0; at < whole; at += 32) {
      fourByEight(a, rowStep, innerStep, nInner, b + at, bytes, start + at, c + at);
    }
    if (whole < bytes) {
      fourByFour(a, rowStep, innerStep, nInner, b + whole, bytes, start + whole, c + whole);
    }
    a += rowStep << 2;
    c += bytes << 2;
  }
  for (; r < nRows; r++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      oneByFour(a, innerStep, nInner, b + at, bytes, start + at, c + at);
    }
    a += rowStep;
    c += bytes;
  }
}

function plus(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

function fourByEight(
  a0: usize,
  rowStep: usize,
  innerStep: usize,
  nInner: i32,
  b: usize,
  bytes: usize,
  start: usize,
  c: usize,
): void {
  let a1 = a0 + rowStep;
  let a2 = a1 + rowStep;
  let a3 = a2 + rowStep;
  let p0 = v128.load(start, 0);
  let q0 = v128.load(start, 16);
  let p1 = p0;
  let q1 = q0;
  let p2 = p0;
  let q2 = q0;
  let p3 = p0;
  let q3 = q0;
  for (const end = b + <usize>nInner * bytes; b < end; b += bytes) {
    const p = v128.load(b, 0);
    const q = v128.load(b, 16);
    const x0 = v128.load32_splat(a0);
    p0 = plus(p0, x0, p);
    q0 = plus(q0, x0, q);
    const x1 = v128.load32_splat(a1);
    p1 = plus(p1, x1, p);
    q1 = plus(q1, x1, q);
    const x2 = v128.load32_splat(a2);
    p2 = plus(p2, x2, p);
    q2 = plus(q2, x2, q);
    const x3 = v128.load32_splat(a3);
    p3 = plus(p3, x3, p);
    q3 = plus(q3, x3, q);
    a0 += innerStep;
    a1 += innerStep;
    a2 += innerStep;
    a3 += innerStep;
  }
  v128.store(c, p0, 0);
  v128.store(c, q0, 16);
  v128.store((c += bytes), p1, 0);
  v128.store(c, q1, 16);
  v128.store((c += bytes), p2, 0);
  v128.store(c, q2, 16);
  v128.store((c += bytes), p3, 0);
  v128.store(c, q3, 16);
}

function fourByFour(
  a0: usize,
  rowStep: usize,
  innerStep: usize,
  nInner: i32,
  b: usize,
  bytes: usize,
  start: usize,
  c: usize,
): void {
  let a1 = a0 + rowStep;
  let a2 = a1 + rowStep;
  let a3 = a2 + rowStep;
  let p0 = v128.load(start);
  let p1 = p0;
  let p2 = p0;
  let p3 = p0;
  for (const end = b + <usize>nInner * bytes; b < end; b += bytes) {
    const p = v128.load(b);
    p0 = plus(p0, v128.load32_splat(a0), p);
    p1 = plus(p1, v128.load32_splat(a1), p);
    p2 = plus(p2, v128.load32_splat(a2), p);
    p3 = plus(p3, v128.load32_splat(a3), p);
    a0 += innerStep;
    a1 += innerStep;
    a2 += innerStep;
    a3 += innerStep;
  }
  v128.store(c, p0);
  v128.store((c += bytes), p1);
  v128.store((c += bytes), p2);
  v128.store((c += bytes), p3);
}

function oneByFour(
  a: usize,
  innerStep: usize,
  nInner: i32,
  b: usize,
  bytes: usize,
  start: usize,
  c: usize,
): void {
  let sum = v128.load(start);
  for (const end = b + <usize>nInner * bytes; b < end; b += bytes, a += innerStep) {
    sum = plus(sum, v128.load32_splat(a), v128.load(b));
  }
  v128.store(c, sum);
}

/**
 * values_i ← values_i·factors_i, in float32.
 *
 * @param length a multiple of four
 */
export function scale(values: usize, factors: usize, length: i32): void {
  for (const end = values + ((<usize>length) << 2); values < end; values += 16, factors += 16) {
    v128.store(values, f32x4.mul(v128.load(values), v128.load(factors)));
  }
}

/**
 * One step of Adam, in float32: m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − rate·m / (√v·unbias + ε).
 *
 * @param w as many floats as the next three have, a multiple of four
 */
export function adamStep(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  length: i32,
  rate: f32,
  unbias: f32,
): void {
  const rates = f32x4.splat(rate);
  const unbiases = f32x4.splat(unbias);
  const beta1 = f32x4.splat(<f32>0.9);
  const beta2 = f32x4.splat(<f32>0.999);
  const rest1 = f32x4.splat(<f32>0.1);
  const rest2 = f32x4.splat(<f32>0.001);
  const epsilon = f32x4.splat(<f32>1e-8);
  for (let at: usize = 0, end = (<usize>length) << 2; at < end; at += 16) {
    const slope = v128.load(g + at);
    const mean = f32x4.add(f32x4.mul(beta1, v128.load(m + at)), f32x4.mul(rest1, slope));
    const square = f32x4.add(
      f32x4.mul(beta2, v128.load(v + at)),
      f32x4.mul(rest2, f32x4.mul(slope, slope)),
    );
    v128.store(m + at, mean);
    v128.store(v + at, square);
    const size = f32x4.add(f32x4.mul(f32x4.sqrt(square), unbiases), epsilon);
    const move = f32x4.div(f32x4.mul(rates, mean), size);
    v128.store(w + at, f32x4.sub(v128.load(w + at), move));
  }
}
