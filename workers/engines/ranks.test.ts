import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RankedColumns } from '../../src/core/learn/tree-training';
import { createRandom } from '../../src/core/random';
import { createReferenceEngine } from './reference';
import { createSimdEngine } from './simd';

const rest = () => Promise.resolve();
const engines = [createReferenceEngine(), await createSimdEngine()];
const all = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

const random = createRandom(3);
const normal = Float64Array.from({ length: 4000 }, () => random.normal());
const kinds = [
  { name: 'normal', values: normal },
  { name: 'skewed', values: normal.map((x) => Math.exp(2 * x)) },
  { name: 'half zero', values: normal.map((x) => (x < 0 ? 0 : x)) },
  { name: 'far from 0', values: normal.map((x) => 1e9 + x) },
  { name: 'filled with its median', values: normal.map((x, i) => (i % 5 === 0 ? 0.01 : x)) },
  { name: 'with one value far below', values: normal.map((x, i) => (i === 7 ? -1e12 : x)) },
  { name: 'with one value far above', values: normal.map((x, i) => (i === 7 ? 1e300 : x)) },
  { name: 'at the ends of the numbers', values: normal.map((x) => Math.tanh(x) * 1.7e308) },
  { name: 'almost constant', values: normal.map((x) => 1 + x * 1e-14) },
  { name: 'of all sizes', values: normal.map((x) => 10 ** (100 * x)) },
  { name: 'next to nothing', values: normal.map((x) => Math.round(x * 99) * 5e-324) },
  { name: 'in many crowds', values: normal.map((x, i) => (i % 9) * 1e5 + x * 1e-7) },
];

/** What every engine says about a column. */
async function ranksOf(
  values: Float64Array,
  rows = all(values.length),
  sample?: Int32Array,
): Promise<RankedColumns> {
  const [plain, simd] = await Promise.all(
    engines.map((engine) => engine.rankColumns([values], rows, rest, sample)),
  );
  expect(simd).toEqual(plain);
  return plain;
}

describe('the ranks of a column', () => {
  it('number the different values of the rows that count', async () => {
    const values = Float64Array.of(5, -1, 2.5, NaN, 0, -0, 2.5, 7);
    // The values 2.5, −1, 0, −0, 5, 2.5.
    const rows = Int32Array.of(2, 1, 4, 5, 0, 6);
    expect(await ranksOf(values, rows)).toEqual({
      ranks: Uint16Array.of(2, 0, 1, 1, 3, 2),
      bins: Uint8Array.of(2, 0, 1, 1, 3, 2),
      lastRank: Uint16Array.from({ length: 256 }, (_, bin) => (bin < 4 ? bin : 0)),
      nBins: Int32Array.of(4),
      limits: [undefined],
      isFinite: [true],
    });
  });

  it('stand one column after the other', async () => {
    const columns = [Float64Array.of(3, 1, 3), Float64Array.of(7, 8, 9)];
    for (const engine of engines) {
      const { ranks, bins, nBins } = await engine.rankColumns(columns, all(3), rest);
      expect(ranks).toEqual(Uint16Array.of(1, 0, 1, 0, 1, 2));
      expect(bins).toEqual(Uint8Array.of(1, 0, 1, 0, 1, 2));
      expect(nBins).toEqual(Int32Array.of(2, 3));
    }
  });

  it('are put into bins of a 256th of the rows each where there are more', async () => {
    // 512 values, two to a bin; then one value that half of the rows have.
    const { bins, lastRank } = await ranksOf(Float64Array.from(all(512)));
    expect(Array.from(bins)).toEqual(Array.from(all(512), (i) => i >> 1));
    expect(Array.from(lastRank)).toEqual(Array.from(all(256), (i) => 2 * i + 1));
    const crowded = await ranksOf(Float64Array.from(all(1024), (i) => Math.max(0, i - 512)));
    // Four rows to a bin: 513 zeros alone, then 1 to 3, then four each.
    expect(Array.from(crowded.bins.subarray(512, 521))).toEqual([0, 1, 1, 1, 2, 2, 2, 2, 3]);
    expect(crowded.nBins[0]).toBe(129);
  });

  it('are shared by neighbours from 65,536 different values on', async () => {
    const { ranks, lastRank, limits } = await ranksOf(Float64Array.from(all(131_072)));
    expect(ranks).toEqual(Uint16Array.from(all(131_072), (i) => i >> 1));
    expect([limits[0]?.lowest[5], limits[0]?.highest[5]]).toEqual([10, 11]);
    expect(Array.from(lastRank)).toEqual(Array.from(all(256), (bin) => 256 * bin + 255));
  });

  it('rise with the values, whatever these are', async () => {
    const value = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 300 }), async (values) => {
        const { ranks } = await ranksOf(Float64Array.from(values));
        const distinct = [...new Set(values.map((x) => x + 0))].sort((a, b) => a - b);
        expect(Array.from(ranks)).toEqual(values.map((x) => distinct.indexOf(x + 0)));
      }),
      { numRuns: 60 },
    );
  });

  it.for(kinds)('are right where the column is $name', async ({ values }) => {
    const { ranks } = await ranksOf(values);
    const distinct = Float64Array.from(new Set(values.map((x) => x + 0))).sort();
    expect(values.every((x, i) => distinct[ranks[i]] === x + 0)).toBe(true);
  });

  it('show that a value is not finite', async () => {
    for (const wrong of [NaN, Infinity, -Infinity]) {
      const values = normal.map((x, i) => (i === 99 ? wrong : x));
      for (const engine of engines) {
        const { isFinite } = await engine.rankColumns([values, normal], all(4000), rest);
        expect(isFinite).toEqual([false, true]);
      }
    }
  });
});

