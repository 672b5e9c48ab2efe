import fc from 'fast-check';
import { describe as suite, expect, it } from 'vitest';
import {
  hasShared,
  readShared,
  readSharedJson,
  whyAbsent,
} from '../../../tests/helpers/shared-data';
import { readTable } from '../../../workers/read/read-table';
import { correctedShape, describe, moments, mode, observed, quantile } from './stats';
import { readDefaults } from './read-params';

const list = (...values: number[]) => Float64Array.from(values);

/** −log10 of the relative error: how many digits are right. */
const correctDigits = (value: number, certified: number) =>
  value === certified ? 16 : -Math.log10(Math.abs(value - certified) / Math.abs(certified));

suite('the statistics of a column', () => {
  it('are those of the arithmetic', () => {
    // 2 4 4 4 5 5 7 9: sum 40, mean 5; squares 9+1+1+1+0+0+4+16 = 32; 32/8 = 4, so sd 2; 32/7 for the sample.
    // Cubes −27−1−1−1+0+0+8+64 = 42; 42/8 / 2³ = 0.65625.
    // Fourths 81+1+1+1+0+0+16+256 = 356; 356/8 / 2⁴ − 3 = −0.21875.
    const statistics = describe(list(9, 4, 2, 4, 5, 7, 4, 5));
    expect(statistics).toEqual({
      count: 8,
      mean: 5,
      sdPopulation: 2,
      sdSample: Math.sqrt(32 / 7),
      min: 2,
      q1: 4,
      median: 4.5,
      // Position 0.75 · 7 = 5.25 in 2 4 4 4 5 5 7 9: 5 + 0.25 · (7 − 5).
      q3: 5.5,
      max: 9,
      skewness: 0.65625,
      kurtosis: -0.21875,
      zeroShare: 0,
    });
  });

  it('leave missing values out', () => {
    expect(describe(list(NaN, 0, 3, NaN, 0))).toEqual(describe(list(0, 0, 3)));
    expect(describe(list(NaN, 0, 3, NaN, 0)).zeroShare).toBe(2 / 3);
    expect(observed(list(NaN, 2, NaN, 1))).toEqual(list(2, 1));
  });

  it('do not change the column', () => {
    const column = list(3, 1, NaN, 2);
    describe(column);
    mode(column);
    expect(column).toEqual(list(3, 1, NaN, 2));
  });

  it('are unknown where every value is missing', () => {
    const { count, ...rest } = describe(list(NaN, NaN));
    expect(count).toBe(0);
    expect(Object.values(rest).every(Number.isNaN)).toBe(true);
  });

  it('of one value have no sample deviation', () => {
    const { mean, sdPopulation, sdSample, skewness, kurtosis, q1, q3 } = describe(list(7));
    expect([mean, sdPopulation, skewness, kurtosis, q1, q3]).toEqual([7, 0, 0, 0, 7, 7]);
    expect(sdSample).toBeNaN();
  });

  it('of a constant column are its value, to the last bit, and no spread', () => {
    const input = fc.tuple(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.integer({ min: 1, max: 3000 }),
    );
    fc.assert(
      fc.property(input, ([value, count]) => {
        const { mean, sdPopulation, skewness, kurtosis } = describe(
          new Float64Array(count).fill(value),
        );
        // In units of the last place: a spread of rounding errors would be blown up to ±1 by scaling.
        expect(Math.abs(mean - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -52);
        expect([sdPopulation, skewness, kurtosis]).toEqual([0, 0, 0]);
      }),
    );
  });

  it('move with the data and grow with its unit', () => {
    // Binary fractions, so that shifting and doubling are exact.
    const values = Array.from({ length: 64 }, (_, i) => ((i * 37) % 64) / 8);
    const plain = describe(Float64Array.from(values));
    const moved = describe(Float64Array.from(values, (value) => 2 * value + 1024));
    expect(moved.mean).toBe(2 * plain.mean + 1024);
    expect(moved.sdPopulation).toBeCloseTo(2 * plain.sdPopulation, 12);
    expect(moved.median).toBe(2 * plain.median + 1024);
    expect(moved.skewness).toBeCloseTo(plain.skewness, 12);
    expect(moved.kurtosis).toBeCloseTo(plain.kurtosis, 12);
  });
});

suite('skewness and kurtosis without bias', () => {
  it('are those of pandas', () => {
    // pandas 1.5.3: pd.Series([2, 4, 4, 4, 5, 5, 7, 9]).skew() and .kurt()
    const { skewness, kurtosis } = correctedShape(describe(list(2, 4, 4, 4, 5, 5, 7, 9)));
    // 0.65625 · √56 / 6; 7 / 30 · (9 · −0.21875 + 6).
    expect(skewness).toBeCloseTo((0.65625 * Math.sqrt(56)) / 6, 14);
    expect(skewness).toBeCloseTo(0.8184875533567997, 12);
    expect(kurtosis).toBeCloseTo(0.940625, 12);
  });

  it('are unknown for fewer values than they need', () => {
    expect(correctedShape(describe(list(1, 2))).skewness).toBeNaN();
    expect(correctedShape(describe(list(1, 2, 4))).skewness).toBeGreaterThan(0);
    expect(correctedShape(describe(list(1, 2, 4))).kurtosis).toBeNaN();
  });
});

suite('the deviation keeps its digits', () => {
  it('where the values are large and near each other', () => {
    // The pattern of NIST NumAcc4: 10,000,000.2 once, then .1 and .3 in turn; sd 0.1 exactly in exact arithmetic.
    const values = Float64Array.from({ length: 1001 }, (_, i) =>
      i === 0 ? 10_000_000.2 : i % 2 === 1 ? 10_000_000.1 : 10_000_000.3,
    );
    expect(correctDigits(describe(values).sdSample, 0.1)).toBeGreaterThan(8);
    expect(correctDigits(describe(values).mean, 10_000_000.2)).toBeGreaterThan(14);
  });

  it.for([
    { name: 'Lottery', digits: 13 },
    { name: 'Lew', digits: 13 },
    { name: 'Mavro', digits: 13 },
    { name: 'Michelso', digits: 13 },
    { name: 'NumAcc1', digits: 15 },
    { name: 'NumAcc2', digits: 13 },
    { name: 'NumAcc3', digits: 9 },
    { name: 'NumAcc4', digits: 8 },
  ])('of NIST $name: $digits digits', ({ name, digits }, { skip }) => {
    const path = 'known-answer/nist-strd-univariate.json';
    if (!hasShared(path)) skip(whyAbsent);
    const sets =
      readSharedJson<
        Record<string, { values: string[]; certified: { mean: string; stdev_n_minus_1: string } }>
      >(path);
    const { values, certified } = sets[name];
    const { mean, sdSample } = describe(Float64Array.from(values, Number));
    expect(correctDigits(mean, Number(certified.mean))).toBeGreaterThanOrEqual(14);
    expect(correctDigits(sdSample, Number(certified.stdev_n_minus_1))).toBeGreaterThanOrEqual(
      digits,
    );
  });

  it('and the mean of values is the mean, not the sum of them all', () => {
    expect(moments(list(1, 2, 3, 6))).toMatchObject({ mean: 3, squares: 14 });
  });
});

suite('quantiles', () => {
  it('are interpolated between neighbours (type 7 of R)', () => {
    // n = 4: position p · 3. R: quantile(c(1, 2, 4, 8), c(0, .1, .5, .9, 1)).
    const sorted = list(1, 2, 4, 8);
    expect(quantile(sorted, 0)).toBe(1);
    expect(quantile(sorted, 0.1)).toBeCloseTo(1.3, 12);
    expect(quantile(sorted, 0.5)).toBe(3);
    expect(quantile(sorted, 0.9)).toBeCloseTo(6.8, 12);
    expect(quantile(sorted, 1)).toBe(8);
  });

  it('of a single value are that value', () => {
    expect([0, 0.3, 1].map((p) => quantile(list(5), p))).toEqual([5, 5, 5]);
  });

  it('rise with p and stay within the data', () => {
    const input = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(input, (values) => {
        // + 0 makes a plain zero of −0.
        const sorted = Float64Array.from(values, (value) => value + 0).sort();
        const found = [0, 0.25, 0.5, 0.75, 1].map((p) => quantile(sorted, p));
        expect(found[0]).toBe(sorted[0]);
        expect(found[4]).toBe(sorted[sorted.length - 1]);
        for (let i = 1; i < 5; i++) expect(found[i]).toBeGreaterThanOrEqual(found[i - 1] - 1e-9);
      }),
    );
  });
});

