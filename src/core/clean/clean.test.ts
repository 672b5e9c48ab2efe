import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cleaning } from '../../../tests/helpers/cleaning';
import { ctx } from '../../../tests/helpers/context';
import { hasShared, readShared, whyAbsent } from '../../../tests/helpers/shared-data';
import { categories, numbers, tableOf, texts } from '../../../tests/helpers/tables';
import { readTable } from '../../../workers/read/read-table';
import { AppError, CancelledError } from '../errors';
import { readDefaults } from '../table/read-params';
import type { Table } from '../table/table';
import { clean, cleanDefaults, type CleanOutput } from './clean';
import type { CleanStep, OutlierRule } from './clean-step';
import { findDuplicates } from './duplicates';
import { outlierBounds } from './outliers';
import { fates } from './run-step';
import { describe as describeColumn } from '../table/stats';

type Rules = Parameters<typeof cleaning>[0];

const cleaned = (table: Table, rules: Rules = {}) => clean(table, cleaning(rules), ctx);

async function refusal(table: Table, params: Rules = {}): Promise<AppError> {
  try {
    await cleaned(table, params);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('The table was cleaned.');
}

describe('rows that occur twice', () => {
  it('are found where every cell is the same, missing ones too', () => {
    const table = tableOf([
      numbers('a', [1, 1, NaN, 1, NaN, NaN]),
      texts('b', ['x', 'y', 'x', 'x', 'x', null]),
    ]);
    expect(findDuplicates(table)).toEqual(Int32Array.of(3, 4));
  });

  it('are those that a comparison of all pairs finds', () => {
    const cell = fc.constantFrom(0, 1, -1, NaN);
    const word = fc.constantFrom('', 'a', null);
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, word), { maxLength: 40 }), (rows) => {
        const table = tableOf([
          numbers(
            'a',
            rows.map(([a]) => a),
          ),
          numbers(
            'b',
            rows.map(([, b]) => b),
          ),
          texts(
            'c',
            rows.map(([, , c]) => c),
          ),
        ]);
        const texted = rows.map((cells) => JSON.stringify(cells.map(String)));
        const expected = texted.flatMap((text, i) => (texted.indexOf(text) < i ? [i] : []));
        expect(Array.from(findDuplicates(table))).toEqual(expected);
      }),
    );
  });

  it('are set aside, or kept where the user says so', async () => {
    const table = tableOf([numbers('a', [1, 1, 2]), numbers('b', [3, 3, 4])]);
    expect(await cleaned(table)).toMatchObject({ nKept: 2, nDuplicates: 1, nSetAside: 1 });
    expect(Array.from((await cleaned(table)).rows)).toEqual([0, 2]);
    expect(await cleaned(table, { duplicates: 'keep' })).toMatchObject({
      nKept: 3,
      nDuplicates: 0,
    });
  });

  it('do not make a measurement of a key', async () => {
    const table = tableOf([
      numbers('customer_id', [7, 8, 9, 8]),
      numbers('a', [1, 2, 3, 2]),
      numbers('b', [3, 1, 2, 1]),
    ]);
    for (const duplicates of ['set-aside', 'keep'] as const) {
      expect((await cleaned(table, { duplicates })).roles[0].role).toBe('id');
    }
    // The same number for two customers who differ names nobody.
    const shared = tableOf([...table.columns.slice(0, 2), numbers('b', [3, 1, 2, 5])]);
    expect((await cleaned(shared)).roles[0].role).toBe('cluster');
  });
});

