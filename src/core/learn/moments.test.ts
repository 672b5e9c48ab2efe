import { expect, test } from 'vitest';
import { matrix } from '../matrix';
import { momentsOf, squaredLengths } from './moments';

test('sums and squares by column, and the squares of all', () => {
  const X = matrix(Float32Array.of(1, 2, 3, -4, 5, 0), 3, 2);
  expect(momentsOf(X)).toEqual({ sums: Float64Array.of(9, -2), squares: Float64Array.of(35, 20) });
  expect(squaredLengths(X)).toBe(55);
  // Looked at once.
  expect(momentsOf(X)).toBe(momentsOf(X));
});
