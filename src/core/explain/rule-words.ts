import type { FeatureOrigin } from '../features/encode-table';
import { capitalise, columnLabel, formatShare, formatValue, listInWords } from '../words';
import type { SegmentRule } from './segment-rule';
import type { RulePart } from './tree-rules';

interface Named {
  readonly name: string;
  readonly from: FeatureOrigin;
}

/** "Cash advances over 1,890 and purchase count up to 12": found by the rule. */
export function ruleText({ parts }: SegmentRule, features: readonly Named[]): string {
  return capitalise(listInWords(parts.map((part) => partText(part, features[part.feature]))));
}

/** "By itself it finds 86 % of the segment, and is right for 91 % of those it finds." */
export function ruleWorth({ coverage, precision }: SegmentRule): string {
  return `By itself it finds ${formatShare(coverage)} of the segment; ${formatShare(precision)} of those it finds belong to it.`;
}

/** "cash advances over 1,890", "Region is not North" */
export function partText(
  { over, upTo }: Pick<RulePart, 'over' | 'upTo'>,
  { name, from }: Named,
): string {
  const label = columnLabel(from.column);
  // A level is 0 or 1: the only cut is in between.
  if (from.kind !== 'number') {
    const level =
      from.kind === 'level' ? from.level : from.kind === 'other' ? 'one of the others' : 'missing';
    return `${label} is ${over === null ? 'not ' : ''}${level}`;
  }
  const own = columnLabel(name);
  if (over !== null && upTo !== null) {
    return `${own} over ${formatValue(over)} and up to ${formatValue(upTo)}`;
  }
  return over !== null
    ? `${own} over ${formatValue(over)}`
    : `${own} up to ${formatValue(upTo ?? 0)}`;
}
