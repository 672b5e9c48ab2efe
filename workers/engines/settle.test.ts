import { describe, expect, it } from 'vitest';
import { nearestCenter } from '../../src/core/learn/nearest';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom, type Random } from '../../src/core/random';
import { relativeError } from './margin';
import { passOf, settleRows, spotCheck } from './settle';

type Rounding = (value: number) => number;

const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** Float32 towards zero: a card may round in any direction. Results below 2^-126 become 0. */
function truncated(value: number): number {
  single[0] = value;
  if (Math.abs(single[0]) > Math.abs(value)) bits[0]--;
  return Math.abs(single[0]) < 2 ** -126 ? 0 : single[0];
}

/** What `nearest-program.ts` computes, in the arithmetic of a card. */
function card(
  X: Matrix,
  centers: Float64Array,
  k: number,
  f: Rounding,
  relative: number,
): number[] {
  const { data, nSamples, nFeatures } = X;
  return Array.from({ length: nSamples }, (_, i) => {
    let [best, second, label] = [3.4e38, 3.4e38, 0];
    for (let c = 0; c < k; c++) {
      let distance = 0;
      for (let j = 0; j < nFeatures; j++) {
        const difference = f(data[i * nFeatures + j] - Math.fround(centers[c * nFeatures + j]));
        distance = f(distance + f(difference * difference));
      }
      distance = Math.min(distance, 3.4e38);
      second = Math.min(second, Math.max(best, distance));
      if (distance < best) [best, label] = [distance, c];
    }
    const far = f(f(Math.sqrt(second)) * f(1 - relative));
    return [label, f(far - f(f(Math.sqrt(best)) * f(1 + relative)))];
  }).flat();
}

/** Rows near the middle between two centres, and centres that differ in their last digits. */
function nearTies(random: Random, nSamples: number, nFeatures: number, scale: number) {
  const k = 9;
  const centers = Float64Array.from({ length: k * nFeatures }, () => scale * random.normal());
  for (let j = 0; j < nFeatures; j++) {
    centers[8 * nFeatures + j] = centers[j] * (1 + 1e-9 * random.normal());
    centers[7 * nFeatures + j] = centers[nFeatures + j];
    centers[6 * nFeatures + j] = centers[2 * nFeatures + j] * (1 + 1e-6 * random.normal());
  }
  const data = new Float32Array(nSamples * nFeatures);
  for (let i = 0; i < nSamples; i++) {
    const a = random.integer(k) * nFeatures;
    const b = random.integer(k) * nFeatures;
    const noise = scale * [0, 1e-8, 1e-7, 1e-6, 1e-5][i % 5];
    for (let j = 0; j < nFeatures; j++) {
      data[i * nFeatures + j] = (centers[a + j] + centers[b + j]) / 2 + noise * random.normal();
    }
  }
  return { X: matrix(data, nSamples, nFeatures), centers, k };
}

function reference(X: Matrix, centers: Float64Array, k: number): Int32Array {
  return Int32Array.from({ length: X.nSamples }, (_, i) =>
    nearestCenter(X.data, i * X.nFeatures, centers, k, X.nFeatures),
  );
}

describe('settling what float32 cannot tell', () => {
  const roundings: [string, Rounding][] = [
    ['nearest', Math.fround],
    ['towards zero', truncated],
  ];

  it.each(roundings)('gives the labels of the reference, rounding %s', (_name, f) => {
    const random = createRandom(3);
    let misled = 0;
    for (const nFeatures of [1, 2, 7, 17, 64]) {
      for (const scale of [1e-30, 1e-18, 1, 1e5, 1e18]) {
        const { X, centers, k } = nearTies(random, 400, nFeatures, scale);
        const said = card(X, centers, k, f, relativeError(nFeatures));
        const labels = new Int32Array(X.nSamples).fill(-1);
        settleRows(X, passOf(centers, k, nFeatures), said, { first: 0, end: X.nSamples }, labels);
        const expected = reference(X, centers, k);
        expect(labels).toEqual(expected);
        misled += expected.filter((label, i) => label !== said[2 * i]).length;
      }
    }
    // The data are nasty enough: without settling, labels would be wrong.
    expect(misled).toBeGreaterThan(100);
  });

  it('settles hardly a row of ordinary data', () => {
    const random = createRandom(4);
    const X = matrix(
      Float32Array.from({ length: 17 * 5_000 }, () => random.normal()),
      5_000,
      17,
    );
    const centers = Float64Array.from({ length: 17 * 8 }, () => random.normal());
    const said = card(X, centers, 8, Math.fround, relativeError(17));
    const labels = new Int32Array(X.nSamples);
    const settled = settleRows(X, passOf(centers, 8, 17), said, { first: 0, end: 5_000 }, labels);
    expect(settled).toBeLessThan(10);
    expect(labels).toEqual(reference(X, centers, 8));
  });

  it('writes the rows of its own chunk only', () => {
    const X = matrix(Float32Array.of(0, 0, 5, 5), 4, 1);
    const labels = new Int32Array(4).fill(-1);
    const pass = passOf(Float64Array.of(0, 5), 2, 1);
    settleRows(X, pass, [0, 4, 1, 4], { first: 1, end: 3 }, labels);
    expect([...labels]).toEqual([-1, 0, 1, -1]);
  });

  it.each([NaN, Infinity, 2 ** 61, 0, -1])('does not trust a gap of %f', (gap) => {
    const X = matrix(Float32Array.of(5), 1, 1);
    const labels = new Int32Array(1);
    settleRows(X, passOf(Float64Array.of(0, 5), 2, 1), [0, gap], { first: 0, end: 1 }, labels);
    expect(labels[0]).toBe(1);
  });

  it.each([NaN, Infinity, -1, 2, 0.5])('refuses %f as a label', (label) => {
    const X = matrix(Float32Array.of(5), 1, 1);
    const pass = passOf(Float64Array.of(0, 5), 2, 1);
    const work = () => settleRows(X, pass, [label, 9], { first: 0, end: 1 }, new Int32Array(1));
    expect(work).toThrow(expect.objectContaining({ code: 'engine-failed' }));
  });
});

describe('the spot check', () => {
  const X = matrix(
    Float32Array.from({ length: 1_000 }, (_, i) => i % 2),
    1_000,
    1,
  );
  const pass = passOf(Float64Array.of(0, 1), 2, 1);

  it('lets right labels pass', () => {
    expect(() => spotCheck(X, pass, Int32Array.from(X.data))).not.toThrow();
  });

  it('notices a card that returns nothing but zeros', () => {
    const work = () => spotCheck(X, pass, new Int32Array(1_000));
    expect(work).toThrow(expect.objectContaining({ code: 'engine-failed' }));
  });
});
