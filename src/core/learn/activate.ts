import type { Activation } from './dense-layer';

/** 1/13!, …, 1/2!: on |r| ≤ ln 2 / 2 what follows is below 4e-18. */
const series = Array.from({ length: 12 }, (_, i) => {
  let factorial = 1;
  for (let n = 2; n <= 13 - i; n++) factorial *= n;
  return 1 / factorial;
});
/** 2^−126 … 2^126, by multiplications that are exact. */
const powers = new Float64Array(253);
powers[126] = 1;
for (let n = 1; n <= 126; n++) {
  powers[126 + n] = powers[125 + n] * 2;
  powers[126 - n] = powers[127 - n] / 2;
}
/** Adding it and taking it away again rounds to a whole number, half to even. */
const rounder = 1.5 * 2 ** 52;
/** ln 2 in two parts, the first so short that whole multiples of it are exact. */
const log2High = 0.693359375;
const log2Low = Math.LN2 - log2High;

/** e^x of our own, because `Math.exp` differs between browsers. @param x −87 … 87 */
function exp(x: number): number {
  const n = x * Math.LOG2E + rounder - rounder;
  const r = x - n * log2High - n * log2Low;
  let sum = 0;
  for (const factor of series) sum = sum * r + factor;
  return powers[n + 126] * ((sum * r + 1) * r + 1);
}

/**
 * What an activation makes of a value, in float64 operations of which each is given: every browser has the same bits, and
 * other languages follow them to the last digits. Within 1e-7 of what a network was trained with, which is float32.
 */
export function activate(activation: Activation, x: number): number {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return x > 0 ? x : 0;
    case 'tanh': {
      const e = exp(2 * Math.min(Math.max(x, -20), 20));
      return (e - 1) / (e + 1);
    }
    case 'gelu':
      return x * normalShare(x);
  }
}

/** Distribution function of the standard normal: Abramowitz, Stegun (1964), 26.2.17, within 7.5e-8. */
function normalShare(x: number): number {
  const density = exp(Math.max(-0.5 * x * x, -87)) * 0.3989422804014327;
  const t = 1 / (0.2316419 * Math.abs(x) + 1);
  const sum =
    (((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153;
  const tail = density * (sum * t);
  return x < 0 ? tail : 1 - tail;
}
