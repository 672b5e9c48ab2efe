import { describe, expect, it } from 'vitest';
import { silhouetteSentence } from './silhouette-words';

const profile = (nJudged: number, nNegative: number) => ({
  nJudged,
  nNegative,
  mean: 0.2,
  values: new Float32Array(),
});
const tell = (segments: ReturnType<typeof profile>[], nCustomers: number) => {
  const nJudged = segments.reduce((sum, segment) => sum + segment.nJudged, 0);
  return silhouetteSentence({ mean: 0.2, nJudged, segments }, ['Quiet', 'Busy'], nCustomers);
};

describe('what silhouettes say', () => {
  it('how many customers lie nearer to another segment, and whose edge is weakest', () => {
    expect(tell([profile(6000, 300), profile(2000, 700)], 8000)).toBe(
      'Of 8,000 customers, 1,000 (13\u00a0%) lie nearer to another segment than to the own; the weakest edge has “Busy”, where it is 35\u00a0%.',
    );
  });

  it('no edge is called weak where hardly anybody lies beyond it', () => {
    expect(tell([profile(500, 1), profile(500, 0)], 1000)).toBe(
      'Of 1,000 customers, 1 (0.1\u00a0%) lies nearer to another segment than to the own.',
    );
    expect(tell([profile(500, 0), profile(500, 0)], 1000)).toBe(
      'Of 1,000 customers, none lies nearer to another segment than to the own.',
    );
  });

  it('that a sample is one', () => {
    expect(tell([profile(10_000, 0), profile(10_000, 0)], 100_000)).toMatch(
      /^Of a sample of 20,000 customers, none/,
    );
  });
});
