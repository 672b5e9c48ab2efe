import { describe, expect, it } from 'vitest';
import { marginInWords, marginOf } from './margin';

describe('the margin of an answer', () => {
  it('is 0 on the border, 1 at the centre, and what is left of the way between', () => {
    expect(marginOf(2, 2)).toBe(0);
    expect(marginOf(0, 3)).toBe(1);
    expect(marginOf(3, 4)).toBe(0.25);
  });

  it('is 0 where two centres are on the customer, and 1 without a second segment', () => {
    expect(marginOf(0, 0)).toBe(0);
    expect(marginOf(5, Infinity)).toBe(1);
  });

  it('is told in words, with the second segment by its name', () => {
    expect(marginInWords(0.05, 'Low spend')).toBe('On the border to Low spend.');
    expect(marginInWords(0.1, 'Low spend')).toBe('Likely, but close to Low spend.');
    expect(marginInWords(0.25, 'Low spend')).toBe('Clearly; the next is Low spend.');
    expect(marginInWords(1, null)).toBe('The only segment there is.');
  });
});
