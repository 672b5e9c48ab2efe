import { describe, expect, it } from 'vitest';
import type { Trust, TrustCandidate } from './trust';
import { tellTrust } from './trust-told';
import type { Verdict } from './verdict';

const one = (nClusters: number, verdict: Verdict, shares: readonly number[]): TrustCandidate => ({
  nClusters,
  verdict,
  shares,
  silhouette: 0.2,
  chanceSilhouettes: { shuffled: 0.1, gaussian: 0.1 },
  chance: { shuffled: 0.05, gaussian: 0.05, anyNumber: 0.05 },
  crowding: shares.map(() => 1),
  stability: undefined,
  adjustedRandIndex: 0.8 - nClusters / 100,
  predictionStrength: 0.7,
  segments: shares.map(() => verdict),
});

/** Five are recommended, then three, then two; four are constructed. */
const trust: Trust = {
  nRows: 100,
  nRowsInAll: 100,
  candidates: [
    one(2, 'reproducible', [0.7, 0.3]),
    one(3, 'reproducible', [0.6, 0.25, 0.15]),
    one(4, 'constructed', [0.5, 0.3, 0.15, 0.05]),
    one(5, 'reproducible', [0.4, 0.3, 0.2, 0.06, 0.04]),
  ],
  gap: { box: null, shuffled: null },
  predictionStrength: null,
  recommended: 5,
  runnerUp: 3,
  verdict: 'reproducible',
  connected: null,
};
const said = (sentences: readonly string[]) => sentences.join(' ').replaceAll('\u00a0', ' ');

describe('trust within limits', () => {
  it('is the evidence as it is where there are none', () => {
    const told = tellTrust(trust);
    expect([told.recommended, told.runnerUp, told.withoutLimits]).toEqual([5, 3, null]);
    expect(said(told.sentences)).not.toContain('limit');
  });

  it('recommends the best of what they leave, and says what it would be without them', () => {
    const told = tellTrust(trust, { smallestShare: 0.05, mostSegments: null });
    expect([told.recommended, told.runnerUp, told.withoutLimits]).toEqual([3, 2, 5]);
    expect(said(told.sentences)).toContain(
      'Within your limits (5 % of the customers or more in each) three is the number to begin with: the largest at which the segments come back when the search is repeated on random draws of the customers. Next: two (reproducible segments). Without limits it would be five (reproducible segments).',
    );
    // The evidence is of all of them.
    expect(told.candidates.map(({ nClusters }) => nClusters)).toEqual([2, 3, 4, 5]);
  });

  it('has the verdict of the number that it recommends', () => {
    const poor: Trust = {
      ...trust,
      candidates: trust.candidates.map((each) =>
        each.nClusters === 5 ? each : { ...each, verdict: 'constructed' },
      ),
    };
    const told = tellTrust(poor, { smallestShare: 0, mostSegments: 4 });
    expect([told.verdict, told.recommended]).toEqual(['constructed', 2]);
    expect(said(told.sentences)).toContain(
      'Within your limits (at most four segments) no number stands out; two segments come back most alike.',
    );
  });

  it('says no more of them than that where they take only others away', () => {
    const told = tellTrust(
      { ...trust, recommended: 3, candidates: trust.candidates.slice(0, 3) },
      { smallestShare: 0.1, mostSegments: 3 },
    );
    expect([told.recommended, told.withoutLimits]).toEqual([3, null]);
    expect(said(told.sentences)).not.toContain('limits');
  });

  it('names the nearest number where none keeps to them, and recommends no second', () => {
    const told = tellTrust(trust, { smallestShare: 0.4, mostSegments: null });
    expect([told.recommended, told.runnerUp, told.withoutLimits]).toEqual([2, null, 5]);
    expect(said(told.sentences)).toContain(
      'No number of segments that was tried keeps to your limits (40 % of the customers or more in each): two come nearest, where the smallest has 30 %. Without limits it would be five (reproducible segments).',
    );
  });

  it('says nothing of them where there is nothing to judge', () => {
    const none: Trust = { ...trust, candidates: [], recommended: null, runnerUp: null };
    const told = tellTrust(none, { smallestShare: 0.4, mostSegments: 2 });
    expect([told.recommended, told.withoutLimits]).toEqual([null, null]);
    expect(said(told.sentences)).toBe(
      'There are too few different customers to judge segments by.',
    );
  });
});
