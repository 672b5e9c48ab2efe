import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { creditCardTable } from '../../../tests/helpers/credit-card';
import { hasShared, whyAbsent } from '../../../tests/helpers/shared-data';
import { numbers, tableOf } from '../../../tests/helpers/tables';
import { createRandom } from '../random';
import type { Column } from '../table/table';
import { correlations } from './correlations';
import { redundantColumns } from './redundant-columns';

async function found(...columns: Column[]) {
  const table = tableOf(columns);
  const related = await correlations(
    table,
    table.columns.map(({ name }) => name),
    ctx,
  );
  return redundantColumns(table, related, ctx);
}

const n = 600;
const random = createRandom(12);
const draw = () => Array.from({ length: n }, () => Math.round(1e4 * random.uniform()) / 100);
const zero = (values: number[], share: number) =>
  values.map((value) => (random.uniform() < share ? 0 : value));
const [a, b, c] = [draw(), draw(), draw()];

describe('redundant columns', () => {
  it('are sums, in all but a few rows, with the largest gap', async () => {
    const total = a.map((value, i) => value + b[i] + (i === 7 ? 20 : i === 9 ? -3 : 0));
    const [sum, ...others] = await found(
      numbers('A_1', a),
      numbers('B_1', b),
      numbers('SUM', total),
      numbers('C_1', c),
    );
    expect(others).toEqual([]);
    expect(sum).toMatchObject({
      kind: 'sum',
      total: 'SUM',
      parts: ['A_1', 'B_1'],
      nRows: n,
      nExceptions: 2,
    });
    expect(sum.kind === 'sum' && sum.largestGap).toBeCloseTo(20, 9);
    expect(sum.sentence).toBe('SUM is A_1 + B_1 in all but 2 rows.');
  });

  it('are differences, which are sums read the other way', async () => {
    const rest = a.map((value, i) => value - b[i]);
    const sums = await found(numbers('A_1', a), numbers('B_1', b), numbers('REST', rest));
    expect(sums.map(({ sentence }) => sentence)).toEqual(['A_1 is B_1 + REST in every row.']);
  });

  it('are found among many zeros, which alone make no sum', async () => {
    const [x, y] = [zero(a, 0.6), zero(b, 0.5)];
    const total = x.map((value, i) => value + y[i]);
    expect(await found(numbers('X_1', x), numbers('Y_1', y), numbers('T_1', total))).toHaveLength(
      1,
    );
    // A column of nearly nothing but zeros: each is the other plus that, nearly always.
    const rare = a.map((value, i) => (i % 100 === 0 ? value : 0));
    const other = a.map((value, i) => (i % 100 === 50 ? value + c[i] : value));
    expect(
      (await found(numbers('A_1', a), numbers('RARE', rare), numbers('OTHER', other))).map(
        ({ kind }) => kind,
      ),
    ).toEqual(['copy']);
  });

  it('are sums only where that is so in nearly all rows', async () => {
    const mostly = a.map((value, i) => (i % 20 === 0 ? c[i] : value + b[i]));
    expect(await found(numbers('A_1', a), numbers('B_1', b), numbers('SUM', mostly))).toEqual([]);
  });

  it('leave out rows without a value', async () => {
    const total = a.map((value, i) => (i % 3 === 0 ? NaN : value + b[i]));
    expect(await found(numbers('A_1', a), numbers('B_1', b), numbers('SUM', total))).toMatchObject([
      { nRows: 400, nExceptions: 0 },
    ]);
  });

  it('are copies, told once', async () => {
    const copy = a.map((value, i) => (i === 3 ? value + 1 : value));
    const copies = await found(numbers('A_1', a), numbers('A_2', copy), numbers('B_1', b));
    expect(copies.map(({ sentence }) => sentence)).toEqual([
      'A_2 holds the same values as A_1 in all but 1 row.',
    ]);
  });

  it('are columns on a line', async () => {
    const euros = a.map((value) => 5 - 0.9 * value);
    expect(
      (await found(numbers('A_1', a), numbers('EUR', euros))).map(({ sentence }) => sentence),
    ).toEqual(['A_1 and EUR say nearly the same: they lie on a line (correlation -1).']);
  });

  it('are none of columns drawn apart, of any unit', async () => {
    const units = [1e-6, 1, 1e6];
    const columns = Array.from({ length: 12 }, (_, j) =>
      numbers(
        `c${j}`,
        draw().map((value) => value * units[j % 3]),
      ),
    );
    expect(await found(...columns)).toEqual([]);
    const counts = Array.from({ length: 8 }, (_, j) =>
      numbers(
        `k${j}`,
        Array.from({ length: n }, () => random.integer(3)),
      ),
    );
    expect(await found(...counts)).toEqual([]);
  });
});

describe.skipIf(!hasShared('CC GENERAL.csv'))(`CC GENERAL.csv (else ${whyAbsent})`, () => {
  it('counts purchases twice', async () => {
    const all = await found(...creditCardTable().columns);
    expect(all.map(({ sentence }) => sentence)).toEqual([
      'PURCHASES is ONEOFF_PURCHASES + INSTALLMENTS_PURCHASES in all but 19 rows.',
    ]);
    expect(all[0].kind === 'sum' && all[0].largestGap).toBeCloseTo(600, 6);
  });
});
