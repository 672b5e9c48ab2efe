import { describe, expect, it } from 'vitest';
import { ctx, matrixOf } from '../../../tests/helpers/context';
import { numbers, tableOf, texts } from '../../../tests/helpers/tables';
import { findSegmentRule } from './segment-rule';
import { ruleText, ruleWorth } from './rule-words';
import { typicalRows } from './typical';
import { guessValueColumn, valueShares } from './value-share';

describe('the rule that finds a segment', () => {
  const features = [
    { name: 'BALANCE', from: { kind: 'number', column: 'BALANCE' } },
    { name: 'visits', from: { kind: 'number', column: 'visits' } },
  ] as const;
  const find = (columns: number[][], labels: number[], segment: number) =>
    findSegmentRule(
      columns.map((values) => Float64Array.from(values)),
      Int32Array.from(labels),
      segment,
      ctx,
    );

  it('is a single cut where one is enough', async () => {
    const rule = await find(
      [
        [1, 2, 3, 11, 12, 13],
        [5, 5, 5, 5, 5, 5],
      ],
      [0, 0, 0, 1, 1, 1],
      1,
    );
    expect(rule).toEqual({
      parts: [{ feature: 0, over: 7, upTo: null }],
      coverage: 1,
      precision: 1,
      nFound: 3,
    });
    if (rule === null) return;
    expect(ruleText(rule, features)).toBe('Balance over 7');
    expect(ruleWorth(rule)).toBe(
      'By itself it finds 100\u00a0% of the segment; 100\u00a0% of those it finds belong to it.',
    );
  });

  it('is a range where the segment lies in between', async () => {
    const rule = await find(
      [
        [1, 2, 5, 6, 9, 10],
        [0, 0, 0, 0, 0, 0],
      ],
      [0, 0, 1, 1, 0, 0],
      1,
    );
    expect(rule?.parts).toEqual([{ feature: 0, over: 3.5, upTo: 7.5 }]);
    expect(rule && ruleText(rule, features)).toBe('Balance over 3.5 and up to 7.5');
  });

  it('counts what it finds and what it misses', async () => {
    // One of four of the segment looks like the others, whatever is asked.
    const rule = await find([[1, 1, 1, 1, 9, 9, 9, 1]], [0, 0, 0, 0, 1, 1, 1, 1], 1);
    expect(rule).toMatchObject({ coverage: 0.75, precision: 1, nFound: 3 });
  });

  it('is none where nothing tells them apart, or there is nobody else', async () => {
    expect(await find([[1, 1, 1, 1]], [0, 1, 0, 1], 1)).toBeNull();
    expect(await find([[1, 2]], [0, 0], 0)).toBeNull();
  });
});

describe('typical customers', () => {
  it('are those nearest to their own centre, the first on a tie', () => {
    const X = matrixOf([[0], [1], [-1], [3], [10], [12]]);
    const labels = Int32Array.of(0, 0, 0, 0, 1, 1);
    expect(typicalRows(X, labels, Float64Array.of(0, 11), 2, 2)).toEqual([
      [0, 1],
      [4, 5],
    ]);
    expect(typicalRows(X, labels, Float64Array.of(0, 11), 2, 9)[0]).toEqual([0, 1, 2, 3]);
  });
});

describe('the share of the value', () => {
  const table = tableOf([
    texts('id', ['a', 'b', 'c', 'd']),
    numbers('PURCHASES', [10, 30, NaN, 60]),
    numbers('change', [1, -1, 0, 2]),
    numbers('nothing', [0, 0, 0, 0]),
  ]);
  const share = (column: string) =>
    valueShares(table, column, Int32Array.of(0, 1, 2, 3), Int32Array.of(0, 0, 1, 1), 2);

  it('is the sum of a segment over the sum of all, missing as 0', () => {
    expect(share('PURCHASES')).toEqual({ totals: [40, 60], shares: [0.4, 0.6] });
  });

  it('means nothing for values below 0, sums of 0, texts and columns that are not there', () => {
    expect(['change', 'nothing', 'id', 'gone'].map(share)).toEqual([null, null, null, null]);
  });

  it.for([
    [['CUST_ID', 'BALANCE', 'PURCHASES', 'PURCHASES_FREQUENCY'], 'PURCHASES'],
    [['visits', 'Total Sales', 'age'], 'Total Sales'],
    [['PURCHASES_FREQUENCY', 'PURCHASES_TRX'], undefined],
    [['age', 'height'], undefined],
  ] as const)('is guessed from the names %j', ([names, expected]) => {
    expect(guessValueColumn(names.map((name) => ({ name, kind: 'number' })))).toBe(expected);
  });
});
