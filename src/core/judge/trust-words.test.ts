import { describe, expect, it } from 'vitest';
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
  verdictSentence,
} from './trust-words';

const candidate: TrustCandidate = {
  nClusters: 3,
  silhouette: 0.25012,
  chanceSilhouettes: { shuffled: 0.0851, gaussian: 0.1279 },
  chance: { shuffled: 1 / 21, gaussian: 1 / 21, anyNumber: 1 / 21 },
  shares: [0.6, 0.3, 0.1],
  crowding: [2.28, 2.01, 2.28],
  stability: {
    adjustedRandIndices: new Array<number>(50).fill(0.9),
    clusters: [
      { jaccard: 0.8561, nDissolved: 1, nRecovered: 44 },
      { jaccard: 0.84, nDissolved: 1, nRecovered: 43 },
      { jaccard: 0.62, nDissolved: 9, nRecovered: 1 },
    ],
  },
  adjustedRandIndex: 0.9,
  predictionStrength: 0.63,
  verdict: 'reproducible',
  segments: ['reproducible', 'reproducible', 'constructed'],
};

describe('the sentence of the verdict', () => {
  const said = (change: Partial<TrustCandidate>) => verdictSentence({ ...candidate, ...change });

  it('says of natural groups that they stand apart', () => {
    expect(said({ verdict: 'natural', crowding: [0, 0, 0] })).toBe(
      'Three groups that stand apart: few customers lie between them, and they come back when the search is repeated on random draws of the customers.',
    );
  });

  it('says why reproducible segments are no natural groups', () => {
    const begin =
      'Three segments that come back when the search is repeated on random draws of the customers, but are no natural groups: ';
    expect(said({})).toBe(`${begin}customers pass gradually from one to the next.`);
    expect(said({ crowding: [0, 1, 1] })).toBe(
      `${begin}two of them pass gradually into a neighbour.`,
    );
    expect(said({ crowding: [0, 0, 0.4] })).toBe(
      `${begin}one of them passes gradually into a neighbour.`,
    );
    expect(said({ crowding: [0, 0, 0] })).toBe(
      `${begin}they stand apart, but do not come back surely enough.`,
    );
    expect(said({ chance: { ...candidate.chance, gaussian: 0.3 } })).toBe(
      `${begin}one smooth cloud that spreads in the same way falls into segments as clear as these.`,
    );
  });

  it('says what constructed segments lack', () => {
    expect(said({ verdict: 'constructed' })).toContain(
      ': in random draws of the customers, one of them does not come back reliably. They may serve as a division;',
    );
    const clusters = candidate.stability?.clusters.map((known) => ({ ...known, jaccard: 0.9 }));
    const stability = { adjustedRandIndices: [1], clusters: clusters ?? [] };
    expect(said({ verdict: 'constructed', stability })).toContain(
      ': split in half, the two halves do not agree on them.',
    );
    expect(said({ verdict: 'constructed', stability: undefined })).toContain(
      ': too few customers differ to draw them anew.',
    );
  });

  it('says that there is nothing where there is nothing', () => {
    expect(said({ verdict: 'none' })).toMatch(
      /^No groups here beyond what shuffled data shows: .*\.$/,
    );
  });
});

describe('the numbers behind it', () => {
  it('are told with what they mean', () => {
    expect(evidenceSentences(candidate)).toEqual([
      'Silhouette 0.25; with every column shuffled 0.0851 on average, in one smooth cloud 0.128.',
      'Where two segments meet, there are up to 2.3× as many customers as around the centre that has fewer; up to 0.33× would be room between groups.',
      'Drawn anew 50 times, the segmentation is 0.90 alike (median of the adjusted Rand index: 1 is the same, 0 is chance).',
    ]);
    expect(evidenceSentences({ ...candidate, stability: undefined })).toHaveLength(2);
  });

  it('of a segment are its badge', () => {
    expect(segmentBadge(candidate, 0)).toEqual({
      label: 'Highly stable',
      verdict: 'reproducible',
      sentence:
        'Comes back in 44 of 50 draws of customers; on average 0.86 alike (Jaccard: 1 is the same customers, 0 none of them).',
    });
    expect(segmentBadge(candidate, 2)).toMatchObject({ label: 'Doubtful', verdict: 'constructed' });
    expect(segmentBadge(candidate, 3)).toBeUndefined();
    expect(segmentBadge({ ...candidate, stability: undefined }, 0)).toBeUndefined();
  });
});

