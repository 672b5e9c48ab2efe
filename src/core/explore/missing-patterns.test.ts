import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { creditCardTable } from '../../../tests/helpers/credit-card';
import { hasShared, whyAbsent } from '../../../tests/helpers/shared-data';
import { categories, dates, numbers, tableOf, texts } from '../../../tests/helpers/tables';
import { createRandom } from '../random';
import { readDate } from '../table/dates';
import type { Table } from '../table/table';
import { missingPatterns } from './missing-patterns';

/** Midnight of a day, and so many days later. */
const day = (text: string, later = 0) => readDate(text, 'day-first') + later * 86_400_000;

const of = (table: Table) =>
  missingPatterns(
    table,
    table.columns.map(({ name }) => name),
    ctx,
  );
const nothing = NaN;

describe('patterns of missing values', () => {
  it('are the combinations of columns that are missing in one row, with their rows', async () => {
    const { columns, patterns, nPatterns, nRowsWithMissing, nRows } = await of(
      tableOf([
        numbers('a', [1, nothing, nothing, nothing, 5, 6]),
        texts('b', ['x', null, null, 'x', 'x', 'x']),
        numbers('c', [1, 2, 3, 4, 5, 6]),
        categories('d', ['p', 'p', null, 'p', null, 'p']),
      ]),
    );
    expect(columns).toEqual([
      { name: 'a', count: 3 },
      { name: 'b', count: 2 },
      { name: 'd', count: 2 },
    ]);
    expect([nRows, nRowsWithMissing, nPatterns]).toEqual([6, 4, 4]);
    expect(patterns).toHaveLength(4);
    for (const columns of [['a', 'b'], ['a', 'b', 'd'], ['a'], ['d']]) {
      expect(patterns).toContainEqual({ columns, count: 1 });
    }
  });

  it('are sorted by their rows, and the first 50 of them are told', async () => {
    // Row r lacks the columns whose bit is set in r: 64 combinations of six columns, one of them empty; the last one twice.
    const rows = [...Array.from({ length: 64 }, (_, r) => r), 63];
    const bits = Array.from({ length: 6 }, (_, bit) => bit);
    const { patterns, nPatterns, nRowsWithMissing } = await of(
      tableOf(
        bits.map((bit) =>
          numbers(
            `c${bit}`,
            rows.map((r) => ((r >> bit) & 1 ? nothing : 1)),
          ),
        ),
      ),
    );
    expect([nPatterns, patterns.length, nRowsWithMissing]).toEqual([63, 50, 64]);
    expect(patterns[0]).toEqual({ columns: bits.map((bit) => `c${bit}`), count: 2 });
  });

  it('are told of all columns, where reasons are looked for in the first of many', async () => {
    const gappy = Array.from({ length: 205 }, (_, j) =>
      numbers(`c${j}`, [1, j % 2 === 0 ? nothing : 2, 3]),
    );
    const { columns, nNotExplained, nNotSearched } = await of(tableOf(gappy));
    // Every other one of 205, the first among them: 103 with gaps.
    expect([columns.length, nNotExplained, nNotSearched]).toEqual([103, 63, 5]);
  });

  it('of a whole table are none', async () => {
    const { columns, patterns, reasons } = await of(
      tableOf([numbers('a', [1, 2]), numbers('b', [1, 2])]),
    );
    expect([columns, patterns, reasons]).toEqual([[], [], []]);
  });
});

