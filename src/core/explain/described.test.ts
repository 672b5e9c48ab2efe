import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { categories, numbers, tableOf, texts } from '../../../tests/helpers/tables';
import type { Table } from '../table/table';
import { describeOutside } from './described';
import { describedLabel, describedMean, describedSentences } from './described-words';

const roleOf = (role: 'cluster' | 'describe' | 'id') => ({ column: '', role, reason: '' });
const all = (table: Table) => Int32Array.from({ length: table.nRows }, (_, i) => i);
const plain = (sentences: readonly string[]) => sentences.map((s) => s.replaceAll('\u00a0', ' '));

describe('columns that did not form segments', () => {
  const table = tableOf([
    numbers('spend', [1, 2, 3, 4, 5, 6]),
    numbers('age', [20, 30, NaN, 60, 60, 70]),
    categories('Region', ['N', 'N', 'S', 'S', 'S', 'N']),
    texts('who', ['a', 'b', 'c', 'd', 'e', 'f']),
  ]);
  const roles = [roleOf('cluster'), roleOf('describe'), roleOf('describe'), roleOf('describe')];

  it('are compared by means of what is known, and by shares of levels', async () => {
    // Row 5 was set aside.
    const rows = Int32Array.of(0, 1, 2, 3, 4);
    const {
      rows: found,
      nColumns,
      nTexts,
    } = await describeOutside(table, roles, rows, Int32Array.of(0, 0, 0, 1, 1), 2, ctx);
    expect([nColumns, nTexts]).toEqual([3, 1]);
    const age = found.find(({ column }) => column === 'age');
    // 20, 30 and 60, 60: mean 42.5, deviation √((22.5² + 12.5² + 2·17.5²) / 4).
    expect(age?.overall).toBe(42.5);
    expect(age?.segments.map(({ nKnown, mean }) => [nKnown, mean])).toEqual([
      [2, 25],
      [2, 60],
    ]);
    expect(age?.segments[1].effect).toBeCloseTo(17.5 / Math.sqrt((22.5 ** 2 + 12.5 ** 2 + 2 * 17.5 ** 2) / 4), 12); // prettier-ignore
    const north = found.find(({ level }) => level === 'N');
    expect(north?.overall).toBe(0.4);
    expect(north?.segments.map(({ mean }) => mean)).toEqual([2 / 3, 0]);
  });

  it('leave out what is the same for everybody, or known of nobody', async () => {
    const dull = tableOf([
      numbers('same', [5, 5, 5]),
      numbers('unknown', [NaN, NaN, NaN]),
      categories('one', ['x', 'x', 'x']),
    ]);
    const found = await describeOutside(
      dull,
      [roleOf('describe'), roleOf('describe'), roleOf('describe')],
      all(dull),
      Int32Array.of(0, 1, 1),
      2,
      ctx,
    );
    expect(found.rows).toEqual([]);
  });

  it('compare the most frequent levels only, and give a segment without values none', async () => {
    const many = tableOf([
      categories(
        'City',
        Array.from({ length: 40 }, (_, i) => `c${Math.min(i % 20, i)}`),
      ),
      numbers(
        'tip',
        Array.from({ length: 40 }, (_, i) => (i < 20 ? i : NaN)),
      ),
    ]);
    const labels = Int32Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1));
    const { rows, cut } = await describeOutside(many, [roleOf('describe'), roleOf('describe')], all(many), labels, 2, ctx); // prettier-ignore
    expect(rows.filter(({ column }) => column === 'City')).toHaveLength(8);
    expect(cut).toEqual(['City']);
    const tip = rows.find(({ column }) => column === 'tip');
    expect(tip?.segments[1]).toEqual({ nKnown: 0, mean: null, effect: 0 });
    expect(tip && describedMean(tip, null)).toBe('–');
  });
});

describe('what is said of them', () => {
  const row = (effect: number, nKnown: number) => ({
    column: 'Region',
    level: 'North',
    kind: 'level' as const,
    overall: 0.33,
    segments: [
      { nKnown, mean: 0.6, effect },
      { nKnown: 100, mean: 0.3, effect: -0.05 },
    ],
  });
  const said = (...rows: ReturnType<typeof row>[]) =>
    plain(describedSentences({ rows, nColumns: 1, nTexts: 0, cut: [] }, ['Big', 'Small']));

  it('is the strongest difference of each, with both numbers', () => {
    expect(said(row(0.6, 100))).toEqual(['Region: North: 60 % of “Big”, 33 % of all.']);
    expect(describedLabel(row(1, 1))).toBe('Region: North');
  });

  it('is nothing of differences that are small, or that few customers show by chance', () => {
    const nothing = ['In the columns that did not form them, segments hardly differ.'];
    expect(said(row(0.15, 10_000))).toEqual(nothing);
    // 0.6 · √40 = 3.8 standard errors.
    expect(said(row(0.6, 40))).toEqual(nothing);
  });

  it('tells that there is nothing to compare by, and what is not compared', () => {
    expect(describedSentences({ rows: [], nColumns: 0, nTexts: 0, cut: [] }, [])).toEqual([
      'Every column forms segments: there is none to compare them by from outside.',
    ]);
    expect(describedSentences({ rows: [], nColumns: 1, nTexts: 1, cut: [] }, ['Big'])).toEqual([
      '1 column of text is not compared.',
    ]);
  });

  it('writes dates as dates', () => {
    const date = { ...row(1, 100), column: 'since', level: null, kind: 'date' as const };
    // An hour after midnight.
    expect(describedMean(date, 1_709_251_200_000 + 3_600_000)).toBe('2024-03-01');
  });
});
