import {
  capitalise,
  counted,
  countInWords,
  formatCount,
  formatRatio,
  formatShare,
  formatValue,
  listInWords,
} from '../words';
import type { Gap } from './gap';
import type { PredictionStrength } from './prediction-strength';
import type { Trust, TrustCandidate } from './trust';
import { bandOf, thresholds, type Verdict } from './verdict';

export const verdictLabels: Record<Verdict, string> = {
  natural: 'Natural groups',
  reproducible: 'Reproducible segments',
  constructed: 'Constructed segments',
  none: 'No groups beyond chance',
};

/** What is to be believed of one number of segments, in one sentence. */
export function verdictSentence(candidate: TrustCandidate): string {
  const many = capitalise(countInWords(candidate.nClusters));
  switch (candidate.verdict) {
    case 'natural':
      return `${many} groups that stand apart: few customers lie between them, and they come back when the search is repeated on random draws of the customers.`;
    case 'reproducible':
      return `${many} segments that come back when the search is repeated on random draws of the customers, but are no natural groups: ${whyNotNatural(candidate)}.`;
    case 'constructed':
      return `${many} segments that depend on who happens to be in the file: ${whyNotReproducible(candidate)}. They may serve as a division; they are no groups that exist by themselves.`;
    case 'none':
      return 'No groups here beyond what shuffled data shows: with every column shuffled, segments come out about as clearly.';
  }
}

function whyNotNatural({ chance, crowding }: TrustCandidate): string {
  if (chance.gaussian > thresholds.chance) {
    return 'one smooth cloud that spreads in the same way falls into segments as clear as these';
  }
  const nTouching = crowding.filter((between) => between > thresholds.crowding).length;
  if (nTouching === crowding.length) return 'customers pass gradually from one to the next';
  if (nTouching > 0) {
    return `${countInWords(nTouching)} of them ${nTouching === 1 ? 'passes' : 'pass'} gradually into a neighbour`;
  }
  return 'they stand apart, but do not come back surely enough';
}

function whyNotReproducible({ stability, crowding }: TrustCandidate): string {
  if (stability === undefined) return 'too few customers differ to draw them anew';
  const nLost = stability.clusters.filter(({ jaccard }) => jaccard < thresholds.stable).length;
  if (nLost === 0) return 'split in half, the two halves do not agree on them';
  if (nLost === crowding.length)
    return 'in random draws of the customers, none of them comes back reliably';
  return `in random draws of the customers, ${countInWords(nLost)} of them ${nLost === 1 ? 'does' : 'do'} not come back reliably`;
}

/** The numbers that the verdict rests on, a sentence for each kind. */
export function evidenceSentences(candidate: TrustCandidate): string[] {
  const { silhouette, chanceSilhouettes, stability, adjustedRandIndex, crowding } = candidate;
  const sentences = [
    `Silhouette ${formatValue(silhouette)}; with every column shuffled ${formatValue(chanceSilhouettes.shuffled)} on average, in one smooth cloud ${formatValue(chanceSilhouettes.gaussian)}.`,
    `Where two segments meet, there are up to ${formatRatio(Math.max(...crowding))} as many customers as around the centre that has fewer; up to ${formatRatio(thresholds.crowding)} would be room between groups.`,
  ];
  if (stability !== undefined) {
    sentences.push(
      `Drawn anew ${counted(stability.adjustedRandIndices.length, 'time')}, the segmentation is ${hundredths(adjustedRandIndex)} alike (median of the adjusted Rand index: 1 is the same, 0 is chance).`,
    );
  }
  return sentences;
}

/** What a segment's card says of its stability; undefined where nothing is known. */
export function segmentBadge(
  { stability, segments }: TrustCandidate,
  segment: number,
): { readonly label: string; readonly verdict: Verdict; readonly sentence: string } | undefined {
  const known = stability?.clusters.at(segment);
  if (stability === undefined || known === undefined) return undefined;
  const { jaccard, nRecovered } = known;
  return {
    label: capitalise(bandOf(jaccard)),
    verdict: segments[segment],
    sentence: `Comes back in ${formatCount(nRecovered)} of ${counted(stability.adjustedRandIndices.length, 'draw')} of customers; on average ${hundredths(jaccard)} alike (Jaccard: 1 is the same customers, 0 none of them).`,
  };
}

/** "Split in half, the two halves agree on three groups but not on four." */
export function predictionStrengthSentence({ ks, largestStrong }: PredictionStrength): string {
  const begin = 'Split in half, the two halves';
  if (largestStrong < 2) return `${begin} do not agree on any number of groups.`;
  const groups = counts(largestStrong, 'group');
  if (largestStrong === ks[ks.length - 1]) {
    return `${begin} agree on ${groups}, the largest number that was tried.`;
  }
  return `${begin} agree on ${groups} but not on ${countInWords(largestStrong + 1)}.`;
}

const against = {
  box: 'an evenly filled box',
  shuffled: 'shuffled columns',
} as const;

