import { describe, expect, it } from 'vitest';
import { answerInWords, featureLabel, formatMean, isLevel } from './feature-words';

const number = { from: { kind: 'number', column: 'CREDIT_LIMIT' } } as const;
const level = { from: { kind: 'level', column: 'homeRegion', level: 'McNorth_1' } } as const;
const other = { from: { kind: 'other', column: 'homeRegion' } } as const;
const missing = { from: { kind: 'missing', column: 'homeRegion' } } as const;

describe('a feature in words', () => {
  it('is the column in words, and the level as it stands in the file', () => {
    expect([number, level, other, missing].map(featureLabel)).toEqual([
      'credit limit',
      'home Region: McNorth_1',
      'home Region: another',
      'home Region: not known',
    ]);
  });

  it('has a mean in its unit, or a share', () => {
    expect([number, level, other, missing].map(isLevel)).toEqual([false, true, true, true]);
    expect(formatMean(number, 0.62)).toBe('0.62');
    expect(formatMean(level, 0.62)).toBe('62\u00a0%');
  });
});

describe('what a tree asked', () => {
  it('of a number is on which side it lies', () => {
    expect(answerInWords(number, 4500, true)).toBe('credit limit ≤ 4,500');
    expect(answerInWords(number, 0.5, false)).toBe('credit limit > 0.5');
  });

  it('of a category is whether it is that', () => {
    expect(answerInWords(level, 0.5, false)).toBe('home Region is McNorth_1');
    expect(answerInWords(level, 0.5, true)).toBe('home Region is not McNorth_1');
    expect(answerInWords(other, 0.5, false)).toBe('home Region is another');
    expect(answerInWords(other, 0.5, true)).toBe('home Region is not another');
    expect(answerInWords(missing, 0.5, false)).toBe('home Region is not known');
    expect(answerInWords(missing, 0.5, true)).toBe('home Region is known');
  });

  it('of a category beyond 0 and 1 is told as it is: a model from elsewhere may ask so', () => {
    expect(answerInWords(level, 3, true)).toBe('home Region: McNorth_1 ≤ 3');
    expect(answerInWords(level, -1, false)).toBe('home Region: McNorth_1 > -1');
  });
});
