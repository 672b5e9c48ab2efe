import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { categories, numbers, tableOf } from '../../../tests/helpers/tables';
import type { Condition } from '../../core/explore/conditions';
import { domainChecks } from '../../core/explore/domain-checks';
import { defaultRecipe } from '../../core/recipe';
import { selectionInWords } from '../../core/select/selection-in-words';
import { selectRows, type Selection } from '../../core/select/selection';
import { nextAfter, selectionOfReason, selectionsOfFact, withoutMirrors } from './selections';

const table = tableOf([
  numbers('gap', [NaN, NaN, NaN, NaN, 5]),
  numbers('paid', [0, 2, 3, NaN, 0]),
  categories('region', ['n', 's', 'n', null, 'n']),
]);
const derive = { table, reports: [], uses: [] };
const rowsOf = (selection: Selection) =>
  Array.from(selectRows(selection, { derive, recipe: defaultRecipe })).flatMap((is, i) =>
    is === 1 ? [i] : [],
  );

describe('rows that lack a value for a reason', () => {
  const counts = { nMissing: 4, nMissingMatching: 1, nOthers: 1, nOthersMatching: 0 };
  const reason = (other: string, condition: Condition) => ({
    ...counts,
    column: 'gap',
    other,
    condition,
    lift: 2,
    strength: 0.5,
    sentence: '',
  });

  it.for<[string, Condition, number[]]>([
    ['paid', { kind: 'equals', value: 0 }, [0]],
    ['paid', { kind: 'at-most', value: 2 }, [0, 1]],
    ['paid', { kind: 'above', value: 2 }, [2]],
    ['paid', { kind: 'before', date: 2 }, [0]],
    ['paid', { kind: 'from', date: 2 }, [1, 2]],
    ['paid', { kind: 'missing' }, [3]],
    ['region', { kind: 'word', word: 'n' }, [0, 2]],
  ])('are selected by %s', ([other, condition, rows]) => {
    expect(rowsOf(selectionOfReason(reason(other, condition)).selection)).toEqual(rows);
  });

  it('have a title where the words of the selection would be wrong', () => {
    // A range that begins just above 2 would read "from 2".
    expect(selectionOfReason(reason('paid', { kind: 'above', value: 2 })).title).toBe(
      'gap missing and paid above 2',
    );
    const day = Date.UTC(2020, 0, 31);
    expect(selectionOfReason(reason('paid', { kind: 'from', date: day })).title).toBe(
      'gap missing and paid on 2020-01-31 or later',
    );
    expect(selectionOfReason(reason('paid', { kind: 'at-most', value: 2 })).title).toBeUndefined();
  });
});

describe('reasons', () => {
  const gap = (column: string, other: string, kind: 'missing' | 'word') => ({
    column,
    other,
    condition: kind === 'missing' ? { kind } : { kind, word: 'n' },
    ...{ nMissing: 4, nMissingMatching: 4, nOthers: 1, nOthersMatching: 0, lift: 2, strength: 1 },
    sentence: '',
  });

  it('are told once, if two columns are missing together', () => {
    const all = [gap('a', 'b', 'missing'), gap('b', 'a', 'missing'), gap('a', 'c', 'missing')];
    expect(withoutMirrors(all)).toEqual([all[0], all[2]]);
    const words = [gap('a', 'b', 'word'), gap('b', 'a', 'word')];
    expect(withoutMirrors(words)).toEqual(words);
  });
});

describe('rows that a check speaks of', () => {
  it('are as many as it says', async () => {
    const rates = numbers('churn_rate', [
      ...Array.from({ length: 30 }, (_, i) => i / 30),
      1.5,
      -0.2,
    ]);
    const spent = numbers('amount', [...Array.from({ length: 31 }, (_, i) => i), -40]);
    const checked = tableOf([rates, spent]);
    const facts = await domainChecks(checked, ctx);
    const counted = facts.map((fact) =>
      selectionsOfFact(fact).map(({ title, selection }) => {
        const is = selectRows(selection, {
          derive: { table: checked, reports: [], uses: [] },
          recipe: defaultRecipe,
        });
        const words = title ?? selectionInWords(selection, []);
        return [words, is.reduce((sum, one) => sum + one, 0)];
      }),
    );
    expect(counted).toEqual([
      [
        ['churn rate below 0', 1],
        ['churn rate above 1', 1],
      ],
      [['amount below 0', 1]],
    ]);
  });
});

describe('the next number', () => {
  it('has nothing between it and the one before', () => {
    for (const value of [1, 312.34, -1, -1e-300, 0, 1.6e12]) {
      const next = nextAfter(value);
      expect(next).toBeGreaterThan(value);
      const middle = value + (next - value) / 2;
      expect([value, next]).toContain(middle);
    }
  });
});
