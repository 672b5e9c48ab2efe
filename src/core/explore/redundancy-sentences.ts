import { counted, formatValue } from '../words';
import { columnName } from './column-name';
import type { RedundancyFact } from './redundant-columns';

/** "PURCHASES is ONEOFF_PURCHASES + INSTALLMENTS_PURCHASES in all but 19 rows." */
export function redundancySentence(fact: RedundancyFact): string {
  switch (fact.kind) {
    case 'sum':
      return `${columnName(fact.total)} is ${fact.parts.map(columnName).join(' + ')} in ${rowsInWords(fact.nExceptions)}.`;
    case 'copy':
      return `${columnName(fact.copy)} holds the same values as ${columnName(fact.original)} in ${rowsInWords(fact.nExceptions)}.`;
    case 'line':
      return `${columnName(fact.a)} and ${columnName(fact.b)} say nearly the same: they lie on a line (correlation ${formatCorrelation(fact.pearson)}).`;
  }
}

function rowsInWords(nExceptions: number): string {
  return nExceptions === 0 ? 'every row' : `all but ${counted(nExceptions, 'row')}`;
}

/** Two digits; only what is exactly on a line is 1. */
export function formatCorrelation(correlation: number): string {
  const size = Math.abs(correlation);
  if (size >= 0.995 && size < 1) return `${correlation < 0 ? 'under -' : 'over '}0.99`;
  const rounded = Math.round(correlation * 100) / 100;
  return formatValue(rounded);
}
