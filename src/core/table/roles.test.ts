import { describe, expect, it } from 'vitest';
import { categories, dates, numbers, tableOf, texts } from '../../../tests/helpers/tables';
import { assignRoles } from './roles';
import type { Column } from './table';

const roleOf = (...columns: Column[]) => assignRoles(tableOf(columns), []).map(({ role }) => role);

describe('the role of a column', () => {
  it('is to decide the segments, if it holds numbers', () => {
    expect(roleOf(numbers('spend', [3, 1, 2]), numbers('visits', [1, 1, 2]))).toEqual([
      'cluster',
      'cluster',
    ]);
  });

  it('is to describe, if it holds words or dates', () => {
    expect(roleOf(categories('city', ['A', 'B', 'A']), dates('since', [0, 1, 2]))).toEqual([
      'describe',
      'describe',
    ]);
    // Words that repeat are no name of a customer.
    expect(roleOf(texts('note', ['same', 'same', 'other']))).toEqual(['describe']);
  });

  it('is to be left out, if every value is missing or the same, and says which', () => {
    const [gone, same, gaps] = assignRoles(
      tableOf([
        texts('gone', [null, null, null]),
        numbers('same', [4, 4, 4]),
        numbers('gaps', [NaN, 4, NaN]),
      ]),
      [],
    );
    expect(gone).toEqual({ column: 'gone', role: 'ignore', reason: 'every value is missing' });
    expect(same.reason).toBe('the same value in every row');
    expect(gaps).toEqual({ column: 'gaps', role: 'ignore', reason: 'the same value in every row' });
  });

  it('is to name the customer, if all its words differ', () => {
    expect(roleOf(texts('who', ['C1', 'C2', 'C3']))).toEqual(['id']);
    // One is missing: it cannot name every customer.
    expect(roleOf(texts('who', ['C1', 'C2', null]))).toEqual(['describe']);
  });

  it.for([
    'id',
    'CUST_ID',
    'customer id',
    'Customer-No',
    'CustomerId',
    'key',
    'Unnamed: 0',
    'index',
  ])('is to name the customer, if whole numbers all differ and it is called %s', (name) => {
    expect(roleOf(numbers(name, [1, 2, 3]))).toEqual(['id']);
    expect(roleOf(numbers(name, [1, 2, 2]))).toEqual(['cluster']);
    expect(roleOf(numbers(name, [1.5, 2, 3]))).toEqual(['cluster']);
  });

  it.for(['spend', 'income', 'idle_days', 'width', 'notes', 'balance'])(
    'is a measurement, even if whole numbers all differ, when it is called %s',
    (name) => {
      expect(roleOf(numbers(name, [10, 20, 30]))).toEqual(['cluster']);
    },
  );
});

describe('the choice of the user', () => {
  const table = tableOf([numbers('a', [1, 2, 3]), categories('city', ['A', 'B', 'A'])]);

  it('is followed, without a reason', () => {
    expect(assignRoles(table, [{ column: 'a', role: 'describe' }])[0]).toEqual({
      column: 'a',
      role: 'describe',
      reason: '',
    });
  });

  it('of categories to decide the segments is followed, though they only describe unless somebody says so', () => {
    expect(assignRoles(table, [])[1].role).toBe('describe');
    expect(assignRoles(table, [{ column: 'city', role: 'cluster' }])[1]).toEqual({
      column: 'city',
      role: 'cluster',
      reason: '',
    });
  });

  it('of dates or texts to decide the segments becomes to describe them', () => {
    const others = tableOf([
      dates('since', [0, 1, 2]),
      texts('note', ['good', 'bad', 'good']),
      numbers('a', [1, 2, 3]),
    ]);
    const choices = ['since', 'note'].map((column) => ({ column, role: 'cluster' as const }));
    const roles = assignRoles(others, choices).map(({ role }) => role);
    expect(roles).toEqual(['describe', 'describe', 'cluster']);
  });

  it('of a column without any value is not followed', () => {
    const [empty] = assignRoles(tableOf([numbers('gone', [NaN, NaN])]), [
      { column: 'gone', role: 'cluster' },
    ]);
    expect(empty).toMatchObject({ role: 'ignore', reason: 'every value is missing' });
  });

  it('about a column that is not there changes nothing', () => {
    expect(assignRoles(table, [{ column: 'b', role: 'id' }])).toEqual(assignRoles(table, []));
  });
});
