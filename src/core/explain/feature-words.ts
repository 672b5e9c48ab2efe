import type { FeatureOrigin } from '../features/encode-table';
import { columnLabel, formatShare, formatValue } from '../words';

/** A feature is called by what it is made of. */
interface Named {
  readonly from: FeatureOrigin;
}

/** Of customers it has a share, in place of values. */
export function isLevel({ from }: Named): boolean {
  return from.kind !== 'number';
}

/** As it reads in a sentence: "credit limit", "Region: North", "Region: another". */
export function featureLabel({ from }: Named): string {
  const label = columnLabel(from.column);
  return from.kind === 'number' ? label : `${label}: ${levelLabel(from)}`;
}

function levelLabel(from: Exclude<FeatureOrigin, { kind: 'number' }>): string {
  switch (from.kind) {
    case 'level':
      return from.level;
    case 'other':
      return 'another';
    case 'missing':
      return 'not known';
  }
}

/** A mean of a feature: a measured value, or the share of customers that have the level. */
export function formatMean(feature: Named, mean: number): string {
  return isLevel(feature) ? formatShare(mean) : formatValue(mean);
}

/** What a tree asked about a feature, and the answer: "credit limit ≤ 4,500", "Region is North", "Region is not North". */
export function answerInWords({ from }: Named, threshold: number, wentLeft: boolean): string {
  const label = columnLabel(from.column);
  // A level is 0 or 1: any other threshold asks nothing.
  if (from.kind !== 'number' && threshold >= 0 && threshold < 1) {
    if (from.kind === 'missing') return `${label} is ${wentLeft ? 'known' : 'not known'}`;
    return `${label} is ${wentLeft ? 'not ' : ''}${levelLabel(from)}`;
  }
  return `${featureLabel({ from })} ${wentLeft ? '≤' : '>'} ${formatValue(threshold)}`;
}
