import { describe, expect, it } from 'vitest';
import { categories, numbers, tableOf, texts } from '../tests/helpers/tables';
import type { ModelInput } from '../src/core/model';
import { findCustomer } from './find-customer';

const table = tableOf([
  texts('id', ['C10', '2', 'C30']),
  numbers('spend', [5, NaN, 7]),
  categories('Region', ['North', null, 'South']),
]);
const inputs: readonly ModelInput[] = [
  { kind: 'category', name: 'Region', levels: [] },
  { kind: 'number', name: 'spend', min: 0, q1: 0, median: 0, q3: 0, max: 0 },
];
const find = (wanted: string, key: string | null = 'id') =>
  findCustomer(table, inputs, wanted, key)?.values;

describe('a customer of the file', () => {
  it('is found by key, spaces around it or not', () => {
    expect(find(' C30 ')).toEqual(['South', 7]);
  });

  it('is found by the number of the row where nobody has that key', () => {
    expect(find('3')).toEqual(['South', 7]);
    expect(find('1', null)).toEqual(['North', 5]);
    // The key comes first.
    expect(find('2')).toEqual([null, null]);
  });

  it('is nobody where there is neither', () => {
    for (const wanted of ['C40', '0', '4', '-1', '1e3', '']) expect(find(wanted)).toBeUndefined();
  });
});
