import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../tests/helpers/context';
import { AppError } from './errors';
import {
  ComputedMatrix,
  copyRows,
  countDistinctRows,
  matrix,
  piecesOf,
  takeRows,
  writeRows,
} from './matrix';

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

describe('a matrix that is computed', () => {
  // Row i is (i, 10·i).
  const nSamples = 10_000;
  const kept = matrix(
    Float32Array.from({ length: 2 * nSamples }, (_, at) => (at >> 1) * (at & 1 ? 10 : 1)),
    nSamples,
    2,
  );
  const computed = () =>
    new ComputedMatrix(nSamples, 2, (first, end, into) => {
      for (let i = first; i < end; i++) into.set([i, 10 * i], 2 * (i - first));
    });

  it('has the same rows as one that is kept', () => {
    expect(computed().data).toEqual(kept.data);
    for (const X of [kept, computed()]) {
      expect(Array.from(copyRows(X, 3, 5))).toEqual([3, 30, 4, 40]);
      const into = new Float32Array(5).fill(-1);
      writeRows(X, 7, 9, into);
      expect(Array.from(into)).toEqual([7, 70, 8, 80, -1]);
      expect(Array.from(takeRows(X, Int32Array.of(9_999, 0, 2)).data)).toEqual([
        9_999, 99_990, 0, 0, 2, 20,
      ]);
      expect(countDistinctRows(X, 6_000)).toBe(6_000);
    }
  });

  it('comes in pieces that are all of it, in their order', () => {
    const rows: number[] = [];
    let nPieces = 0;
    for (const { data, nSamples: nRows, nFeatures, first } of piecesOf(computed())) {
      expect(data.length).toBe(nRows * nFeatures);
      expect(first).toBe(rows.length / 2);
      rows.push(...data);
      nPieces++;
    }
    expect(nPieces).toBeGreaterThan(2);
    expect(rows).toEqual(Array.from(kept.data));
    expect(Array.from(piecesOf(kept))).toEqual([{ ...kept, first: 0 }]);
  });

  it('gives all of its rows as one array while somebody holds it', () => {
    const X = computed();
    const { data } = X;
    expect(X.data).toBe(data);
  });
});
