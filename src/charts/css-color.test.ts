import { describe, expect, it } from 'vitest';
import { plainColor } from './css-color';

describe('a computed colour', () => {
  it('is six digits and how much of it there is', () => {
    expect(plainColor('rgb(31, 95, 191)')).toEqual({ color: '#1f5fbf', alpha: 1 });
    expect(plainColor('rgba(0, 114, 178, 0.53)')).toEqual({ color: '#0072b2', alpha: 0.53 });
    expect(plainColor('rgb(0 114 178 / 8%)')).toEqual({ color: '#0072b2', alpha: 0.08 });
  });

  it('is understood where the browser mixed it', () => {
    expect(plainColor('color(srgb 0.5 0 1)')).toEqual({ color: '#8000ff', alpha: 1 });
    expect(plainColor('color(srgb 1.2e-7 0.25 1.0001 / 0.16)')).toEqual({
      color: '#0040ff',
      alpha: 0.16,
    });
  });

  it('is invisible where there is none', () => {
    for (const text of [
      'none',
      'transparent',
      '',
      'url("#a")',
      'rgb(none 1 2)',
      'color(lab 1 2 3)',
    ]) {
      expect(plainColor(text).alpha).toBe(0);
    }
    expect(plainColor('rgba(0, 0, 0, 0)').alpha).toBe(0);
  });
});
