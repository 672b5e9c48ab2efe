import { describe, expect, it } from 'vitest';
import { limitNote, limitSentence, limitsInWords, type LimitFacts } from './limit-words';

const facts: LimitFacts = {
  limits: { smallestShare: 0.05, mostSegments: 4 },
  chosen: { nClusters: 4, smallestShare: 0.08 },
  isChosenByUser: false,
  without: 6,
};
const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null;
const note = (change: Partial<LimitFacts>) => plain(limitNote({ ...facts, ...change }));

describe('what is said of limits', () => {
  it('names those that are set', () => {
    expect(plain(limitsInWords(facts.limits))).toBe(
      'at most four segments and 5 % of the customers or more in each',
    );
    expect(limitsInWords({ smallestShare: 0, mostSegments: 2 })).toBe('at most two segments');
    expect(plain(limitsInWords({ smallestShare: 0.025, mostSegments: null }))).toBe(
      '2.5 % of the customers or more in each',
    );
  });

  it('says what the number would be without them', () => {
    expect(note({})).toBe(
      'Four is what your limits leave (at most four segments and 5 % of the customers or more in each). Without limits it would be six.',
    );
  });

  it('is nothing in the story where they changed nothing, but is told beside the limits', () => {
    expect(note({ without: 4 })).toBeNull();
    expect(limitSentence({ ...facts, without: 4 })).toBe(
      'These limits leave the number as it would be without them.',
    );
    expect(limitSentence({ ...facts, isChosenByUser: true })).toBe(
      'The number that you chose keeps to these limits.',
    );
  });

  it('says what stands in where no number keeps to them', () => {
    const limits = { smallestShare: 0.4, mostSegments: null };
    const chosen = { nClusters: 2, smallestShare: 0.31 };
    expect(note({ limits, chosen })).toBe(
      'No number of segments that was tried keeps to your limits (40 % of the customers or more in each): two come nearest, where the smallest has 31 %. Without limits it would be six.',
    );
    expect(note({ limits, chosen, without: 2 })).not.toContain('Without');
  });

  it('says that a chosen number is outside, and why', () => {
    const begin =
      'That is outside your limits (at most four segments and 5 % of the customers or more in each)';
    const own = { isChosenByUser: true };
    expect(note(own)).toBeNull();
    expect(note({ ...own, chosen: { nClusters: 6, smallestShare: 0.06 } })).toBe(`${begin}.`);
    expect(note({ ...own, chosen: { nClusters: 4, smallestShare: 0.032 } })).toBe(
      `${begin}: the smallest segment has 3.2 %.`,
    );
    expect(note({ ...own, chosen: { nClusters: 7, smallestShare: 0.01 } })).toBe(
      `${begin}, and the smallest segment has 1 %.`,
    );
  });
});
