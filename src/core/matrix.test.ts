import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../tests/helpers/context';
import { AppError } from './errors';
import { countDistinctRows, matrix } from './matrix';

describe('a matrix', () => {
  it('refuses values that do not fit its shape, with both numbers', () => {
    expect(() => matrix(new Float32Array(5), 2, 3)).toThrow(AppError);
    expect(() => matrix(new Float32Array(5), 2, 3)).toThrow('needs 6 values, got 5');
    expect(matrix(new Float32Array(6), 2, 3)).toMatchObject({ nSamples: 2, nFeatures: 3 });
  });
});

describe('distinct rows', () => {
  const X = matrixOf([
    [1, 2],
    [1, 2],
    [1, 3],
    [2, 2],
    [1, 3],
  ]);

  it('are counted once each', () => {
    expect(countDistinctRows(X, 10)).toBe(3);
  });

  it('are counted up to the limit only', () => {
    expect(countDistinctRows(X, 2)).toBe(2);
  });

  it('differ as float32: what rounds to the same value is the same', () => {
    expect(countDistinctRows(matrixOf([[1], [1 + 1e-9]]), 5)).toBe(1);
  });
});
