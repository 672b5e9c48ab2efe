import { describe, expect, it } from 'vitest';
import { orderBySize } from './label-order';

describe('clusters are numbered', () => {
  it('by falling size', () => {
    // Cluster 2 has three rows, 0 has two, 1 has one.
    const { order, rank, sizes } = orderBySize(Int32Array.of(0, 2, 2, 1, 2, 0), 3);
    expect(order).toEqual([2, 0, 1]);
    expect(Array.from(rank)).toEqual([1, 2, 0]);
    expect(sizes).toEqual([3, 2, 1]);
  });

  it('by their first row where sizes are equal', () => {
    const { order, sizes } = orderBySize(Int32Array.of(2, 0, 1, 1, 0, 2), 3);
    expect(order).toEqual([2, 0, 1]);
    expect(sizes).toEqual([2, 2, 2]);
  });

  it('the same way, however they were numbered before', () => {
    const labels = Int32Array.of(0, 1, 2, 2, 1, 0, 2, 3);
    const renamed = labels.map((label) => [3, 0, 1, 2][label]);
    const named = ({ rank }: ReturnType<typeof orderBySize>, old: Int32Array) =>
      Array.from(old, (label) => rank[label]);
    expect(named(orderBySize(renamed, 4), renamed)).toEqual(named(orderBySize(labels, 4), labels));
  });

  it('an empty one last', () => {
    expect(orderBySize(Int32Array.of(1, 1), 2)).toMatchObject({ order: [1, 0], sizes: [2, 0] });
  });
});
