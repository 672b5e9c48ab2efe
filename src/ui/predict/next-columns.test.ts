import { describe, expect, it } from 'vitest';
import { keyColumn, valueColumn } from './next-columns';

const column = (name: string, kind: 'number' | 'text', role: 'id' | 'cluster' | 'describe') => ({
  name,
  kind,
  guess: { role, reason: '' },
});
const columns = [
  column('CUST_ID', 'text', 'id'),
  column('account', 'text', 'describe'),
  column('PURCHASES', 'number', 'cluster'),
  column('BALANCE', 'number', 'cluster'),
];

describe('columns of a next period', () => {
  it('are known by the identifier, by the user’s word first', () => {
    expect(keyColumn(columns, [])).toBe('CUST_ID');
    expect(keyColumn(columns, [{ column: 'account', role: 'id' }])).toBe('account');
    expect(keyColumn(columns, [{ column: 'CUST_ID', role: 'ignore' }])).toBeNull();
  });

  it('are valued as the personas are', () => {
    expect(valueColumn(columns, 'auto')).toBe('PURCHASES');
    expect(valueColumn(columns, 'BALANCE')).toBe('BALANCE');
    expect(valueColumn(columns, null)).toBeNull();
    expect(valueColumn(columns, 'computed')).toBeNull();
  });
});
