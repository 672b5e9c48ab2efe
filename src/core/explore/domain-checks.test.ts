import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { creditCardTable } from '../../../tests/helpers/credit-card';
import { hasShared, whyAbsent } from '../../../tests/helpers/shared-data';
import { dates, numbers, tableOf } from '../../../tests/helpers/tables';
import { createRandom } from '../random';
import { readDate } from '../table/dates';
import type { Column } from '../table/table';
import { domainChecks } from './domain-checks';

/** Midnight of a day, and so many days later. */
const day = (text: string, later = 0) => readDate(text, 'day-first') + later * 86_400_000;

const sentences = async (...columns: Column[]) =>
  (await domainChecks(tableOf(columns), ctx)).map(({ sentence }) => sentence);

const random = createRandom(11);
const list = (n: number, value: (i: number) => number) =>
  Array.from({ length: n }, (_, i) => value(i));
/** `values` with others in the first places. */
const spoilt = (values: readonly number[], ...others: number[]) => [
  ...others,
  ...values.slice(others.length),
];
const shares = list(500, () => Math.round(12 * random.uniform()) / 12);

describe('values out of their domain', () => {
  it('are shares outside of 0 to 1, known by their name', async () => {
    expect(await sentences(numbers('PURCHASES_FREQUENCY', spoilt(shares, 1.5, 1.2)))).toEqual([
      'PURCHASES_FREQUENCY is above 1 in 2 rows, at most 1.5.',
    ]);
    expect(await sentences(numbers('openRate', spoilt(shares, -0.5, 1.25)))).toEqual([
      'openRate is above 1 in 1 row, at most 1.25, and below 0 in 1 row, at least -0.5.',
    ]);
  });

  it('or by zeros and ones at the ends of all but a few', async () => {
    expect(await sentences(numbers('x', spoilt(shares, 1.5)))).toHaveLength(1);
    // Nothing stands at the ends: these are numbers around a half.
    const around = list(500, () => 0.5 + 0.13 * random.normal());
    expect(await sentences(numbers('x', spoilt(around, 1.02, -0.03)))).toEqual([]);
  });

  it('are not told of a name that the values do not agree with', async () => {
    expect(
      await sentences(
        numbers(
          'EXCHANGE_RATE',
          list(500, (i) => 1 + (i % 90)),
        ),
      ),
    ).toEqual([]);
    expect(
      await sentences(
        numbers(
          'RATE',
          list(500, (i) => 1 + (i % 5)),
        ),
      ),
    ).toEqual([]);
    expect(
      await sentences(
        numbers(
          'GROWTH_RATE',
          list(500, () => random.normal()),
        ),
      ),
    ).toEqual([]);
  });

  it('are percentages outside of 0 to 100', async () => {
    const percentages = list(400, (i) => i % 101);
    expect(await sentences(numbers('Discount %', spoilt(percentages, 130)))).toEqual([
      '“Discount %” is above 100 in 1 row, at most 130.',
    ]);
  });

  it('are ages over 120 or below 0', async () => {
    const ages = list(400, (i) => 18 + (i % 70));
    expect(await sentences(numbers('AGE', spoilt(ages, 150, 999, -1)))).toEqual([
      'AGE is above 120 in 2 rows, at most 999, and below 0 in 1 row, at least -1.',
    ]);
    expect(await sentences(numbers('PAGE', spoilt(ages, 150)))).toEqual([]);
  });

  it('are negative amounts', async () => {
    const amounts = list(400, (i) => (i % 50) * 3);
    expect(await sentences(numbers('TOTAL_SPEND', spoilt(amounts, -12, -3)))).toEqual([
      'TOTAL_SPEND is negative in 2 rows of 400; the lowest value is -12.',
    ]);
    // A balance that is often below 0 is one.
    expect(
      await sentences(
        numbers(
          'amount',
          list(400, (i) => (i % 50) - 25),
        ),
      ),
    ).toEqual([]);
  });

  it('are negative values where 0 is an edge, whatever the name', async () => {
    const visits = list(1000, () => Math.floor(5 * random.uniform() ** 2));
    expect(await sentences(numbers('x', spoilt(visits, -1)))).toHaveLength(1);
    // Far from all others.
    expect(
      await sentences(
        numbers(
          'x',
          spoilt(
            list(1000, (i) => 18 + (i % 60)),
            -99,
          ),
        ),
      ),
    ).toHaveLength(1);
    // The end of a bell.
    expect(
      await sentences(
        numbers(
          'x',
          list(5000, () => 3 + random.normal()),
        ),
      ),
    ).toEqual([]);
    expect(
      await sentences(
        numbers(
          'x',
          list(5000, () => 2 + random.normal()),
        ),
      ),
    ).toEqual([]);
  });

  it('are dates far from all others', async () => {
    const days = list(300, (i) => day('2022-01-01', i));
    expect(await sentences(dates('SIGNUP', spoilt(days, day('2099-12-31'))))).toEqual([
      'SIGNUP is far later than elsewhere in 1 row, with 2099-12-31; the others lie between 2022-01-02 and 2022-10-27.',
    ]);
    expect(await sentences(dates('SIGNUP', spoilt(days, 0, day('1900-01-01'))))).toEqual([
      'SIGNUP is far earlier than elsewhere in 2 rows, at the earliest 1900-01-01; the others lie between 2022-01-03 and 2022-10-27.',
    ]);
    expect(await sentences(dates('SIGNUP', days))).toEqual([]);
  });

  it('are a balance over its limit, and an end before its start', async () => {
    const limit = list(200, () => 1000);
    const balance = spoilt(
      list(200, (i) => 4 * i),
      1200,
      1100,
      1300,
    );
    expect(await sentences(numbers('BALANCE', balance), numbers('CREDIT_LIMIT', limit))).toEqual([
      'BALANCE exceeds CREDIT_LIMIT in 3 rows of 200.',
    ]);
    // Not a balance, and two limits.
    expect(
      await sentences(numbers('BALANCE_FREQ', balance), numbers('CREDIT_LIMIT', limit)),
    ).toEqual([]);
    expect(
      await sentences(
        numbers('BALANCE', balance),
        numbers('A_LIMIT', limit),
        numbers('B_LIMIT', limit),
      ),
    ).toEqual([]);
    const start = list(200, (i) => day('2022-01-01', i % 90));
    const end = spoilt(
      start.map((first) => first + 864e5),
      day('2021-12-30'),
    );
    expect(await sentences(dates('startDate', start), dates('endDate', end))).toEqual([
      'startDate is later than endDate in 1 row of 200.',
    ]);
  });

  it('are not looked for in a few values, or none', async () => {
    expect(
      await sentences(
        numbers('AGE', [150, 20]),
        numbers('RATE', [NaN, NaN]),
        dates('D', [NaN, NaN]),
      ),
    ).toEqual([]);
  });
});

describe.skipIf(!hasShared('CC GENERAL.csv'))(`CC GENERAL.csv (else ${whyAbsent})`, () => {
  it('has a frequency above 1 and balances over their limit, and nothing else', async () => {
    expect((await domainChecks(creditCardTable(), ctx)).map(({ sentence }) => sentence)).toEqual([
      'CASH_ADVANCE_FREQUENCY is above 1 in 8 rows, at most 1.5.',
      'BALANCE exceeds CREDIT_LIMIT in 227 rows of 8,949.',
    ]);
  });
});
