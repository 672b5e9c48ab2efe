import { describe, expect, it } from 'vitest';
import { stratifiedSplit } from './judge/classification';
import { fitTree } from './learn/tree';
import { predictTreeRows } from './learn/tree-predict';
import { ctx } from '../../tests/helpers/context';
import { AppError } from './errors';
import { createRandom } from './random';
import { drawCustomer, sampleColumns, sampleCsv } from './sample';
import { customerTypes } from './sample-types';

type ColumnName = (typeof sampleColumns)[number];
const indexOf = (name: ColumnName) => sampleColumns.indexOf(name);

const text = [...sampleCsv()].join('');
const [header, ...lines] = text.trimEnd().split('\n');
const cells = lines.map((line) => line.split(','));
const column = (name: ColumnName) => cells.map((row) => row[1 + indexOf(name)]);
const numbers = (name: ColumnName) =>
  column(name).map((cell) => (cell === '' ? NaN : Number(cell)));
const blanks = (name: ColumnName) => column(name).filter((cell) => cell === '').length;

function statistics(name: ColumnName) {
  const values = numbers(name)
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const moment = (k: number) => values.reduce((sum, value) => sum + (value - mean) ** k, 0) / n;
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((share) => values[Math.floor(share * (n - 1))]);
  const zeroShare = values.filter((value) => value === 0).length / n;
  return { mean, q1, median, q3, zeroShare, skewness: moment(3) / moment(2) ** 1.5 };
}

describe('the sample file', () => {
  it('has the published header, 8950 rows of 18 cells and running numbers', () => {
    expect(header).toBe(
      'CUST_ID,BALANCE,BALANCE_FREQUENCY,PURCHASES,ONEOFF_PURCHASES,INSTALLMENTS_PURCHASES,' +
        'CASH_ADVANCE,PURCHASES_FREQUENCY,ONEOFF_PURCHASES_FREQUENCY,' +
        'PURCHASES_INSTALLMENTS_FREQUENCY,CASH_ADVANCE_FREQUENCY,CASH_ADVANCE_TRX,PURCHASES_TRX,' +
        'CREDIT_LIMIT,PAYMENTS,MINIMUM_PAYMENTS,PRC_FULL_PAYMENT,TENURE',
    );
    expect(cells).toHaveLength(8950);
    expect(cells.every((row) => row.length === 18)).toBe(true);
    expect(cells[0][0]).toBe('S00001');
    expect(new Set(cells.map((row) => row[0])).size).toBe(8950);
  });

  it('writes every cell as a plain number with six decimals at most, or leaves it blank', () => {
    const plain = /^(\d+(\.\d{1,6})?)?$/;
    expect(cells.flatMap((row) => row.slice(1)).filter((cell) => !plain.test(cell))).toEqual([]);
  });

  it('comes in pieces, is the same for the same seed and another for another', () => {
    const pieces = [...sampleCsv(2500, 3)];
    expect(pieces.map((piece) => piece.split('\n').length - 1)).toEqual([1, 1000, 1000, 500]);
    expect([...sampleCsv(2500, 3)]).toEqual(pieces);
    expect([...sampleCsv(2500, 4)]).not.toEqual(pieces);
    expect([...sampleCsv(0)]).toHaveLength(1);
    expect(() => [...sampleCsv(1.5)]).toThrow(AppError);
  });
});

