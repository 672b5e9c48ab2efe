import { describe, expect, it } from 'vitest';
import { wardSentence, type WardFacts } from './ward-sentence';

const facts: WardFacts = {
  nClusters: 4,
  adjustedRandIndex: 0.484,
  nCustomers: 8950,
  nPrototypes: 0,
};
const tell = (more: Partial<WardFacts>) => wardSentence({ ...facts, ...more });

describe('the sentence about Ward’s method', () => {
  it('reads as a whole sentence', () => {
    expect(wardSentence(facts)).toBe(
      'Ward’s method, which needs no random start, agrees with this split only partly (adjusted Rand index 0.48 of ' +
        '1): where many customers belong depends on the method.',
    );
  });

  it('claims no more than the index allows', () => {
    expect(tell({ adjustedRandIndex: 1 })).toContain('finds nearly the same split (');
    expect(tell({ adjustedRandIndex: 0.9 })).toContain('finds nearly the same split (');
    expect(tell({ adjustedRandIndex: 0.89 })).toContain('largely agrees with this split (');
    expect(tell({ adjustedRandIndex: 0.65 })).toContain('largely agrees with this split (');
    expect(tell({ adjustedRandIndex: 0.64 })).toContain('agrees with this split only partly (');
    expect(tell({ adjustedRandIndex: 0.35 })).toContain('agrees with this split only partly (');
    expect(tell({ adjustedRandIndex: 0.34 })).toContain('hardly agrees with this split (');
  });

  it('says what fits the number that it prints', () => {
    expect(tell({ adjustedRandIndex: 0.8951 })).toContain(
      'nearly the same split (adjusted Rand index 0.90 of 1)',
    );
    expect(tell({ adjustedRandIndex: -0.001 })).toContain(
      'hardly agrees with this split (adjusted Rand index 0.00',
    );
  });

  it('says that prototypes were merged, where they were', () => {
    expect(tell({ nPrototypes: 1987, nCustomers: 100_000 })).toMatch(
      /\. It was given 1,987 small groups that stand for the 100,000 customers\.$/,
    );
  });

  it('of one segment says that there is nothing to confirm', () => {
    expect(tell({ nClusters: 1 })).toBe('With one segment there is nothing to confirm.');
  });
});
