import { describe, expect, it } from 'vitest';
import { distinctDifferences, segmentNames, segmentSentence } from './names';
import type { OverallColumn } from './profile';

const overallOf = (names: string[]): OverallColumn[] =>
  names.map((name) => {
    return { name, from: { kind: 'number', column: name }, mean: 1, median: 1, sd: 1 };
  });

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

describe('a segment of customers with categories', () => {
  const region = (level: string, share: number): OverallColumn => ({
    name: `Region: ${level}`,
    from: { kind: 'level', column: 'Region', level },
    mean: share,
    median: 0,
    sd: Math.sqrt(share * (1 - share)),
  });
  const [purchases] = overallOf(['PURCHASES']);
  const plan: OverallColumn = { ...region('x', 0.5), from: { kind: 'other', column: 'HOME_PLAN' } };
  const gap: OverallColumn = { ...region('x', 0.2), from: { kind: 'missing', column: 'Region' } };
  const overall = [purchases, region('North', 0.24), region('South', 0.4), plan, gap];

  /** Of the number the effect, of the levels the share in the segment. */
  function segment(effect: number, ...shares: number[]) {
    const effects = shares.map((share, at) => (share - overall[at + 1].mean) / overall[at + 1].sd);
    const { columns, ...rest } = draft(effect, ...effects);
    return {
      ...rest,
      columns: columns.map((column, j) => (j === 0 ? column : { ...column, mean: shares[j - 1] })),
    };
  }
  const nameOf = (...values: [number, ...number[]]) =>
    segmentNames([segment(...values)], overall)[0];
  const sentenceOf = (...values: [number, ...number[]]) =>
    segmentSentence(segment(...values), overall);

  it('is called by the level that most of them have', () => {
    // North: (0.62 − 0.24) / 0.427 = 0.89.
    expect(nameOf(0.5, 0.62, 0.4, 0.5, 0.2)).toBe('Mostly Region: North');
    expect(nameOf(1, 0.62, 0.4, 0.5, 0.2)).toBe('High purchases');
  });

  it('is not said to be mostly what half of them or fewer are', () => {
    expect(nameOf(0, 0.5, 0.4, 0.5, 0.2)).toBe('More often Region: North');
  });

  it('is called by what it lacks only where it has nothing', () => {
    // South: −0.82, farther than North: 0.28.
    expect(nameOf(0, 0.36, 0, 0.5, 0.2)).toBe('More often Region: North');
    expect(nameOf(0, 0.24, 0, 0.5, 0.2)).toBe('Never Region: South');
    expect(nameOf(0, 0.24, 0.1, 0.5, 0.2)).toBe('Less often Region: South');
  });

  it('says of rare levels and of missing ones what they are', () => {
    expect(nameOf(0, 0.24, 0.4, 0.9, 0.2)).toBe('Mostly home plan: another');
    expect(nameOf(0, 0.24, 0.4, 0.5, 0.9)).toBe('Mostly Region: not known');
  });

  it('has its share told against that of all', () => {
    expect(sentenceOf(0, 0.62, 0.4, 0.5, 0.2)).toBe(
      'Region: North for 62\u00a0% against 24\u00a0% of all customers.',
    );
    expect(sentenceOf(1.6, 0.62, 0.4, 0.9, 0.2)).toBe(
      'Far higher purchases than all customers on average. Region: North for 62\u00a0% against 24\u00a0% of all customers and home plan: another for 90\u00a0% against 50\u00a0%.',
    );
    // Levels first where they are the stronger difference.
    expect(sentenceOf(-0.5, 0.62, 0.4, 0.5, 0.2)).toBe(
      'Region: North for 62\u00a0% against 24\u00a0% of all customers. Lower purchases than all customers on average.',
    );
  });

  it('has one difference for each category: what they have, else what they lack', () => {
    // South −0.82, North 0.28, missing −0.1, all of Region; then purchases 0.2 and the other plan 0.
    const had = segment(0.2, 0.36, 0, 0.5, 0.16);
    expect(had.differences).toEqual([2, 1, 0, 4, 3]);
    expect(distinctDifferences(had, overall)).toEqual([1, 0, 3]);
    const lacked = segment(0.2, 0.25, 0, 0.5, 0.2);
    expect(distinctDifferences(lacked, overall)).toEqual([2, 0, 3]);
  });

  it('of numbers alone has all differences', () => {
    const numbers = overallOf(['a', 'b', 'c']);
    const { differences, columns } = draft(0.1, -2, 1);
    expect(distinctDifferences({ differences, columns }, numbers)).toEqual(differences);
  });
});
