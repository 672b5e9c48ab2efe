import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findMissingCodes } from './missing-codes';

/** By the words: codes that occur, -99, … where nothing else is negative, 999, … far above everything else. */
function byTheWords(values: readonly number[]): number[] {
  const codes = [-99, -999, -9999, -99_999, 999, 9999, 99_999, 999_999];
  const others = values.filter((value) => !Number.isNaN(value) && !codes.includes(value));
  if (others.length === 0) return [];
  const standsOut = (code: number) =>
    code < 0 ? others.every((value) => value >= 0) : others.every((value) => value < code / 3);
  const found = codes.filter((code) => values.includes(code) && standsOut(code));
  return found.sort((left, right) => left - right);
}

it('codes for missing are those that stand out from the other values', () => {
  const value = fc.oneof(
    fc.constantFrom(-99, -999, -99_999, 999, 9999, 999_999, NaN, 0, -1, 333, 1e6),
    fc.integer({ min: -5, max: 400 }),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 8 }), (values) => {
      expect(findMissingCodes(Float64Array.from(values))).toEqual(byTheWords(values));
    }),
    { numRuns: 2000 },
  );
});
