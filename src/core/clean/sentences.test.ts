import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { numbers, tableOf } from '../../../tests/helpers/tables';
import { missingPatterns } from '../explore/missing-patterns';
import type { Column } from '../table/table';
import { clean } from './clean';
import type { CleanStep } from './clean-step';
import {
  cleanFinding,
  lossSentence,
  patternsSentence,
  ruleInWords,
  setAsideByReason,
  stepSentence,
  stepTitle,
} from './sentences';

const duplicates = { kind: 'duplicates', isOn: true, key: [] } as const;
const outliers = {
  kind: 'outliers',
  isOn: true,
  columns: [],
  rule: 'iqr',
  limit: 1.5,
  action: 'keep',
} as const;
const missing = { kind: 'missing', isOn: true, columns: [], rule: 'median', value: 0 } as const;

/** Units keep to their numbers: there is a space that does not break before every "%" and around every "×". */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

/** What the steps say about columns of numbers, one sentence for each. */
async function said(columns: Column[], ...steps: CleanStep[]): Promise<string[]> {
  const { reports } = await clean(tableOf(columns), { roles: [], steps }, ctx);
  return steps.map((step, at) => plain(stepSentence(step, reports[at])));
}

const one = async (columns: Column[], step: CleanStep) => (await said(columns, step))[0];

describe('a step that looks for copies says', () => {
  const a = numbers('A', [1, 1, 2, 3, 3, 3, 4, 5]);
  const b = numbers('B', [7, 7, 8, 9, 9, 9, 6, 6]);
  const few = [numbers('A', [1, 1, 2, 3]), numbers('B', [7, 7, 8, 9])];

  it('how many rows it set aside, of how many', async () => {
    // Rows 2, 5 and 6 of 8: 37.5 %, said without decimals from 10 % on.
    expect(await one([a, b], duplicates)).toBe(
      '3 rows (38 %) are exact copies of an earlier one; they were set aside.',
    );
    expect(await one(few, duplicates)).toBe(
      '1 row (25 %) is an exact copy of an earlier one; it was set aside.',
    );
  });

  it('that there were none', async () => {
    const columns = [numbers('A', [1, 2]), numbers('B', [1, 3])];
    expect(await one(columns, duplicates)).toBe('No row is an exact copy of another.');
    expect(await one(columns, { ...duplicates, key: ['A', 'B'] })).toBe(
      'No two rows have the same A and B.',
    );
  });

  it('by which columns it went', async () => {
    // One 7, two 9s and one 6 come again.
    expect(await one([a, b], { ...duplicates, key: ['B'] })).toBe(
      '4 rows (50 %) have the same B as an earlier one; they were set aside.',
    );
  });

  it('that a column it needs is not there', async () => {
    expect(await one([a, b], { ...duplicates, key: ['CUSTOMER'] })).toBe(
      'CUSTOMER is not in this file. Nothing was done.',
    );
  });
});

describe('a step that looks for outliers says', () => {
  // 1 … 8 and 40: quartiles 3 and 7, so values above 13 are outliers (clean.test.ts).
  const a = numbers('A', [1, 2, 3, 4, 5, 6, 7, 8, 40]);
  const b = numbers('B', [2, 1, 2, 1, 2, 1, 2, 1, 2]);

  it('how many rows have one, and what became of them', async () => {
    expect(await one([a, b], outliers)).toBe(
      '1 row (11 %) has a value beyond 1.5 × IQR; kept as it is.',
    );
    expect(await one([a, b], { ...outliers, action: 'set-aside' })).toBe(
      '1 row (11 %) has a value beyond 1.5 × IQR; it was set aside.',
    );
    expect(await one([a, b], { ...outliers, action: 'clip' })).toBe(
      '1 value in 1 row (11 %) lay beyond 1.5 × IQR and was moved to the nearest bound.',
    );
  });

  it('how many values were moved, which may be more than the rows', async () => {
    // The last row is far out in both columns.
    expect(
      await one([a, numbers('C', [1, 2, 3, 4, 5, 6, 7, 8, 90])], { ...outliers, action: 'clip' }),
    ).toBe('2 values in 1 row (11 %) lay beyond 1.5 × IQR and were moved to the nearest bound.');
  });

  it('in which columns it looked in vain', async () => {
    expect(await one([a, b], { ...outliers, columns: ['B'] })).toBe(
      'No value in B lies beyond 1.5 × IQR.',
    );
    // 40 is less than ten deviations from the mean of nine values: none can be.
    expect(await one([a, b], { ...outliers, rule: 'zscore', limit: 10 })).toBe(
      'No value in the columns that form segments lies beyond 10 standard deviations.',
    );
  });

  it('which of its columns do not form segments', async () => {
    expect(await one([a, b], { ...outliers, columns: ['A', 'C', 'D'] })).toBe(
      '1 row (11 %) has a value beyond 1.5 × IQR; kept as it is. C and D are not among the columns that form segments.',
    );
  });
});

