import { describe, expect, it } from 'vitest';
import { read } from '../../../workers/read/read-for-test';
import { defaultRecipe, type Recipe } from '../recipe';
import { renameInRecipe, replay } from '../replay';
import { withName } from './rename-columns';

const text = 'CUST,amt,amt,when\na,1,2,2024-01-05\nb,3,4,2024-02-05\n';
const names = async (...chosen: { column: string; name: string }[]) =>
  (await read(text, { names: chosen })).table.columns.map(({ name }) => name);

describe('a column that is renamed', () => {
  it('has the new name everywhere, and its header is still known', async () => {
    const output = await read(text, { names: [{ column: 'amt (2)', name: ' Spending ' }] });
    expect(output.table.columns.map(({ name }) => name)).toEqual([
      'CUST',
      'amt',
      'Spending',
      'when',
    ]);
    expect(output.columnNotes.map(({ original }) => original)).toEqual(['', '', 'amt', '']);
  });

  it('has the type that was chosen for it under its new name', async () => {
    const renamed = [{ column: 'amt', name: 'Amount' }];
    const { table } = await read(text, {
      names: renamed,
      kinds: [{ column: 'Amount', kind: 'category' }],
    });
    expect(table.columns[1]).toMatchObject({ name: 'Amount', kind: 'category' });
  });

  it('can change names with another one', async () => {
    expect(await names({ column: 'CUST', name: 'when' }, { column: 'when', name: 'CUST' })).toEqual(
      ['when', 'amt', 'amt (2)', 'CUST'],
    );
  });

  it('that is not there is none', async () => {
    expect(await names({ column: 'gone', name: 'x' })).toEqual(['CUST', 'amt', 'amt (2)', 'when']);
  });

  it.for([
    ['', /needs a name/],
    ['when', /both be called "when"/],
  ] as const)('cannot be called “%s”', async ([name, message]) => {
    await expect(names({ column: 'CUST', name })).rejects.toMatchObject({
      code: 'setting-invalid',
      message: expect.stringMatching(message) as string,
    });
  });

  it('keeps one choice, which is taken back by its old name', () => {
    const once = withName([], 'amt', 'Amount');
    expect(once).toEqual([{ column: 'amt', name: 'Amount' }]);
    expect(withName(once, 'Amount', 'Total')).toEqual([{ column: 'amt', name: 'Total' }]);
    expect(withName(once, 'Amount', 'amt')).toEqual([]);
  });
});

describe('the recipe of a renamed column', () => {
  const recipe: Recipe = {
    ...defaultRecipe,
    derive: { columns: [{ name: 'rate', formula: 'amt / 2' }] },
    clean: { ...defaultRecipe.clean, roles: [{ column: 'amt', role: 'describe' }] },
  };

  it('speaks of it by its new name', () => {
    const renamed = renameInRecipe(recipe, 'amt', 'Amount spent');
    expect(renamed.read.names).toEqual([{ column: 'amt', name: 'Amount spent' }]);
    expect(renamed.clean.roles).toEqual([{ column: 'Amount spent', role: 'describe' }]);
    expect(renamed.derive.columns[0].formula).toBe('[Amount spent] / 2');
    expect(renameInRecipe(renamed, 'Amount spent', 'amt')).toEqual(recipe);
  });

  it('is replayed on another file by the column that it means', () => {
    const renamed = renameInRecipe(recipe, 'amt', 'Amount spent');
    const { recipe: replayed, misfits } = replay(renamed, [
      { name: 'AMT', kind: 'number' },
      { name: 'other', kind: 'number' },
    ]);
    expect(misfits).toEqual([]);
    expect(replayed.read.names).toEqual([{ column: 'AMT', name: 'Amount spent' }]);
    expect(replayed.clean.roles).toEqual([{ column: 'Amount spent', role: 'describe' }]);
  });

  it('goes without the name where there is no such column, and says so', () => {
    const renamed = renameInRecipe(recipe, 'amt', 'Amount spent');
    const { recipe: replayed, misfits } = replay(renamed, [{ name: 'other', kind: 'number' }]);
    expect(replayed.read.names).toEqual([]);
    expect(misfits.length).toBeGreaterThan(0);
  });
});
