import { describe, expect, it } from 'vitest';
import { middleOf } from './bootstrap-spread';

describe('the middle nine tenths', () => {
  it('leave out a twentieth at each end, and no more', () => {
    const ascending = Array.from({ length: 101 }, (_, i) => i);
    expect(middleOf(ascending)).toEqual([5, 95]);
    // 0.05 · 49 = 2.45 and 0.95 · 49 = 46.55.
    expect(middleOf(ascending.slice(0, 50))).toEqual([2, 47]);
    expect(middleOf([7])).toEqual([7, 7]);
  });
});
