import { describe, expect, it } from 'vitest';
import type { SoftSegments } from './soft-segments';
import { numbersSentence, softSentences } from './soft-words';

const soft: SoftSegments = {
  crosstab: [],
  adjustedRandIndex: 0.93,
  covarianceType: 'full',
  nClusters: 3,
  nRows: 9000,
  nFitted: 9000,
  nParameters: 100,
  mixture: { logLikelihood: -3, bic: 1, aic: 1, nIter: 20, hasConverged: true },
  groups: [],
  segments: [],
  shares: [],
  nBetween: 90,
  nStayed: 8800,
  flat: [[], [], []],
};
const labels = ['purchases', 'cash advances', 'tenure', 'balance', 'limit'];
const said = (more: Partial<SoftSegments>) =>
  softSentences({ ...soft, ...more }, labels, 'over all 5 columns');

describe('what is said about a mixture', () => {
  it('is how far it agrees, who lies in between, and what follows', () => {
    expect(said({})).toEqual([
      'Three normal distributions over all 5 columns that begin at the segments end at nearly the same segments (adjusted Rand index 0.93): 8,800 of 9,000 customers are in the group that continues their segment.',
      '90 customers (1\u00a0%) lie in between: no group has them with 80\u00a0% or more.',
      'So soft borders would change little: the segments can be used as they are.',
    ]);
  });

  it('follows the numbers', () => {
    expect(said({ nBetween: 0 })[1]).toContain('Nobody lies in between');
    expect(said({ nBetween: 1 })[1]).toContain('1 customer (under 0.1\u00a0%) lies in between');
    expect(said({ nBetween: 900 })[2]).toContain('either neighbour’s treatment fits');
    expect(said({ nBetween: 2000 })[2]).toContain('wide zones');
    expect(said({ nBetween: 2000, adjustedRandIndex: 0.2 })[2]).toContain('another way to see');
    expect(said({ nClusters: 1 })).toEqual(['There is one segment: nobody can lie between two.']);
  });

  it('warns of certainty that comes from single values', () => {
    expect(said({ flat: [[1, 0], [1], []] })[3]).toBe(
      'In two of the three groups some columns have hardly more than one value (cash advances and purchases): a normal distribution around one value, such as a zero, is sure of whoever has it, so certainty here says more about such values than about clear borders.',
    );
    expect(said({ flat: [[0, 1, 2, 3, 4], [], []] })[3]).toContain(
      '(purchases, cash advances, tenure and 2 more)',
    );
  });

  it('warns of too many numbers, of a sample, and of an end that was not reached', () => {
    const mixture = { ...soft.mixture, nIter: 100, hasConverged: false };
    expect(said({ nParameters: 1000, nFitted: 5000, mixture }).slice(3)).toEqual([
      'It has to find 1,000 numbers from 5,000 customers: too many to rely on.',
      'It was fitted to 5,000 customers, drawn at random, and judges all 9,000.',
      'After 100 rounds it had not settled yet.',
    ]);
  });

  it('of several numbers of groups is where BIC is lowest, or that it never rises', () => {
    const of = (...bics: number[]) =>
      numbersSentence(
        bics.map((bic, at) => ({ nClusters: at + 2, bic, aic: bic, hasConverged: true })),
      );
    expect(of(5, 3, 4)).toBe('BIC is lowest with three groups, of two to four that were tried.');
    expect(of(5, 4, 3)).toBe(
      'BIC falls up to four groups, the most that were tried: it would go on dividing, and speaks for no number.',
    );
    expect(of(5)).toContain('too few');
  });
});