describe('a missing value', () => {
  // Of 1, 2, 2, 7 the mean is 3, the median 2, the mode 2; of b: 5, 6, 9, 9, 11 nothing is missing.
  const table = tableOf([numbers('a', [1, 2, NaN, 2, 7]), numbers('b', [5, 6, 9, 9, 11])]);

  it.for([
    { fill: 'median', value: 2 },
    { fill: 'mean', value: 3 },
    { fill: 'mode', value: 2 },
  ] as const)('is filled with the $fill of the values that are there', async ({ fill, value }) => {
    const { features, columns, nRowsWithMissing, nKept } = await cleaned(table, { fill });
    expect(Array.from(features[0])).toEqual([1, 2, value, 2, 7]);
    expect(columns[0]).toMatchObject({ fillValue: value, nFilled: 1 });
    expect(columns[1].nFilled).toBe(0);
    expect([nRowsWithMissing, nKept]).toEqual([1, 5]);
  });

  it('sets its row aside, and the fill value for a new customer is still known', async () => {
    const { rows, fate, columns, nRowsWithMissing, nSetAside } = await cleaned(table, {
      fill: 'set-aside',
    });
    expect(Array.from(rows)).toEqual([0, 1, 3, 4]);
    expect(fates[fate[2]]).toBe('missing');
    expect([nRowsWithMissing, nSetAside]).toEqual([1, 1]);
    expect(columns[0]).toMatchObject({ fillValue: 2, nFilled: 0 });
  });

  it('in a column that only describes does not matter', async () => {
    const wider = tableOf([...table.columns, numbers('c', [NaN, NaN, 1, 2, 3])]);
    const { nRowsWithMissing, nKept } = await cleaned(wider, {
      roles: [{ column: 'c', role: 'describe' }],
      fill: 'set-aside',
    });
    expect([nRowsWithMissing, nKept]).toEqual([1, 4]);
  });
});