describe('prediction strength in words', () => {
  const said = (largestStrong: number) =>
    predictionStrengthSentence({ ks: [2, 3, 4], mean: [], se: [], largestStrong });

  it('says on how many groups two halves agree', () => {
    expect(said(3)).toBe('Split in half, the two halves agree on three groups but not on four.');
    expect(said(4)).toBe(
      'Split in half, the two halves agree on four groups, the largest number that was tried.',
    );
    expect(said(1)).toBe('Split in half, the two halves do not agree on any number of groups.');
  });
});

describe('the gap in words', () => {
  const gap = { logW: [], expectedLogW: [], se: [], gap: [1, 2, 3, 4], tibs2001SEmax: 1 };

  it('names a number, none, or says that it does not settle', () => {
    const said = (firstSEmax: number, neverStopsRising: boolean) =>
      gapSentence({ ...gap, firstSEmax, neverStopsRising }, 'box');
    expect(said(3, false)).toBe('Against an evenly filled box, the gap points to three segments.');
    expect(said(1, false)).toBe('Against an evenly filled box, the gap points to no groups.');
    expect(said(4, true)).toBe(
      'Against an evenly filled box, the gap never stops rising up to four segments: it names no number.',
    );
    expect(said(2, true)).toBe(
      'Against an evenly filled box, the gap points to two segments at first, but rises again up to four: it does not settle.',
    );
    expect(gapSentence({ ...gap, firstSEmax: 3, neverStopsRising: false }, 'shuffled')).toMatch(
      /^Against shuffled columns,/,
    );
  });
});

describe('the recommendation in words', () => {
  const trust: Trust = {
    nRows: 10_000,
    nRowsInAll: 250_000,
    candidates: [
      { ...candidate, nClusters: 2, verdict: 'constructed' },
      candidate,
      { ...candidate, nClusters: 4, verdict: 'none' },
    ],
    gap: { box: null, shuffled: null },
    predictionStrength: null,
    recommended: 3,
    runnerUp: 2,
    verdict: 'reproducible',
    connected: null,
  };

  it('says what speaks against it, and for which other number', () => {
    expect(againstSentence({ ...trust, recommended: null })).toBeUndefined();
    const [two, three] = trust.candidates;
    const shares = [0.5, 0.46, 0.04];
    const argued: Trust = {
      ...trust,
      candidates: [
        { ...two, silhouette: 0.31 },
        { ...three, silhouette: 0.2, shares },
      ],
      predictionStrength: { ks: [2, 3], mean: [], se: [], largestStrong: 2 },
    };
    expect(againstSentence(argued)).toBe(
      'Against three: the silhouette is higher at two (0.31, here 0.2), two halves agree surely on two only and the smallest segment has 4\u00a0% of the customers.',
    );
    const agreed: Trust = {
      ...trust,
      candidates: [{ ...three, silhouette: 0.4, shares: [0.5, 0.3, 0.2] }],
      predictionStrength: { ks: [3], mean: [], se: [], largestStrong: 3 },
    };
    expect(againstSentence(agreed)).toBeUndefined();
  });

  it('warns where there are groups that K-Means cuts through, and only there', () => {
    expect(connectedSentence(trust)).toBeUndefined();
    expect(cutThrough(trust)).toBe('');
    const connected = { nGroups: 2, shares: [0.5, 0.5], gap: 5.24, adjustedRandIndex: 0.112 };
    expect(connectedSentence({ ...trust, connected })).toBe(
      'Two groups hang together here that are not round, as rings, bands or a core in its shell do: the gap between them is 5.2× as wide as the longest step within. K-Means forms round segments and cuts through them (adjusted Rand index 0.11: 1 would be the same groups): do not take its segments for these groups.',
    );
    expect(connectedSentence({ ...trust, connected: { ...connected, gap: Infinity } })).toContain(
      'within them there is no step at all',
    );
    expect(cutThrough({ ...trust, connected })).toBe(
      ' Two groups that are not round are cut through: K-Means does not fit them.',
    );
  });

  it('says which number to begin with, why, and which one is next', () => {
    expect(recommendationSentences(trust)).toEqual([
      'Three is the number to begin with: the largest at which the segments come back when the search is repeated on random draws of the customers.',
      'Next: two (constructed segments).',
    ]);
    expect(recommendationSentences({ ...trust, recommended: 4, runnerUp: null })).toEqual([
      'No number stands out; four segments come back most alike.',
    ]);
    expect(recommendationSentences({ ...trust, candidates: [], recommended: null })).toEqual([
      'There are too few different customers to judge segments by.',
    ]);
  });

  it('tells of a sample, where it is one', () => {
    expect(sampleSentence(trust)).toBe('Tested on a sample of 10,000 of 250,000 customers.');
    expect(sampleSentence({ ...trust, nRowsInAll: 10_000 })).toBeUndefined();
  });
});
