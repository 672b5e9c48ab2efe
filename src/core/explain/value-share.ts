import { plainTokens } from '../table/name-tokens';
import type { Column, Table } from '../table/table';

/** What a segment is worth, by a column of money. */
export interface ValueShare {
  /** Of all customers, by segment; adds up to 1. */
  readonly shares: readonly number[];
  /** By segment, in the column's unit. */
  readonly totals: readonly number[];
}

/** Headers that tell what a customer brings in, the most telling first. */
const telling = [
  'revenue',
  'turnover',
  'sales',
  'purchases',
  'spend',
  'spending',
  'monetary',
  'amount',
  'value',
];

/** The column that most likely tells what a customer is worth; undefined where none does. */
export function guessValueColumn(
  columns: readonly Pick<Column, 'name' | 'kind'>[],
): string | undefined {
  const numbers = columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
  const tokens = numbers.map(plainTokens);
  for (const word of telling) {
    // Alone first: purchases, and only then purchases amount; never purchases frequency.
    const alone = tokens.findIndex((words) => words.length === 1 && words[0] === word);
    if (alone >= 0) return numbers[alone];
    const total = tokens.findIndex(
      (words) =>
        words.includes(word) &&
        words.some((other) => ['total', 'amount', 'annual'].includes(other)),
    );
    if (total >= 0) return numbers[total];
  }
  return undefined;
}

/**
 * How much of the value each segment brings. Missing values count as 0.
 *
 * @param rows index into the table of each row with a label
 * @returns null where the column does not add up to anything above 0, or has values below 0: shares mean nothing then
 */
export function valueShares(
  table: Table,
  column: string,
  rows: Int32Array,
  labels: Int32Array,
  nClusters: number,
): ValueShare | null {
  const found = table.columns.find(({ name }) => name === column);
  if (found?.kind !== 'number') return null;
  const totals = new Float64Array(nClusters);
  for (let at = 0; at < rows.length; at++) {
    const value = found.values[rows[at]];
    if (value < 0) return null;
    if (value > 0) totals[labels[at]] += value;
  }
  const all = totals.reduce((sum, total) => sum + total, 0);
  if (!(all > 0 && all < Infinity)) return null;
  return { totals: Array.from(totals), shares: Array.from(totals, (total) => total / all) };
}
