import type { StepViews } from '../contract/views';
import { ruleText } from '../core/explain/rule-words';

/** What a results file says of trust: the numbers of every candidate, and the words that were made of them. */
export function trustResults(trust: StepViews['trust']) {
  const { nRows, nRowsInAll, recommended, runnerUp, sentences, gap, predictionStrength } = trust;
  return {
    nRows,
    nRowsInAll,
    recommended,
    runnerUp,
    withoutLimits: trust.withoutLimits,
    sentences,
    gap,
    predictionStrength,
    connected: trust.connected,
    candidates: trust.candidates.map(
      ({ shares: _, segments, stability, predictionStrength: __, badges: ___, ...candidate }) => ({
        ...candidate,
        adjustedRandIndices: stability?.adjustedRandIndices ?? [],
        segments: segments.map((verdict, c) => ({
          verdict,
          ...(stability?.clusters[c] ?? { jaccard: null, nDissolved: null, nRecovered: null }),
        })),
      }),
    ),
  };
}

/** What a results file says of personas. Rules are in words as well, with the names of features in place of numbers. */
export function personasResults({ personas, value, profile }: StepViews['personas']) {
  return {
    value,
    segments: personas.map(({ rule, advice, typical }) => ({
      rule: rule && {
        text: ruleText(rule, profile.overall),
        parts: rule.parts.map(({ feature, over, upTo }) => {
          return { feature: profile.overall[feature].name, over, upTo };
        }),
        coverage: rule.coverage,
        precision: rule.precision,
        nFound: rule.nFound,
      },
      advice,
      typicalLines: typical.map(({ line }) => line),
    })),
  };
}
