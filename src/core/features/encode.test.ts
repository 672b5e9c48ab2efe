import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { levelDefaults } from './encode';
import {
  applyEncoding,
  encodeColumn,
  encodedNames,
  encodedWidth,
  encodeValue,
  fitEncoding,
  mostColumns,
  placeOf,
} from './encode';

/** A column of single letters; "." is missing. */
function column(letters: string) {
  const levels = [...new Set(letters.replaceAll('.', ''))];
  return { levels, codes: Int32Array.from(letters, (letter) => levels.indexOf(letter)) };
}

const all = (letters: string) => Int32Array.from(letters, (_, i) => i);
const params = { maxLevels: 12, minCount: 1, missing: 'level' } as const;

function encoded(letters: string, changed: Partial<typeof levelDefaults> = {}) {
  const { names, columns } = encodeColumn(column(letters), all(letters), { ...params, ...changed });
  return names.map((name, j) => `${name}: ${columns[j].join('')}`);
}

describe('categories as columns of 0 and 1', () => {
  it('come by falling count, then in the order of their letters', () => {
    expect(encoded('cabbca')).toEqual(['a: 010001', 'b: 001100', 'c: 100010']);
    expect(encoded('zzab')).toEqual(['z: 1100', 'a: 0010', 'b: 0001']);
  });

  it('beyond the cap share one', () => {
    expect(encoded('aaabbcd', { maxLevels: 2 })).toEqual([
      'a: 1110000',
      'b: 0001100',
      'other: 0000011',
    ]);
  });

  it('that are too rare share one', () => {
    expect(encoded('aaabbcd', { minCount: 2 })).toEqual([
      'a: 1110000',
      'b: 0001100',
      'other: 0000011',
    ]);
    expect(encoded('ab', { minCount: 2 })).toEqual(['other: 11']);
  });

  it('have one for missing, or 0 everywhere', () => {
    expect(encoded('a.b')).toEqual(['a: 100', 'b: 001', 'missing: 010']);
    expect(encoded('a.b', { missing: 'none' })).toEqual(['a: 100', 'b: 001']);
    expect(encoded('ab')).toEqual(['a: 10', 'b: 01']);
    expect(encoded('..')).toEqual(['missing: 11']);
    expect(encoded('')).toEqual([]);
  });

  it('are learned from the rows that are given, and no others', () => {
    const { encoding, columns } = encodeColumn(column('aab.'), Int32Array.of(2, 0), params);
    expect(encoding).toEqual({ levels: ['a', 'b'], hasOther: false, hasMissing: false });
    expect(columns.map((values) => values.join(''))).toEqual(['01', '10']);
  });

  it('are named clear of levels that are called "other" or "missing"', () => {
    const encoding = {
      levels: ['other', 'missing', 'other (2)'],
      hasOther: true,
      hasMissing: true,
    };
    expect(encodedNames(encoding)).toEqual([
      'other',
      'missing',
      'other (2)',
      'other (3)',
      'missing (2)',
    ]);
    expect(encodedWidth(encoding)).toBe(5);
  });

  it('add up to 1 in every row', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', '.'),
      maxLength: 40,
    });
    const settings = fc.record({
      maxLevels: fc.nat(5),
      minCount: fc.nat(4),
      missing: fc.constantFrom('level', 'none'),
    });
    fc.assert(
      fc.property(letters, settings, (text, chosen) => {
        const { columns, encoding, names } = encodeColumn(column(text), all(text), chosen);
        expect(encoding.levels.length).toBeLessThanOrEqual(chosen.maxLevels);
        expect(names).toHaveLength(columns.length);
        // Foreseen before a row is counted.
        const most = mostColumns(column(text), chosen.maxLevels);
        expect(columns.length).toBeLessThanOrEqual(most);
        [...text].forEach((letter, i) => {
          const sum = columns.reduce((total, values) => total + values[i], 0);
          expect(sum).toBe(letter === '.' && chosen.missing === 'none' ? 0 : 1);
        });
      }),
    );
  });
});

describe('values that come after training', () => {
  const withOther = fitEncoding(column('aaabbc.'), all('aaabbc.'), { ...params, maxLevels: 2 });
  const whole = fitEncoding(column('aab'), all('aab'), params);

  it('go to their level, to the others, or nowhere, and it is told', () => {
    expect(encodeValue(withOther, 'b')).toEqual({ values: [0, 1, 0, 0], as: 'level' });
    expect(encodeValue(withOther, 'c')).toEqual({ values: [0, 0, 1, 0], as: 'other' });
    expect(encodeValue(withOther, 'never seen')).toEqual({ values: [0, 0, 1, 0], as: 'other' });
    expect(encodeValue(withOther, null)).toEqual({ values: [0, 0, 0, 1], as: 'missing' });
    expect(encodeValue(whole, '__proto__')).toEqual({ values: [0, 0], as: 'unseen' });
    expect(encodeValue(whole, null)).toEqual({ values: [0, 0], as: 'missing' });
    expect(placeOf(whole, 'b')).toEqual({ index: 1, as: 'level' });
  });

  it('are the same in a column of another table, whose levels are in another order', () => {
    const other = column('xb.ac');
    for (const encoding of [withOther, whole]) {
      const { columns, nUnseen } = applyEncoding(encoding, other, all('xb.ac'));
      [...'xb.ac'].forEach((letter, i) => {
        const { values } = encodeValue(encoding, letter === '.' ? null : letter);
        expect(columns.map((column) => column[i])).toEqual(values);
      });
      expect(nUnseen).toBe(encoding === whole ? 2 : 0);
    }
  });
});
