import { describe, expect, it } from 'vitest';
import { ctx, matrixOf } from '../../../tests/helpers/context';
import { marginOf } from '../scoring/margin';
import { secondChoices } from './second-choice';

describe('the second choice', () => {
  /** Centres at 0, 10 and 16; the last two are one segment. */
  const prototypes = { centers: Float64Array.of(0, 10, 16), clusterOf: Int32Array.of(0, 1, 1) };

  it('is the segment with the next nearest centre, by the nearest of its centres', async () => {
    const X = matrixOf([[1], [6], [15], [5]]);
    const found = await secondChoices(X, prototypes, Int32Array.of(0, 1, 1, 0), ctx);
    expect(Array.from(found.distances)).toEqual([1, 4, 1, 5]);
    expect(Array.from(found.seconds)).toEqual([1, 0, 0, 1]);
    expect(Array.from(found.secondDistances)).toEqual([9, 6, 15, 5]);
    // On the border.
    expect(marginOf(found.distances[3], found.secondDistances[3])).toBe(0);
  });

  it('is nobody where there is one segment', async () => {
    const one = { centers: Float64Array.of(0, 4), clusterOf: Int32Array.of(0, 0) };
    const found = await secondChoices(matrixOf([[3]]), one, Int32Array.of(0), ctx);
    expect([found.distances[0], found.seconds[0], found.secondDistances[0]]).toEqual([
      1,
      -1,
      Infinity,
    ]);
  });
});
