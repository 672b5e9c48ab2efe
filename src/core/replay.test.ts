import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRecipe, type Recipe } from './recipe';
import { replay, replaySummary } from './replay';
import type { ColumnFacts } from './replay-columns';
import type { ColumnKind } from './table/table';

const facts = (kinds: Record<string, ColumnKind>): ColumnFacts[] =>
  Object.entries(kinds).map(([name, kind]) => ({ name, kind }));

const file = facts({
  BALANCE: 'number',
  CREDIT_LIMIT: 'number',
  TENURE: 'number',
  Region: 'category',
  CUST_ID: 'text',
});

/** Every part of a recipe that names columns. */
const recipe: Recipe = {
  ...defaultRecipe,
  read: { ...defaultRecipe.read, kinds: [{ column: 'TENURE', kind: 'category' }] },
  derive: {
    columns: [
      { name: 'Limit usage', formula: 'balance/CREDIT_LIMIT' },
      { name: 'Squared', formula: '[Limit usage]^2' },
    ],
  },
  clean: {
    roles: [
      { column: 'Region', role: 'cluster' },
      { column: 'CUST_ID', role: 'id' },
      { column: 'Limit usage', role: 'cluster' },
    ],
    steps: [
      { kind: 'duplicates', isOn: true, key: ['CUST_ID', 'TENURE'] },
      {
        kind: 'outliers',
        isOn: true,
        columns: ['BALANCE', 'CREDIT_LIMIT'],
        rule: 'iqr',
        limit: 1.5,
        action: 'clip',
      },
      { kind: 'missing', isOn: true, columns: ['CREDIT_LIMIT'], rule: 'value', value: 0 },
      { kind: 'missing', isOn: true, columns: [], rule: 'median', value: 0 },
    ],
  },
  scale: { scaling: 'robust', powers: [{ column: 'Squared', power: 'log1p' }] },
};

const without = (...names: string[]) => file.filter(({ name }) => !names.includes(name));
const messages = (...args: Parameters<typeof replay>) =>
  replay(...args).misfits.map(({ message }) => message);

