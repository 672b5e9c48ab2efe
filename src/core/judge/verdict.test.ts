import { describe, expect, it } from 'vitest';
import { bandOf, judge, rankCandidates, type Evidence } from './verdict';

const stabilityOf = (...jaccards: number[]) => ({
  adjustedRandIndices: [1],
  clusters: jaccards.map((jaccard) => ({ jaccard, nDissolved: 0, nRecovered: 1 })),
});

/** Two groups about which nothing can be said against. */
const best: Evidence = {
  silhouette: 0.7,
  shares: [0.7, 0.3],
  chance: { shuffled: 1 / 21, gaussian: 1 / 21, anyNumber: 1 / 21 },
  crowding: [0.02, 0.02],
  stability: stabilityOf(0.99, 0.98),
  predictionStrength: 0.97,
};

const verdictOf = (change: Partial<Evidence>) => judge({ ...best, ...change }).verdict;

describe('the verdict', () => {
  it('is natural where groups stand apart, come back and hold in halves', () => {
    expect(judge(best)).toEqual({ verdict: 'natural', segments: ['natural', 'natural'] });
  });

  it('is none where shuffled columns do as well, here or at any number', () => {
    const near = { ...best, crowding: [0.02, 0.25] };
    const byChance = judge({ ...near, chance: { ...best.chance, shuffled: 2 / 21 } });
    expect(byChance).toEqual({ verdict: 'none', segments: ['none', 'none'] });
    const anywhere = { ...best.chance, anyNumber: 2 / 21 };
    expect(judge({ ...near, chance: anywhere }).verdict).toBe('none');
  });

  it('believes groups in a single column, which shuffling leaves, only where they are plain', () => {
    const chance = { ...best.chance, shuffled: 1, anyNumber: 1 };
    expect(judge({ ...best, chance })).toEqual({
      verdict: 'natural',
      segments: ['natural', 'natural'],
    });
    const doubts: Partial<Evidence>[] = [
      { crowding: [0.02, 0.21] },
      { predictionStrength: 0.94 },
      { stability: stabilityOf(0.99, 0.94) },
      { chance: { ...chance, gaussian: 2 / 21 } },
    ];
    for (const doubt of doubts) expect(verdictOf({ chance, ...doubt })).toBe('none');
    expect(judge({ ...best, chance }, true).verdict).toBe('none');
  });

  it('is never natural where K-Means cuts through other groups', () => {
    expect(judge(best, true)).toEqual({
      verdict: 'reproducible',
      segments: ['reproducible', 'reproducible'],
    });
  });

  it.for<[string, Partial<Evidence>]>([
    ['one cloud does as well', { chance: { ...best.chance, gaussian: 0.5 } }],
    ['customers lie between two groups', { crowding: [0.02, 0.34] }],
    ['halves agree less than for groups', { predictionStrength: 0.8 }],
  ])('is reproducible where %s', ([, change]) => {
    expect(verdictOf(change)).toBe('reproducible');
  });

  it.for<[string, Partial<Evidence>]>([
    ['halves do not agree', { predictionStrength: 0.59 }],
    ['a segment is unstable', { stability: stabilityOf(0.99, 0.59), shares: [0.99, 0.01] }],
    ['too many customers are in a doubtful segment', { stability: stabilityOf(0.99, 0.7) }],
    ['nothing is known of stability', { stability: undefined }],
  ])('is constructed where %s', ([, change]) => {
    expect(verdictOf(change)).toBe('constructed');
  });

  it('forgives a small segment that is doubtful, and says so of that one', () => {
    const judged = judge({
      ...best,
      crowding: [1, 1],
      shares: [0.95, 0.05],
      stability: stabilityOf(0.9, 0.7),
    });
    expect(judged).toEqual({ verdict: 'reproducible', segments: ['reproducible', 'constructed'] });
  });

  it('finds a natural group among segments that are none', () => {
    const judged = judge({ ...best, crowding: [1, 0.1], stability: stabilityOf(0.8, 0.9) });
    expect(judged.segments).toEqual(['reproducible', 'natural']);
  });
});

describe('the bands of Hennig', () => {
  it('end at 0.6, 0.75 and 0.85', () => {
    expect([0.59, 0.6, 0.749, 0.75, 0.85, 0.851].map(bandOf)).toEqual([
      'unstable',
      'doubtful',
      'doubtful',
      'stable',
      'stable',
      'highly stable',
    ]);
  });
});

describe('the order of candidates', () => {
  const candidate = (
    nClusters: number,
    verdict: Parameters<typeof rankCandidates>[0][number]['verdict'],
    adjustedRandIndex = 0.5,
  ) => ({ nClusters, verdict, adjustedRandIndex });

  it('has the best verdicts first, and of natural and reproducible ones the largest number', () => {
    expect(
      rankCandidates([
        candidate(2, 'natural'),
        candidate(3, 'natural'),
        candidate(4, 'reproducible'),
        candidate(5, 'reproducible'),
        candidate(6, 'none'),
        candidate(7, 'constructed'),
      ]),
    ).toEqual([3, 2, 5, 4, 7, 6]);
  });

  it('has of the others the one that comes back most alike first, the smaller on a tie', () => {
    const others = [
      candidate(2, 'constructed', 0.4),
      candidate(3, 'constructed', 0.9),
      candidate(4, 'constructed', 0.9),
    ];
    expect(rankCandidates(others)).toEqual([3, 4, 2]);
  });
});
