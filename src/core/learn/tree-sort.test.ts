import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { createSortSpace, placeMask, rankBits, sortRows } from './tree-sort';
import { prepareTraining } from './tree-training';
import { countWork } from './worked';

const worked = countWork({ breathe: () => Promise.resolve() });

/** The places and the ranks of rows[start … start + n − 1], sorted by the only feature. */
async function sorted(values: Float64Array, rows: Int32Array, start: number, n: number) {
  const labels = new Int32Array(values.length);
  const all = Int32Array.from(values.keys());
  const set = await prepareTraining(
    { features: [values], labels, nClasses: 1, rows: all },
    'by-row',
    worked,
  );
  const list = new Uint32Array(n);
  const varies = sortRows(list, set, rows, start, n, 0, createSortSpace(n));
  return {
    varies,
    isBinned: set.codes.length > 0,
    places: Array.from(list, (entry) => entry & placeMask),
    ranks: Array.from(list, (entry) => entry >>> rankBits),
  };
}

/** By comparing rows with each other. */
function expected(values: Float64Array, rows: Int32Array, start: number, n: number) {
  const valueAt = (place: number) => values[rows[start + place]];
  const places = Array.from({ length: n }, (_, place) => place).sort(
    (a, b) => valueAt(a) - valueAt(b) || a - b,
  );
  const distinct = [...new Set(places.map(valueAt))];
  return { places, ranks: places.map((place) => distinct.indexOf(valueAt(place))) };
}

describe('the sorted list of a feature', () => {
  it('has equal values in the order given, under one rank', async () => {
    const values = Float64Array.of(3, 1, 2, 1, -0, 0, -5);
    const rows = Int32Array.of(9, 5, 4, 3, 2, 1, 0, 6);
    expect(await sorted(values, rows, 1, 7)).toEqual({
      varies: true,
      isBinned: false,
      // The values are 0, −0, 1, 2, 1, 3, −5.
      places: [6, 0, 1, 2, 4, 3, 5],
      ranks: [0, 1, 1, 2, 2, 3, 4],
    });
  });

  it('of one value says so', async () => {
    const { varies, ranks } = await sorted(Float64Array.of(4, 4, 7), Int32Array.of(0, 1), 0, 2);
    expect(varies).toBe(false);
    expect(ranks).toEqual([0, 0]);
  });

  const random = createRandom(1);
  const fine = Float64Array.from({ length: 5000 }, () => random.normal());
  it.for([
    { name: 'few rows', values: fine, n: 20 },
    { name: 'rows of many bins', values: fine, n: 500 },
    { name: 'many rows of few values', values: fine.map((x) => Math.round(3 * x)), n: 500 },
    // The first 3,000 are equal, the others differ by less than a bin can tell.
    {
      name: 'rows of one bin',
      values: fine.map((x, i) => (i < 3000 ? 5 : 6 + x * 1e-12)),
      n: 1500,
    },
    { name: 'a small set', values: fine.slice(0, 900), n: 900 },
  ])('is right for $name', async ({ values, n }) => {
    const rows = createRandom(2).shuffle(Int32Array.from(values.keys()));
    const { places, ranks, isBinned } = await sorted(values, rows, 0, n);
    expect({ places, ranks }).toEqual(expected(values, rows, 0, n));
    expect(isBinned).toBe(values.length > 1024);
  });
});