describe('the bins of a column, by a sample', () => {
  it.for(kinds)('hold all values between their lowest and highest: $name', async ({ values }) => {
    const sample = all(4000).filter((i) => i % 3 === 0);
    const { ranks, bins, nBins, lastRank, limits } = await ranksOf(values, all(4000), sample);
    expect(ranks).toBe(bins);
    expect(Array.from(lastRank.subarray(0, nBins[0]))).toEqual(Array.from(all(nBins[0])));
    const { lowest = [], highest = [] } = limits[0] ?? {};
    for (let bin = 0; bin < nBins[0]; bin++) {
      const own = values.filter((_, i) => bins[i] === bin).map((x) => x + 0);
      expect([lowest[bin], highest[bin]]).toEqual([Math.min(...own), Math.max(...own)]);
      if (bin > 0) expect(lowest[bin]).toBeGreaterThan(highest[bin - 1]);
    }
  });

  it('have about a 256th of the rows each', async () => {
    const values = Float64Array.from({ length: 60_000 }, () => random.normal());
    const sample = all(4096).map((i) => i * 14);
    const { bins, nBins } = await ranksOf(values, all(60_000), sample);
    expect(nBins[0]).toBe(256);
    const sizes = new Int32Array(256);
    for (const bin of bins) sizes[bin]++;
    // 234 on average: what lies between 16 values of the sample, a quarter more or less.
    expect(Math.max(...sizes)).toBeLessThan(2.5 * 234);
    expect(sizes.filter((n) => n < 234 / 3).length).toBeLessThan(10);
  });

  it('keep a crowd by itself, whatever of its neighbours is in the sample', async () => {
    // Half of the rows are 0; one in twenty of those above it is in the sample.
    const values = Float64Array.from(all(20_000), (i) => (i % 2 === 0 ? 0 : i));
    const sample = all(2000).map((i) => 10 * i + (i % 20 === 0 ? 1 : 0));
    const { bins, limits } = await ranksOf(values, all(20_000), sample);
    expect(values.every((x, i) => (bins[i] === 0) === (x === 0))).toBe(true);
    expect([limits[0]?.highest[0], limits[0]?.lowest[1]]).toEqual([0, 1]);
  });

  it('take in what lies outside of the sample', async () => {
    const values = Float64Array.of(-1e300, 3, 1, 2, 1e300, 2.5);
    const { bins, limits } = await ranksOf(values, all(6), Int32Array.of(1, 2, 3));
    expect(Array.from(bins)).toEqual([0, 2, 0, 1, 2, 2]);
    expect(limits[0]?.lowest[0]).toBe(-1e300);
    expect(limits[0]?.highest[2]).toBe(1e300);
  });

  it('show that a value is not finite, in the sample or not', async () => {
    for (const wrong of [NaN, Infinity, -Infinity]) {
      const values = normal.map((x, i) => (i === 99 ? wrong : x));
      for (const engine of engines) {
        for (const sample of [all(100), all(99)]) {
          const { isFinite } = await engine.rankColumns([values, normal], all(4000), rest, sample);
          expect(isFinite).toEqual([false, true]);
        }
      }
    }
  });
});
