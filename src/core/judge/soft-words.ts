import { capitalise, counted, countInWords, formatCount, formatShare, listInWords } from '../words';
import { likeness } from './comparison-words';
import { sureFrom, type MixtureNumber, type SoftSegments } from './soft-segments';

/** Of how many columns a sentence speaks by name. */
const mostNamed = 3;

/**
 * What a mixture says about the segments: how far it agrees, who lies in between, and what to make of it.
 *
 * @param labels of what it was fitted to, by dimension
 * @param where "over all 17 columns"
 */
export function softSentences(
  soft: SoftSegments,
  labels: readonly string[],
  where: string,
): string[] {
  const { nClusters, nRows, nFitted, nBetween, nStayed, adjustedRandIndex, mixture } = soft;
  if (nClusters < 2) return ['There is one segment: nobody can lie between two.'];
  const sentences = [
    `${capitalise(countInWords(nClusters))} normal distributions ${where} that begin at the segments end at ${likeness(adjustedRandIndex)} (adjusted Rand index ${adjustedRandIndex.toFixed(2)}): ${formatCount(nStayed)} of ${counted(nRows, 'customer')} are in the group that continues their segment.`,
    betweenSentence(nBetween, nRows),
    meaningSentence(soft),
  ];
  const flat = flatSentence(soft.flat, labels);
  if (flat !== null) sentences.push(flat);
  if (soft.nParameters * enough > nFitted) {
    sentences.push(
      `It has to find ${formatCount(soft.nParameters)} numbers from ${counted(nFitted, 'customer')}: too many to rely on.`,
    );
  }
  if (nFitted < nRows) {
    sentences.push(
      `It was fitted to ${formatCount(nFitted)} customers, drawn at random, and judges all ${formatCount(nRows)}.`,
    );
  }
  if (!mixture.hasConverged) {
    sentences.push(`After ${counted(mixture.nIter, 'round')} it had not settled yet.`);
  }
  return sentences;
}

/** Customers for each number that is to be found: fewer do not tell it. */
const enough = 10;

function betweenSentence(nBetween: number, nRows: number): string {
  const sure = formatShare(sureFrom);
  if (nBetween === 0)
    return `Nobody lies in between: everybody belongs to one group with ${sure} or more.`;
  return `${counted(nBetween, 'customer')} (${formatShare(nBetween / nRows)}) ${nBetween === 1 ? 'lies' : 'lie'} in between: no group has them with ${sure} or more.`;
}

function meaningSentence({ adjustedRandIndex, nBetween, nRows }: SoftSegments): string {
  if (adjustedRandIndex < 0.65) {
    return 'So these groups are another way to see the customers, not softer borders of the segments: where it matters, look at both.';
  }
  if (nBetween >= 0.2 * nRows) {
    return 'So the borders between the segments are wide zones: whoever lies there could as well be treated as the neighbour.';
  }
  if (nBetween >= 0.05 * nRows) {
    return 'So most segments can be used as they are; of those in between, either neighbour’s treatment fits.';
  }
  return 'So soft borders would change little: the segments can be used as they are.';
}

/** A normal distribution around one value is sure of everything: that says more about zeros than about customers. */
function flatSentence(
  flat: readonly (readonly number[])[],
  featureLabels: readonly string[],
): string | null {
  const nGroups = flat.filter((columns) => columns.length > 0).length;
  if (nGroups === 0) return null;
  const times = new Map<number, number>();
  for (const column of flat.flat()) times.set(column, (times.get(column) ?? 0) + 1);
  const columns = [...times].sort(([a, m], [b, n]) => n - m || a - b).map(([column]) => column);
  const named = columns.slice(0, mostNamed).map((column) => featureLabels[column]);
  const groups = `In ${countInWords(nGroups)} of the ${countInWords(flat.length)} groups`;
  return `${groups} some columns have hardly more than one value (${listInWords(named, columns.length)}): a normal distribution around one value, such as a zero, is sure of whoever has it, so certainty here says more about such values than about clear borders.`;
}

/** What BIC says about the number of groups. */
export function numbersSentence(numbers: readonly MixtureNumber[]): string {
  if (numbers.length < 2) return 'There are too few numbers of groups to compare.';
  const best = numbers.reduce((a, b) => (b.bic < a.bic ? b : a));
  const last = numbers[numbers.length - 1];
  if (best.nClusters === last.nClusters) {
    return `BIC falls up to ${countInWords(best.nClusters)} groups, the most that were tried: it would go on dividing, and speaks for no number.`;
  }
  return `BIC is lowest with ${countInWords(best.nClusters)} ${best.nClusters === 1 ? 'group' : 'groups'}, of ${countInWords(numbers[0].nClusters)} to ${countInWords(last.nClusters)} that were tried.`;
}
