import { describe, expect, it } from 'vitest';
import { identitySentence } from './identity-words';

const tell = (continues: (number | null)[], nPinned: number) =>
  identitySentence({ continues, nPinned });

describe('the line about pinned segments', () => {
  it('says that numbers follow them', () => {
    expect(tell([0, 1, 2, 3], 4)).toBe('Numbers, colours and marks follow 4 pinned segments.');
  });

  it('says which segments are new', () => {
    expect(tell([0, 1, null], 2)).toBe(
      'Numbers, colours and marks follow 2 pinned segments. Segment 3 continues none of them.',
    );
    expect(tell([0, null, null], 1)).toBe(
      'Numbers, colours and marks follow 1 pinned segment. Segments 2 and 3 continue none of them.',
    );
  });

  it('says which have no successor, and whether numbers closed up', () => {
    expect(tell([0, 2], 3)).toBe(
      'Numbers, colours and marks follow 3 pinned segments. Of the pinned ones, one (2) has no successor, so later numbers have closed up.',
    );
    expect(tell([0, 1], 4)).toBe(
      'Numbers, colours and marks follow 4 pinned segments. Of the pinned ones, two (3 and 4) have no successor.',
    );
  });
});
