import { describe, expect, it } from 'vitest';
import {
  capitalise,
  columnLabel,
  counted,
  countInWords,
  formatBytes,
  formatCount,
  formatRatio,
  formatShare,
  formatValue,
  listInWords,
  quoted,
} from './words';

/** No-break space, between a number and its unit. */
const nb = '\u00a0';

describe('a value in words', () => {
  it.for([
    [4522.4, '4,522'],
    [100, '100'],
    [99.96, '100'],
    [14.349, '14.3'],
    [0.2064, '0.206'],
    [0, '0'],
    [-0, '0'],
    [-1234.5, '-1,235'],
    [-0.0004567, '-0.000457'],
    [1e9, '1,000,000,000'],
    [NaN, '–'],
    [Infinity, '–'],
  ] as const)('%d is written %s', ([value, text]) => {
    expect(formatValue(value)).toBe(text);
  });
});

describe('bytes in words', () => {
  it('are counted in thousands', () => {
    expect([0, 999, 1000, 9_949, 12_345, 999_960, 1e9, 4.2e12, 3e15].map(formatBytes)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '9.9 kB',
      '12 kB',
      '1.0 MB',
      '1.0 GB',
      '4.2 TB',
      '3000 TB',
    ]);
  });
});

describe('a share in words', () => {
  it.for([
    [0, `0${nb}%`],
    [0.0004, `under 0.1${nb}%`],
    [0.001, `0.1${nb}%`],
    [0.0064, `0.64${nb}%`],
    [0.05, `5${nb}%`],
    [0.0551, `5.5${nb}%`],
    [0.444, `44${nb}%`],
    [1, `100${nb}%`],
  ] as const)('%d is written %s', ([share, text]) => {
    expect(formatShare(share)).toBe(text);
  });

  it('of almost nothing is never said to be nothing, and of almost all never all', () => {
    expect(formatShare(1e-9)).not.toContain(`0${nb}%, 0`);
    expect(formatShare(1e-9)).toContain('under');
    // One of 8,950 customers is missing.
    expect(formatShare(8949 / 8950)).toBe(`over 99.9${nb}%`);
    expect(formatShare(0.9951)).toBe(`99.5${nb}%`);
  });
});

describe('counts in words', () => {
  it('are words up to nine, then figures', () => {
    expect([0, 1, 4, 9, 10, 1234].map(countInWords)).toEqual([
      'no',
      'one',
      'four',
      'nine',
      '10',
      '1,234',
    ]);
  });

  it('agree with their noun', () => {
    expect(counted(1, 'row')).toBe('1 row');
    expect(counted(0, 'row')).toBe('0 rows');
    expect(counted(8950, 'customer')).toBe('8,950 customers');
    expect(counted(2, 'category', 'categories')).toBe('2 categories');
  });

  it('have their thousands apart', () => {
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
  });
});

describe('lists and ratios in words', () => {
  it('have an "and" before the last', () => {
    expect(listInWords([])).toBe('');
    expect(listInWords(['a'])).toBe('a');
    expect(listInWords(['a', 'b'])).toBe('a and b');
    expect(listInWords(['a', 'b', 'c'])).toBe('a, b and c');
  });

  it('say how many were left out', () => {
    expect(listInWords(['2', '5'], 42)).toBe('2, 5 and 40 more');
    expect(listInWords(['2'], 1042)).toBe('2 and 1,041 more');
  });

  it('have two digits', () => {
    expect([4.567, 0.2749, 123.4, 1].map(formatRatio)).toEqual(['4.6×', '0.27×', '123×', '1×']);
  });

  it('begin with a capital', () => {
    expect(capitalise('far higher')).toBe('Far higher');
    expect(capitalise('')).toBe('');
  });
});

it('cells are quoted on one line, cut when long', () => {
  expect(quoted('a\nb')).toBe('"a b"');
  expect(quoted('x'.repeat(50), 3)).toBe('"xxx…"');
});

describe("a column's name in a sentence", () => {
  it.for([
    ['CASH_ADVANCE_TRX', 'cash advance count'],
    ['Balance', 'balance'],
    ['avg_order_value', 'avg order value'],
    ['avgOrderValue', 'avg Order Value'],
    ['TOTAL_SPENT', 'total spent'],
    ['RFM', 'RFM'],
    ['Anteil älterer Kunden', 'Anteil älterer Kunden'],
    ['  days__since   last ', 'days since last'],
    ['', ''],
  ] as const)('%s reads %s', ([name, label]) => {
    expect(columnLabel(name)).toBe(label);
  });
});
