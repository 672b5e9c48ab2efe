import { describe, expect, it } from 'vitest';
import { scoredInWords } from './scored-words';

const model = {
  segments: [{ name: 'High spend' }, { name: 'Low spend' }],
  features: [{ from: { kind: 'number', column: 'CREDIT_LIMIT' } }],
} as unknown as Parameters<typeof scoredInWords>[1];

const nothingOdd: Parameters<typeof scoredInWords>[0] = {
  nRows: 1200,
  counts: [200, 1000],
  nRowsFilled: 0,
  filled: [],
  nUnlike: 0,
  unreadable: [],
  otherLevels: [],
  renamed: [],
  nShort: 0,
  nSetAside: 0,
  setAside: [],
  bins: [],
  delimiter: ',',
  decimal: '.',
  bodyAt: 0,
};

describe('a scored file in words', () => {
  it('is its rows by segment where nothing was odd', () => {
    expect(scoredInWords(nothingOdd, model)).toEqual({
      summary: '1,200 customers: 200 High spend and 1,000 Low spend.',
      notes: [],
    });
  });

  it('tells all that was filled, taken otherwise, or left out', () => {
    const { notes } = scoredInWords(
      {
        ...nothingOdd,
        nRowsFilled: 3,
        filled: [{ feature: 0, nRows: 3 }],
        nUnlike: 12,
        unreadable: [{ name: 'TENURE', nRows: 1 }],
        otherLevels: [{ name: 'Region', nRows: 2 }],
        renamed: [{ wanted: 'TENURE', found: 'Tenure months' }],
        nShort: 1,
        nSetAside: 2,
        setAside: [{ line: 4212, nFields: 19, nExpected: 18 }],
      },
      model,
    );
    expect(notes).toEqual([
      'Taken by another name: “Tenure months” as TENURE.',
      '3 rows had gaps that were filled: credit limit (3).',
      '12 rows are unlike those that the segments were made from (1\u00a0%; 1\u00a0% would be usual).',
      'Cells that are no numbers, and count as missing: TENURE (1 row).',
      'Levels without a place of their own in the model: Region (2 rows). They count as “another”.',
      '1 row is shorter than the header; what is not there counts as missing.',
      '2 rows have more fields than the header and are not in the result; the first is line 4,212 with 19 fields, 18 expected.',
    ]);
  });
});
