import { describe, expect, it } from 'vitest';
import type { NextPeriod } from './next-period';
import { asMatrix, cellInWords, flowOf, notComparedInWords } from './next-view';

const still = { psi: 0, chance: 0, band: 'little' } as const;
const next: NextPeriod = {
  key: 'CUST_ID',
  value: 'PURCHASES',
  segments: ['High', 'Low'],
  sizesBefore: [4, 6],
  sizesAfter: [5, 7],
  migration: {
    counts: [
      [3, 1],
      [0, 4],
    ],
    valueBefore: [
      [300, 120],
      [0, 40],
    ],
    valueAfter: [
      [330, 20],
      [0, 44],
    ],
    arrived: [2, 2],
    arrivedValue: [200, 10],
    gone: [0, 2],
    goneValue: [0, 9],
    nSame: 8,
    nMoved: 1,
    nFromAside: 1,
    nRepeated: { before: 2, after: 0 },
    nWithoutKey: { before: 0, after: 3 },
  },
  columns: [],
  sizeDrift: still,
  nUnlike: 0,
};

describe('a migration as it is shown', () => {
  it('is a table with a row for who is new and a column for who is gone', () => {
    const { rows, columns, valueLabel } = asMatrix(next);
    expect(columns.map(({ name }) => name)).toEqual(['High', 'Low', 'Gone']);
    expect(rows.map(({ name }) => name)).toEqual(['High', 'Low', 'New']);
    expect(valueLabel).toBe('purchases');
    expect(rows[0].cells).toEqual([
      { from: 0, to: 0, count: 3, share: '75\u00a0%', value: '300 → 330' },
      { from: 0, to: 1, count: 1, share: '25\u00a0%', value: '120 → 20' },
      { from: 0, to: 'none', count: 0, share: '', value: '' },
    ]);
    expect(rows[1].cells[2]).toEqual({
      from: 1,
      to: 'none',
      count: 2,
      share: '33\u00a0%',
      value: '9 →',
    });
    expect(rows[2].cells[1]).toMatchObject({ from: 'none', to: 1, value: '→ 10' });
  });

  it('is a flow of those who are in both', () => {
    expect(flowOf(next)).toMatchObject({
      before: [{ name: 'High', size: 4 }, { size: 4 }],
      after: [{ size: 3 }, { size: 5 }],
      continues: [0, 1],
    });
  });

  it('says who is in no cell, and what a cell is', () => {
    expect(notComparedInWords(next)).toEqual([
      'Rows whose cust id is there more than once are not compared: 2 in the earlier file, 0 in the later one.',
      'Nor are rows without one: 0 in the earlier file, 3 in the later one.',
      '1 customer was set aside in the earlier file, and so has no segment to come from.',
    ]);
    expect(cellInWords(next.segments, 0, 1)).toBe('from High to Low');
    expect(cellInWords(next.segments, 1, 1)).toBe('still in Low');
    expect(cellInWords(next.segments, 'none', 1)).toBe('new in Low');
    expect(cellInWords(next.segments, 0, 'none')).toBe('gone from High');
  });
});
