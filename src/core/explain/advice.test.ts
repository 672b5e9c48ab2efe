import { describe, expect, it } from 'vitest';
import { adviseSegment } from './advice';
import { creditCardRules } from './advice-rules';
import type { OverallColumn } from './profile';

const sd = 100;
/** Columns with mean 100 and deviation 100 over all customers, and a segment that differs in some, by its means. */
function segmentOf(names: readonly string[], means: Readonly<Record<string, number>>) {
  const overall: OverallColumn[] = names.map((name) => {
    return { name, from: { kind: 'number', column: name }, mean: 100, median: 100, sd };
  });
  const columns = names.map((name) => {
    const mean = means[name] ?? 100;
    return { mean, median: mean, effect: (mean - 100) / sd, ratio: mean / 100 };
  });
  const differences = names
    .map((_, j) => j)
    .sort((a, b) => Math.abs(columns[b].effect) - Math.abs(columns[a].effect));
  return [{ columns, differences }, overall] as const;
}

const cards = [
  'BALANCE',
  'PURCHASES',
  'PURCHASES_TRX',
  'CASH_ADVANCE',
  'PURCHASES_FREQUENCY',
  'PURCHASES_INSTALLMENTS_FREQUENCY',
  'CREDIT_LIMIT',
  'PRC_FULL_PAYMENT',
];
const adviceFor = (means: Readonly<Record<string, number>>, names = cards) =>
  adviseSegment(...segmentOf(names, means));
const ids = (means: Readonly<Record<string, number>>) => adviceFor(means).map(({ id }) => id);

describe('advice on credit-card segments', () => {
  it('is silent about a segment near the average', () => {
    expect(ids({})).toEqual([]);
    expect(ids({ PURCHASES: 140, CASH_ADVANCE: 130, BALANCE: 80 })).toEqual([]);
  });

  it.for([
    ['loyalty', { PURCHASES: 400, PURCHASES_TRX: 300 }],
    ['premium', { CREDIT_LIMIT: 200, PRC_FULL_PAYMENT: 130 }],
    ['instalments', { PURCHASES_INSTALLMENTS_FREQUENCY: 180 }],
    ['everyday', { PURCHASES_FREQUENCY: 170 }],
    ['cash-advances', { CASH_ADVANCE: 260 }],
    ['debt', { BALANCE: 220, PRC_FULL_PAYMENT: 60 }],
    ['dormant', { PURCHASES_FREQUENCY: 30, PURCHASES: 20 }],
    ['full-payers', { PRC_FULL_PAYMENT: 170 }],
    ['unused-room', { CREDIT_LIMIT: 130, BALANCE: 50, PURCHASES: 70 }],
  ] as const)('comes from the rule “%s” where its numbers are there', ([id, means]) => {
    expect(ids(means)).toContain(id);
  });

  it('tries every rule here', () => {
    expect(creditCardRules).toHaveLength(9);
  });

  it('is not given where one of its numbers is missing', () => {
    expect(ids({ PURCHASES: 400 })).not.toContain('loyalty');
    // They take cash: the card is not asleep.
    expect(ids({ PURCHASES_FREQUENCY: 30, PURCHASES: 20, CASH_ADVANCE: 300 })).not.toContain(
      'dormant',
    );
  });

  it('cites the numbers that it comes from', () => {
    const [advice] = adviceFor({ CASH_ADVANCE: 462 });
    expect(advice).toMatchObject({ id: 'cash-advances', strength: 3.62 });
    expect(advice.because).toEqual(['Cash advances 462 against 100 (4.6×)']);
  });

  it('puts the strongest first, three at most', () => {
    const found = adviceFor({
      PURCHASES: 500,
      PURCHASES_TRX: 400,
      CREDIT_LIMIT: 250,
      PRC_FULL_PAYMENT: 180,
      PURCHASES_INSTALLMENTS_FREQUENCY: 160,
    });
    expect(found.map(({ id }) => id)).toEqual(['loyalty', 'premium', 'full-payers']);
  });

  it('knows the columns by meaning', () => {
    const names = cards.map((name) => name.toLowerCase().replaceAll('_', ' '));
    expect(adviceFor({ 'cash advance': 300 }, names).map(({ id }) => id)).toEqual([
      'cash-advances',
    ]);
  });
});

describe('advice on other segments', () => {
  it('follows direction and strength of the largest differences', () => {
    const found = adviceFor({ visits: 300, returns: 10 }, ['visits', 'returns', 'age']);
    expect(found.map(({ title }) => title)).toEqual([
      'Address them by visits',
      'Do not count on returns',
    ]);
    expect(found[0].because).toEqual(['Visits 300 against 100 (3×)']);
  });

  it('is silent where nothing differs much', () => {
    expect(adviceFor({ visits: 150 }, ['visits', 'returns'])).toEqual([]);
  });
});
