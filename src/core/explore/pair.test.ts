import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { creditCardTable } from '../../../tests/helpers/credit-card';
import { hasShared, whyAbsent } from '../../../tests/helpers/shared-data';
import { categories, dates, numbers, tableOf, texts } from '../../../tests/helpers/tables';
import { createRandom } from '../random';
import { readDate } from '../table/dates';
import type { Table } from '../table/table';
import { pairOf } from './pair';
import { cramersV } from './pair-levels';

/** Midnight of a day, and so many days later. */
const day = (text: string, later = 0) => readDate(text, 'day-first') + later * 86_400_000;

async function measures(table: Table, a = 'x', b = 'y', seed = 0) {
  const pair = await pairOf(table, a, b, ctx, seed);
  if (pair.kind !== 'measures') throw new Error(`Not numbers: ${pair.kind}`);
  return pair;
}

async function groups(table: Table, a: string, b: string) {
  const pair = await pairOf(table, a, b, ctx);
  if (pair.kind !== 'groups') throw new Error(`Not groups: ${pair.kind}`);
  return pair;
}

async function levels(table: Table, a: string, b: string) {
  const pair = await pairOf(table, a, b, ctx);
  if (pair.kind !== 'levels') throw new Error(`Not words: ${pair.kind}`);
  return pair;
}

describe('two columns of numbers', () => {
  const small = tableOf([numbers('x', [1, 2, NaN, 3, 4, 9]), numbers('y', [1, 3, 7, 2, 6, NaN])]);

  it('are correlated on the rows that have both, and these are the points', async () => {
    // The arithmetic is in the test of correlations.
    const { n, pearson, spearman, points } = await measures(small);
    expect(n).toBe(4);
    expect(pearson).toBeCloseTo(7 / Math.sqrt(70), 14);
    expect(spearman).toBeCloseTo(0.8, 14);
    expect(Array.from(points.rows)).toEqual([0, 1, 3, 4]);
    expect(Array.from(points.y)).toEqual([1, 3, 2, 6]);
  });

  it('are counted on a grid, every row once', async () => {
    const random = createRandom(2);
    const x = Array.from({ length: 5000 }, () => Math.exp(2 * random.normal()));
    const y = x.map(() => random.normal());
    const { density } = await measures(tableOf([numbers('x', x), numbers('y', y)]));
    const width = density.xEdges.length - 1;
    const height = density.yEdges.length - 1;
    expect(width).toBeLessThanOrEqual(60);
    expect(height).toBeLessThanOrEqual(40);
    expect(density.counts).toHaveLength(width * height);
    const inside = density.counts.reduce((sum, n) => sum + n, 0);
    expect(inside + density.nOutside).toBe(5000);
    // One hundredth at each end of each column.
    expect(density.nOutside).toBeLessThanOrEqual(200);
    const inCell = (i: number, line: number, column: number) =>
      x[i] >= density.xEdges[column] &&
      x[i] < density.xEdges[column + 1] &&
      y[i] >= density.yEdges[line] &&
      y[i] < density.yEdges[line + 1];
    expect(density.counts[3 * width + 1]).toBe(x.filter((_, i) => inCell(i, 3, 1)).length);
  });

  it('show no more than 1,500 points, the same ones for the same seed', async () => {
    const random = createRandom(3);
    const draw = () => Array.from({ length: 9000 }, () => random.normal());
    const table = tableOf([numbers('x', draw()), numbers('y', draw())]);
    const { points } = await measures(table, 'x', 'y', 7);
    expect(points.rows).toHaveLength(1500);
    expect(new Set(points.rows).size).toBe(1500);
    expect((await measures(table, 'x', 'y', 7)).points).toEqual(points);
    expect((await measures(table, 'x', 'y', 8)).points.rows).not.toEqual(points.rows);
    const column = table.columns[0];
    if (column.kind !== 'number') throw new Error('Not a number.');
    expect(points.x[40]).toBe(column.values[points.rows[40]]);
  });

  it('have the second by tenths of the first', async () => {
    // x 0 … 99 in disorder, y = 2 x: the first tenth is 0 … 9, whose median is 4.5.
    const x = Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
    const { byDecile } = await measures(
      tableOf([
        numbers('x', x),
        numbers(
          'y',
          x.map((v) => 2 * v),
        ),
      ]),
    );
    expect(byDecile).toHaveLength(10);
    expect(byDecile[0]).toEqual({
      from: 0,
      to: 9,
      count: 10,
      mean: 9,
      q1: 4.5,
      median: 9,
      q3: 13.5,
    });
    expect(byDecile[9]).toMatchObject({ from: 90, to: 99, count: 10, median: 189 });
  });

  it('have fewer parts where many values are equal, which are never split', async () => {
    // Six of ten are 0: the first six deciles are 0.
    const x = [0, 0, 0, 0, 0, 0, 1, 2, 3, 4];
    const { byDecile } = await measures(tableOf([numbers('x', x), numbers('y', x)]));
    expect(byDecile[0]).toMatchObject({ from: 0, to: 0, count: 6 });
    expect(byDecile.reduce((sum, { count }) => sum + count, 0)).toBe(10);
    for (let k = 1; k < byDecile.length; k++)
      expect(byDecile[k].from).toBeGreaterThan(byDecile[k - 1].to);
  });

  it('may have no row with both', async () => {
    const { n, pearson, byDecile, points, density } = await measures(
      tableOf([numbers('x', [1, NaN]), numbers('y', [NaN, 2])]),
    );
    expect([n, byDecile.length, points.rows.length, density.counts.length]).toEqual([0, 0, 0, 0]);
    expect(pearson).toBeNaN();
  });

  it('may be one column twice', async () => {
    expect((await measures(small, 'x', 'x')).pearson).toBeCloseTo(1, 14);
  });

  it('may be dates, on an axis of months', async () => {
    const days = Array.from({ length: 100 }, (_, i) =>
      day(`202${3 + Math.floor((i % 20) / 12)}-${1 + ((i % 20) % 12)}-03`),
    );
    const { density } = await measures(
      tableOf([
        dates('x', days),
        numbers(
          'y',
          days.map((_, i) => i),
        ),
      ]),
    );
    expect(density.xEdges).toHaveLength(21);
    expect(density.xEdges[1]).toBe(day('2023-02-01'));
  });
});

