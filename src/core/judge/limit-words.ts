import { capitalise, countInWords, formatShare, listInWords } from '../words';
import { isWithin, type Limited, type NumberLimits } from './number-limits';

/** "at most four segments, 5 % of the customers or more in each" */
export function limitsInWords({ smallestShare, mostSegments }: NumberLimits): string {
  const most = mostSegments === null ? [] : [`at most ${countInWords(mostSegments)} segments`];
  const share =
    smallestShare === 0 ? [] : [`${formatShare(smallestShare)} of the customers or more in each`];
  return listInWords([...most, ...share]);
}

export interface LimitFacts {
  readonly limits: NumberLimits;
  /** The segments of the page. */
  readonly chosen: Limited;
  readonly isChosenByUser: boolean;
  /** The number that would have been formed without limits. */
  readonly without: number;
}

/** What limits did to the number of segments; null where they changed nothing. */
export function limitNote({ limits, chosen, isChosenByUser, without }: LimitFacts): string | null {
  const isKept = isWithin(chosen, limits);
  const words = limitsInWords(limits);
  if (isChosenByUser) {
    return isKept ? null : `That is outside your limits (${words})${because(chosen, limits)}.`;
  }
  const many = countInWords(chosen.nClusters);
  const also =
    chosen.nClusters === without ? '' : ` Without limits it would be ${countInWords(without)}.`;
  if (!isKept) return `${nothingKeeps(limits, chosen)}${also}`;
  if (chosen.nClusters === without) return null;
  return `${capitalise(many)} is what your limits leave (${words}).${also}`;
}

/** The same for whoever looks at the limits, where nothing changed as well. */
export function limitSentence(facts: LimitFacts): string {
  return (
    limitNote(facts) ??
    (facts.isChosenByUser
      ? 'The number that you chose keeps to these limits.'
      : 'These limits leave the number as it would be without them.')
  );
}

/** @param nearest what stands in, where no number keeps to the limits */
export function nothingKeeps(limits: NumberLimits, { nClusters, smallestShare }: Limited): string {
  return `No number of segments that was tried keeps to your limits (${limitsInWords(limits)}): ${countInWords(nClusters)} ${nClusters === 1 ? 'comes' : 'come'} nearest, where the smallest has ${formatShare(smallestShare)}.`;
}

function because({ nClusters, smallestShare }: Limited, limits: NumberLimits): string {
  const tooMany = limits.mostSegments !== null && nClusters > limits.mostSegments;
  const tooSmall = smallestShare < limits.smallestShare;
  return tooSmall && !tooMany
    ? `: the smallest segment has ${formatShare(smallestShare)}`
    : tooSmall
      ? `, and the smallest segment has ${formatShare(smallestShare)}`
      : '';
}
