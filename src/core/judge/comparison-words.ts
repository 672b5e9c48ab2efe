import { capitalise, counted, formatCount, formatShare } from '../words';
import type { Comparison } from './matching';

/** How alike two segmentations are, by their adjusted Rand index: 1 is equal, 0 is as much as chance. */
export function likeness(adjustedRandIndex: number): string {
  if (adjustedRandIndex >= 0.9) return 'nearly the same segments';
  if (adjustedRandIndex >= 0.65) return 'much the same segments';
  if (adjustedRandIndex >= 0.3) return 'related, but other segments';
  return 'quite other segments';
}

/** "Related, but other segments: 2,110 of 8,950 customers (24 %) would be in another one." */
export function comparisonSentence(comparison: Comparison): string {
  const { adjustedRandIndex, crosstab, continues, nMoved, nCompared, shareMoved } = comparison;
  const [nBefore, nAfter] = [crosstab.length, continues.length];
  if (nMoved === 0 && nBefore === nAfter) return 'The same segments: nobody would move.';
  const number =
    nBefore === nAfter ? '' : ` There would be ${counted(nAfter, 'segment')}, not ${nBefore}.`;
  return `${capitalise(likeness(adjustedRandIndex))}: ${formatCount(nMoved)} of ${counted(nCompared, 'customer')} (${formatShare(shareMoved)}) would be in another one.${number}`;
}
