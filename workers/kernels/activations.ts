// @ts-nocheck AssemblyScript: its own compiler checks it.

/**
 * Activations of four floats at a time, in the operations of `engines/plain-activations.ts`, which says what they are
 * made of; so the bits are the same.
 */
const rounder: f32 = 12582912;
const perLog2: f32 = 1.4426950408889634;
const log2High: f32 = 0.693359375;
/** log 2 − log2High */
const log2Low: f32 = -0.00021219444005469057;

function times(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

function timesPlus(a: v128, b: v128, c: f64): v128 {
  return f32x4.add(f32x4.mul(a, b), f32x4.splat(<f32>c));
}

/** n in e^x = 2^n·e^r, r as small as can be. */
function wholePart(x: v128): v128 {
  const half = f32x4.splat(rounder);
  return f32x4.sub(f32x4.add(times(x, f32x4.splat(perLog2)), half), half);
}

/** e^r − 1. */
function restOf(x: v128, n: v128): v128 {
  const high = f32x4.sub(x, times(n, f32x4.splat(log2High)));
  const r = f32x4.sub(high, times(n, f32x4.splat(log2Low)));
  let sum = timesPlus(f32x4.splat(<f32>(1.0 / 5040)), r, 1.0 / 720);
  sum = timesPlus(sum, r, 1.0 / 120);
  sum = timesPlus(sum, r, 1.0 / 24);
  sum = timesPlus(sum, r, 1.0 / 6);
  sum = timesPlus(sum, r, 1.0 / 2);
  return times(timesPlus(sum, r, 1), r);
}

/** 2^n, by its bits. */
function powerOf(n: v128): v128 {
  return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
}

/**
 * max(0, x).
 *
 * @param values float32, replaced
 * @param slopes written: the derivatives there
 * @param length a multiple of four
 */
export function relu(values: usize, slopes: usize, length: i32): void {
  const zero = f32x4.splat(0);
  for (const end = values + ((<usize>length) << 2); values < end; values += 16, slopes += 16) {
    const x = v128.load(values);
    v128.store(slopes, v128.and(f32x4.gt(x, zero), f32x4.splat(1)));
    v128.store(values, f32x4.pmax(zero, x));
  }
}

/** The hyperbolic tangent. Parameters as above. */
export function tanh(values: usize, slopes: usize, length: i32): void {
  const one = f32x4.splat(1);
  for (const end = values + ((<usize>length) << 2); values < end; values += 16, slopes += 16) {
    const x = f32x4.pmax(f32x4.pmin(v128.load(values), f32x4.splat(10)), f32x4.splat(-10));
    const twice = f32x4.add(x, x);
    const n = wholePart(twice);
    const power = powerOf(n);
    const e = f32x4.add(times(power, restOf(twice, n)), f32x4.sub(power, one));
    const y = f32x4.div(e, f32x4.add(e, f32x4.splat(2)));
    v128.store(values, y);
    v128.store(slopes, f32x4.sub(one, times(y, y)));
  }
}

/** x·Φ(x). Parameters as above. */
export function gelu(values: usize, slopes: usize, length: i32): void {
  const one = f32x4.splat(1);
  for (const end = values + ((<usize>length) << 2); values < end; values += 16, slopes += 16) {
    const x = v128.load(values);
    const half = f32x4.pmax(times(times(x, x), f32x4.splat(-0.5)), f32x4.splat(-87));
    const n = wholePart(half);
    const exp = times(powerOf(n), f32x4.add(one, restOf(half, n)));
    const density = times(exp, f32x4.splat(<f32>0.3989422804014327));
    const t = f32x4.div(one, timesPlus(f32x4.splat(<f32>0.2316419), f32x4.abs(x), 1));
    let sum = timesPlus(f32x4.splat(<f32>1.330274429), t, -1.821255978);
    sum = timesPlus(sum, t, 1.781477937);
    sum = timesPlus(sum, t, -0.356563782);
    sum = timesPlus(sum, t, 0.31938153);
    const tail = times(density, times(sum, t));
    const isLow = f32x4.lt(x, f32x4.splat(0));
    const share = v128.bitselect(tail, f32x4.sub(one, tail), isLow);
    v128.store(values, times(x, share));
    v128.store(slopes, f32x4.add(share, times(x, density)));
  }
}
