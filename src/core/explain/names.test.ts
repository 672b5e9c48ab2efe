import { describe, expect, it } from 'vitest';
import { segmentNames, segmentSentence } from './names';

const overallOf = (names: string[]) => names.map((name) => ({ name, mean: 1, median: 1, sd: 1 }));

/** A segment that differs by these effects, column by column. */
function draft(...effects: number[]) {
  return {
    size: 1,
    share: 0.5,
    columns: effects.map((effect) => ({ mean: 0, median: 0, effect })),
    differences: effects
      .map((_, j) => j)
      .sort((a, b) => Math.abs(effects[b]) - Math.abs(effects[a]) || a - b),
  };
}

describe('the name of a segment', () => {
  const overall = overallOf(['PURCHASES', 'CASH_ADVANCE', 'CREDIT_LIMIT']);

  it('is its strongest difference, high or low', () => {
    expect(segmentNames([draft(2, 0.1, 0.3), draft(-0.4, -1.1, 0)], overall)).toEqual([
      'High purchases',
      'Low cash advances',
    ]);
  });

  it('is its own: the most distinct segment chooses first', () => {
    // Both are highest in purchases; the second more so, and the first takes its next difference.
    expect(segmentNames([draft(1.2, 0.2, 0.8), draft(3, 0, 1)], overall)).toEqual([
      'High credit limit',
      'High purchases',
    ]);
  });

  it('is "Average customers" only where nothing differs', () => {
    expect(segmentNames([draft(0.1, -0.2, 0), draft(0, 0.24, 0)], overall)).toEqual([
      'Average customers 2',
      'Average customers',
    ]);
  });

  it('still tells the difference where every name is taken', () => {
    const names = segmentNames([draft(3, 0, 0), draft(2, 0, 0), draft(1, 0, 0)], overall);
    expect(names).toEqual(['High purchases', 'High purchases 2', 'High purchases 3']);
  });

  it('is never that of another segment', () => {
    for (let k = 2; k <= 12; k++) {
      const drafts = Array.from({ length: k }, (_, c) => draft(Math.sin(c), Math.cos(3 * c), 0.3));
      expect(new Set(segmentNames(drafts, overall)).size).toBe(k);
    }
  });
});

describe('the sentence on a segment', () => {
  const overall = overallOf(['PURCHASES', 'CASH_ADVANCE', 'TENURE', 'PAYMENTS']);
  const sentence = (...effects: number[]) => segmentSentence(draft(...effects), overall);

  it('names the three strongest differences, the strongest side first', () => {
    expect(sentence(-2, 1.6, -1.6, 0.9)).toBe(
      'Far lower purchases and tenure, months and far higher cash advances than all customers on average.',
    );
  });

  it('says how strongly, by the weakest that it names', () => {
    expect(sentence(2, 0, 0, 0)).toMatch(/^Far higher purchases than/);
    expect(sentence(1, 0, 0, 0)).toMatch(/^Much higher purchases than/);
    expect(sentence(0.3, 0, 0, 0)).toMatch(/^Higher purchases than/);
    expect(sentence(2, 0.8, 0, 0)).toMatch(/^Much higher purchases and cash advances than/);
  });

  it('does not make something of nothing', () => {
    expect(sentence(0.2, -0.1, 0.24, 0)).toBe('Close to the average customer in every column.');
  });
});