suite('the mode', () => {
  it('is the most frequent value, the smallest on a tie', () => {
    expect(mode(list(3, 1, 3, 2))).toBe(3);
    expect(mode(list(5, 2, 2, 5, 9))).toBe(2);
    expect(mode(list(NaN, 4, NaN, NaN))).toBe(4);
    expect(mode(list(NaN))).toBeNaN();
  });
});

suite('against scipy (cc-general-stats.json)', () => {
  it('every column of the credit-card file', async ({ skip }) => {
    const path = 'known-answer/cc-general-stats.json';
    if (!hasShared(path) || !hasShared('CC GENERAL.csv')) skip(whyAbsent);
    const { columnStats } = readSharedJson<{
      columnStats: Record<string, Record<string, number>>;
    }>(path);
    const quiet = { progress: () => undefined, breathe: () => Promise.resolve() };
    const { table } = await readTable(
      new Blob([readShared('CC GENERAL.csv')]),
      readDefaults,
      quiet,
    );
    expect(Object.keys(columnStats)).toHaveLength(17);
    for (const column of table.columns) {
      if (column.kind !== 'number') continue;
      const expected = columnStats[column.name];
      const found = describe(column.values);
      expect(found.count).toBe(expected.count);
      for (const key of ['mean', 'sdPopulation', 'sdSample', 'q1', 'median', 'q3'] as const) {
        expect(Math.abs(found[key] - expected[key])).toBeLessThanOrEqual(
          1e-9 * Math.abs(expected[key]),
        );
      }
      expect(Math.abs(found.skewness - expected.skewness)).toBeLessThanOrEqual(
        1e-8 * Math.abs(expected.skewness),
      );
      expect(Math.abs(found.kurtosis - expected.kurtosis)).toBeLessThanOrEqual(
        1e-8 * Math.abs(expected.kurtosis),
      );
      const corrected = correctedShape(found);
      for (const key of ['skewness', 'kurtosis'] as const) {
        const value = expected[`${key}Corrected`];
        expect(Math.abs(corrected[key] - value)).toBeLessThanOrEqual(1e-8 * Math.abs(value));
      }
      expect(found.zeroShare).toBeCloseTo(expected.zeroShare, 9);
    }
  });
});
