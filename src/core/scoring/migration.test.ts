import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { migrationOf, moversOf, pairPeriods, type Period } from './migration';

const period = (rows: readonly (readonly [string, number, number])[]): Period => ({
  keys: rows.map(([key]) => key),
  labels: Int32Array.from(rows, ([, label]) => label),
  values: Float64Array.from(rows, ([, , value]) => value),
});

const before = period([
  ['a', 0, 10],
  ['b', 0, 20],
  ['c', 1, 30],
  ['d', -1, 40],
  ['e', 1, NaN],
  ['twice', 0, 1],
  ['twice', 1, 1],
  ['', 0, 1],
]);
const after = period([
  ['c', 0, 33],
  ['a', 0, 11],
  ['new', 1, 5],
  ['d', 1, 44],
  ['b', 1, 22],
  ['twice', 0, 9],
  ['', 1, 9],
]);

describe('two periods of the same customers', () => {
  const pairing = pairPeriods(before.keys, after.keys);

  it('by hand: who stayed, moved, came and went, with their value', () => {
    expect(migrationOf(before, after, pairing, 2)).toEqual({
      counts: [
        [1, 1],
        [1, 0],
      ],
      valueBefore: [
        [10, 20],
        [30, 0],
      ],
      valueAfter: [
        [11, 22],
        [33, 0],
      ],
      arrived: [0, 1],
      arrivedValue: [0, 5],
      gone: [0, 1],
      goneValue: [0, 0],
      nSame: 3,
      nMoved: 2,
      nFromAside: 1,
      nRepeated: { before: 2, after: 0 },
      nWithoutKey: { before: 1, after: 1 },
    });
  });

  it('lists the customers of a cell', () => {
    expect(moversOf(before, after, pairing, 0, 1)).toEqual([
      { key: 'b', from: 0, to: 1, valueBefore: 20, valueAfter: 22 },
    ]);
    expect(moversOf(before, after, pairing, 'none', 1).map(({ key }) => key)).toEqual(['new']);
    expect(moversOf(before, after, pairing, 1, 'none').map(({ key }) => key)).toEqual(['e']);
  });

  it('without values has none', () => {
    const { valueBefore, goneValue } = migrationOf({ ...before, values: null }, after, pairing, 2);
    expect([valueBefore, goneValue]).toEqual([null, null]);
  });

  it('accounts for every row, and lists as many as it counts', () => {
    const rows = fc.array(
      fc.tuple(
        fc.constantFrom('', 'a', 'b', 'c', 'd', 'e', 'f'),
        fc.integer({ min: 0, max: 2 }),
        fc.integer(),
      ),
      { maxLength: 9 },
    );
    fc.assert(
      fc.property(rows, rows, (one, two) => {
        const [a, b] = [period(one), period(two)];
        const pairs = pairPeriods(a.keys, b.keys);
        const moved = migrationOf(a, b, pairs, 3);
        const sum = (counts: readonly number[]) => counts.reduce((x, y) => x + y, 0);
        const unclear = (rowsOf: Int32Array) => rowsOf.filter((row) => row === -2).length;
        expect(moved.nSame).toBe(sum(moved.counts.map(sum)));
        expect(moved.nSame + sum(moved.gone) + unclear(pairs.later)).toBe(one.length);
        expect(moved.nSame + sum(moved.arrived) + unclear(pairs.earlier)).toBe(two.length);
        for (let from = 0; from < 3; from++) {
          for (let to = 0; to < 3; to++) {
            expect(moversOf(a, b, pairs, from, to)).toHaveLength(moved.counts[from][to]);
          }
          expect(moversOf(a, b, pairs, from, 'none')).toHaveLength(moved.gone[from]);
          expect(moversOf(a, b, pairs, 'none', from)).toHaveLength(moved.arrived[from]);
        }
      }),
    );
  });
});
