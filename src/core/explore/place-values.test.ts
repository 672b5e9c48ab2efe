import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noPlace, placeValues } from './place-values';

describe('the place of a value among bounds', () => {
  it('is that of the first bound that it does not exceed', () => {
    const values = Float64Array.of(-5, 1, 1.5, 2, 2.0000001, 99, NaN, Infinity, -Infinity, -0);
    expect(Array.from(placeValues(values, Float64Array.of(0, 1, 2)))).toEqual([
      0,
      1,
      2,
      2,
      3,
      3,
      noPlace,
      noPlace,
      noPlace,
      0,
    ]);
    expect(Array.from(placeValues(values.subarray(1, 3), Float64Array.of()))).toEqual([0, 0]);
  });

  it('is the same as by looking at all bounds', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -20, max: 20 }),
      // Near each other, so that their first digits are the same.
      fc.integer({ min: -50, max: 50 }).map((i) => 1000 + i * 2 ** -40),
      fc.constantFrom(0, -0, 5e-324, -5e-324, 1.7e308, -1.7e308),
    );
    const input = fc.tuple(fc.array(value), fc.array(value, { maxLength: 40 }));
    fc.assert(
      fc.property(input, ([values, unsorted]) => {
        const bounds = Float64Array.from(new Set(unsorted)).sort();
        const expected = values.map((v) => bounds.filter((bound) => bound < v).length);
        expect(Array.from(placeValues(Float64Array.from(values), bounds))).toEqual(expected);
      }),
    );
  });
});