describe('a step that fills gaps says', () => {
  // Median of A: 2, of B: 4.5, of C: 20.
  const a = numbers('A', [1, 2, NaN, 2, 7, NaN]);
  const b = numbers('B', [5, 6, 1, 9, 4, 1]);
  const c = numbers('C', [20, NaN, 10, 20, 30, 20]);

  it('how many values became what, most first', async () => {
    expect(await one([b, c, a], missing)).toBe(
      '3 missing values in 2 columns were filled with the column’s median: A 2 × 2, C 1 × 20.',
    );
    expect(await one([b, c, a], { ...missing, rule: 'value', value: 0.5 })).toBe(
      '3 missing values in 2 columns were filled with 0.5: A 2, C 1.',
    );
  });

  it('the same of one column alone', async () => {
    expect(await one([b, a], missing)).toBe(
      '2 missing values in A were filled with its median, 2.',
    );
    expect(await one([b, c], { ...missing, rule: 'mode' })).toBe(
      '1 missing value in C was filled with its most frequent value, 20.',
    );
    expect(await one([b, c], { ...missing, rule: 'value', value: 12345 })).toBe(
      '1 missing value in C was filled with 12,345.',
    );
  });

  it('which rows were set aside instead', async () => {
    expect(await one([a, b, c], { ...missing, rule: 'set-aside' })).toBe(
      '3 rows (50 %) lack a value in A (2) or C (1); they were set aside.',
    );
    expect(await one([b, c], { ...missing, rule: 'set-aside' })).toBe(
      '1 row (17 %) lacks a value in C; it was set aside.',
    );
  });

  it('that nothing was missing, or nothing any more', async () => {
    expect(await said([a, b], { ...missing, columns: ['A'] }, missing)).toEqual([
      '2 missing values in A were filled with its median, 2.',
      'No value is missing in the columns that form segments.',
    ]);
  });

  it('of many columns only the first few', async () => {
    const wide = ['A', 'B', 'C', 'D', 'E'].map((name) => numbers(name, [NaN, 1, 2]));
    expect(await one(wide, { ...missing, rule: 'value' })).toBe(
      '5 missing values in 5 columns were filled with 0: A 1, B 1, C 1, 2 more.',
    );
    // A fourth takes as much room as "1 more".
    expect(await one(wide.slice(0, 4), { ...missing, rule: 'value' })).toBe(
      '4 missing values in 4 columns were filled with 0: A 1, B 1, C 1, D 1.',
    );
  });
});

describe('a step that is off', () => {
  it('says what that means', () => {
    expect(stepSentence({ ...missing, isOn: false }, undefined)).toMatch(/^Off: .* set aside/);
    expect(stepSentence({ ...outliers, isOn: false }, undefined)).toMatch(/^Off: /);
    expect(stepSentence({ ...duplicates, isOn: false }, undefined)).toMatch(/^Off: /);
  });

  it('has nothing to say yet when it is switched on', () => {
    expect(stepSentence(missing, undefined)).toBe('');
  });
});