describe('a recipe that is replayed', () => {
  it('on its own file is as it was, whatever the order of the columns', () => {
    expect(replay(recipe, file)).toMatchObject({ recipe, misfits: [] });
    expect(replay(recipe, file.toReversed()).recipe).toEqual(recipe);
    expect(replay(defaultRecipe, file)).toEqual({
      recipe: defaultRecipe,
      matches: [],
      misfits: [],
    });
  });

  it('on a file with other spellings speaks of its columns', () => {
    const other = facts({
      'Customer ID': 'text',
      'Credit limit': 'number',
      Bal: 'number',
      region: 'category',
      tenure: 'number',
      Email: 'text',
    });
    const { recipe: found, misfits, matches } = replay(recipe, other);
    expect(misfits).toEqual([]);
    expect(found.derive.columns).toEqual([
      { name: 'Limit usage', formula: 'Bal / [Credit limit]' },
      { name: 'Squared', formula: '[Limit usage]^2' },
    ]);
    expect(found.read.kinds).toEqual([{ column: 'tenure', kind: 'category' }]);
    expect(found.clean.roles.map(({ column }) => column)).toEqual([
      'region',
      'Customer ID',
      'Limit usage',
    ]);
    expect(found.clean.steps[0]).toMatchObject({ key: ['Customer ID', 'tenure'] });
    expect(found.clean.steps[1]).toMatchObject({ columns: ['Bal', 'Credit limit'] });
    expect(found.scale).toEqual(recipe.scale);
    expect(matches.map(({ how }) => how)).not.toContain('proposed');
    expect(replaySummary({ misfits, matches })).toContain('“BALANCE” is “Bal”');
  });

  it('leaves out what speaks of a column that is not there, and all that is computed from it', () => {
    const { recipe: found, misfits } = replay(recipe, without('CREDIT_LIMIT'));
    expect(found.derive.columns).toEqual([]);
    expect(found.scale.powers).toEqual([]);
    expect(found.clean.roles.map(({ column }) => column)).toEqual(['Region', 'CUST_ID']);
    expect(found.clean.steps.map((step) => step.kind === 'duplicates' || step.columns)).toEqual([
      true,
      ['BALANCE'],
      [],
    ]);
    expect(misfits.map(({ message }) => message)).toEqual([
      '“CREDIT_LIMIT” is not in this file: the computed column “Limit usage” is dropped.',
      '“Limit usage” could not be computed: the computed column “Squared” is dropped.',
      '“Limit usage” could not be computed: its role “forms segments” is dropped.',
      '“CREDIT_LIMIT” is not in this file: the step for outliers goes on without it.',
      '“CREDIT_LIMIT” is not in this file: the step for missing values is dropped.',
      '“Squared” could not be computed: its transformation “log1p” is dropped.',
    ]);
  });

  it('never looks for repeated customers by a part of the key', () => {
    const { recipe: found, misfits } = replay(recipe, without('CUST_ID'));
    expect(found.clean.steps.map(({ kind }) => kind)).toEqual(['outliers', 'missing', 'missing']);
    expect(misfits.map(({ column }) => column)).toEqual(['CUST_ID', 'CUST_ID']);
  });

  it('tells where a column is of another kind than is needed', () => {
    const other = [...without('BALANCE', 'Region'), ...facts({ BALANCE: 'text', Region: 'date' })];
    expect(messages(recipe, other).slice(0, 1)).toEqual([
      '“BALANCE” holds text here: the computed column “Limit usage” is dropped.',
    ]);
    expect(messages(recipe, other)).toContain(
      '“Region” holds dates here: its role “forms segments” is dropped.',
    );
    // Unless the recipe itself says that it is to be read as numbers.
    const asNumber: Recipe = {
      ...recipe,
      read: { ...recipe.read, kinds: [{ column: 'BALANCE', kind: 'number' }] },
    };
    expect(messages(asNumber, other)).toHaveLength(1);
  });

  it('keeps apart what only formulas speak of, where the file tells it apart', () => {
    const ratio = (formula: string): Recipe => ({
      ...defaultRecipe,
      derive: { columns: [{ name: 'x', formula }] },
    });
    const both = facts({ Spend: 'number', SPEND: 'text' });
    expect(messages(ratio('SPEND + Spend'), both)).toEqual([
      '“SPEND” holds text here: the computed column “x” is dropped.',
    ]);
    const one = replay(ratio('SPEND + spend'), facts({ 'spend ': 'number' }));
    expect(one.recipe.derive.columns[0].formula).toBe('[spend ] + [spend ]');
  });

  it('knows merged segments by the columns that are still there, and merges nothing without any', () => {
    const feature = (column: string, level: string | null = null) => {
      return { column, level, means: [1, 2, 3] };
    };
    const features = [feature('BALANCE'), feature('Region', 'North')];
    const cluster = { nClusters: 3, merge: [[0, 2]], mergedOn: { features } };
    const merging: Recipe = { ...defaultRecipe, cluster };
    const other = facts({ Balance: 'number', Region: 'text' });
    expect(replay(merging, other).recipe.cluster).toEqual({
      ...cluster,
      mergedOn: { features: [feature('Balance')] },
    });
    const strange = replay(merging, facts({ height: 'number', weight: 'number' }));
    expect(strange.recipe.cluster).toEqual({ nClusters: 3 });
    expect(strange.misfits.length).toBeGreaterThan(0);
    // By numbers alone, as recipes were before.
    const old: Recipe = { ...defaultRecipe, cluster: { nClusters: 3, merge: [[0, 2]] } };
    expect(replay(old, other).recipe).toEqual(old);
  });

  it('knows pinned segments by the columns that are still there', () => {
    const feature = (column: string, level: string | null = null) => ({
      column,
      level,
      means: [1, 2],
    });
    const pin = (...features: ReturnType<typeof feature>[]): Recipe => ({
      ...defaultRecipe,
      cluster: { nClusters: 2, pinned: { features } },
    });
    const whole = pin(feature('BALANCE'), feature('Region', 'North'), feature('TENURE'));
    expect(replay(whole, file).recipe).toEqual(whole);
    const other = facts({ Balance: 'number', Region: 'category', TENURE: 'text' });
    const found = replay(whole, other);
    expect(found.recipe.cluster).toEqual({
      nClusters: 2,
      pinned: { features: [feature('Balance'), feature('Region', 'North')] },
    });
    expect(found.misfits.map(({ column }) => column)).toEqual(['TENURE']);
    // Nobody to take numbers from.
    expect(replay(pin(feature('BALANCE')), without('BALANCE')).recipe.cluster).toEqual({
      nClusters: 2,
    });
  });

  it('proposes a name that is merely near, and uses it once it is confirmed', () => {
    const other = [...without('Region'), ...facts({ Regoin: 'category' })];
    const { recipe: found, misfits } = replay(recipe, other);
    expect(found.clean.roles.map(({ column }) => column)).not.toContain('Regoin');
    expect(misfits).toEqual([
      {
        column: 'Region',
        proposed: 'Regoin',
        message:
          '“Region” is not in this file (“Regoin” may be meant): its role “forms segments” is dropped.',
      },
    ]);
    const confirmed = replay(recipe, other, new Map([['Region', 'Regoin']]));
    expect(confirmed.misfits).toEqual([]);
    expect(confirmed.recipe.clean.roles[0]).toEqual({ column: 'Regoin', role: 'cluster' });
    // One column is not two: the first claim has it. And what is confirmed must be in the file.
    const twice = new Map([
      ['Region', 'Regoin'],
      ['CUST_ID', 'Regoin'],
    ]);
    expect(replay(recipe, other, twice).recipe).toEqual(confirmed.recipe);
    expect(replay(recipe, other, new Map([['Region', 'nowhere']])).misfits).toHaveLength(1);
  });

  it('does not compute a column that the file has already, and goes on with that one', () => {
    const { recipe: found, misfits } = replay(recipe, [
      ...file,
      ...facts({ 'Limit usage': 'number' }),
    ]);
    expect(found.derive.columns.map(({ name }) => name)).toEqual(['Squared']);
    expect(found.clean.roles.map(({ column }) => column)).toContain('Limit usage');
    expect(misfits.map(({ message }) => message)).toEqual([
      'The computed column “Limit usage” is dropped: there is a column of that name already.',
    ]);
  });

  it('tells of a formula that cannot be read', () => {
    const broken: Recipe = { ...recipe, derive: { columns: [{ name: 'x', formula: 'a +' }] } };
    const { recipe: found, misfits } = replay(broken, file);
    expect(found.derive.columns).toEqual([]);
    expect(misfits[0].message).toBe(
      'The computed column “x” is dropped. The formula ends where a number or a column was expected.',
    );
  });

  it('takes names such as __proto__ for what they are', () => {
    const odd: Recipe = {
      ...defaultRecipe,
      clean: { ...defaultRecipe.clean, roles: [{ column: '__proto__', role: 'ignore' }] },
    };
    const columns = [{ name: '__proto__', kind: 'number' as const }];
    expect(replay(odd, columns)).toMatchObject({ recipe: odd, misfits: [] });
    expect(messages(odd, file)).toEqual([
      '“__proto__” is not in this file: its role “left out” is dropped.',
    ]);
  });

  it('speaks of this file’s columns and of computed ones alone, whatever the file', () => {
    const names = [
      'BALANCE',
      'balance',
      'Credit-Limit',
      'tenures',
      'REGION',
      'CUST',
      'Limit usage',
    ];
    const kinds = fc.constantFrom<ColumnKind>('number', 'category', 'date', 'text');
    const files = fc
      .subarray(names)
      .chain((some) =>
        fc.tuple(...some.map((name) => fc.record({ name: fc.constant(name), kind: kinds }))),
      );
    fc.assert(
      fc.property(files, (columns) => {
        const { recipe: found } = replay(recipe, columns);
        const known = new Set([
          ...columns.map(({ name }) => name),
          ...found.derive.columns.map(({ name }) => name),
        ]);
        const spoken = [
          ...found.read.kinds.map(({ column }) => column),
          ...found.clean.roles.map(({ column }) => column),
          ...found.clean.steps.flatMap((step) =>
            step.kind === 'duplicates' ? step.key : step.columns,
          ),
          ...found.scale.powers.map(({ column }) => column),
        ];
        expect(spoken.filter((name) => !known.has(name))).toEqual([]);
        expect(replay(found, columns)).toMatchObject({ recipe: found, misfits: [] });
      }),
    );
  });
});
