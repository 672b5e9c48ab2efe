import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { creditCardTable } from '../../../tests/helpers/credit-card';
import { hasShared, readSharedJson, whyAbsent } from '../../../tests/helpers/shared-data';
import { numbers, tableOf, texts } from '../../../tests/helpers/tables';
import { createRandom } from '../random';
import type { Table } from '../table/table';
import { correlations } from './correlations';
import { ascendingRows, rankColumn } from './ranks';
import { orderBySimilarity } from './similarity-order';

const of = (table: Table) =>
  correlations(
    table,
    table.columns.map(({ name }) => name),
    ctx,
  );

describe('ranks', () => {
  it('are shared by equal values, and missing ones have none', () => {
    // Ascending: −1 (1), 2 2 2 (2, 3, 4: 3 each), 7 (5).
    const { codes, ranks, nPresent } = rankColumn(Float64Array.of(2, 7, NaN, 2, -1, 2));
    expect(Array.from(codes)).toEqual([1, 2, -1, 1, 0, 1]);
    expect(Array.from(ranks)).toEqual([1, 3, 5]);
    expect(nPresent).toBe(5);
  });

  it('come from an order that sorts any numbers, equal ones by row', () => {
    const value = fc.oneof(
      fc.double(),
      fc.integer({ min: -3, max: 3 }),
      // Equal in their first digits.
      fc.integer({ min: 0, max: 50 }).map((i) => 1 + i * 2 ** -50),
      fc.constantFrom(0, -0, NaN, Infinity, -Infinity),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 120 }), (values) => {
        const expected = Array.from(values.keys())
          .filter((i) => !Number.isNaN(values[i]))
          .sort((i, j) => (values[i] === values[j] ? i - j : values[i] < values[j] ? -1 : 1));
        expect(Array.from(ascendingRows(Float64Array.from(values)))).toEqual(expected);
      }),
    );
  });
});

describe('correlations', () => {
  it('are those of the arithmetic', async () => {
    // x 1 2 3 4, y 1 3 2 6: centred −1.5 −.5 .5 1.5 and −2 0 −1 3; Σxy = 3 + 0 − .5 + 4.5 = 7, Σx² = 5, Σy² = 14.
    // Ranks of y: 1 3 2 4; 1 − 6 Σd² / (n (n² − 1)) = 1 − 6 · 2 / 60 = 0.8.
    const { pearson, spearman, nPairs } = await of(
      tableOf([numbers('x', [1, 2, 3, 4]), numbers('y', [1, 3, 2, 6])]),
    );
    expect(pearson[1]).toBeCloseTo(7 / Math.sqrt(70), 14);
    expect(spearman[1]).toBeCloseTo(0.8, 14);
    expect(pearson[2]).toBe(pearson[1]);
    expect([pearson[0], spearman[3]]).toEqual([1, 1]);
    expect(Array.from(nPairs)).toEqual([4, 4, 4, 4]);
  });

  it('use the rows that have both values, ranked anew', async () => {
    const gaps = tableOf([
      numbers('x', [1, 2, NaN, 3, 4, 99]),
      numbers('y', [1, 3, 50, 2, 6, NaN]),
      numbers('z', [Infinity, 1, 2, 3, 4, 5]),
    ]);
    const { pearson, spearman, nPairs } = await of(gaps);
    expect(pearson[1]).toBeCloseTo(7 / Math.sqrt(70), 14);
    expect(spearman[1]).toBeCloseTo(0.8, 14);
    expect(Array.from(nPairs)).toEqual([5, 4, 4, 4, 5, 4, 4, 4, 5]);
  });

  it('are unknown for a column that does not vary', async () => {
    const { pearson, spearman, ranked } = await of(
      tableOf([
        numbers('x', [0.1, 0.1, 0.1]),
        numbers('y', [1, 2, 3]),
        numbers('z', [5, NaN, NaN]),
      ]),
    );
    expect(pearson[0]).toBeNaN();
    expect([pearson[1], spearman[2], pearson[8]].every(Number.isNaN)).toBe(true);
    expect(ranked).toEqual([]);
  });

  it('do not change with the unit, and turn with the sign', async () => {
    const random = createRandom(5);
    const x = Array.from({ length: 300 }, () => random.normal());
    const y = x.map((value) => value + random.normal());
    const plain = await of(tableOf([numbers('x', x), numbers('y', y)]));
    const moved = await of(
      tableOf([
        numbers(
          'x',
          x.map((v) => 1e9 + 1000 * v),
        ),
        numbers(
          'y',
          y.map((v) => -3e200 * v),
        ),
      ]),
    );
    expect(moved.pearson[1]).toBeCloseTo(-plain.pearson[1], 9);
    expect(moved.spearman[1]).toBeCloseTo(-plain.spearman[1], 12);
  });

  it('are the same whether a value is missing elsewhere or not', async () => {
    // All at once without gaps, two by two with them: a third column that is missing in the last row changes the way.
    const random = createRandom(6);
    const draw = () => Array.from({ length: 500 }, () => Math.round(9 * random.uniform()));
    const [a, b] = [draw(), draw()];
    const whole = await of(tableOf([numbers('a', a), numbers('b', b)]));
    const longer = await of(tableOf([numbers('a', [...a, NaN]), numbers('b', [...b, 3])]));
    expect(longer.pearson[1]).toBeCloseTo(whole.pearson[1], 13);
    expect(longer.spearman[1]).toBeCloseTo(whole.spearman[1], 13);
  });

  it('leave words out, and columns beyond the first 200, which are counted', async () => {
    const many = Array.from({ length: 203 }, (_, j) => numbers(`c${j}`, [j, j + 1, 0]));
    const { names, nColumnsLeftOut } = await of(tableOf([texts('t', ['a', 'b', 'c']), ...many]));
    expect(names).toHaveLength(200);
    expect(nColumnsLeftOut).toBe(3);
  });

  it('use evenly spread rows where all would take too long, and say how many', async () => {
    const random = createRandom(7);
    const x = Array.from({ length: 20_000 }, () => random.normal());
    const y = x.map((value) => value + random.normal());
    const table = tableOf([numbers('x', x), numbers('y', y)]);
    // Two columns and a pair: 2 · 100 + 4 nanoseconds for each row, enough for 10,000 rows.
    const { nRowsUsed, pearson } = await correlations(table, ['x', 'y'], ctx, 2.04e6);
    expect(nRowsUsed).toBe(10_000);
    // True: 1/√2, with a standard error of 0.005.
    expect(Math.abs(pearson[1] - Math.SQRT1_2)).toBeLessThan(0.025);
    expect((await correlations(table, ['x', 'y'], ctx)).nRowsUsed).toBe(20_000);
  });
});

