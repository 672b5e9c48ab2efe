import { describe, expect, it } from 'vitest';
import { cutSentence, gapsSentence, treeSentence } from './dendrogram-words';

/** Heights of merges, falling, as cuts: n groups lie between merge n − 1 and merge n. */
const cutsOf = (...heights: number[]) =>
  [Infinity, ...heights].map((high, at) => ({
    nGroups: at + 1,
    high,
    low: heights.at(at) ?? 0,
  }));
const cut = {
  nGroups: 4,
  sizes: [4875, 2581, 1194, 300],
  low: 119,
  high: 150,
  adjustedRandIndex: 0.48425,
  segments: [0, 1, 2, 3],
  groupOfLeaf: [],
};

describe('what a cut of the tree says', () => {
  it('is the sizes of its groups, and how far K-Means agrees', () => {
    expect(cutSentence(cut)).toBe(
      'Cut into four groups of 4,875, 2,581, 1,194 and 300 customers; with four segments of K-Means they agree to 0.48 (adjusted Rand index: 1 is the same, 0 is chance).',
    );
    expect(cutSentence({ ...cut, adjustedRandIndex: null })).toMatch(/300 customers\.$/);
    expect(cutSentence({ ...cut, nGroups: 1 })).toBe(
      'Uncut, the tree is one group of all customers.',
    );
  });

  it('names no more sizes than can be read', () => {
    const sizes = Array.from({ length: 12 }, (_, i) => 12 - i);
    expect(cutSentence({ ...cut, nGroups: 12, sizes })).toContain('6, 5 and 4 more customers');
  });
});

describe('what the heights say', () => {
  it('that they reconfirm the number, have it as second choice, or do not', () => {
    // The published heights of the credit-card file: gaps 44, 8, 31, 9.
    const cuts = cutsOf(202.5, 158.1, 150.1, 119.4, 110.5);
    expect(gapsSentence(cuts, 2)).toBe(
      'Between its merges, the tree has the largest gap at two groups (44.4): it reconfirms two.',
    );
    expect(gapsSentence(cuts, 4)).toBe(
      'Between its merges, the tree has the largest gap at two groups (44.4), the next at four (30.7): four is its second choice.',
    );
    expect(gapsSentence(cuts, 3)).toBe(
      'Between its merges, the tree has the largest gap at two groups (44.4), the next at four (30.7): it does not reconfirm three.',
    );
  });

  it('nothing where there is hardly a merge', () => {
    expect(gapsSentence(cutsOf(), 1)).toMatch(/^There are too few merges/);
    expect(gapsSentence(cutsOf(3), 2)).toMatch(/^There are too few merges/);
  });

  it('in the words for those who do not see the tree', () => {
    expect(treeSentence(30, cut)).toMatch(
      /^The last 29 merges of Ward’s method as a tree\. Cut into four groups/,
    );
  });
});
