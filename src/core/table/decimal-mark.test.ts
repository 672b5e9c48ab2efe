import { describe, expect, it } from 'vitest';
import { cellsOf } from './cells';
import {
  chooseDecimalMark,
  countDecimalVotes,
  givenDecimalMark,
  isMarkAmbiguous,
  votesWithoutGroups,
} from './decimal-mark';

const votes = (...values: string[]) => countDecimalVotes(cellsOf(values));

describe('the votes of a cell', () => {
  it.each(['1.5', '0.123', '1234.567', '1,234.50', '1,234,567', '12,34,567', '$1.50', '-3.25 %'])(
    '%s speaks for the point',
    (text) => expect(votes(text)).toMatchObject({ point: 1, comma: 0 }),
  );
  it.each(['1,5', '0,123', '1234,567', '1.234,50', '1.234.567', '1.200,00 €'])(
    '%s speaks for the comma',
    (text) => expect(votes(text)).toMatchObject({ point: 0, comma: 1 }),
  );
  it.each(['12,50 EUR', 'CHF 1.234,50', '5,5 kr', '3,25 zł'])(
    '%s speaks for the comma, whatever the letters of its unit',
    (text) => expect(votes(text)).toMatchObject({ point: 0, comma: 1 }),
  );
  it.each([
    '1',
    'Doe, J. EUR',
    '1,5 or 2,5',
    'a.b',
    '01.02.2024',
    '1.2.3',
    '12:30',
    '',
    '1,2,3',
    'one, two',
  ])('%s says nothing', (text) => {
    expect(votes(text)).toEqual({ point: 0, comma: 0, eitherWithPoint: 0, eitherWithComma: 0 });
  });
  it('1.234 and 1,234 speak for either', () => {
    expect(votes('1.234', '1,234', '12,345')).toMatchObject({
      eitherWithPoint: 1,
      eitherWithComma: 2,
    });
  });
});

describe('the mark of a file', () => {
  it('is what the user says, or what the thousands mark leaves', () => {
    expect(givenDecimalMark({ decimal: ',', thousands: ',' })).toBe(',');
    expect(givenDecimalMark({ decimal: 'auto', thousands: ',' })).toBe('.');
    expect(givenDecimalMark({ decimal: 'auto', thousands: '.' })).toBe(',');
    for (const thousands of ['auto', 'none', ' ', "'"] as const) {
      expect(givenDecimalMark({ decimal: 'auto', thousands })).toBe('auto');
    }
  });
  it('is clear in 1,234 where neither point nor comma separates thousands', () => {
    expect(votesWithoutGroups(votes('1,234'))).toMatchObject({ comma: 1, eitherWithComma: 0 });
    expect(votesWithoutGroups(votes('1.234'))).toMatchObject({ point: 1, eitherWithPoint: 0 });
  });

  it('is settled by one clear cell in any column', () => {
    expect(chooseDecimalMark([votes('1.234'), votes('7,5')], true)).toBe(',');
    expect(chooseDecimalMark([votes('1,234'), votes('7.5')], true)).toBe('.');
  });
  it('without a clear cell is the comma only where commas do not separate fields', () => {
    expect(chooseDecimalMark([votes('1,234')], true)).toBe(',');
    expect(chooseDecimalMark([votes('1,234')], false)).toBe('.');
    expect(chooseDecimalMark([votes('1.234')], true)).toBe('.');
    expect(chooseDecimalMark([votes('12')], true)).toBe('.');
  });
  it('is told to be ambiguous only where the value depends on it', () => {
    expect(isMarkAmbiguous(votes('1.234'), [votes('1.234')])).toBe(true);
    expect(isMarkAmbiguous(votes('1.234'), [votes('1.234'), votes('7,5')])).toBe(false);
    expect(isMarkAmbiguous(votes('12'), [votes('12')])).toBe(false);
  });
});