describe('words and numbers', () => {
  const table = tableOf([
    texts('plan', ['a', 'a', 'a', 'b', 'b', null, 'c']),
    numbers('spend', [1, 2, 3, 7, 9, 5, NaN]),
  ]);

  it('are boxes by word, in either order', async () => {
    // Means 2 and 8, over all 4.4: between 3 · 5.76 + 2 · 12.96 = 43.2; inside 2 + 2 = 4.
    const { groups: found, n, rest, etaSquared } = await groups(table, 'plan', 'spend');
    expect(found.map(({ name, box }) => [name, box.count, box.median, box.mean])).toEqual([
      ['a', 3, 2, 2],
      ['b', 2, 8, 8],
    ]);
    expect([n, rest.count]).toEqual([5, 0]);
    expect(etaSquared).toBeCloseTo(43.2 / 47.2, 12);
    expect(await groups(table, 'spend', 'plan')).toEqual(await groups(table, 'plan', 'spend'));
  });

  it('of more than twelve words count the others together', async () => {
    const words = Array.from({ length: 300 }, (_, i) => `w${i % 20}`);
    const many = tableOf([
      categories('plan', words),
      numbers(
        'spend',
        words.map((_, i) => i % 20),
      ),
    ]);
    const { groups: found, rest, etaSquared } = await groups(many, 'plan', 'spend');
    expect([found.length, rest.count]).toEqual([12, 8 * 15]);
    expect([rest.min, rest.max]).toEqual([12, 19]);
    // The words beyond the twelfth are one group, inside of which values differ.
    expect(etaSquared).toBeGreaterThan(0.5);
    expect(etaSquared).toBeLessThan(1);
  });
});

describe('words and words', () => {
  it('are a table of counts, with the association', async () => {
    // a/x 2, a/y 1, b/x 0, b/y 1. χ²/n = 4/(3·2) + 1/(3·2) + 0 + 1/(1·2) − 1 = 1/3.
    const table = tableOf([
      texts('p', ['a', 'a', 'b', 'a', null]),
      categories('q', ['x', 'y', 'y', 'x', 'x']),
    ]);
    const pair = await levels(table, 'p', 'q');
    expect(pair).toMatchObject({
      n: 4,
      aLevels: ['a', 'b'],
      bLevels: ['x', 'y'],
      hasARest: false,
      hasBRest: false,
    });
    expect(Array.from(pair.counts)).toEqual([2, 1, 0, 1]);
    expect(pair.cramersV).toBeCloseTo(Math.sqrt(1 / 3), 14);
  });

  it('are associated by 1 where one tells the other, and by 0 where it tells nothing', () => {
    expect(cramersV(Int32Array.of(5, 0, 0, 7), 2, 2)).toBe(1);
    expect(cramersV(Int32Array.of(4, 8, 2, 4), 2, 2)).toBeCloseTo(0, 12);
    expect(cramersV(Int32Array.of(4, 8), 1, 2)).toBeNaN();
    expect(cramersV(Int32Array.of(), 0, 0)).toBeNaN();
    // A line without a row is none.
    expect(cramersV(Int32Array.of(5, 0, 3, 0, 0, 0, 0, 7, 2), 3, 3)).toBeCloseTo(
      cramersV(Int32Array.of(5, 0, 3, 0, 7, 2), 2, 3),
      14,
    );
  });
});

it('a name that is no column is a mistake of the caller', async () => {
  await expect(
    pairOf(tableOf([numbers('x', [1])]), 'x', 'constructor', ctx),
  ).rejects.toBeInstanceOf(RangeError);
});

describe.skipIf(!hasShared('CC GENERAL.csv'))(`CC GENERAL.csv (else ${whyAbsent})`, () => {
  it('has most cash advances where nothing is purchased', async () => {
    const { pearson, spearman, byDecile } = await measures(
      creditCardTable(),
      'PURCHASES',
      'CASH_ADVANCE',
    );
    // pandas 1.5.3
    expect(pearson).toBeCloseTo(-0.051474219693401886, 12);
    expect(spearman).toBeCloseTo(-0.3847827422612551, 12);
    expect(byDecile[0]).toMatchObject({ from: 0, to: 0, count: 2044 });
    expect(byDecile[0].median).toBeGreaterThan(1000);
    expect(byDecile.slice(1).every(({ median }) => median === 0)).toBe(true);
  });
});
