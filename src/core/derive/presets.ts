import { matchColumns } from '../table/match-columns';
import type { ColumnKind } from '../table/table';
import { renameColumns } from './columns';
import { parseFormula } from './parse';
import { formulaText } from './print';

/** A derived column that is offered. */
export interface Preset {
  /** A name that the table does not have. */
  readonly name: string;
  /** With the names of this table. */
  readonly formula: string;
  /** What it tells of a customer, as a sentence. */
  readonly says: string;
}

/** The ratios of the published analyses of the credit-card file. */
const creditCard: readonly Preset[] = [
  {
    name: 'Monthly average purchase',
    formula: 'PURCHASES / TENURE',
    says: 'How much a customer spends in a month, however long they have had the card.',
  },
  {
    name: 'Monthly cash advance',
    formula: 'CASH_ADVANCE / TENURE',
    says: 'How much cash a customer takes out in a month, however long they have had the card.',
  },
  {
    name: 'Limit usage',
    formula: 'BALANCE / CREDIT_LIMIT',
    says: 'How much of the credit limit is used: 1 is all of it.',
  },
  {
    name: 'Payment to minimum',
    formula: 'PAYMENTS / MINIMUM_PAYMENTS',
    says: 'How many times the minimum a customer pays back: near 1 is only what is asked for.',
  },
  {
    name: 'Share of one-off purchases',
    formula: 'ONEOFF_PURCHASES / PURCHASES',
    says: 'How much of the purchases is paid at once: 0 is nothing, 1 is all.',
  },
  {
    name: 'Share of instalment purchases',
    formula: 'INSTALLMENTS_PURCHASES / PURCHASES',
    says: 'How much of the purchases is paid in instalments: 0 is nothing, 1 is all.',
  },
];

/** All that the ratios speak of, found together so that no column stands for two of them. */
const creditCardColumns = [
  'BALANCE',
  'PURCHASES',
  'ONEOFF_PURCHASES',
  'INSTALLMENTS_PURCHASES',
  'CASH_ADVANCE',
  'CREDIT_LIMIT',
  'PAYMENTS',
  'MINIMUM_PAYMENTS',
  'TENURE',
];

/**
 * The ratios that can be made of these columns, which are found by meaning. A column that is merely similar is not
 * used, and a ratio whose name is in the table is not offered again.
 */
export function presetsFor(
  columns: readonly { readonly name: string; readonly kind: ColumnKind }[],
): Preset[] {
  const numbers = columns.flatMap(({ name, kind }) => (kind === 'number' ? [name] : []));
  const names = new Map(
    matchColumns(creditCardColumns, numbers).matches.flatMap(({ wanted, found, how }) =>
      found === null || how === 'proposed' ? [] : [[wanted, found]],
    ),
  );
  const taken = new Set(columns.map(({ name }) => name));
  return creditCard.flatMap((preset) => {
    let isComplete = !taken.has(preset.name);
    const formula = renameColumns(parseFormula(preset.formula), (name) => {
      const found = names.get(name);
      if (found === undefined) isComplete = false;
      return found ?? name;
    });
    return isComplete ? [{ ...preset, formula: formulaText(formula) }] : [];
  });
}