/** Which number of segments the gap statistic names, if it names one. */
export function gapSentence(
  { gap, firstSEmax, neverStopsRising }: Gap,
  kind: keyof typeof against,
) {
  const begin = `Against ${against[kind]}, the gap`;
  const last = countInWords(gap.length);
  if (neverStopsRising && firstSEmax === gap.length) {
    return `${begin} never stops rising up to ${last} segments: it names no number.`;
  }
  const named = firstSEmax === 1 ? 'no groups' : counts(firstSEmax, 'segment');
  return neverStopsRising
    ? `${begin} points to ${named} at first, but rises again up to ${last}: it does not settle.`
    : `${begin} points to ${named}.`;
}

/**
 * Which number to begin with and why, and which one to look at next.
 *
 * @param limits in words, where they made it another number than it would be
 */
export function recommendationSentences(
  { candidates, recommended, runnerUp }: Trust,
  limits = '',
): string[] {
  const find = (wanted: number | null) => candidates.find(({ nClusters }) => nClusters === wanted);
  const [first, second] = [find(recommended), find(runnerUp)];
  if (first === undefined) return ['There are too few different customers to judge segments by.'];
  const many = countInWords(first.nClusters);
  const best: Record<Verdict, string> = {
    natural: `${many} is the number to begin with: the largest at which all groups stand apart.`,
    reproducible: `${many} is the number to begin with: the largest at which the segments come back when the search is repeated on random draws of the customers.`,
    constructed: `no number stands out; ${many} segments come back most alike.`,
    none: `no number stands out; ${many} segments come back most alike.`,
  };
  const within = limits === '' ? '' : `within your limits (${limits}) `;
  const begin = capitalise(`${within}${best[first.verdict]}`);
  if (second === undefined) return [begin];
  return [
    begin,
    `Next: ${countInWords(second.nClusters)} (${verdictLabels[second.verdict].toLowerCase()}).`,
  ];
}

/** What speaks against the recommended number, and for which other; undefined where nothing does. */
export function againstSentence(trust: Trust): string | undefined {
  const { candidates, recommended, gap, predictionStrength } = trust;
  const chosen = candidates.find(({ nClusters }) => nClusters === recommended);
  if (chosen === undefined) return undefined;
  const clearest = candidates.reduce((best, one) =>
    one.silhouette > best.silhouette ? one : best,
  );
  const smallest = Math.min(...chosen.shares);
  const named = gap.shuffled;
  const reasons = [
    clearest !== chosen &&
      `the silhouette is higher at ${countInWords(clearest.nClusters)} (${formatValue(clearest.silhouette)}, here ${formatValue(chosen.silhouette)})`,
    named !== null &&
      !named.neverStopsRising &&
      named.firstSEmax !== chosen.nClusters &&
      `the gap points to ${named.firstSEmax === 1 ? 'no groups' : countInWords(named.firstSEmax)}`,
    predictionStrength !== null &&
      predictionStrength.largestStrong >= 2 &&
      predictionStrength.largestStrong !== chosen.nClusters &&
      `two halves agree surely on ${countInWords(predictionStrength.largestStrong)} only`,
    smallest < tiny && `the smallest segment has ${formatShare(smallest)} of the customers`,
  ].filter((reason) => reason !== false);
  if (reasons.length === 0) return undefined;
  return `Against ${countInWords(chosen.nClusters)}: ${listInWords(reasons)}.`;
}

/** A segment below this share is hard to address. */
const tiny = 0.05;

/** What has to be said before everything else where K-Means cannot form the groups that there are; undefined elsewhere. */
export function connectedSentence({ connected }: Trust): string | undefined {
  if (connected === null) return undefined;
  const { nGroups, gap, adjustedRandIndex } = connected;
  const wide = Number.isFinite(gap)
    ? `the gap between them is ${formatRatio(gap)} as wide as the longest step within`
    : 'within them there is no step at all, between them there is a gap';
  return `${capitalise(counts(nGroups, 'group'))} hang together here that are not round, as rings, bands or a core in its shell do: ${wide}. K-Means forms round segments and cuts through them (adjusted Rand index ${hundredths(adjustedRandIndex + 0)}: 1 would be the same groups): do not take its segments for these groups.`;
}

/** The same, in short, after what is said of a number of segments. */
export function cutThrough({ connected }: Trust): string {
  return connected === null
    ? ''
    : ` ${capitalise(counts(connected.nGroups, 'group'))} that are not round are cut through: K-Means does not fit them.`;
}

/** undefined where it rests on all customers. */
export function sampleSentence({ nRows, nRowsInAll }: Trust): string | undefined {
  if (nRows === nRowsInAll) return undefined;
  return `Tested on a sample of ${formatCount(nRows)} of ${counted(nRowsInAll, 'customer')}.`;
}

function counts(count: number, one: string): string {
  return `${countInWords(count)} ${one}${count === 1 ? '' : 's'}`;
}

function hundredths(value: number): string {
  return value.toFixed(2);
}
