import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { createBinSpace, writeBins } from './tree-bins';

/** The bin of every value. */
function binsOf(values: readonly number[]): { bins: number[]; nBins: number } {
  const codes = new Uint8Array(2 * values.length);
  const rows = Int32Array.from(values.keys());
  const space = createBinSpace(values.length, 256);
  const nBins = writeBins(Float64Array.from(values), rows, space, codes, 2, 1);
  expect(codes.filter((_, i) => i % 2 === 0).every((code) => code === 0)).toBe(true);
  return { bins: values.map((_, row) => codes[2 * row + 1]), nBins };
}

/** What must hold for any column. */
function expectOrdered(values: readonly number[], bins: readonly number[], nBins: number) {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  expect(bins[order[0]]).toBe(0);
  expect(bins[order[order.length - 1]]).toBe(nBins - 1);
  for (let i = 1; i < order.length; i++) {
    const step = bins[order[i]] - bins[order[i - 1]];
    expect(step).toBeGreaterThanOrEqual(0);
    expect(step).toBeLessThanOrEqual(values[order[i]] === values[order[i - 1]] ? 0 : 1);
  }
}

/** The largest number of rows in one bin with different values. */
function mostMixed(values: readonly number[], bins: readonly number[]): number {
  const inBin = new Map<number, number[]>();
  bins.forEach((bin, i) => inBin.set(bin, [...(inBin.get(bin) ?? []), values[i]]));
  const mixed = [...inBin.values()].filter((own) => new Set(own).size > 1);
  return Math.max(0, ...mixed.map((own) => own.length));
}

describe('the bins of a column', () => {
  it('rise with the values, one for each distinct value where there are few', () => {
    const value = fc.oneof(
      fc.integer({ min: -3, max: 3 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), (values) => {
        const { bins, nBins } = binsOf(values);
        expectOrdered(values, bins, nBins);
        // −0 is 0.
        expect(nBins).toBe(new Set(values).size);
      }),
    );
  });

  const random = createRandom(3);
  const normal = Array.from({ length: 4000 }, () => random.normal());
  it.for([
    { name: 'normal', values: normal },
    { name: 'skewed', values: normal.map((x) => Math.exp(2 * x)) },
    { name: 'half zero', values: normal.map((x) => (x < 0 ? 0 : x)) },
    { name: 'far from 0', values: normal.map((x) => 1e9 + x) },
    { name: 'filled with its median', values: normal.map((x, i) => (i % 5 === 0 ? 0.01 : x)) },
    { name: 'with one value far below', values: normal.map((x, i) => (i === 7 ? -1e12 : x)) },
    { name: 'with one value far above', values: normal.map((x, i) => (i === 7 ? 1e300 : x)) },
    { name: 'at the ends of the numbers', values: normal.map((x) => Math.tanh(x) * 1.7e308) },
    { name: 'almost constant', values: normal.map((x) => 1 + x * 1e-14) },
  ])('are fine where the column is $name', ({ values }) => {
    const { bins, nBins } = binsOf(values);
    expectOrdered(values, bins, nBins);
    expect(nBins).toBeLessThanOrEqual(256);
    if (new Set(values).size > 256) expect(nBins).toBeGreaterThan(100);
    // A 256th of the rows would be 16. A column that is not sorted may have a cell of up to a 64th in its bin.
    const most = 16 + 4000 / 64;
    const frequent = values.filter((v) => v === 0.01).length;
    expect(mostMixed(values, bins)).toBeLessThanOrEqual(most + frequent);
  });
});
