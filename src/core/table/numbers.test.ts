import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber, readPlainNumber } from './numbers';

const value = (text: string, decimal: '.' | ',' = '.') => readNumber(text, decimal).value;
const kind = (text: string, decimal: '.' | ',' = '.') => readNumber(text, decimal).kind;

describe('readNumber', () => {
  it.each([
    ['0', 0],
    ['-0.5', -0.5],
    ['.5', 0.5],
    ['5.', 5],
    [' 12 ', 12],
    ['+5', 5],
    ['−7', -7],
    ['(1,200.50)', -1200.5],
    ['1e5', 1e5],
    ['1E+05', 1e5],
    ['1e308', 1e308],
    ['4.9e-324', 5e-324],
    ['1,234', 1234],
    ['1,234,567.89', 1234567.89],
    ['12,34,567', 1234567],
    ['1,00,000', 100000],
    ['1 234 567', 1234567],
    ["1'234.5", 1234.5],
    ['9007199254740993.5', 9007199254740994],
  ])('reads %s with a decimal point', (text, expected) => {
    expect(readNumber(text, '.')).toMatchObject({ kind: 'number', value: expected, unit: '' });
  });

  it.each([
    ['1.234,50', 1234.5],
    ['3,5', 3.5],
    ['1.234', 1234],
    ['1 234,5', 1234.5],
    ['1,5e3', 1500],
  ])('reads %s with a decimal comma', (text, expected) => {
    expect(value(text, ',')).toBe(expected);
  });

  it('tells what stands between the groups', () => {
    const found = (text: string, decimal: '.' | ',' = '.') => readNumber(text, decimal).thousands;
    expect(['1,234', '12,34,567.5', '$1,234'].map((text) => found(text))).toEqual([',', ',', ',']);
    expect(
      ['1 234', '1\u00a0234', '1\u202f234', '1\u2009234 €'].map((text) => found(text)),
    ).toEqual([' ', ' ', ' ', ' ']);
    expect([found("1'234"), found('1’234'), found('1.234', ','), found('1.234')]).toEqual([
      "'",
      "'",
      '.',
      '',
    ]);
  });

  it('allows only the groups that the user wants', () => {
    const texts = ['1,234', '1.234', '1 234', "1'234", '1234'];
    const read = (thousands: Parameters<typeof readNumber>[2], decimal: '.' | ',' = '.') =>
      texts.map((text) => readNumber(text, decimal, thousands).value);
    expect(read('none')).toEqual([NaN, 1.234, NaN, NaN, 1234]);
    expect(read(',')).toEqual([1234, 1.234, NaN, NaN, 1234]);
    expect(read(' ')).toEqual([NaN, 1.234, 1234, NaN, 1234]);
    expect(read("'")).toEqual([NaN, 1.234, NaN, 1234, 1234]);
    expect(read('.', ',')).toEqual([1.234, 1234, NaN, NaN, 1234]);
    // The decimal mark cannot separate thousands: as if nothing had been said.
    expect(read('.')).toEqual(read('auto'));
    expect(read('auto')).toEqual([1234, 1.234, 1234, 1234, 1234]);
  });

  it('refuses groups that are not well formed', () => {
    for (const text of ['1,23', '1234,567', '1,2345', '0,123', '1,234 567', '1,,234', '12,34']) {
      expect(kind(text), text).toBe('none');
    }
    expect(kind('1.5', ',')).toBe('none');
  });

  it('refuses notations that are not decimal, and words', () => {
    for (const text of [
      '0x10',
      '0b11',
      '1_000',
      '1/2',
      '12:30',
      '1-2',
      'e5',
      '.',
      '-',
      'abc',
      '',
    ]) {
      expect(kind(text), text).toBe('none');
    }
  });

  it('takes digits that name something for codes', () => {
    for (const text of ['007', '00', '+31612345678', '12345678901234567891']) {
      expect(kind(text), text).toBe('code');
    }
    expect(value('007')).toBe(7);
  });

  it('keeps large integers that are exact doubles', () => {
    expect(value('9007199254740992')).toBe(2 ** 53);
    expect(kind('9007199254740993')).toBe('code');
  });

  it('tells infinite values', () => {
    for (const text of ['inf', '-Inf', '+Infinity', '1e999', '-1e309', '∞']) {
      expect(readNumber(text, '.'), text).toMatchObject({ kind: 'infinite', value: NaN, unit: '' });
    }
  });

  it('reports the unit', () => {
    expect(readNumber('7.5 %', '.')).toMatchObject({ kind: 'number', value: 7.5, unit: '%' });
    expect(readNumber('$1,200.50', '.')).toMatchObject({
      kind: 'number',
      value: 1200.5,
      unit: '$',
    });
    expect(readNumber('-€5', '.')).toMatchObject({ kind: 'number', value: -5, unit: '€' });
    expect(readNumber('1.200,50 €', ',')).toMatchObject({
      kind: 'number',
      value: 1200.5,
      unit: '€',
    });
    expect(readNumber('USD 12', '.')).toMatchObject({ kind: 'number', value: 12, unit: 'USD' });
  });

  it('reads every finite double back exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(value(String(number))).toBe(Object.is(number, -0) ? 0 : number);
      }),
    );
  });

  it('stays fast on a long cell', () => {
    expect(kind(`${'1,'.repeat(100_000)}1`)).toBe('none');
    expect(kind('1'.repeat(399) + 'x')).toBe('none');
  });
});

describe('readPlainNumber', () => {
  it('agrees with readNumber wherever it answers', () => {
    const text = fc.stringMatching(/^-?\d{0,9}[.,]?\d{0,9}$/);
    fc.assert(
      fc.property(text, fc.constantFrom<'.' | ','>('.', ','), (cell, decimal) => {
        const plain = readPlainNumber(cell, decimal);
        if (!Number.isNaN(plain)) expect(plain).toBe(value(cell, decimal));
      }),
    );
  });

  it('answers for plain decimals and leaves the rest', () => {
    expect(readPlainNumber('40.900749', '.')).toBe(40.900749);
    expect(readPlainNumber('-3,5', ',')).toBe(-3.5);
    for (const text of ['', '-', '007', '1e5', ' 1', '.5', '1,5', '1234567890123456']) {
      expect(readPlainNumber(text, '.'), text).toBeNaN();
    }
  });
});
