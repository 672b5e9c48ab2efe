import { describe, expect, it } from 'vitest';
import { adviseOn, migrationInWords } from './next-advice';
import type { NextPeriod } from './next-period';

const still = { psi: 0.01, chance: 0.02, band: 'little' } as const;
const column = (name: string, band: 'little' | 'some' | 'much') => ({
  ...still,
  column: name,
  band,
  missingBefore: 0,
  missingAfter: 0,
});

const base: NextPeriod = {
  key: 'id',
  value: null,
  segments: ['High', 'Low'],
  sizesBefore: [500, 500],
  sizesAfter: [500, 500],
  migration: {
    counts: [
      [450, 20],
      [10, 400],
    ],
    valueBefore: null,
    valueAfter: null,
    arrived: [40, 80],
    arrivedValue: null,
    gone: [30, 1],
    goneValue: null,
    nSame: 880,
    nMoved: 30,
    nFromAside: 0,
    nRepeated: { before: 0, after: 0 },
    nWithoutKey: { before: 0, after: 0 },
  },
  columns: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((name) => column(name, 'little')),
  sizeDrift: still,
  nUnlike: 10,
};
const withColumns = (much: number, some: number) =>
  base.columns.map((own, i) =>
    column(own.column, i < much ? 'much' : i < much + some ? 'some' : 'little'),
  );

describe('advice on a later file', () => {
  it('is to go on while nothing has changed', () => {
    expect(adviseOn(base).advice).toBe('fits');
    expect(adviseOn({ ...base, nUnlike: 19 }).advice).toBe('fits');
  });

  it.each([
    ['20 of 1,000 are unlike anyone seen', { nUnlike: 20 }],
    [
      'the sizes changed somewhat',
      { sizeDrift: { psi: 0.12, chance: 0.02, band: 'some' as const } },
    ],
    ['one of eight columns changed much', { columns: withColumns(1, 0) }],
    ['a quarter of the columns changed somewhat', { columns: withColumns(0, 2) }],
    ['more than a third moved', { migration: { ...base.migration, nMoved: 300 } }],
  ])('is to look again where %s', (_, change) => {
    const { advice, reasons } = adviseOn({ ...base, ...change });
    expect(advice).toBe('look-again');
    expect(reasons).toHaveLength(1);
  });

  it.each([
    ['50 of 1,000 are unlike anyone seen', { nUnlike: 50 }],
    ['the sizes changed much', { sizeDrift: { psi: 0.31, chance: 0.02, band: 'much' as const } }],
    ['a quarter of the columns changed much', { columns: withColumns(2, 0) }],
  ])('is to form segments anew where %s', (_, change) => {
    expect(adviseOn({ ...base, ...change }).advice).toBe('re-segment');
  });

  it('says nothing of fewer than a hundred customers', () => {
    expect(adviseOn({ ...base, sizesAfter: [60, 39], nUnlike: 50 }).advice).toBe('too-few');
  });

  it('gives its reasons with their numbers, the weightiest first', () => {
    const { reasons } = adviseOn({
      ...base,
      columns: withColumns(1, 2),
      sizeDrift: { psi: 0.305, chance: 0.02, band: 'much' },
    });
    expect(reasons).toEqual([
      'The sizes of the segments are not what they were (stability index 0.30).',
      'A is distributed otherwise (stability index 0.25 or more).',
      '3 columns have shifted (stability index 0.1 or more): A, B and C.',
    ]);
  });

  it('tells who stayed, moved, came and went', () => {
    expect(migrationInWords(base)).toBe(
      '880 customers are in both files; 30 of them are in another segment (3.4\u00a0%). 120 are new, 31 are gone. The largest move is from High to Low (20 customers).',
    );
    expect(
      migrationInWords({
        ...base,
        migration: {
          ...base.migration,
          counts: [
            [0, 0],
            [0, 0],
          ],
          nSame: 0,
          nMoved: 0,
        },
      }),
    ).toBe('Nobody is in both files: 120 are new, 31 are gone.');
  });
});
