import { describe, expect, it } from 'vitest';
import type { Curve } from './dense-kernels';
import { activate } from './plain-activations';

const curves: readonly Curve[] = ['relu', 'tanh', 'gelu'];

function at(curve: Curve, xs: readonly number[]) {
  const values = Float32Array.from(xs);
  const slopes = new Float32Array(xs.length);
  activate(curve, values, slopes, xs.length);
  return { values, slopes };
}

const between = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 128);

/** Φ by the series of its integral, Σ (−1)^m x^(2m+1) / (2^m m! (2m + 1)) / √2π + 1/2: all digits for |x| ≤ 6. */
function normalShare(x: number): number {
  let term = x;
  let sum = x;
  for (let m = 1; m < 120; m++) {
    term *= (-x * x) / (2 * m);
    sum += term / (2 * m + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}

describe('activations in float32', () => {
  it('relu keeps what is above 0', () => {
    const { values, slopes } = at('relu', [-3, -0, 0, 2]);
    expect(Array.from(values)).toEqual([0, 0, 0, 2]);
    expect(Array.from(slopes)).toEqual([0, 0, 0, 1]);
  });

  it('tanh is that of Math to three units of the last place', () => {
    const xs = [...between, 1e-30, 1e-6, 0.01, -0.3466, 0.3466, 100, -1e30];
    const { values, slopes } = at('tanh', xs);
    xs.forEach((x, i) => {
      const truth = Math.tanh(Math.fround(x));
      expect(Math.abs(values[i] - truth)).toBeLessThanOrEqual(3 * 2 ** -23 * Math.abs(truth));
      expect(Math.abs(slopes[i] - (1 - truth ** 2))).toBeLessThan(1e-6);
    });
  });

  it('gelu is x·Φ(x)', () => {
    const xs = between.filter((x) => Math.abs(x) <= 5);
    const { values, slopes } = at('gelu', xs);
    xs.forEach((x, i) => {
      const share = normalShare(x);
      const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
      expect(Math.abs(values[i] - x * share)).toBeLessThan(1e-6);
      expect(Math.abs(slopes[i] - (share + x * density))).toBeLessThan(1e-6);
    });
  });

  it('gelu is 0 far below and x far above', () => {
    const { values, slopes } = at('gelu', [-1e30, -40, 40, 1e30]);
    expect(Array.from(values.slice(2))).toEqual([40, Math.fround(1e30)]);
    expect(Math.abs(values[1])).toBeLessThan(1e-30);
    expect(Array.from(slopes.slice(2))).toEqual([1, 1]);
  });

  it.each(curves)('%s is 0 at 0, and not a number where there is none', (curve) => {
    expect(Math.abs(at(curve, [0]).values[0])).toBe(0);
    if (curve !== 'relu') expect(at(curve, [NaN]).values[0]).toBeNaN();
  });
});
