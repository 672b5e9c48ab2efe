import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { ModelInput } from '../model';
import { readPastedRow } from './paste-row';

const number = (name: string): ModelInput => {
  return { kind: 'number', name, min: 0, q1: 1, median: 2, q3: 3, max: 4 };
};
const inputs: readonly ModelInput[] = [
  number('CREDIT_LIMIT'),
  number('spend'),
  { kind: 'category', name: 'Region', levels: ['North', 'NA'] },
];
const file = ['id', 'Region', 'spend', 'CREDIT_LIMIT'];
const read = (text: string) => readPastedRow(text, inputs, file);

describe('a pasted row', () => {
  it('with a header is found by name, in any order and spelling', () => {
    expect(read('Region\tCredit limit\tother\tSpend\nNorth\t1,200.50\tx\t7')).toEqual({
      values: [1200.5, 7, 'North'],
      notes: [],
    });
  });

  it('without one is taken in the order of the fields, or of the file', () => {
    expect(read('1200,7,North')).toEqual({ values: [1200, 7, 'North'], notes: [] });
    expect(read('c1,North,7,1200')).toEqual({ values: [1200, 7, 'North'], notes: [] });
    expect(read('1,2')).toBe(
      'The row has 2 cells, 3 (the fields below) or 4 (the columns of the file) expected. Copy it with its header, and its columns are found by name.',
    );
  });

  it('may have decimal commas, quotes and gaps', () => {
    expect(read('"1200,5";"7";"North"')).toEqual({ values: [1200.5, 7, 'North'], notes: [] });
    expect(read('n/a\t\tNA')).toEqual({ values: [null, null, 'NA'], notes: [] });
    expect(read('1,"2",""')).toEqual({ values: [1, 2, null], notes: [] });
  });

  it('says what it lacks, what is no number, and that more rows were there', () => {
    expect(read('spend,Region\nmuch,North\n3,North')).toEqual({
      values: [null, null, 'North'],
      notes: [
        'Of 2 rows the first was taken.',
        'Not in the row, and so missing: CREDIT_LIMIT.',
        'No numbers, and so missing: spend ("much").',
      ],
    });
  });

  it('of nothing, or of nothing that is asked for, is refused in words', () => {
    expect(read(' \n ')).toMatch(/nothing in it/);
    expect(read('x'.repeat(300_000))).toMatch(/more than a row/);
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const found = read(text);
        expect(typeof found === 'string' || found.values.length === 3).toBe(true);
      }),
    );
  });
});
