import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateEvidence, readDate } from './dates';
import { dateText } from './table';

const iso = (text: string, order: 'day-first' | 'month-first' = 'day-first') =>
  dateText(readDate(text, order));

describe('readDate', () => {
  it('counts from 1970', () => {
    expect(readDate('1970-01-01', 'day-first')).toBe(0);
    expect(readDate('1970-01-02', 'day-first')).toBe(86_400_000);
    expect(readDate('1969-12-31', 'day-first')).toBe(-86_400_000);
  });

  it.each([
    ['2024-02-29', '2024-02-29'],
    ['2024/2/9', '2024-02-09'],
    ['2024-03-01T13:05:09', '2024-03-01T13:05:09'],
    ['2024-03-01 13:05', '2024-03-01T13:05:00'],
    ['2024-03-01T00:30:00+02:00', '2024-02-29T22:30:00'],
    ['2024-03-01T00:30:00Z', '2024-03-01T00:30:00'],
    ['05.03.2024', '2024-03-05'],
    ['5 Mar 2024', '2024-03-05'],
    ['05-March-24', '2024-03-05'],
    ['March 5th, 2024', '2024-03-05'],
    ['31/12/1999', '1999-12-31'],
    ['5/3/69', '1969-03-05'],
    ['5/3/68', '2068-03-05'],
  ])('reads %s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it('reads hours of two halves', () => {
    expect(iso('3/5/2024 12:15 AM', 'month-first')).toBe('2024-03-05T00:15:00');
    expect(iso('3/5/2024 1:15 pm', 'month-first')).toBe('2024-03-05T13:15:00');
  });

  it('knows the calendar', () => {
    for (const text of ['2023-02-29', '1900-02-29', '2024-13-01', '2024-04-31', '2024-00-10']) {
      expect(readDate(text, 'day-first'), text).toBeNaN();
    }
    expect(iso('2000-02-29')).toBe('2000-02-29');
  });

  it('leaves alone what is no date', () => {
    for (const text of [
      '20240301',
      '1.234',
      '12-34',
      'Mai 2024',
      'abc',
      '',
      '2024-03-01T25:00',
      '1-2-3',
    ]) {
      expect(readDate(text, 'day-first'), text).toBeNaN();
    }
  });

  it('is the inverse of dateText for every day of the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
        expect(readDate(dateText(day * 86_400_000), 'day-first')).toBe(day * 86_400_000);
      }),
    );
  });
});

describe('dateEvidence', () => {
  it.each([
    ['13/01/2024', 'day-first'],
    ['01/13/2024', 'month-first'],
    ['01/02/2024', 'either'],
    ['04/04/2024', 'fixed'],
    ['2024-01-02', 'fixed'],
    ['01.02.2024', 'fixed'],
    ['13/13/2024', 'none'],
    ['hello', 'none'],
  ])('of %s is %s', (text, expected) => {
    expect(dateEvidence(text)).toBe(expected);
  });
});
