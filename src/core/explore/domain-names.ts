import type { Column, DateColumn, NumberColumn } from '../table/table';

export type Measure = 'share' | 'percentage' | 'age' | 'amount';

const words: Readonly<Record<Measure, readonly string[]>> = {
  share: [
    'frequency',
    'freq',
    'rate',
    'ratio',
    'share',
    'percent',
    'percentage',
    'pct',
    'prc',
    'probability',
    'prob',
    'proportion',
    'fraction',
  ],
  percentage: ['percent', 'percentage', 'pct', 'prc', 'rate', 'share'],
  age: ['age'],
  amount: [
    'amount',
    'price',
    'spend',
    'spending',
    'spent',
    'purchase',
    'purchases',
    'payment',
    'payments',
    'paid',
    'revenue',
    'sales',
    'income',
    'salary',
    'cost',
    'costs',
    'fee',
    'fees',
    'limit',
    'quantity',
    'qty',
    'count',
    'trx',
    'orders',
    'visits',
    'tenure',
    'duration',
    'months',
    'days',
    'years',
  ],
};

/** Whether one of the words of a column's name is one that such measures are called by. "%" is a share, too. */
export function looksLike(measure: Measure, name: string): boolean {
  const parts = partsOf(name);
  if (measure !== 'amount' && measure !== 'age' && name.includes('%')) return true;
  return words[measure].some((word) => parts.includes(word));
}

/** "CreditLimit_EUR" → credit, limit, eur */
function partsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

type MeasureColumn = NumberColumn | DateColumn;

/** A column that its name says is no larger than another one. */
export interface Relation {
  readonly column: MeasureColumn;
  readonly bound: MeasureColumn;
}

const used = [
  'balance',
  'used',
  'usage',
  'utilised',
  'utilized',
  'drawn',
  'outstanding',
  'debt',
  'exposure',
  'owed',
];
/** [what stands in the name of the smaller one, in that of the larger one] where all else is equal. */
const opposites = [
  ['min', 'max'],
  ['minimum', 'maximum'],
  ['start', 'end'],
  ['first', 'last'],
  ['from', 'to'],
  ['begin', 'end'],
  ['opened', 'closed'],
] as const;
const mostRelations = 50;

/**
 * Pairs of columns of one kind that one should bound the other by their names: a balance (or what is used, drawn, owed) by
 * a limit, and "min_x" by "max_x", "start_x" by "end_x" and the like. "balance_frequency" is no balance.
 */
export function relationsByName(columns: readonly Column[]): Relation[] {
  const measures = columns.filter(
    (column): column is MeasureColumn => column.kind === 'number' || column.kind === 'date',
  );
  const parts = new Map(measures.map((column) => [column, partsOf(column.name)]));
  const partsFor = (column: MeasureColumn) => parts.get(column) ?? [];
  const byParts = new Map(measures.map((column) => [keyOf(column, partsFor(column)), column]));
  const relations: Relation[] = [];
  const limits = measures.filter(
    (column) => column.kind === 'number' && partsFor(column).at(-1) === 'limit',
  );
  // With two limits, nobody knows whose the balance is.
  if (limits.length === 1) {
    for (const column of measures) {
      const last = partsFor(column).at(-1) ?? '';
      if (column.kind === 'number' && used.includes(last))
        relations.push({ column, bound: limits[0] });
    }
  }
  for (const column of measures) {
    for (const [low, high] of opposites) {
      const at = partsFor(column).indexOf(low);
      if (at < 0) continue;
      const bound = byParts.get(keyOf(column, partsFor(column).with(at, high)));
      if (bound !== undefined) relations.push({ column, bound });
    }
  }
  return relations.slice(0, mostRelations);
}

function keyOf({ kind }: MeasureColumn, parts: readonly string[]): string {
  return `${kind} ${parts.join(' ')}`;
}