describe('what rows without a value have in common', () => {
  const nRows = 1000;
  const indices = Array.from({ length: nRows }, (_, i) => i);
  const random = createRandom(4);
  const noise = indices.map(() => random.normal());

  it('is a value that the others do not have', async () => {
    // Every tenth row has paid 0; of those the fee is missing, and in ten others.
    const paid = indices.map((i) => (i % 10 === 0 ? 0 : 5 + (i % 7)));
    const fee = indices.map((i) => (i % 10 === 0 || i % 100 === 55 ? nothing : noise[i]));
    const { reasons } = await of(
      tableOf([numbers('fee', fee), numbers('paid', paid), numbers('noise', noise)]),
    );
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatchObject({
      column: 'fee',
      other: 'paid',
      condition: { kind: 'equals', value: 0 },
      nMissing: 110,
      nMissingMatching: 100,
      nOthers: 890,
      nOthersMatching: 0,
      lift: Infinity,
    });
    // φ = (100 · 890 − 0 · 110) / √(110 · 890 · 100 · 900).
    expect(reasons[0].strength).toBeCloseTo((100 * 890) / Math.sqrt(110 * 890 * 100 * 900), 12);
    expect(reasons[0].sentence).toBe(
      '100 of 110 rows without “fee” have “paid” = 0, against none of the other 890.',
    );
  });

  it('is a range, with a bound that is counted as it is said', async () => {
    const spend = indices.map((i) => i + 0.123);
    const phone = indices.map((i) => (i < 200 ? nothing : noise[i]));
    const { reasons } = await of(tableOf([numbers('PHONE', phone), numbers('SPEND', spend)]));
    const [{ condition, nMissingMatching, nOthersMatching, sentence }] = reasons;
    if (condition.kind !== 'at-most') throw new Error(condition.kind);
    expect(nMissingMatching + nOthersMatching).toBe(
      spend.filter((value) => value <= condition.value).length,
    );
    expect(sentence).toMatch(
      /^(All 200|\d+ of 200) rows without PHONE have SPEND of \d+ or less, against .+ of the other 800\.$/,
    );
  });

  it('is a word', async () => {
    const plan = indices.map((i) => (i % 5 === 0 ? 'trial' : 'paid'));
    const card = indices.map((i) => (i % 5 === 0 && i % 2 === 0 ? nothing : 1 + noise[i]));
    const { reasons } = await of(tableOf([numbers('card', card), texts('plan', plan)]));
    expect(reasons[0].sentence).toBe(
      `All 100 rows without “card” have “plan” "trial", against 11\u00a0% of the other 900.`,
    );
  });

  it('is a date before which nobody was asked', async () => {
    const joined = indices.map((i) => day('2020-01-01', i));
    const email = indices.map((i) => (i < 250 ? nothing : 1 + noise[i]));
    const { reasons } = await of(tableOf([numbers('EMAIL', email), dates('JOINED', joined)]));
    expect(reasons[0].sentence).toMatch(
      /rows without EMAIL have JOINED before 2020-0[89]-\d\d, against/,
    );
  });

  it('is that another column is missing, too', async () => {
    const gap = indices.map((i) => (i % 20 === 3 ? nothing : 1 + noise[i]));
    const { reasons } = await of(
      tableOf([
        numbers('A_1', gap),
        numbers(
          'A_2',
          gap.map((v) => 2 * v),
        ),
      ]),
    );
    expect(reasons.map(({ sentence }) => sentence)).toContain(
      'All 50 rows without A_1 are without A_2, too, against none of the other 950.',
    );
  });

  it('is nothing, where values are missing at random: in a hundred tables, nothing is said', async () => {
    const draw = createRandom(9);
    let nReasons = 0;
    for (let run = 0; run < 100; run++) {
      const n = 400;
      const normal = () => Array.from({ length: n }, () => draw.normal());
      const words = Array.from({ length: n }, () => 'abcd'[draw.integer(4)]);
      const counts = Array.from({ length: n }, () => draw.integer(4));
      const gaps = normal().map((value) => (draw.uniform() < 0.05 ? nothing : value));
      const table = tableOf([
        numbers('a', gaps),
        numbers('b', normal()),
        numbers('c', counts),
        texts('d', words),
      ]);
      nReasons += (await of(table)).reasons.length;
    }
    expect(nReasons).toBe(0);
  });

  it('is not looked for where nothing is left to compare with', async () => {
    const { reasons } = await of(tableOf([numbers('a', [nothing, nothing]), numbers('b', [1, 2])]));
    expect(reasons).toEqual([]);
  });
});

describe.skipIf(!hasShared('CC GENERAL.csv'))(`CC GENERAL.csv (else ${whyAbsent})`, () => {
  it('lacks the minimum payment of those who paid nothing', async () => {
    const { patterns, reasons } = await of(creditCardTable());
    expect(patterns).toEqual([
      { columns: ['MINIMUM_PAYMENTS'], count: 313 },
      { columns: ['CREDIT_LIMIT'], count: 1 },
    ]);
    expect(reasons[0].sentence).toBe(
      '240 of 313 rows without MINIMUM_PAYMENTS have PAYMENTS = 0, against none of the other 8,637.',
    );
    // One row without a limit has nothing in common.
    expect(reasons.every(({ column }) => column === 'MINIMUM_PAYMENTS')).toBe(true);
  });
});
