import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ctx, row } from '../../../tests/helpers/context';
import { CancelledError } from '../errors';
import { ComputedMatrix, copyRows } from '../matrix';
import { createRandom, type Random } from '../random';
import { fitScaler, scaleValue, scalings, transform, type Scaling } from './scale';

const columns = (...lists: number[][]) => lists.map((values) => Float64Array.from(values));
const fit = (features: Float64Array[], scaling: Scaling) => fitScaler(features, scaling, ctx);

describe('scaling', () => {
  // 2 4 4 4 5 5 7 9: mean 5, population sd 2, quartiles 4 and 5.5, range 7.
  const data = columns([2, 4, 4, 4, 5, 5, 7, 9]);

  it.for([
    { scaling: 'standard', scale: 2 },
    { scaling: 'robust', scale: 1.5 },
    { scaling: 'minmax', scale: 7 },
    { scaling: 'none', scale: 1 },
  ] as const)(
    '$scaling divides by $scale and always centres on the mean',
    async ({ scaling, scale }) => {
      const scaler = await fit(data, scaling);
      expect(scaler).toMatchObject({ center: [5], scale: [scale] });
      const { data: values } = await transform(scaler, data, ctx);
      expect(values[0]).toBe(Math.fround(-3 / scale));
      expect(values[7]).toBe(Math.fround(4 / scale));
    },
  );

  it('by an interquartile range of 0 divides by the deviation instead', async () => {
    // Seven times 0 and once 8: quartiles 0 and 0, mean 1, squares 7 + 49 = 56, sd √7.
    const { scale } = await fit(columns([0, 0, 0, 0, 0, 0, 0, 8]), 'robust');
    expect(scale[0]).toBeCloseTo(Math.sqrt(7), 12);
  });

  it.for(scalings)('%s makes a constant column 0, whatever the constant', async (scaling) => {
    const input = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: 1, max: 300 }),
    );
    await fc.assert(
      fc.asyncProperty(input, async ([value, count]) => {
        const constant = columns(Array<number>(count).fill(value));
        const { data: scaled } = await transform(await fit(constant, scaling), constant, ctx);
        expect(scaled.every((x) => Math.abs(x) < 1e-6)).toBe(true);
      }),
    );
  });

  it('standard gives mean 0 and deviation 1', async () => {
    const values = columns(
      Array.from({ length: 500 }, (_, i) => ((i * 7919) % 997) / 3 + 1e6),
      Array.from({ length: 500 }, (_, i) => (i * i) % 13),
    );
    const X = await transform(await fit(values, 'standard'), values, ctx);
    for (const j of [0, 1]) {
      const column = Array.from({ length: 500 }, (_, i) => X.data[i * 2 + j]);
      const mean = column.reduce((sum, x) => sum + x, 0) / 500;
      const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 500;
      expect(mean).toBeCloseTo(0, 6);
      expect(variance).toBeCloseTo(1, 6);
    }
  });

  it('lays the matrix out by rows', async () => {
    const scaler = { center: [0, 10], scale: [1, 2], step: [0, 0] };
    const X = await transform(scaler, columns([1, 2, 3], [10, 12, 14]), ctx);
    expect([X.nSamples, X.nFeatures]).toEqual([3, 2]);
    expect([row(X, 0), row(X, 1), row(X, 2)]).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
  });

  it('of one value is the same as in the matrix, to the last bit', async () => {
    const values = columns([0.1, 0.7, 1e5, -3.3]);
    const scaler = await fit(values, 'standard');
    const X = await transform(scaler, values, ctx);
    values[0].forEach((value, i) => {
      const [center, scale, step] = [scaler.center[0], scaler.scale[0], scaler.step[0]];
      expect(scaleValue(value, center, scale, step)).toBe(X.data[i]);
    });
  });
});

