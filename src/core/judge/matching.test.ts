import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { compareLabelings, matchClusters } from './matching';

const of = (...labels: number[]) => Int32Array.from(labels);

/** The largest sum of one count per row and column, by trying everything. */
function bestByTrying(crosstab: readonly (readonly number[])[], row = 0, taken = 0): number {
  if (row === crosstab.length) return 0;
  let best = bestByTrying(crosstab, row + 1, taken);
  crosstab[row].forEach((count, column) => {
    if ((taken & (1 << column)) !== 0) return;
    best = Math.max(best, count + bestByTrying(crosstab, row + 1, taken | (1 << column)));
  });
  return best;
}

function sumOf(crosstab: readonly (readonly number[])[], matching: readonly (number | null)[]) {
  return matching.reduce<number>((sum, c, r) => sum + (c === null ? 0 : crosstab[r][c]), 0);
}

describe('segments are matched one to one', () => {
  it('so that most customers stay, even if the largest overlap has to give way', () => {
    // Greedy would take 9 and be left with 0; 8 + 8 is more.
    expect(
      matchClusters([
        [9, 8],
        [8, 0],
      ]),
    ).toEqual([1, 0]);
  });

  it('with some left over where there are more on one side, and none where nothing is shared', () => {
    expect(matchClusters([[1, 5, 3]])).toEqual([1]);
    expect(matchClusters([[1], [5], [3]])).toEqual([null, 0, null]);
    expect(
      matchClusters([
        [4, 0],
        [2, 0],
      ]),
    ).toEqual([0, null]);
    expect(matchClusters([])).toEqual([]);
    expect(matchClusters([[], []])).toEqual([null, null]);
  });

  it('as well as by trying everything', () => {
    const tables = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .chain(([nRows, nColumns]) => {
        const row = fc.array(fc.oneof(fc.nat(5), fc.nat(1000)), {
          minLength: nColumns,
          maxLength: nColumns,
        });
        return fc.array(row, { minLength: nRows, maxLength: nRows });
      });
    fc.assert(
      fc.property(tables, (crosstab) => {
        const matching = matchClusters(crosstab);
        const used = matching.filter((column) => column !== null);
        expect(new Set(used).size).toBe(used.length);
        expect(sumOf(crosstab, matching)).toBe(bestByTrying(crosstab));
      }),
      { numRuns: 500 },
    );
  });

  it('finds a hidden permutation of 50 segments', () => {
    const random = createRandom(3);
    const hidden = Array.from({ length: 50 }, (_, i) => (i * 17 + 5) % 50);
    const crosstab = hidden.map((own) =>
      Array.from({ length: 50 }, (_, c) => random.integer(100) + (c === own ? 100 : 0)),
    );
    expect(matchClusters(crosstab)).toEqual(hidden);
  });
});

describe('two segmentations of the same customers', () => {
  it('that differ in numbering alone moved nobody', () => {
    expect(compareLabelings(of(0, 0, 1, 2), 3, of(2, 2, 0, 1), 3)).toMatchObject({
      adjustedRandIndex: 1,
      continues: [1, 2, 0],
      continuedBy: [2, 0, 1],
      nCompared: 4,
      nMoved: 0,
      shareMoved: 0,
    });
  });

  it('say which segment is new, which is gone, and who moved', () => {
    // Old 0: rows 0–3, old 1: rows 4–5. New 0: rows 0–2, new 1: rows 3–5, new 2: none.
    const compared = compareLabelings(of(0, 0, 0, 0, 1, 1), 2, of(0, 0, 0, 1, 1, 1), 3);
    expect(compared.crosstab).toEqual([
      [3, 1, 0],
      [0, 2, 0],
    ]);
    expect(compared).toMatchObject({ continues: [0, 1, null], nMoved: 1, shareMoved: 1 / 6 });
    const back = compareLabelings(of(0, 1, 2), 3, of(0, 0, 0), 1);
    expect(back).toMatchObject({ continues: [0], continuedBy: [0, null, null], nMoved: 2 });
  });

  it('are compared on the rows that have a segment in both', () => {
    const compared = compareLabelings(of(0, -1, 1, 1), 2, of(1, 0, -1, 0), 2);
    expect(compared).toMatchObject({ nCompared: 2, nMoved: 0, continues: [1, 0] });
    const none = compareLabelings(of(-1), 1, of(0), 1);
    expect(none).toMatchObject({ nCompared: 0, nMoved: 0, shareMoved: 0, continues: [null] });
  });

  it('moved as many one way as the other', () => {
    const random = createRandom(11);
    const a = Int32Array.from({ length: 300 }, () => random.integer(5));
    const b = a.map((label) => (random.uniform() < 0.7 ? label : random.integer(4)));
    const there = compareLabelings(a, 5, b, 5);
    const back = compareLabelings(b, 5, a, 5);
    expect(back.nMoved).toBe(there.nMoved);
    expect(back.continues).toEqual(there.continuedBy);
  });
});
