import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../random';
import { extent, orderStatistics } from './order-statistics';

const kinds: Record<string, (random: Random, i: number, n: number) => number> = {
  uniform: (random) => random.uniform(),
  'heavy-tailed': (random) => Math.exp(8 * random.normal()),
  'mostly one value': (random) => Math.max(0, random.normal() - 1),
  'few values': (random) => random.integer(4),
  constant: () => 7,
  ascending: (_, i) => i,
  descending: (_, i, n) => n - i,
  'up and down': (_, i, n) => Math.min(i, n - i),
  'at even distances the same': (_, i) => (i * 7919) % 64,
  'one far away': (random, i) => (i === 17 ? 1e300 : random.uniform()),
  'as large as float64': (random) => (random.uniform() - 0.5) * 2 * Number.MAX_VALUE,
  'as small as float64': (random) => random.integer(50) * Number.MIN_VALUE,
  'near each other': (random) => 1 + random.integer(1000) * 2 ** -52,
};

/** Odd and even, below and above what is worth bins. */
const sizes = [1, 2, 10, 16_384, 16_385, 20_000];

describe.for(Object.keys(kinds))('the values at some places of values that are %s', (kind) => {
  it.for(sizes)('are those after sorting: %i of them', (n) => {
    const random = createRandom(n);
    const values = Float64Array.from({ length: n }, (_, i) => kinds[kind](random, i, n));
    const before = values.slice();
    const sorted = values.slice().sort();
    const shares = [0, 0.001, 0.25, 0.5, 0.75, 0.999, 1];
    const ranks = shares.flatMap((p) => [Math.floor(p * (n - 1)), Math.ceil(p * (n - 1))]);
    expect(orderStatistics(values, ranks)).toEqual(ranks.map((rank) => sorted[rank]));
    for (const rank of [0, n >> 2, n >> 1, n - 1]) {
      expect(orderStatistics(values, [rank])).toEqual([sorted[rank]]);
    }
    expect(values).toEqual(before);
    expect(extent(values)).toEqual({ min: sorted[0], max: sorted[n - 1] });
  });
});

it('the values at any places are those after sorting', () => {
  const input = fc.tuple(
    fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 })), {
      minLength: 1,
      maxLength: 1500,
      size: 'max',
    }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
  );
  fc.assert(
    fc.property(input, ([list, shares]) => {
      // + 0 makes a plain zero of −0: between the two there is no order.
      const values = Float64Array.from(list, (value) => value + 0);
      const sorted = values.slice().sort();
      const ranks = shares.map((p) => Math.floor(p * (list.length - 1))).sort((a, b) => a - b);
      expect(orderStatistics(values, ranks)).toEqual(ranks.map((rank) => sorted[rank]));
    }),
  );
});