describe('scaling many rows', () => {
  const nRows = 10_000;
  const values = columns(
    Array.from({ length: nRows }, (_, i) => (i * 7919) % 9973),
    Array.from({ length: nRows }, (_, i) => i % 7),
  );

  it('tells how far it is, and gives each value its place', async () => {
    const told: number[] = [];
    const watched = { ...ctx, progress: (done: number, total: number) => told.push(done / total) };
    const scaler = await fitScaler(values, 'minmax', watched);
    const X = await transform(scaler, values, watched);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    const place = (i: number, j: number) =>
      scaleValue(values[j][i], scaler.center[j], scaler.scale[j], scaler.step[j]);
    for (const i of [0, 4095, 4096, 8191, nRows - 1])
      expect(row(X, i)).toEqual([place(i, 0), place(i, 1)]);
  });

  it('computes a matrix that is too large to keep whenever it is asked for, to the last bit', async () => {
    const values = columns(
      Array.from({ length: 9_000 }, (_, i) => Math.sin(i) * 1e3),
      Array.from({ length: 9_000 }, (_, i) => i % 17),
    );
    const scaler = await fit(values, 'standard');
    const kept = await transform(scaler, values, ctx, 18_000);
    const computed = await transform(scaler, values, ctx, 17_999);
    expect(kept).not.toBeInstanceOf(ComputedMatrix);
    expect(computed).toBeInstanceOf(ComputedMatrix);
    expect(computed.data).toEqual(kept.data);
    expect(copyRows(computed, 4_000, 5_000)).toEqual(copyRows(kept, 4_000, 5_000));
  });

  it('can be cancelled', async () => {
    const cancelled = { ...ctx, breathe: () => Promise.reject(new CancelledError()) };
    await expect(fitScaler(values, 'standard', cancelled)).rejects.toBeInstanceOf(CancelledError);
    const scaler = await fit(values, 'standard');
    await expect(transform(scaler, values, cancelled)).rejects.toBeInstanceOf(CancelledError);
  });
});

