import { expect, it } from 'vitest';
import { counted, listed, quoted, thousands } from './words';

it('numbers have their thousands apart', () => {
  expect([0, 999, 1000, 1234567].map(thousands)).toEqual(['0', '999', '1,000', '1,234,567']);
});

it('things are counted in the singular and the plural', () => {
  expect(counted(1, 'row')).toBe('1 row');
  expect(counted(4212, 'row')).toBe('4,212 rows');
  expect(counted(0, 'cell is', 'cells are')).toBe('0 cells are');
});

it('cells are quoted on one line, cut when long', () => {
  expect(quoted('a\nb')).toBe('"a b"');
  expect(quoted('x'.repeat(50), 3)).toBe('"xxx…"');
});

it('lists end with "and", and with what was left out', () => {
  expect(listed([])).toBe('');
  expect(listed(['2'])).toBe('2');
  expect(listed(['2', '5'])).toBe('2 and 5');
  expect(listed(['2', '5'], 42)).toBe('2, 5 and 40 more');
});
