import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { numbers, tableOf, texts } from '../../../tests/helpers/tables';
import type { DerivedColumn } from './derive-params';
import { deriveColumns } from './derive-table';

const table = tableOf([
  numbers('spend', [10, 20, NaN, 30]),
  numbers('months', [2, 0, 4, 3]),
  texts('note', ['a', 'b', 'c', 'd']),
]);
const derive = (...columns: DerivedColumn[]) => deriveColumns(table, { columns }, ctx);

describe('derived columns', () => {
  it('stand after those of the file, and what could not be computed is counted', async () => {
    const { table: derived, reports } = await derive({ name: 'rate', formula: 'spend / months' });
    expect(derived.columns.map(({ name }) => name)).toEqual(['spend', 'months', 'note', 'rate']);
    // 10 / 2, 20 / 0, nothing / 4, 30 / 3
    expect(derived.columns[3]).toEqual(numbers('rate', [5, NaN, NaN, 10]));
    expect(reports).toEqual([
      { name: 'rate', formula: 'spend / months', nMissing: 2, nDividedByZero: 1, nOutOfDomain: 0 },
    ]);
  });

  it('may be made of those before them', async () => {
    const { table: derived } = await derive(
      { name: 'twice', formula: '2 * Spend' },
      { name: 'more', formula: 'twice + 1' },
    );
    expect(derived.columns[4]).toEqual(numbers('more', [21, 41, NaN, 61]));
  });

  it('are none: the very same table', async () => {
    expect((await derive()).table).toBe(table);
  });

  it.for([
    ['a name that is taken', { name: 'months', formula: 'spend' }, /“months” already/],
    ['no name', { name: ' ', formula: 'spend' }, /needs a name/],
    ['an unknown column', { name: 'x', formula: 'spendings * 2' }, /no column/],
    ['a column of texts', { name: 'x', formula: 'note + 1' }, /“note” holds/],
    ['no formula', { name: 'x', formula: '1 +' }, /./],
  ] as const)('with %s are refused', async ([, column, message]) => {
    await expect(derive(column)).rejects.toMatchObject({
      code: 'formula-invalid',
      message: expect.stringMatching(message) as string,
    });
  });
});
