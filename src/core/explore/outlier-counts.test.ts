import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { creditCardTable } from '../../../tests/helpers/credit-card';
import { hasShared, readSharedJson, whyAbsent } from '../../../tests/helpers/shared-data';
import { numbers, tableOf, texts } from '../../../tests/helpers/tables';
import { outlierCounts, previewedRules } from './outlier-counts';

describe('outliers, counted before a rule is chosen', () => {
  const table = tableOf([
    // q1 = 3, q3 = 7: 1.5 · 4 beyond is −3 … 13, 3 · 4 beyond is −9 … 19.
    numbers('a', [1, 2, 3, 4, 5, 6, 7, 8, 15]),
    numbers('b', [1, 2, 3, 4, 5, 6, 7, -40, 30]),
    numbers('gone', Array<number>(9).fill(NaN)),
    texts('t', Array<string>(9).fill('x')),
  ]);

  it('are those strictly outside of the bounds, by column and by row', async () => {
    const [narrow, wide] = await outlierCounts(table, ['a', 'b', 'gone', 't'], ctx);
    expect(narrow).toMatchObject({ rule: 'iqr', limit: 1.5, nValues: 3, nRows: 2 });
    expect(narrow.columns[0]).toEqual({ name: 'a', lower: -3, upper: 13, nBelow: 0, nAbove: 1 });
    expect(narrow.columns[1]).toMatchObject({ name: 'b', nBelow: 1, nAbove: 1 });
    expect(wide.columns[0]).toMatchObject({ lower: -9, upper: 19, nAbove: 0 });
    expect(wide).toMatchObject({ limit: 3, nValues: 2, nRows: 2 });
  });

  it('look at the columns that were asked for, and cut what a percentile cuts', async () => {
    const many = tableOf([
      numbers(
        'a',
        Array.from({ length: 201 }, (_, i) => i),
      ),
      numbers(
        'b',
        Array.from({ length: 201 }, () => 1),
      ),
    ]);
    const rules = [{ rule: 'percentile', limit: 1 }] as const;
    // 1 % of 200 steps: 2 … 198, so 0, 1, 199 and 200 lie outside.
    expect(await outlierCounts(many, ['a'], ctx, rules)).toEqual([
      {
        rule: 'percentile',
        limit: 1,
        nValues: 4,
        nRows: 4,
        columns: [{ name: 'a', lower: 2, upper: 198, nBelow: 2, nAbove: 2 }],
      },
    ]);
  });

  it('count infinite values, which give no bounds', async () => {
    const [first] = await outlierCounts(
      tableOf([numbers('a', [1, 2, 3, 4, Infinity])]),
      ['a'],
      ctx,
    );
    expect(first.columns[0]).toEqual({ name: 'a', lower: -0.5, upper: 5.5, nBelow: 0, nAbove: 1 });
  });
});

const path = 'known-answer/cc-general-stats.json';

describe.skipIf(!hasShared(path) || !hasShared('CC GENERAL.csv'))(
  `CC GENERAL.csv (else ${whyAbsent})`,
  () => {
    it('has as many outliers as scipy finds, in 5,956 rows by quartiles and 1,515 by deviations', async () => {
      const { columnStats } = readSharedJson<{
        columnStats: Record<string, { iqrOutliers: number; zOutliers3: number }>;
      }>(path);
      const table = creditCardTable();
      const found = await outlierCounts(
        table,
        table.columns.map(({ name }) => name),
        ctx,
        previewedRules,
      );
      const [iqr, , zscore] = found;
      expect([iqr.nRows, zscore.nRows]).toEqual([5956, 1515]);
      expect(iqr.columns).toHaveLength(17);
      for (const { name, nBelow, nAbove } of iqr.columns) {
        expect([name, nBelow + nAbove]).toEqual([name, columnStats[name].iqrOutliers]);
      }
      for (const { name, nBelow, nAbove } of zscore.columns) {
        expect([name, nBelow + nAbove]).toEqual([name, columnStats[name].zOutliers3]);
      }
    });
  },
);
