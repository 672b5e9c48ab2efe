import { likeness } from '../judge/comparison-words';
import type { Comparison } from '../judge/matching';
import { counted, formatCount, formatShare, formatValue } from '../words';
import type { SpaceFacts } from './space-words';

/**
 * What segments are formed from, and how much it tells of the columns.
 *
 * @param error mean squared difference between a scaled value and what is told of it
 * @param shares of the variation, by principal component
 */
export function spaceSentence(
  { kind, nNumbers }: SpaceFacts,
  error: number,
  shares: readonly number[],
): string {
  switch (kind) {
    case 'scaled':
      return 'Segments are formed from all columns; the directions are for looking.';
    case 'components': {
      const kept = shares.slice(0, nNumbers).reduce((sum, share) => sum + share, 0);
      return `Segments are formed from ${counted(nNumbers, 'principal component')}, which ${nNumbers === 1 ? 'keeps' : 'keep'} ${formatShare(Math.min(1, kept))} of the variation.`;
    }
    case 'codes':
      return `Segments are formed from the ${counted(nNumbers, 'number')} by which an autoencoder tells each customer, with a mean squared error of ${formatValue(error)} in scaled units.`;
  }
}

/** Whether it matters: beside as many segments from all columns. @param comparison from those to these */
export function besideColumnsSentence(comparison: Comparison): string {
  const { adjustedRandIndex, nMoved, nCompared, shareMoved } = comparison;
  const begin = 'Beside as many segments formed from all columns:';
  if (nMoved === 0) return `${begin} the same, nobody moved.`;
  return `${begin} ${likeness(adjustedRandIndex)} (agreement ${adjustedRandIndex.toFixed(2)}); ${formatCount(nMoved)} of ${counted(nCompared, 'customer')} (${formatShare(shareMoved)}) moved to another one.`;
}