describe('an outlier', () => {
  // 1 … 8 and 40: q1 = 3, q3 = 7 (positions 2 and 6), so the IQR rule has the bounds 3 − 6 = −3 and 7 + 6 = 13.
  const a = [1, 2, 3, 4, 5, 6, 7, 8, 40];
  const table = tableOf([numbers('a', a), numbers('b', [2, 1, 2, 1, 2, 1, 2, 1, 2])]);
  const bounds = (values: number[], rule: OutlierRule, limit: number) => {
    const observed = Float64Array.from(values);
    return outlierBounds(observed, describeColumn(observed), rule, limit);
  };

  it('lies more than 1.5 interquartile ranges outside the quartiles', async () => {
    expect(bounds(a, 'iqr', 1.5)).toEqual([-3, 13]);
    const { columns, nRowsWithOutliers, nKept } = await cleaned(table);
    expect(columns[0]).toMatchObject({ usual: { lower: -3, upper: 13 }, nOutliers: 1 });
    expect([nRowsWithOutliers, nKept]).toEqual([1, 9]);
  });

  it('or more than three deviations from the mean', () => {
    // 0, 0, 6, 6: mean 3, sd 3.
    expect(bounds([0, 0, 6, 6], 'zscore', 3)).toEqual([-6, 12]);
  });

  it('or in the outer share at either end', () => {
    // 0 … 100: the first percentile is 1, the last 99.
    expect(
      bounds(
        Array.from({ length: 101 }, (_, i) => i),
        'percentile',
        1,
      ),
    ).toEqual([1, 99]);
  });

  it('on the bound itself is none', async () => {
    const edge = tableOf([numbers('a', [...a.slice(0, 8), 13]), numbers('b', a)]);
    // The bounds of a are still −3 … 13.
    expect((await cleaned(edge)).columns[0]).toMatchObject({ usual: { upper: 13 }, nOutliers: 0 });
  });

  it('is moved to the bound, or its row set aside, where the user says so', async () => {
    const clipped = await cleaned(table, { outlierAction: 'clip' });
    expect(Array.from(clipped.features[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 13]);
    const without = await cleaned(table, { outlierAction: 'set-aside' });
    expect(without.nKept).toBe(8);
    expect(fates[without.fate[8]]).toBe('outlier');
  });

  it('is judged by the values of the file, not by filled ones', async () => {
    const gaps = tableOf([
      numbers('a', [...a, ...Array<number>(20).fill(NaN)]),
      numbers('b', [...a, ...a, ...a].concat(1, 2)),
    ]);
    expect((await cleaned(gaps, { duplicates: 'keep' })).columns[0]).toMatchObject({
      usual: { lower: -3, upper: 13 },
      nFilled: 20,
    });
  });
});

describe('a list of steps', () => {
  const missing = { kind: 'missing', isOn: true, columns: [], rule: 'median', value: 0 } as const;
  const outliers = {
    kind: 'outliers',
    isOn: true,
    columns: [],
    rule: 'iqr',
    limit: 1.5,
    action: 'clip',
  } as const;
  const run = (table: Table, ...steps: CleanStep[]) => clean(table, { roles: [], steps }, ctx);

  // Of 1, 2, 3, 4, 100 the quartiles are 2 and 4: everything above 7 is an outlier. Mean 22, clipped 3.4.
  const a = numbers('a', [1, 2, 3, 4, 100, NaN]);
  const b = numbers('b', [6, 5, 4, 3, 2, 1]);
  const table = tableOf([a, b]);

  it('works on what the step before has left', async () => {
    const mean = { ...missing, rule: 'mean' } as const;
    const clippedFirst = await run(table, outliers, mean);
    expect(clippedFirst.features[0][5]).toBeCloseTo(17 / 5, 12);
    // With 22 filled in, 1, 2, 3, 4, 22, 100 has the quartiles 2.25 and 17.5: the upper bound is 40.375.
    const filledFirst = await run(table, mean, outliers);
    expect(Array.from(filledFirst.features[0])).toEqual([1, 2, 3, 4, 40.375, 22]);
    expect(filledFirst.columns[0].clip).toEqual({ lower: 2.25 - 22.875, upper: 40.375 });
  });

  it('says of each step what it found and changed, and how a column was before and after', async () => {
    const { reports } = await run(table, outliers, missing);
    expect(reports[0]).toMatchObject({ nRows: 6, nRowsFound: 1, nSetAside: 0, unknown: [] });
    expect(reports[0]?.columns).toMatchObject([
      { name: 'a', nFound: 1, nChanged: 1, bounds: { lower: -1, upper: 7 }, before: { mean: 22 } },
    ]);
    expect(reports[0]?.columns[0].after?.mean).toBeCloseTo(17 / 5, 12);
    expect(reports[1]?.columns).toMatchObject([
      { name: 'a', nFound: 1, nChanged: 1, fillValue: 3, after: { mean: 20 / 6 } },
    ]);
  });

  it('lets the first step that speaks of a column fill it', async () => {
    const zero = { ...missing, columns: ['a'], rule: 'value', value: 0 } as const;
    const { features, columns, reports } = await run(table, zero, missing);
    expect(features[0][5]).toBe(0);
    expect(columns[0]).toMatchObject({ fillValue: 0, nFilled: 1 });
    expect(reports[1]).toMatchObject({ nRowsFound: 0, columns: [] });
  });

  it('names the columns that it speaks of and that are not there', async () => {
    const { reports } = await run(table, { ...missing, columns: ['c', 'a'] }, missing);
    expect(reports[0]?.unknown).toEqual(['c']);
  });

  it('does nothing in a step that is off, and sets aside what is missing in the end', async () => {
    const { nKept, fate, reports, columns } = await run(
      table,
      { ...outliers, isOn: false },
      { ...missing, isOn: false },
    );
    expect([nKept, fates[fate[5]]]).toEqual([5, 'missing']);
    expect(reports).toEqual([undefined, undefined]);
    expect(columns[0]).toMatchObject({ usual: null, clip: null, nOutliers: 0, fillValue: 3 });
  });

  it('looks for outliers among the rows that are left', async () => {
    // Without its 100 the column 1, 2, 3, 4 has the bounds −0.5 … 5.5, and nothing is outside.
    const aside = { ...outliers, action: 'set-aside' } as const;
    const { reports, nKept } = await run(table, aside, aside, missing);
    expect(reports.map((report) => report?.nSetAside)).toEqual([1, 0, 0]);
    expect(nKept).toBe(5);
  });

  it('keeps the first of the rows with the same key, and those without one', async () => {
    const keyed = tableOf([
      numbers('id', [1, 2, 1, NaN, NaN]),
      numbers('a', [1, 2, 3, 4, 5]),
      numbers('b', [5, 4, 3, 2, 1]),
    ]);
    const byKey = { kind: 'duplicates', isOn: true, key: ['id'] } as const;
    const { rows, nDuplicates, reports } = await run(keyed, missing, byKey);
    expect([Array.from(rows), nDuplicates]).toEqual([[0, 1, 3, 4], 1]);
    expect(reports[1]).toMatchObject({ nRows: 5, nSetAside: 1 });
    const noKey = await run(keyed, { ...byKey, key: ['customer'] }, missing);
    expect(noKey.reports[0]).toMatchObject({ nSetAside: 0, unknown: ['customer'] });
  });
});

describe('a category that forms segments', () => {
  const region = categories('region', ['n', 's', null, 'n', 'n', 's']);
  const roles = [{ column: 'region', role: 'cluster' } as const];
  const table = tableOf([region, numbers('a', [1, 2, 3, 4, 5, 6])]);

  it('keeps its gaps: missing is a level of its own', async () => {
    const { categories: kept, nKept } = await cleaned(table, { roles });
    expect(nKept).toBe(6);
    expect(kept).toMatchObject([{ name: 'region', levels: ['n', 's'] }]);
    expect(Array.from(kept[0].codes)).toEqual([0, 1, -1, 0, 0, 1]);
  });

  it('has rows without it set aside where that is the rule', async () => {
    const { categories: kept, nKept, fate } = await cleaned(table, { roles, fill: 'set-aside' });
    expect([nKept, fates[fate[2]]]).toEqual([5, 'missing']);
    expect(Array.from(kept[0].codes)).toEqual([0, 1, 0, 0, 1]);
  });
});

describe('columns in which nothing is to be done', () => {
  const a = numbers('a', [1, 2, 3, 4, 40]);
  const b = numbers('b', [5, NaN, 7, 9, 8]);
  const table = tableOf([a, b]);
  const isShared = ({ features }: CleanOutput) =>
    [a, b].map((column, j) => column.kind === 'number' && features[j] === column.values);

  it('are the table’s own, not copies', async () => {
    expect(isShared(await cleaned(table))).toEqual([true, false]);
    // 40 is an outlier: quartiles 2 and 4, upper bound 7.
    const clipped = await cleaned(table, { outlierAction: 'clip' });
    expect(isShared(clipped)).toEqual([false, false]);
    expect(Array.from(clipped.features[0])).toEqual([1, 2, 3, 4, 7]);
    expect(isShared(await cleaned(table, { fill: 'set-aside' }))).toEqual([false, false]);
  });

  it('are left as they are', () => {
    expect(a).toEqual(numbers('a', [1, 2, 3, 4, 40]));
    expect(b).toEqual(numbers('b', [5, NaN, 7, 9, 8]));
  });
});

describe('cleaning', () => {
  const table = tableOf([numbers('a', [1, 2, 3]), numbers('b', [3, 1, 2])]);

  it('tells how far it is', async () => {
    const told: number[] = [];
    await clean(table, cleanDefaults, {
      ...ctx,
      progress: (done, total) => told.push(done / total),
    });
    // Two columns, then the two steps that are not about duplicates.
    expect(told).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it('can be cancelled between columns', async () => {
    let breaths = 0;
    const work = clean(table, cleanDefaults, {
      ...ctx,
      breathe: () => (++breaths === 3 ? Promise.reject(new CancelledError()) : Promise.resolve()),
    });
    await expect(work).rejects.toBeInstanceOf(CancelledError);
    expect(breaths).toBe(3);
  });
});

describe('rows are conserved', () => {
  it('whatever is missing, doubled or extreme, and whatever is done about it', async () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(NaN), fc.constant(1000));
    const input = fc.tuple(
      fc.array(fc.tuple(value, value), { minLength: 4, maxLength: 30 }),
      fc.record({
        duplicates: fc.constantFrom('set-aside', 'keep'),
        fill: fc.constantFrom('median', 'mean', 'mode', 'value', 'set-aside'),
        outlierRule: fc.constantFrom('iqr', 'zscore', 'percentile'),
        outlierAction: fc.constantFrom('keep', 'clip', 'set-aside'),
      } as const),
    );
    await fc.assert(
      fc.asyncProperty(input, async ([rows, params]) => {
        // Four rows that vary, so that there is always something to form segments from.
        const all: [number, number][] = [...rows, [1, 2], [2, 3], [3, 1], [4, 5]];
        const table = tableOf([
          numbers(
            'a',
            all.map(([a]) => a),
          ),
          numbers(
            'b',
            all.map(([, b]) => b),
          ),
        ]);
        let output;
        try {
          output = await cleaned(table, params);
        } catch (error) {
          // Everything else can be set aside; then it is said.
          expect((error as AppError).code).toBe('too-few-rows');
          return;
        }
        const { fate, rows: kept, nKept, nSetAside, nDuplicates, features } = output;
        expect(fate).toHaveLength(all.length);
        expect(nKept + nSetAside).toBe(all.length);
        expect(Array.from(kept)).toEqual(Array.from(fate.keys()).filter((i) => fate[i] === 0));
        expect(fate.filter((code) => fates[code] === 'duplicate')).toHaveLength(nDuplicates);
        for (const column of features) {
          expect(column).toHaveLength(nKept);
          expect(column.every(Number.isFinite)).toBe(true);
        }
        const again = await cleaned(table, params);
        expect(again).toEqual(output);
      }),
    );
  });
});

describe('a table that segments cannot be formed from is refused', () => {
  it('without a column of numbers', async () => {
    const table = tableOf([texts('a', ['x', 'y', 'x']), texts('b', ['p', 'p', 'q'])]);
    expect((await refusal(table)).code).toBe('no-numeric-column');
  });

  it('with one column, naming it', async () => {
    const table = tableOf([numbers('spend', [1, 2, 3]), texts('b', ['p', 'p', 'q'])]);
    expect(await refusal(table)).toMatchObject({
      code: 'too-few-columns',
      details: { columns: 1 },
    });
    expect((await refusal(table)).message).toContain('“spend”');
  });

  it('with rows that are all the same, saying how many', async () => {
    const same = Array<number>(1200).fill(3);
    const table = tableOf([numbers('a', same), numbers('b', same)]);
    expect(await refusal(table)).toMatchObject({ code: 'rows-identical', details: { rows: 1200 } });
    expect((await refusal(table)).message).toContain('1,200 rows');
  });

  it('with one row', async () => {
    const table = tableOf([numbers('a', [1]), numbers('b', [2])]);
    expect(await refusal(table)).toMatchObject({ code: 'too-few-rows', details: { rows: 1 } });
  });

  it('with one row left, saying of how many', async () => {
    const table = tableOf([numbers('a', [1, NaN, 3]), numbers('b', [1, 2, NaN])]);
    expect(await refusal(table, { fill: 'set-aside' })).toMatchObject({
      code: 'too-few-rows',
      details: { rows: 3, kept: 1 },
    });
  });

  it('with a value too large to compute with, naming column and value', async () => {
    const table = tableOf([numbers('a', [1, 2, -1e308]), numbers('b', [1, 2, 3])]);
    expect(await refusal(table)).toMatchObject({
      code: 'not-finite',
      details: { column: 'a', value: -1e308 },
    });
  });

  it('but not for a column that the user chose and that holds nothing', async () => {
    const table = tableOf([
      numbers('a', [1, 2, 3]),
      numbers('b', [3, 1, 2]),
      numbers('gone', [NaN, NaN, NaN]),
    ]);
    const roles = [{ column: 'gone', role: 'cluster' } as const];
    // There is no number to fill it with: it is left out, as it would be without the choice.
    expect((await cleaned(table, { roles })).columns.map(({ name }) => name)).toEqual(['a', 'b']);
    expect((await cleaned(table, { roles })).roles[2]).toMatchObject({
      role: 'ignore',
      reason: 'every value is missing',
    });
  });
});

describe.skipIf(!hasShared('CC GENERAL.csv'))(`CC GENERAL.csv (else ${whyAbsent})`, () => {
  let table: Table;
  beforeAll(async () => {
    const quiet = { progress: () => undefined, breathe: () => Promise.resolve() };
    const file = new Blob([readShared('CC GENERAL.csv')]);
    ({ table } = await readTable(file, readDefaults, quiet));
  });

  it('has 5,956 rows with an outlier by quartiles and 1,515 by deviations', async () => {
    expect((await cleaned(table)).nRowsWithOutliers).toBe(5956);
    expect((await cleaned(table, { outlierRule: 'zscore' })).nRowsWithOutliers).toBe(1515);
  });

  it('has 314 values to fill in 314 rows, and no row twice', async () => {
    const { columns, nRowsWithMissing, nDuplicates, nKept } = await cleaned(table);
    expect(columns.reduce((sum, { nFilled }) => sum + nFilled, 0)).toBe(314);
    expect([nRowsWithMissing, nDuplicates, nKept]).toEqual([314, 0, 8950]);
    const filled = new Map(columns.map(({ name, fillValue }) => [name, fillValue]));
    expect(filled.get('CREDIT_LIMIT')).toBe(3000);
    expect(filled.get('MINIMUM_PAYMENTS')).toBeCloseTo(312.343947, 6);
  });
});
