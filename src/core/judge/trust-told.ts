import { limitsInWords, nothingKeeps } from './limit-words';
import { isWithin, nearestTo, noLimits, type NumberLimits } from './number-limits';
import { countInWords } from '../words';
import type { Trust, TrustCandidate } from './trust';
import {
  againstSentence,
  connectedSentence,
  cutThrough,
  evidenceSentences,
  gapSentence,
  predictionStrengthSentence,
  recommendationSentences,
  sampleSentence,
  segmentBadge,
  verdictLabels,
  verdictSentence,
} from './trust-words';
import { rankCandidates, type Verdict } from './verdict';

/** What is to be believed, with its words: they are made where the numbers are, so that the page need not know how. */
export interface TrustTold extends Omit<Trust, 'candidates'> {
  readonly candidates: readonly ToldCandidate[];
  /** The number that would be recommended without limits, where they changed it; else null. */
  readonly withoutLimits: number | null;
  /** Which number to begin with, and what the criteria say to it. */
  readonly sentences: readonly string[];
}

export interface ToldCandidate extends TrustCandidate {
  readonly label: string;
  readonly sentence: string;
  readonly evidence: readonly string[];
  /** By segment; null where nothing is known. */
  readonly badges: readonly (SegmentBadge | null)[];
}

export interface SegmentBadge {
  readonly label: string;
  readonly verdict: Verdict;
  readonly sentence: string;
  /** Jaccard, 0 … 1. */
  readonly stability: number;
}

/** @param limits what is recommended keeps to them: `recommended`, `runnerUp` and `verdict` are of what they leave */
export function tellTrust(evidence: Trust, limits: NumberLimits = noLimits): TrustTold {
  const { trust, withoutLimits, said } = recommendWithin(evidence, limits);
  const { gap, predictionStrength } = trust;
  const sentences = [
    ...[connectedSentence(trust)].filter((sentence) => sentence !== undefined),
    ...said,
    ...[againstSentence(trust)].filter((sentence) => sentence !== undefined),
    ...(predictionStrength === null ? [] : [predictionStrengthSentence(predictionStrength)]),
    ...(gap.shuffled === null ? [] : [gapSentence(gap.shuffled, 'shuffled')]),
    ...(gap.box === null ? [] : [gapSentence(gap.box, 'box')]),
    ...[sampleSentence(trust)].filter((sentence) => sentence !== undefined),
  ];
  return {
    ...trust,
    withoutLimits,
    sentences,
    candidates: trust.candidates.map((candidate) => tellCandidate(candidate, cutThrough(trust))),
  };
}

interface Recommended {
  readonly trust: Trust;
  readonly withoutLimits: number | null;
  /** Which number, and why. */
  readonly said: readonly string[];
}

function recommendWithin(trust: Trust, limits: NumberLimits): Recommended {
  const { candidates, recommended: without } = trust;
  const limited = candidates.map((one) => ({ ...one, smallestShare: Math.min(...one.shares) }));
  const [recommended, runnerUp = null] = rankCandidates(
    limited.filter((one) => isWithin(one, limits)),
  );
  const of = (k: number | null | undefined) => limited.find(({ nClusters }) => nClusters === k);
  const nearest = of(nearestTo(limited, limits));
  const [first, free] = [of(recommended) ?? nearest, of(without)];
  if (first === undefined || free === undefined) {
    return { trust, withoutLimits: null, said: recommendationSentences(trust) };
  }
  const isChanged = first !== free;
  const within: Trust = {
    ...trust,
    recommended: first.nClusters,
    runnerUp: recommended === undefined ? null : runnerUp,
    verdict: first.verdict,
  };
  const also = isChanged
    ? [`Without limits it would be ${countInWords(free.nClusters)} (${labelOf(free)}).`]
    : [];
  return {
    trust: within,
    withoutLimits: isChanged ? free.nClusters : null,
    said:
      recommended === undefined
        ? [nothingKeeps(limits, first), ...also]
        : [...recommendationSentences(within, isChanged ? limitsInWords(limits) : ''), ...also],
  };
}

function labelOf({ verdict }: TrustCandidate): string {
  return verdictLabels[verdict].toLowerCase();
}

function tellCandidate(candidate: TrustCandidate, warning: string): ToldCandidate {
  return {
    ...candidate,
    label: verdictLabels[candidate.verdict],
    sentence: `${verdictSentence(candidate)}${warning}`,
    evidence: evidenceSentences(candidate),
    badges: candidate.segments.map((_, c): SegmentBadge | null => {
      const badge = segmentBadge(candidate, c);
      const stability = candidate.stability?.clusters.at(c)?.jaccard;
      return badge === undefined || stability === undefined ? null : { ...badge, stability };
    }),
  };
}
