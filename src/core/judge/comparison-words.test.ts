import { describe, expect, it } from 'vitest';
import { compareLabelings } from './matching';
import { comparisonSentence, likeness } from './comparison-words';

const sentence = (before: number[], nBefore: number, after: number[], nAfter: number) =>
  comparisonSentence(
    compareLabelings(Int32Array.from(before), nBefore, Int32Array.from(after), nAfter),
  );

describe('what a change would do to the segments', () => {
  it('is nothing where they are the same under other numbers', () => {
    expect(sentence([0, 0, 1, 1], 2, [1, 1, 0, 0], 2)).toBe(
      'The same segments: nobody would move.',
    );
  });

  it('is told in customers, and in segments where their number changes', () => {
    // Pairs together: before 3 + 3, after 3 + 1, both 3 + 1. Expected 6·4/15 = 1.6; (4 − 1.6) / (5 − 1.6) = .706.
    expect(sentence([0, 0, 0, 1, 1, 1], 2, [0, 0, 0, 1, 1, 2], 3)).toBe(
      'Much the same segments: 1 of 6 customers (17\u00a0%) would be in another one. There would be 3 segments, not 2.',
    );
  });

  it.for([
    [1, /nearly/],
    [0.65, /much the same/],
    [0.64, /related/],
    [0.1, /quite other/],
    [-0.1, /quite other/],
  ] as const)('with an index of %f is %s', ([index, words]) => {
    expect(likeness(index)).toMatch(words);
  });
});
