import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { eigenSymmetric } from './eigen';

function symmetric(n: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const a = new Float64Array(n * n);
  for (let p = 0; p < n; p++) {
    for (let q = p; q < n; q++) a[p * n + q] = a[q * n + p] = random.normal();
  }
  return a;
}

describe('eigenvalues', () => {
  it('of 2 1 / 1 2 are 3 and 1, along the diagonals', async () => {
    const { values, vectors } = await eigenSymmetric(Float64Array.of(2, 1, 1, 2), 2);
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
    // ±(1, 1)/√2 and ±(1, −1)/√2.
    expect(vectors[0] * vectors[1]).toBeCloseTo(0.5, 14);
    expect(vectors[2] * vectors[3]).toBeCloseTo(-0.5, 14);
  });

  it('of a diagonal matrix are its diagonal, falling, a tie in the order of the columns', async () => {
    const { values, vectors } = await eigenSymmetric(Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, 1), 3);
    expect(Array.from(values)).toEqual([5, 1, 1]);
    expect(Array.from(vectors)).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 1]);
  });

  it('of nothing but zeros are zeros', async () => {
    const { values, vectors } = await eigenSymmetric(new Float64Array(4), 2);
    expect(Array.from(values)).toEqual([0, 0]);
    expect(Array.from(vectors)).toEqual([1, 0, 0, 1]);
  });

  it('of one number are that number', async () => {
    expect(await eigenSymmetric(Float64Array.of(-7), 1)).toEqual({
      values: Float64Array.of(-7),
      vectors: Float64Array.of(1),
    });
  });

  it('and vectors satisfy A·v = λ·v, are of length 1 and square to each other', async () => {
    const input = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer());
    await fc.assert(
      fc.asyncProperty(input, async ([n, seed]) => {
        const a = symmetric(n, seed);
        const before = a.slice();
        const { values, vectors } = await eigenSymmetric(a, n);
        expect(a).toEqual(before);
        const at = (m: number) => vectors.subarray(m * n, (m + 1) * n);
        for (let m = 0; m < n; m++) {
          if (m > 0) expect(values[m]).toBeLessThanOrEqual(values[m - 1]);
          for (let p = 0; p < n; p++) {
            let product = 0;
            for (let q = 0; q < n; q++) product += a[p * n + q] * at(m)[q];
            expect(Math.abs(product - values[m] * at(m)[p])).toBeLessThan(1e-11 * n);
          }
          for (let l = 0; l < n; l++) {
            const dot = at(m).reduce((sum, value, q) => sum + value * at(l)[q], 0);
            expect(Math.abs(dot - (l === m ? 1 : 0))).toBeLessThan(1e-12 * n);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('can be given up on the way, where there are many columns', async () => {
    const n = 120;
    let breaths = 0;
    const giveUp = () =>
      ++breaths === 3 ? Promise.reject(new Error('enough')) : Promise.resolve();
    await expect(eigenSymmetric(symmetric(n, 1), n, giveUp)).rejects.toThrow('enough');
  });

  it('of very different sizes are all found', async () => {
    // Rotated by 30°: 1e12 and 1. c² = .75, s² = .25, cs = √3/4.
    const [c2, s2, cs] = [0.75, 0.25, Math.sqrt(3) / 4];
    const [big, small] = [1e12, 1];
    const off = (big - small) * cs;
    const { values } = await eigenSymmetric(
      Float64Array.of(big * c2 + small * s2, off, off, big * s2 + small * c2),
      2,
    );
    expect(values[0] / big).toBeCloseTo(1, 12);
    // What is left of 1 beside 1e12 in float64: an error of 1e12 · 2⁻⁵² per operation.
    expect(Math.abs(values[1] - small)).toBeLessThan(1e-3);
  });
});
