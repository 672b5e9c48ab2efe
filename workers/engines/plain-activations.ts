import type { Curve } from './dense-kernels';

const { abs, fround: f } = Math;

/** Sums of 1.5·2²³ and a smaller number have no fraction: adding it and taking it away again rounds, half to even. */
const rounder = 1.5 * 2 ** 23;
const perLog2 = f(1.4426950408889634);
/** ln 2 in two parts, the first so short that whole multiples of it are exact. */
const log2High = 0.693359375;
const log2Low = f(Math.LN2 - log2High);
/** 1/2!, …, 1/7!: on |r| ≤ ln 2 / 2 what follows is below 6e-9. */
const series = [2, 6, 24, 120, 720, 5040].map((factorial) => f(1 / factorial));
const [r2, r3, r4, r5, r6, r7] = series;
/** 2^−126 … 2^127. */
const powers = Float32Array.from({ length: 254 }, (_, i) => 2 ** (i - 126));

/** The power of two in e^x, and e^r − 1 of what is left: e^x = 2^n·(1 + rest). */
let power = 1;
let rest = 0;

/** @param x float32, −87 … 87 */
function split(x: number): void {
  const n = f(f(f(x * perLog2) + rounder) - rounder);
  const r = f(f(x - f(n * log2High)) - f(n * log2Low));
  let sum = f(f(r7 * r) + r6);
  sum = f(f(sum * r) + r5);
  sum = f(f(sum * r) + r4);
  sum = f(f(sum * r) + r3);
  sum = f(f(sum * r) + r2);
  sum = f(f(sum * r) + 1);
  rest = f(sum * r);
  power = powers[n + 126];
}

/** e^x. @param x float32, −87 … 87 */
function exp(x: number): number {
  split(x);
  return f(power * f(1 + rest));
}

/** e^x − 1, which keeps its digits near 0. @param x float32, −87 … 87 */
function expMinus1(x: number): number {
  split(x);
  return f(f(power * rest) + f(power - 1));
}

function reluOf(x: number): number {
  return x > 0 ? x : 0;
}

/** tanh x = (e^2x − 1) / (e^2x + 1); beyond ±10 it is ±1 in float32. */
function tanhOf(x: number): number {
  const bounded = x > 10 ? 10 : x < -10 ? -10 : x;
  const e = expMinus1(f(bounded + bounded));
  return f(e / f(e + 2));
}

const perRootTwoPi = f(1 / Math.sqrt(2 * Math.PI));
const near = f(0.2316419);
const [b1, b2, b3, b4, b5] = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429].map(
  f,
);

/** Density and distribution function of the standard normal: Abramowitz, Stegun (1964), 26.2.17, within 7.5e-8. */
let density = 0;
let share = 0;

function normal(x: number): void {
  const half = f(f(x * x) * -0.5);
  density = f(exp(half < -87 ? -87 : half) * perRootTwoPi);
  const t = f(1 / f(f(near * abs(x)) + 1));
  let sum = f(f(b5 * t) + b4);
  sum = f(f(sum * t) + b3);
  sum = f(f(sum * t) + b2);
  sum = f(f(sum * t) + b1);
  const tail = f(density * f(sum * t));
  share = x < 0 ? tail : f(1 - tail);
}

/**
 * Replaces values by what the activation makes of them, and writes its derivatives there. In float32 operations alone, so
 * that every engine can follow them to the last bit; `Math.exp` differs between browsers.
 */
export function activate(
  curve: Curve,
  values: Float32Array,
  slopes: Float32Array,
  length: number,
): void {
  switch (curve) {
    case 'relu':
      for (let i = 0; i < length; i++) {
        slopes[i] = values[i] > 0 ? 1 : 0;
        values[i] = reluOf(values[i]);
      }
      return;
    case 'tanh':
      for (let i = 0; i < length; i++) {
        values[i] = tanhOf(values[i]);
        slopes[i] = 1 - f(values[i] * values[i]);
      }
      return;
    case 'gelu':
      for (let i = 0; i < length; i++) {
        const x = values[i];
        normal(x);
        values[i] = x * share;
        slopes[i] = share + f(x * density);
      }
      return;
  }
}
