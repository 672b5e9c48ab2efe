import { describe, expect, it } from 'vitest';
import { cleaning } from '../../../tests/helpers/cleaning';
import { ctx } from '../../../tests/helpers/context';
import { categories, numbers, tableOf } from '../../../tests/helpers/tables';
import { clean } from '../clean/clean';
import type { RoleChoice } from '../table/roles';
import type { Column } from '../table/table';
import { encodeFeatures } from './encode-table';

/** All columns form segments, rows are kept. */
async function encodedOf(columns: readonly Column[], maxLevels: number) {
  const roles = columns.map(({ name }): RoleChoice => ({ column: name, role: 'cluster' }));
  const cleaned = await clean(
    tableOf(columns),
    cleaning({ roles, duplicates: 'keep', outlierAction: 'clip' }),
    ctx,
  );
  return { cleaned, ...encodeFeatures(cleaned, { maxLevels }) };
}

const repeated = (text: string) => [...text].map((letter) => (letter === '.' ? null : letter));

describe('what is measured', () => {
  // b 7 times, a 6, c 5, d and e once, missing twice.
  const letters = repeated('bbbbbbbaaaaaacccccde..');
  const spend = numbers(
    'spend',
    letters.map((_, i) => (i === 3 ? NaN : i)),
  );

  it('is the columns of numbers as cleaning left them, then the levels of each category', async () => {
    const plan = categories(
      'Plan',
      letters.map((_, i) => (i % 2 === 0 ? 'x' : 'y')),
    );
    const all = [categories('Kind', letters), spend, plan];
    const { features, values, cleaned } = await encodedOf(all, 2);
    expect(features.map(({ name }) => name)).toEqual([
      'spend',
      'Kind: b',
      'Kind: a',
      'Kind: other',
      'Kind: missing',
      'Plan: x',
      'Plan: y',
    ]);
    expect(features.map(({ from }) => from)).toEqual([
      { kind: 'number', column: 'spend' },
      { kind: 'level', column: 'Kind', level: 'b' },
      { kind: 'level', column: 'Kind', level: 'a' },
      { kind: 'other', column: 'Kind' },
      { kind: 'missing', column: 'Kind' },
      { kind: 'level', column: 'Plan', level: 'x' },
      { kind: 'level', column: 'Plan', level: 'y' },
    ]);
    expect(values[0]).toBe(cleaned.features[0]);
    const [{ raw, fillValue, clip }] = cleaned.columns;
    expect(features[0]).toMatchObject({ raw, fillValue, clip });
  });

  it('is 0 or 1 of levels, and each row has one of a category', async () => {
    const { features, values } = await encodedOf([categories('Kind', letters)], 2);
    expect(features).toHaveLength(4);
    const shares = [7, 6, 7, 2].map((count) => count / 22);
    features.forEach(({ raw, fillValue, clip }, j) => {
      expect(raw.mean).toBeCloseTo(shares[j], 12);
      expect([fillValue, clip]).toEqual([0, null]);
    });
    letters.forEach((letter, i) => {
      expect(values.map((column) => column[i])).toEqual(
        [letter === 'b', letter === 'a', letter !== null && letter > 'b', letter === null].map(
          Number,
        ),
      );
    });
  });

  it('has no feature for others or gaps where there are none', async () => {
    const { features } = await encodedOf([categories('Kind', repeated('aaaaabbbbb'))], 12);
    expect(features.map(({ name }) => name)).toEqual(['Kind: a', 'Kind: b']);
  });

  it('is never called as something else is', async () => {
    const { features } = await encodedOf(
      [
        numbers('Kind: a', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
        categories('Kind', repeated('aaaaabbbbb')),
      ],
      12,
    );
    expect(features.map(({ name }) => name)).toEqual(['Kind: a', 'Kind: a (2)', 'Kind: b']);
    const odd = await encodedOf(
      [
        categories('Kind', [
          'other',
          ...repeated('ccccc..'),
          'd',
          'e',
          'other',
          'other',
          'other',
          'other',
        ]),
      ],
      2,
    );
    const names = odd.features.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('Kind: other (2)');
  });
});
