import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameColumns } from './names';

describe('nameColumns', () => {
  it('leaves good names alone', () => {
    const good = ['id', '__proto__', 'constructor', '10', '2', 'a b'];
    expect(nameColumns(good)).toEqual({ names: good, originals: good.map(() => ''), warnings: [] });
  });

  it('numbers equal names and never takes a name that is there', () => {
    const { names, originals, warnings } = nameColumns(['a', 'a', 'a (2)', 'a']);
    expect(names).toEqual(['a', 'a (3)', 'a (2)', 'a (4)']);
    expect(originals).toEqual(['', 'a', '', 'a']);
    expect(warnings).toHaveLength(1);
    expect(warnings[0].message).toContain('"a" → "a (3)"');
  });

  it('names empty headers by their position, clear of the others', () => {
    expect(nameColumns(['Column 2', '', ' ']).names).toEqual([
      'Column 2',
      'Column 2 (2)',
      'Column 3',
    ]);
  });

  it('makes one line of a name and keeps the original', () => {
    const { names, originals, warnings } = nameColumns(['first\nname', ' b ']);
    expect(names).toEqual(['first name', 'b']);
    expect(originals).toEqual(['first\nname', ' b ']);
    expect(warnings).toEqual([]);
  });

  it('warns of names that look the same', () => {
    const { names, warnings } = nameColumns(['caf\u00e9', 'cafe\u0301']);
    expect(names).toEqual(['caf\u00e9', 'cafe\u0301']);
    expect(warnings.map(({ code }) => code)).toEqual(['names-look-alike']);
  });

  it('always gives unique names that are not empty', () => {
    const header = fc.oneof(fc.constantFrom('a', 'a (2)', '', ' ', 'Column 1'), fc.string());
    fc.assert(
      fc.property(fc.array(header, { minLength: 1 }), (headers) => {
        const { names } = nameColumns(headers);
        expect(new Set(names).size).toBe(headers.length);
        expect(names).not.toContain('');
      }),
    );
  });
});