describe('its statistics resemble the published ones', () => {
  // The published file: mean, median, upper quartile, share of zeros, skewness (cc-general-stats.json).
  const published: [ColumnName, number, number, number, number, number][] = [
    ['BALANCE', 1564.5, 873.4, 2054.1, 0.009, 2.39],
    ['BALANCE_FREQUENCY', 0.877, 1, 1, 0.009, -2.02],
    ['PURCHASES', 1003.2, 361.3, 1110.1, 0.228, 8.14],
    ['ONEOFF_PURCHASES', 592.4, 38, 577.4, 0.481, 10.04],
    ['INSTALLMENTS_PURCHASES', 411.1, 89, 468.6, 0.438, 7.3],
    ['CASH_ADVANCE', 978.9, 0, 1113.8, 0.517, 5.17],
    ['PURCHASES_FREQUENCY', 0.49, 0.5, 0.917, 0.228, 0.06],
    ['ONEOFF_PURCHASES_FREQUENCY', 0.202, 0.083, 0.3, 0.481, 1.54],
    ['PURCHASES_INSTALLMENTS_FREQUENCY', 0.364, 0.167, 0.75, 0.437, 0.51],
    ['CASH_ADVANCE_FREQUENCY', 0.135, 0, 0.222, 0.517, 1.83],
    ['CASH_ADVANCE_TRX', 3.25, 0, 4, 0.517, 5.72],
    ['PURCHASES_TRX', 14.7, 7, 17, 0.228, 4.63],
    ['CREDIT_LIMIT', 4494, 3000, 6500, 0, 1.52],
    ['PAYMENTS', 1733, 856.9, 1901.1, 0.027, 5.91],
    ['MINIMUM_PAYMENTS', 864.2, 312.3, 825.5, 0, 13.62],
    ['PRC_FULL_PAYMENT', 0.154, 0, 0.143, 0.66, 1.94],
    ['TENURE', 11.52, 12, 12, 0, -2.94],
  ];

  it.each(published)(
    '%s: mean within 15 %%, quartile 25 %%, median 60, zeros 0.05, skewness 2-fold',
    (name, mean, median, q3, zeroShare, skewness) => {
      const ours = statistics(name);
      expect(Math.abs(ours.mean / mean - 1)).toBeLessThan(0.15);
      expect(Math.abs(ours.q3 / q3 - 1)).toBeLessThan(0.25);
      // Medians near zero have no useful relative band.
      const isAmount = median > 20;
      expect(Math.abs(ours.median - median)).toBeLessThan(isAmount ? 60 : 1.5);
      expect(Math.abs(ours.zeroShare - zeroShare)).toBeLessThan(0.05);
      if (Math.abs(skewness) < 1) expect(Math.abs(ours.skewness - skewness)).toBeLessThan(0.2);
      else {
        expect(ours.skewness / skewness).toBeGreaterThan(0.5);
        expect(ours.skewness / skewness).toBeLessThan(2);
      }
    },
  );

  it('is blank where the published file is', () => {
    const blank = sampleColumns.filter((name) => blanks(name) > 0);
    expect(blank).toEqual(['CREDIT_LIMIT', 'MINIMUM_PAYMENTS']);
    expect(blanks('CREDIT_LIMIT')).toBe(1);
    // 3.5 % there, 240 of 313 exactly the customers who paid nothing.
    expect(blanks('MINIMUM_PAYMENTS') / 8950).toBeGreaterThan(0.025);
    expect(blanks('MINIMUM_PAYMENTS') / 8950).toBeLessThan(0.045);
    const minimum = numbers('MINIMUM_PAYMENTS');
    const paidNothing = numbers('PAYMENTS').flatMap((paid, i) => (paid === 0 ? [i] : []));
    expect(paidNothing.every((i) => Number.isNaN(minimum[i]))).toBe(true);
    expect(paidNothing.length / blanks('MINIMUM_PAYMENTS')).toBeGreaterThan(0.6);
    expect(paidNothing.length).toBeLessThan(blanks('MINIMUM_PAYMENTS'));
  });

  it('has its oddities: unequal sums, balances above the limit, frequencies above one', () => {
    const [oneOff, instalments] = [numbers('ONEOFF_PURCHASES'), numbers('INSTALLMENTS_PURCHASES')];
    const gaps = numbers('PURCHASES').filter(
      (sum, i) => Math.abs(sum - oneOff[i] - instalments[i]) > 0.005,
    );
    expect(gaps.length).toBeGreaterThan(5);
    expect(gaps.length).toBeLessThan(50); // 19 there
    const limits = numbers('CREDIT_LIMIT');
    const above = numbers('BALANCE').filter((balance, i) => balance > limits[i]).length;
    expect(above).toBeGreaterThan(150); // 227 there
    expect(above).toBeLessThan(330);
    const over = numbers('CASH_ADVANCE_FREQUENCY').filter((share) => share > 1);
    expect(over.length).toBeGreaterThan(0); // 8 there
    expect(over.length).toBeLessThan(30);
    expect(Math.max(...over)).toBeLessThanOrEqual(1.5);
    expect(limits.every((limit) => Number.isNaN(limit) || limit % 100 === 0)).toBe(true);
    const tenures = numbers('TENURE');
    expect(new Set(tenures)).toEqual(new Set([6, 7, 8, 9, 10, 11, 12]));
    expect(tenures.filter((months) => months === 12).length / 8950).toBeCloseTo(0.847, 1);
  });
});

describe('the types behind it', () => {
  const perType = 800;
  const random = createRandom(11);
  const rows = customerTypes.flatMap((type) =>
    Array.from({ length: perType }, () => drawCustomer(random, type)),
  );
  const typeOf = Int32Array.from(rows, (_, i) => Math.floor(i / perType));
  const meanOf = (name: ColumnName) =>
    customerTypes.map((_, t) => {
      const own = rows.slice(t * perType, (t + 1) * perType);
      return own.reduce((sum, row) => sum + row[indexOf(name)], 0) / perType;
    });
  const largest = (name: ColumnName) => {
    const means = meanOf(name);
    return customerTypes[means.indexOf(Math.max(...means))].name;
  };

  it('are shares of one whole', () => {
    expect(customerTypes.reduce((sum, type) => sum + type.share, 0)).toBeCloseTo(1, 12);
  });

  it('differ as their names say', () => {
    expect(largest('CASH_ADVANCE')).toBe('cash borrower');
    expect(largest('CASH_ADVANCE_FREQUENCY')).toBe('cash borrower');
    expect(largest('PURCHASES')).toBe('big spender');
    expect(largest('CREDIT_LIMIT')).toBe('big spender');
    const [quiet, shopper, borrower, , buyer] = meanOf('PURCHASES_INSTALLMENTS_FREQUENCY');
    expect(shopper).toBeGreaterThan(2 * Math.max(quiet, borrower, buyer));
    const oneOff = meanOf('ONEOFF_PURCHASES_FREQUENCY');
    expect(oneOff[4]).toBeGreaterThan(2 * Math.max(oneOff[0], oneOff[1], oneOff[2]));
    expect(Math.min(...meanOf('PURCHASES_TRX'))).toBe(meanOf('PURCHASES_TRX')[0]);
  });

  it('can be told apart from the columns', async () => {
    const features = sampleColumns
      .map((_, j) => Float64Array.from(rows, (row) => row[j]))
      .filter((values) => !values.some(Number.isNaN));
    const { train, test } = stratifiedSplit(typeOf, customerTypes.length, 0.3, 1);
    const data = { features, labels: typeOf, nClasses: customerTypes.length, rows: train };
    const params = { maxDepth: 6, minSamplesLeaf: 10, minSamplesSplit: 20 };
    const tree = await fitTree(data, params, ctx);
    const predicted = predictTreeRows(tree, features, test);
    const hits = predicted.filter((label, i) => label === typeOf[test[i]]).length;
    // Types overlap on purpose; chance is 0.2.
    expect(hits / test.length).toBeGreaterThan(0.7);
  });
});
