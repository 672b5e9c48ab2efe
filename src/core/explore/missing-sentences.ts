import { dateText } from '../table/table';
import { formatCount, formatShare, formatValue, quoted } from '../words';
import { columnName } from './column-name';
import type { Condition } from './conditions';
import type { MissingReason } from './missing-reasons';

/** "240 of 313 rows without MINIMUM_PAYMENTS have PAYMENTS = 0, against none of the other 8,637." */
export function missingSentence({
  column,
  other,
  condition,
  nMissing,
  nMissingMatching,
  nOthers,
  nOthersMatching,
}: Omit<MissingReason, 'sentence'>): string {
  const rows =
    nMissingMatching === nMissing
      ? `All ${formatCount(nMissing)} rows`
      : `${formatCount(nMissingMatching)} of ${formatCount(nMissing)} rows`;
  const others =
    nOthersMatching === 0
      ? `none of the other ${formatCount(nOthers)}`
      : `${formatShare(nOthersMatching / nOthers)} of the other ${formatCount(nOthers)}`;
  return `${rows} without ${columnName(column)} ${conditionInWords(condition, other)}, against ${others}.`;
}

/** What rows do that meet the condition: "have PAYMENTS = 0". */
function conditionInWords(condition: Condition, column: string): string {
  const name = columnName(column);
  switch (condition.kind) {
    case 'missing':
      return `are without ${name}, too`;
    case 'equals':
      return `have ${name} = ${formatValue(condition.value)}`;
    case 'at-most':
      return `have ${name} of ${formatValue(condition.value)} or less`;
    case 'above':
      return `have ${name} over ${formatValue(condition.value)}`;
    case 'before':
      return `have ${name} before ${dateText(condition.date)}`;
    case 'from':
      return `have ${name} on ${dateText(condition.date)} or later`;
    case 'word':
      return `have ${name} ${quoted(condition.word)}`;
  }
}
