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
import type { Verdict } from './verdict';

/** What is to be believed, with its words: they are made where the numbers are, so that the page need not know how. */
export interface TrustTold extends Omit<Trust, 'candidates'> {
  readonly candidates: readonly ToldCandidate[];
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

export function tellTrust(trust: Trust): TrustTold {
  const { gap, predictionStrength } = trust;
  const sentences = [
    ...[connectedSentence(trust)].filter((sentence) => sentence !== undefined),
    ...recommendationSentences(trust),
    ...[againstSentence(trust)].filter((sentence) => sentence !== undefined),
    ...(predictionStrength === null ? [] : [predictionStrengthSentence(predictionStrength)]),
    ...(gap.shuffled === null ? [] : [gapSentence(gap.shuffled, 'shuffled')]),
    ...(gap.box === null ? [] : [gapSentence(gap.box, 'box')]),
    ...[sampleSentence(trust)].filter((sentence) => sentence !== undefined),
  ];
  return {
    ...trust,
    sentences,
    candidates: trust.candidates.map((candidate) => tellCandidate(candidate, cutThrough(trust))),
  };
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
