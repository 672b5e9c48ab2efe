import { formatCount, formatShare, formatValue, quoted } from '../words';
import { columnName } from './column-name';
import type { GroupEnds } from './finding-groups';
import type { Contrast } from './finding-pairs';
import { formatCorrelation } from './redundancy-sentences';

/** "BALANCE is 2,500 or less for 80 % of customers; the highest is 19,043." */
export function concentrationSentence(
  column: string,
  bound: number,
  share: number,
  max: number,
): string {
  return `${columnName(column)} is ${formatValue(bound)} or less for ${formatShare(share)} of customers; the highest is ${formatValue(max)}.`;
}

export function tailSentence(
  column: string,
  median: number,
  extreme: number,
  skewness: number,
): string {
  const [side, end] = skewness > 0 ? ['less', 'highest'] : ['more', 'lowest'];
  return `${columnName(column)} has a long tail: half of the values are ${formatValue(median)} or ${side}, the ${end} is ${formatValue(extreme)} (skewness ${formatValue(skewness)}).`;
}

export function zerosSentence(column: string, share: number, medianOfOthers: number): string {
  return `${columnName(column)} is 0 for ${formatShare(share)} of customers; the median of the others is ${formatValue(medianOfOthers)}.`;
}

export function oneValueSentence(column: string, value: number, share: number): string {
  return `${columnName(column)} is ${formatValue(value)} for ${formatShare(share)} of customers.`;
}

export function missingShareSentence(column: string, share: number): string {
  return `${columnName(column)} is missing for ${formatShare(share)} of customers.`;
}

export function togetherSentence(a: string, b: string, pearson: number): string {
  const how = pearson > 0 ? 'rise together' : 'go against each other';
  return `${columnName(a)} and ${columnName(b)} ${how} (correlation ${formatCorrelation(pearson)}).`;
}

export function curvedSentence(a: string, b: string, spearman: number, pearson: number): string {
  return `${columnName(a)} and ${columnName(b)} rise together, but not along a line (rank correlation ${formatCorrelation(spearman)}, correlation ${formatCorrelation(pearson)}).`;
}

/** "CASH_ADVANCE is higher where PURCHASES is low: its median is 1,199 for the 2,044 customers with 0 …" */
export function oppositeSentence({ by, of, low, high, measure }: Contrast): string {
  const [less, more] = [low, high].map((group) => formatValue(group[measure]));
  const lowest = low.from === low.to ? formatValue(low.to) : `${formatValue(low.to)} or less`;
  const highest =
    high.from === high.to ? formatValue(high.from) : `${formatValue(high.from)} or more`;
  return `${columnName(of)} is higher where ${columnName(by)} is low: its ${measure} is ${less} for the ${formatCount(low.count)} customers with ${columnName(by)} of ${lowest}, and ${more} for the ${formatCount(high.count)} with ${highest}.`;
}

export function groupsSentence(a: string, b: string, { high, low, measure }: GroupEnds): string {
  return `${columnName(b)} differs by ${columnName(a)}: its ${measure} is ${formatValue(high.box[measure])} for ${quoted(high.name)} and ${formatValue(low.box[measure])} for ${quoted(low.name)}.`;
}

export function levelsSentence(cell: {
  readonly a: string;
  readonly b: string;
  readonly aLevel: string;
  readonly bLevel: string;
  readonly share: number;
  readonly shareOfAll: number;
}): string {
  return `${columnName(cell.b)} goes with ${columnName(cell.a)}: it is ${quoted(cell.bLevel)} for ${formatShare(cell.share)} of those with ${columnName(cell.a)} ${quoted(cell.aLevel)}, against ${formatShare(cell.shareOfAll)} of all.`;
}
