import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { binFinder, countInBins, histogramOf } from './histogram';

const list = (...values: number[]) => Float64Array.from(values);
const sum = (counts: Int32Array) => counts.reduce((total, count) => total + count, 0);

describe('a histogram', () => {
  it('of few whole numbers has a bin for each, with the number in its middle', () => {
    const { edges, counts } = histogramOf(list(3, 1, 1, 4, 1));
    expect(Array.from(edges)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5]);
    expect(Array.from(counts)).toEqual([3, 0, 1, 1]);
  });

  it('of many whole numbers has bins of equally many of them', () => {
    const { edges, counts } = histogramOf(Float64Array.from({ length: 1000 }, (_, i) => i));
    // Every whole number from 0 to 999 once: all bins hold as many as they are wide.
    const width = edges[1] - edges[0];
    expect(Number.isInteger(width)).toBe(true);
    expect(Array.from(counts)).toEqual(Array.from(counts, () => width));
  });

  it('has edges that are round, to the last bit', () => {
    const { edges } = histogramOf(
      Float64Array.from({ length: 500 }, (_, i) => ((i * 7) % 500) / 1000),
    );
    expect(Array.from(edges)).toContain(0.3);
    for (const edge of edges) expect(String(edge).length).toBeLessThanOrEqual(4);
  });

  it('of one value over and over has one bin around it', () => {
    for (const value of [2.5, -2.5, 0.1, 7, 0]) {
      const { edges, counts } = histogramOf(list(value, value));
      expect(Array.from(counts)).toEqual([2]);
      expect(edges[0]).toBeLessThan(value);
      expect(edges[1]).toBeGreaterThan(value);
    }
  });

  it('stops where a few extreme values would squeeze it, and counts them', () => {
    const random = createRandom(1);
    const values = Float64Array.from({ length: 1000 }, () => random.uniform());
    values[10] = 1e6;
    values[20] = 2e6;
    const { edges, counts, above, below } = histogramOf(values);
    expect([below, above]).toEqual([0, 2]);
    expect(edges[edges.length - 1]).toBe(1);
    expect(sum(counts)).toBe(998);
    const whole = histogramOf(values, { range: 'all' });
    expect([whole.below, whole.above, sum(whole.counts)]).toEqual([0, 0, 1000]);
  });

  it('counts every value once, in no more bins than asked for', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.constantFrom(0, 1, 0.1),
    );
    const input = fc.tuple(
      fc.array(value, { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 5, max: 60 }),
    );
    fc.assert(
      fc.property(input, ([values, maxBins]) => {
        const { edges, counts, below, above } = histogramOf(Float64Array.from(values), { maxBins });
        expect(sum(counts) + below + above).toBe(values.length);
        expect(counts.length).toBe(edges.length - 1);
        expect(counts.length).toBeLessThanOrEqual(maxBins);
        for (let k = 1; k < edges.length; k++) expect(edges[k]).toBeGreaterThan(edges[k - 1]);
        // No more than a hundredth at either end.
        expect(Math.max(below, above)).toBeLessThanOrEqual(0.01 * values.length + 1);
      }),
    );
  });

  it('puts a value that is an edge into the bin that it begins, the last edge into the last bin', () => {
    const { counts, below, above } = countInBins(list(0, 1, 2, 4, -0.1, 4.1, NaN), list(0, 1, 4));
    expect(Array.from(counts)).toEqual([1, 3]);
    expect([below, above]).toEqual([1, 1]);
  });

  it('finds bins of any width', () => {
    const binOf = binFinder(list(0, 1, 10, 11, 1000));
    expect([0, 0.99, 1, 9.99, 10, 11, 999, 1000, 1001, -1, NaN].map(binOf)).toEqual([
      0, 0, 1, 1, 2, 3, 3, 3, -1, -1, -1,
    ]);
  });
});
