import { describe, expect, it } from 'vitest';
import { countLevels, countNumbers, nBins } from './bins';

describe('counts by bins', () => {
  it('of numbers: up to each edge, above the last, missing', () => {
    const counts = new Float64Array(4);
    countNumbers([1, 5], Float64Array.of(-3, 1, 1.5, 5, 5.1, NaN, 1e300), counts);
    expect(Array.from(counts)).toEqual([2, 2, 2, 1]);
    expect(nBins({ kind: 'number', edges: [1, 5] })).toBe(4);
  });

  it('of numbers without an edge: all in one', () => {
    const counts = new Float64Array(2);
    countNumbers([], Float64Array.of(1, 2, NaN), counts);
    expect(Array.from(counts)).toEqual([2, 1]);
  });

  it('of categories: each level, all others, missing', () => {
    const counts = new Float64Array(4);
    countLevels(['a', 'b'], Int32Array.of(0, 1, 2, -1, 0), ['b', 'x', 'a'], counts);
    expect(Array.from(counts)).toEqual([1, 2, 1, 1]);
    expect(nBins({ kind: 'category', levels: ['a', 'b'] })).toBe(4);
  });
});