describe('a title', () => {
  it('names the columns of a step that has its own', () => {
    expect(stepTitle(outliers)).toBe('Outliers');
    expect(stepTitle({ ...duplicates, key: ['CUST_ID'] })).toBe('Rows with the same CUST_ID');
    expect(stepTitle({ ...missing, columns: ['age', 'PAYMENTS'] })).toBe(
      'Missing values of “age” and PAYMENTS',
    );
  });
});

describe('a rule in words', () => {
  it('has its limit', () => {
    expect(plain(ruleInWords('iqr', 3))).toBe('3 × IQR');
    expect(ruleInWords('zscore', 1)).toBe('1 standard deviation');
    expect(plain(ruleInWords('percentile', 0.5))).toBe('the outer 0.5 % at each end');
  });

  it('says what it would cost', () => {
    expect(plain(lossSentence(5956, 8950))).toBe(
      'Setting these aside would lose 67 % of your customers.',
    );
    expect(lossSentence(0, 8950)).toBe('Setting these aside would lose nobody.');
    expect(lossSentence(9, 9)).toBe('Setting these aside would lose all of your customers.');
  });
});

describe('what is left of the rows', () => {
  // Row 2 repeats row 1; 40 is an outlier; the row of 8 lacks a value.
  const columns = [
    numbers('A', [1, 1, 2, 3, 4, 5, 6, 7, 8, 40]),
    numbers('B', [2, 2, 1, 2, 1, 2, 1, 2, NaN, 2]),
  ];
  const run = (...steps: CleanStep[]) => clean(tableOf(columns), { roles: [], steps }, ctx);

  it('is told with the reasons, which add up to all that were set aside', async () => {
    const steps = [
      duplicates,
      { ...outliers, action: 'set-aside' },
      { ...missing, rule: 'set-aside' },
    ] as const;
    const output = await run(...steps);
    expect(cleanFinding(output, 10)).toBe('7 of 10 rows are kept, 3 set aside.');
    expect(setAsideByReason(output).map(({ sentence }) => sentence)).toEqual([
      '1 row repeats an earlier one',
      '1 row lacks a value',
      '1 row holds an outlier',
    ]);
  });

  it('counts rows with a gap that no step filled', async () => {
    const steps = [{ ...missing, isOn: false }];
    const output = await run(...steps);
    expect(setAsideByReason(output)).toEqual([
      { fate: 'missing', nRows: 1, sentence: '1 row lacks a value' },
    ]);
  });

  it('tells of values that were filled in', async () => {
    expect(cleanFinding(await run(missing), 10)).toBe(
      'All 10 rows are kept; 1 missing value is filled in.',
    );
    expect(setAsideByReason(await run(missing))).toEqual([]);
  });
});

describe('columns that lack values', () => {
  const told = async (columns: Column[]) =>
    plain(
      patternsSentence(
        await missingPatterns(
          tableOf(columns),
          columns.map(({ name }) => name),
          ctx,
        ),
      ),
    );
  const a = numbers('A', [NaN, NaN, 1, 2]);

  it('are told of with their rows, alone or together', async () => {
    expect(await told([a])).toBe('2 of 4 rows (50 %) lack a value in A.');
    expect(await told([a, numbers('B', [1, 2, NaN, 3])])).toBe(
      '3 of 4 rows (75 %) lack a value, in 2 columns; none of them lacks two.',
    );
    expect(await told([a, numbers('B', [NaN, 2, 3, 3])])).toBe(
      '2 of 4 rows (50 %) lack a value, in 2 columns; 1 lacks more than one.',
    );
  });

  it('may be so in every row', async () => {
    expect(await told([numbers('A', [NaN, 1]), numbers('B', [2, NaN])])).toBe(
      'All 2 rows lack a value, in 2 columns; none of them lacks two.',
    );
  });

  it('may be none', async () => {
    expect(await told([numbers('A', [1, 2])])).toBe('No value is missing.');
  });
});
