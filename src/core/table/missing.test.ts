import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultMissingTokens, missingRule } from './missing';

it('the default tokens are missing in any case and among spaces, and so is a blank cell', () => {
  const rule = missingRule('auto');
  for (const token of defaultMissingTokens) {
    for (const cell of [token, token.toUpperCase(), ` ${token}\t`]) {
      expect(rule.isMissing(cell), cell).toBe(true);
    }
  }
  for (const cell of ['', ' ', '\u00a0']) expect(rule.isMissing(cell)).toBe(true);
  for (const cell of ['0', '-1', 'no', 'nobody', 'N', 'x', '#', '- -']) {
    expect(rule.isMissing(cell), cell).toBe(false);
  }
});

it('given as a list, the default tokens mean the same', () => {
  const [auto, given] = [missingRule('auto'), missingRule(defaultMissingTokens)];
  const cell = fc.oneof(
    fc.constantFrom(...defaultMissingTokens),
    fc.string({ unit: fc.constantFrom('n', 'A', '/', '-', ' ', '#', '.', '1', 'l', 'u') }),
  );
  fc.assert(
    fc.property(cell, (text) => {
      expect(given.isMissing(text)).toBe(auto.isMissing(text));
    }),
  );
});

it('a list is followed without regard to case, and counted as it is spelled there', () => {
  const rule = missingRule(['Unknown', ' -1 ', 'UNKNOWN', 'ẞ']);
  expect(['unknown', 'UNKNOWN ', '-1', 'ß', ''].map((cell) => rule.tokenOf(cell))).toEqual([
    'Unknown',
    'Unknown',
    '-1',
    'ẞ',
    '',
  ]);
  expect(['NA', '-', '-1.0', 'unknown person'].map((cell) => rule.isMissing(cell))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(missingRule([]).isMissing(' ')).toBe(true);
});