describe('the grid of scaled values', () => {
  it('is the power of two above Σ|x|, divided by 2^52', async () => {
    // −3 −1 −1 −1 0 0 2 4 about the mean 5 add up to 12, below 16; by the deviation 2 to 6, below 8.
    const data = columns([2, 4, 4, 4, 5, 5, 7, 9]);
    expect((await fit(data, 'none')).step).toEqual([2 ** (4 - 52)]);
    expect((await fit(data, 'standard')).step).toEqual([2 ** (3 - 52)]);
    // Σ|x| = 16 itself is not above 16.
    expect((await fit(columns([-8, 8]), 'none')).step).toEqual([2 ** (5 - 52)]);
    // Nothing is finer than float32.
    expect((await fit(columns([7, 7]), 'none')).step).toEqual([2 ** -149]);
  });

  it('rounds half to even, and leaves what is on it or too large for it', () => {
    const on = (value: number) => scaleValue(value, 0, 1, 0.25);
    expect([0.1, 0.125, 0.13, 0.375, 0.4].map(on)).toEqual([0, 0, 0.25, 0.5, 0.5]);
    expect([-0.1, -0.125, -0.13, -0.375, -0.4].map(on)).toEqual([0, 0, -0.25, -0.5, -0.5]);
    expect([0.75, -1024.5, 2 ** 60, -(2 ** 60)].map(on)).toEqual([
      0.75,
      -1024.5,
      2 ** 60,
      -(2 ** 60),
    ]);
  });

  it('is where whole numbers of steps are, the nearest of them for any value', () => {
    const input = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: -60, max: 20 }),
    );
    fc.assert(
      fc.property(input, ([value, exponent]) => {
        const step = 2 ** exponent;
        const whole = Math.floor(value / step);
        const rest = value / step - whole;
        const up = rest > 0.5 || (rest === 0.5 && whole % 2 !== 0);
        const nearest = (up ? whole + 1 : whole) * step;
        // + 0 makes a plain zero of −0.
        expect(scaleValue(value, 0, 1, step)).toBe(Math.fround(nearest) + 0);
      }),
    );
    // Just below 2^52 steps, where float64 still has half ones.
    expect(scaleValue(2 ** 52 - 0.5, 0, 1, 1)).toBe(2 ** 52);
    expect(scaleValue(-(2 ** 52 - 1.5), 0, 1, 1)).toBe(Math.fround(-(2 ** 52 - 2)));
  });

  it('of step 0 is none: a value is only rounded to float32', () => {
    for (const value of [0.1, -1e-30, 1e30]) {
      expect(scaleValue(value, 0, 1, 0)).toBe(Math.fround(value));
    }
  });

  it('moves no z-score of an ordinary column by a thousandth of what float32 does near 1', async () => {
    const random = createRandom(7);
    const values = columns(
      Array.from({ length: 9000 }, () => 1000 * Math.exp(2 * random.normal())),
    );
    const { center, scale, step } = await fit(values, 'standard');
    const X = await transform({ center, scale, step }, values, ctx);
    expect(step[0]).toBeLessThanOrEqual(2 ** -38);
    values[0].forEach((value, i) => {
      const exact = (value - center[0]) / scale[0];
      const rounding = Math.abs(X.data[i] - exact);
      expect(rounding).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -24 + 2 ** -39);
    });
  });

  /** Ordinary, raw units of 1e9, heavy tails to both sides, tiny, ties, far from the origin. */
  const kinds: Record<string, (random: Random) => number> = {
    ordinary: (random) => random.normal(),
    'large units': (random) => 1e9 * random.uniform(),
    'heavy tails': (random) => random.normal() / (1e-9 + random.uniform()) ** 3,
    exponential: (random) => 10 ** (40 * random.uniform() - 20),
    tiny: (random) => 1e-37 * random.normal(),
    ties: (random) => Math.max(0, random.normal()),
    'far away': (random) => 1e12 + random.normal(),
  };

  /** Exact: in whole multiples of 2^-149, which all float32 are. */
  const exactSum = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + wholeMultiples(value), 0n);
  /** Of a float32 or a float64 that is a multiple of 2^-149. */
  const wholeMultiples = (value: number) => {
    const low = value % 1;
    return (BigInt(value - low) << 149n) + BigInt(low * 2 ** 149);
  };

  describe.for(Object.keys(kinds))('for values that are %s', (kind) => {
    it.for(scalings)('makes every sum exact, by %s', async (scaling) => {
      const shape = fc.record({
        seed: fc.integer(),
        nRows: fc.integer({ min: 1, max: 400 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      });
      await fc.assert(
        fc.asyncProperty(shape, async ({ seed, nRows, share }) => {
          const random = createRandom(seed);
          const values = columns(Array.from({ length: nRows }, () => kinds[kind](random)));
          const X = await transform(await fit(values, scaling), values, ctx);
          const some = Array.from(X.data).filter(() => random.uniform() <= share);
          const forward = some.reduce((sum, x) => sum + x, 0);
          const backward = some.reduceRight((sum, x) => sum + x, 0);
          const inParts = [0, 1, 2].reduce(
            (sum, part) =>
              sum + some.reduce((inner, x, i) => (i % 3 === part ? inner + x : inner), 0),
            0,
          );
          const removed = Array.from(X.data).reduce((sum, x) => sum + x, 0);
          const others = Array.from(X.data).reduce((sum, x) => sum - x, removed);
          expect([backward, inParts, others]).toEqual([forward, forward, 0]);
          expect(wholeMultiples(forward)).toBe(exactSum(some));
        }),
      );
    });
  });

  it('is needed: without it the order of additions shows', async () => {
    // 2^-60 + 1 is 1 in float64, and 1 − 1 is 0; the other way round 2^-60 is left.
    const values = columns([2 ** -60, 1, -1]);
    const sums = async (step: number) => {
      const { data } = await transform({ center: [0], scale: [1], step: [step] }, values, ctx);
      return [data[0] + data[1] + data[2], data[2] + data[1] + data[0]];
    };
    expect(await sums(0)).toEqual([0, 2 ** -60]);
    const { step } = await fit(values, 'none');
    expect(await sums(step[0])).toEqual([0, 0]);
  });
});
