import { describe, expect, it } from 'vitest';
import { typedBytes } from './typed-bytes';

describe('the size of a value', () => {
  it('is that of its typed arrays and words, however deep', () => {
    const value = { a: new Float64Array(4), b: [{ c: 'four' }, new Uint8Array(3)] };
    expect(typedBytes(value)).toBe(32 + 8 + 3);
    expect(typedBytes(new Float64Array(100).subarray(0, 2))).toBe(16);
    expect(typedBytes(null)).toBe(8);
    const column = new Float64Array(1_000);
    expect(typedBytes([column, { column }])).toBe(8_000);
  });
});
