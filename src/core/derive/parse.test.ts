import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulasOf } from '../../../tests/helpers/formulas';
import { AppError } from '../errors';
import { functionNames } from './formula';
import { maxDepth, parseFormula } from './parse';
import { formulaText } from './print';
import { maxLength } from './tokenize';

const printed = (text: string) => formulaText(parseFormula(text));

function refusal(text: string): { code: string; position: unknown; message: string } {
  try {
    parseFormula(text);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, position: error.details.position, message: error.message };
  }
  throw new Error(`${text.slice(0, 40)} was not refused`);
}

describe('a formula', () => {
  it('is read into plain JSON', () => {
    const formula = parseFormula('BALANCE / [Credit limit]');
    expect(formula).toEqual({
      kind: 'binary',
      operator: '/',
      left: { kind: 'column', name: 'BALANCE' },
      right: { kind: 'column', name: 'Credit limit' },
    });
    expect(JSON.parse(JSON.stringify(formula))).toEqual(formula);
  });

  it.for([
    ['a + b * c', 'a + (b * c)'],
    ['a - b - c', '(a - b) - c'],
    ['a / b / c', '(a / b) / c'],
    ['a ^ b ^ c', 'a ^ (b ^ c)'],
    ['-a ^ 2', '-(a ^ 2)'],
    ['-a * b', '(-a) * b'],
    ['a ^ -b * c', '(a ^ (-b)) * c'],
    ['a + b > c * 2', '(a + b) > (c * 2)'],
    ['a - -b', 'a - (-b)'],
    ['2 ^ -3 ^ 2', '2 ^ (-(3 ^ 2))'],
  ])('groups %s as %s', ([plain, grouped]) => {
    expect(parseFormula(plain)).toEqual(parseFormula(grouped));
    expect(printed(grouped)).toBe(plain);
  });

  it.for([
    ['(a - b) - c', 'a - b - c'],
    ['a - (b - c)', 'a - (b - c)'],
    ['(a ^ b) ^ c', '(a ^ b) ^ c'],
    ['(-a) ^ 2', '(-a) ^ 2'],
    ['-(a * b)', '-(a * b)'],
    ['(a > b) = (c > d)', '(a > b) = (c > d)'],
    ['((a))', 'a'],
  ])('prints %s with the parentheses it needs: %s', ([text, expected]) => {
    expect(printed(text)).toBe(expected);
  });

  it('takes any header in brackets or backticks, with the closing one doubled', () => {
    for (const [text, name] of [
      ['[Credit limit]', 'Credit limit'],
      ['[a]]b]', 'a]b'],
      ['`a``b`', 'a`b'],
      ['`[x]`', '[x]'],
      ['[__proto__]', '__proto__'],
      ['constructor', 'constructor'],
      ['Größe_1.x', 'Größe_1.x'],
      ['[1; DROP TABLE]', '1; DROP TABLE'],
      ['min', 'min'],
    ]) {
      expect(parseFormula(text)).toEqual({ kind: 'column', name });
    }
  });

  it('knows functions in any case and other ways to write operators', () => {
    expect(printed('ISMISSING(a) + IfMissing(a, 1)')).toBe('isMissing(a) + ifmissing(a, 1)');
    expect(printed('a × 2 ÷ b ≤ c − 1')).toBe('a * 2 / b <= c - 1');
    expect(printed('if(a == 1, a ** 2, a != 3)')).toBe('if(a = 1, a ^ 2, a <> 3)');
    expect(printed('1e3 + .5 + 1.')).toBe('1000 + 0.5 + 1');
  });

  it('is printed so that it is read as the same formula', () => {
    const name = fc.oneof(
      fc.constantFrom('a', 'min', 'if', '__proto__', 'a b', ']', '`', '1', 'e5', ' '),
      fc.string({ minLength: 1 }),
    );
    fc.assert(
      fc.property(formulasOf(name), (formula) => {
        const text = formulaText(formula);
        fc.pre(text.length <= maxLength);
        expect(parseFormula(text)).toEqual(formula);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a formula that cannot be read', () => {
  it.for([
    ['', 1, 'is empty'],
    ['   ', 1, 'is empty'],
    ['a +', 4, 'ends where'],
    ['a + * b', 5, 'stands where'],
    ['(a + b', 1, 'is not closed'],
    ['a + b)', 6, 'closes nothing'],
    ['a b', 3, 'operator such as'],
    ['2a', 2, 'operator such as'],
    ['0,5 * a', 2, 'outside a function'],
    ['foo(a)', 1, 'There is no function "foo"'],
    ['constructor(a)', 1, 'There is no function'],
    ['log(a, 2)', 1, 'takes 1 value and has 2'],
    ['min(a)', 1, 'takes 2 to 20 values and has 1'],
    ['abs()', 1, 'takes 1 value and has 0'],
    ['min(a,)', 7, 'stands where'],
    ['a < b < c', 7, 'compares a comparison'],
    ['1 + [a', 5, 'no closing "]"'],
    ['[] + 1', 1, 'no column name'],
    ['a & b', 3, 'has no meaning'],
    ['a; b', 2, 'has no meaning'],
    ['"a"', 1, 'has no meaning'],
    ['1e999', 1, 'too large'],
    ['a = 1 🙂', 7, '🙂'],
  ] as const)('%s is refused at character %i', ([text, position, words]) => {
    const refused = refusal(text);
    expect(refused).toMatchObject({ code: 'formula-invalid', position });
    expect(refused.message).toContain(words);
  });

  it('is refused where it is too long or too deep, before it can do harm', () => {
    expect(refusal('a+'.repeat(5000) + 'a')).toMatchObject({
      code: 'formula-invalid',
      position: maxLength + 1,
    });
    for (const [open, shut] of [
      ['(', ')'],
      ['-', ''],
      ['abs(', ')'],
      ['2^', ''],
    ]) {
      const nested = (depth: number) => open.repeat(depth) + 'a' + shut.repeat(depth);
      expect(refusal(nested(200)).message).toContain(`more than ${maxDepth} deep`);
      expect(() => parseFormula(nested(maxDepth - 1))).not.toThrow();
    }
  });

  it('is refused with a formula error and nothing else, whatever it is made of', () => {
    const pieces = fc.constantFrom('a', '1', '(', ')', ',', '-', '^', '<', '[', ']', '`', ' ', '.');
    const words = fc.constantFrom(...functionNames);
    const texts = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(pieces, words)).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          formulaText(parseFormula(text));
        } catch (error) {
          expect(error).toMatchObject({ code: 'formula-invalid' });
        }
      }),
      { numRuns: 1000 },
    );
  });
});