describe('the order of columns', () => {
  it('puts similar ones side by side, whatever the sign', () => {
    // 0 and 2 are alike, 1 and 3 are opposites; 2 goes a little with 1.
    const r = Float64Array.of(1, 0, 0.9, 0, 0, 1, 0.2, -0.8, 0.9, 0.2, 1, 0, 0, -0.8, 0, 1);
    expect(Array.from(orderBySimilarity(r, 4))).toEqual([0, 2, 1, 3]);
  });

  it('is that of the table where nothing is similar or known', () => {
    expect(Array.from(orderBySimilarity(new Float64Array(9), 3))).toEqual([0, 1, 2]);
    expect(Array.from(orderBySimilarity(new Float64Array(9).fill(NaN), 3))).toEqual([0, 1, 2]);
    expect(Array.from(orderBySimilarity(new Float64Array(0), 0))).toEqual([]);
  });
});

const path = 'known-answer/cc-general-stats.json';

describe.skipIf(!hasShared(path) || !hasShared('CC GENERAL.csv'))(
  `CC GENERAL.csv (else ${whyAbsent})`,
  () => {
    it('has the correlations of scipy, gaps filled by the median as there', async () => {
      const reference = readSharedJson<{
        columns: string[];
        medianFill: Record<string, number>;
        pearson: number[][];
        spearman: number[][];
      }>(path);
      const table = creditCardTable();
      const filled = table.columns.map((column) => {
        const fill = reference.medianFill[column.name];
        if (column.kind !== 'number' || fill === undefined) return column;
        return { ...column, values: column.values.map((v) => (Number.isNaN(v) ? fill : v)) };
      });
      const { names, pearson, spearman } = await of({ ...table, columns: filled });
      expect(names).toEqual(reference.columns);
      for (const [found, expected] of [
        [pearson, reference.pearson.flat()],
        [spearman, reference.spearman.flat()],
      ] as const) {
        expected.forEach((value, at) => {
          // The file has ten digits.
          expect(Math.abs(found[at] - value)).toBeLessThanOrEqual(6e-10 * Math.abs(value));
        });
      }
    });

    it('has the correlations of pandas on the rows that have both values', async () => {
      // pandas 1.5.3: df.corr().loc['MINIMUM_PAYMENTS', 'BALANCE'], and with method='spearman'.
      const { ranked } = await of(creditCardTable());
      const pair = ranked.find(({ a, b }) => a === 'BALANCE' && b === 'MINIMUM_PAYMENTS');
      expect(pair?.n).toBe(8637);
      expect(pair?.pearson).toBeCloseTo(0.3986841189159839, 12);
      expect(pair?.spearman).toBeCloseTo(0.8998156879912395, 12);
    });
  },
);
