import { describe, expect, it } from 'vitest';
import type { InferOptions } from './attempt';
import { cellsOf } from './cells';
import { inferColumn } from './infer';
import { missingRule } from './missing';
import { cellText } from './table';

const options: InferOptions = {
  kind: 'auto',
  decimal: '.',
  thousands: 'auto',
  missing: missingRule('auto'),
  missingNumbers: new Map(),
  dateOrder: 'month-first',
  dateOrderIsGiven: false,
  lineOf: (row) => row + 2,
};
const infer = (values: readonly string[], changed: Partial<InferOptions> = {}) =>
  inferColumn('x', cellsOf(values), { ...options, ...changed });
const texts = (values: readonly string[], changed: Partial<InferOptions> = {}) => {
  const { column } = infer(values, changed);
  return column === null ? null : values.map((_, row) => cellText(column, row));
};
const codes = (values: readonly string[], changed: Partial<InferOptions> = {}) =>
  infer(values, changed).warnings.map(({ code }) => code);
const repeat = (count: number, value: string) => Array<string>(count).fill(value);

describe('numbers', () => {
  it('are numbers when all cells are, with missing ones in every spelling', () => {
    const values = ['1', '', 'NA', 'n/a', 'NULL', 'None', '-', '?', '#N/A', 'NaN', ' ', '2.5'];
    expect(infer(values).column?.kind).toBe('number');
    expect(texts(values)).toEqual(['1', ...repeat(10, ''), '2.5']);
    expect(codes(values)).toEqual([]);
  });

  it('tolerate up to a tenth of other cells, and tell the first', () => {
    const inferred = infer([...repeat(9, '1'), 'oops']);
    expect(inferred.column?.kind).toBe('number');
    expect(inferred.warnings[0]).toMatchObject({ code: 'text-in-number-column', column: 'x' });
    expect(inferred.warnings[0].message).toContain('"oops" in row 10 (line 11)');
    expect(infer([...repeat(8, '1'), 'oops']).column?.kind).toBe('category');
  });

  it('count the tenth among the present cells, not among all', () => {
    expect(infer([...repeat(80, ''), ...repeat(10, '1'), ...repeat(2, 'a')]).column?.kind).not.toBe(
      'number',
    );
  });

  it('stay words when a cell would lose its zeros or its plus', () => {
    expect(infer(['02139', '90210', '10001']).column?.kind).toBe('text');
    expect(texts(['+31612345678', '+14155550100'])).toEqual(['+31612345678', '+14155550100']);
  });

  it('tell when a single code makes words of a number column', () => {
    const { column, warnings } = infer([
      ...Array.from({ length: 30 }, (_, i) => String(i + 1)),
      '007',
    ]);
    expect(column?.kind).toBe('text');
    expect(warnings[0].message).toContain('"007" (row 31)');
  });

  it('become numbers against the codes when the user says so', () => {
    expect(texts(['007', '8', 'x'], { kind: 'number' })).toEqual(['7', '8', '']);
    expect(codes(['007', '8', 'x'], { kind: 'number' })).toEqual(['text-in-number-column']);
  });

  it('count infinite values as missing', () => {
    expect(texts(['1e309', '-inf', '3'])).toEqual(['', '', '3']);
    expect(codes(['1e309', '-inf', '3'])).toEqual(['infinite-values']);
  });

  it('carry their unit, and are not mixed over two units', () => {
    expect(infer(['12%', '7.5 %', '100%'])).toMatchObject({ unit: '%', warnings: [] });
    expect(codes(['12%', '7'])).toEqual(['mixed-column']);
    expect(infer(['$5', '€6', '$7']).column?.kind).toBe('text');
    expect(codes(['$5', '€6', '$7'])).toEqual(['mixed-column']);
  });

  it('are numbers when nine of ten cells are, wherever the tenth stands', () => {
    for (const at of [0, 5, 9]) {
      const values = repeat(10, '1.5').with(at, 'x');
      expect(infer(values).column?.kind).toBe('number');
      expect(infer(repeat(10, '2024-01-31').with(at, 'x')).column?.kind).toBe('date');
      expect(infer(values.with((at + 1) % 10, 'y')).column?.kind).not.toBe('number');
    }
  });

  it('are watched for codes for missing', () => {
    expect(infer(['34', '-999', '41', '999', '29']).warnings[0].message).toContain('-999 and 999');
    expect(codes(['-999', '-5', '3'])).toEqual([]);
    expect(codes(['999', '800', '3'])).toEqual([]);
  });
});

describe('dates', () => {
  it('settle the order of day and month over all cells', () => {
    expect(texts(['01/02/2024', '13/02/2024'])).toEqual(['2024-02-01', '2024-02-13']);
    expect(texts(['01/02/2024', '02/13/2024'])).toEqual(['2024-01-02', '2024-02-13']);
    expect(codes(['01/02/2024', '13/02/2024'])).toEqual([]);
  });

  it('ask when no cell settles it, and follow the answer', () => {
    const values = ['01/02/2024', '03/04/2024'];
    expect(codes(values)).toEqual(['ambiguous-dates']);
    expect(texts(values)).toEqual(['2024-01-02', '2024-03-04']);
    const answer = { dateOrder: 'day-first', dateOrderIsGiven: true } as const;
    expect(codes(values, answer)).toEqual([]);
    expect(texts(values, answer)).toEqual(['2024-02-01', '2024-04-03']);
  });

  it('stay words when the orders contradict each other', () => {
    expect(infer(['13/01/2024', '01/13/2024', '01/14/2024']).column?.kind).toBe('text');
    expect(codes(['13/01/2024', '01/13/2024', '01/14/2024'])).toEqual(['mixed-column']);
  });

  it('tolerate up to a tenth of other cells', () => {
    expect(texts([...repeat(9, '2024-01-05'), 'soon'])?.at(-1)).toBe('');
    expect(codes([...repeat(9, '2024-01-05'), 'soon'])).toEqual(['mixed-column']);
  });
});

describe('words', () => {
  it('are a category when few and repeated, text otherwise', () => {
    expect(infer(['red', 'blue', 'red', 'blue']).column).toMatchObject({
      kind: 'category',
      levels: ['red', 'blue'],
    });
    expect(infer(['red', 'blue', 'green']).column?.kind).toBe('text');
    const many = Array.from({ length: 200 }, (_, i) => `word ${i % 51}`);
    expect(infer(many).column?.kind).toBe('text');
    expect(infer(many, { kind: 'category' }).column?.kind).toBe('category');
  });

  it('are a category when they answer yes or no, however few', () => {
    expect(infer(['Yes', 'No']).column?.kind).toBe('category');
    expect(infer(['true']).column?.kind).toBe('category');
  });

  it('keep "NA" and "None" only when the user has set the type', () => {
    expect(codes(['NA', 'NL', 'US'])).toEqual(['na-may-be-a-value']);
    expect(texts(['NA', 'NL', 'US'])).toEqual(['', 'NL', 'US']);
    expect(texts(['NA', 'NL', ''], { kind: 'category' })).toEqual(['NA', 'NL', '']);
    expect(codes(['NA', 'NL', 'US'], { kind: 'text' })).toEqual([]);
  });

  it('keep their spaces and their hexadecimal digits', () => {
    expect(texts([' a ', '0x10', '1e5'])).toEqual([' a ', '0x10', '1e5']);
  });
});

describe('yes and no', () => {
  it('are a category, and 1 and 0 when the user wants a number', () => {
    const values = ['yes', 'No', '', 'YES', 'n/a', 'n'];
    expect(infer(values).column).toMatchObject({ kind: 'category' });
    expect(texts(values, { kind: 'number' })).toEqual(['1', '0', '', '1', '', '0']);
    expect(codes(values, { kind: 'number' })).toEqual([]);
    expect([...infer(values, { kind: 'number' }).missing]).toEqual([
      ['', 1],
      ['n/a', 1],
    ]);
  });

  it('are so in the languages of the encodings', () => {
    for (const pair of [
      'true false',
      'on off',
      'ja nein',
      'oui non',
      'sí no',
      'sim não',
      'да нет',
    ]) {
      expect(texts(pair.split(' '), { kind: 'number' }), pair).toEqual(['1', '0']);
    }
  });

  it('written as 1 and 0 are a number, and beside other words they are words', () => {
    expect(infer(['1', '0', '1', '0']).column?.kind).toBe('number');
    expect(texts(['yes', 'maybe'], { kind: 'number' })).toEqual(['', '']);
    expect(codes(['yes', '1'], { kind: 'number' })).toEqual(['text-in-number-column']);
  });
});

describe('what is missing', () => {
  const given = (
    tokens: readonly string[],
    numbers: readonly (readonly [number, string])[] = [],
  ) => ({
    missing: missingRule(tokens),
    missingNumbers: new Map(numbers),
  });

  it('is counted by what stands there', () => {
    const { missing } = infer(['1', '', ' ', 'NA', 'na', 'N/A', '-', '2', '']);
    expect(missing.toList()).toEqual([
      { token: '', count: 3 },
      { token: 'NA', count: 2 },
      { token: '-', count: 1 },
      { token: 'N/A', count: 1 },
    ]);
  });

  it('is what the user lists, and nothing else but blank cells', () => {
    const values = ['1', 'Unknown', '', '3'];
    expect(texts(values, given(['unknown']))).toEqual(['1', '', '', '3']);
    expect(infer(values, given(['unknown'])).missing.toList()).toEqual([
      { token: '', count: 1 },
      { token: 'unknown', count: 1 },
    ]);
    expect(texts(['NA', 'NL', 'US', ''], given([]))).toEqual(['NA', 'NL', 'US', '']);
    expect(codes(['NA', 'NL', 'US', ''], given([]))).toEqual([]);
  });

  it('may be a number, however it is written, in columns of numbers alone', () => {
    const options = given(['-1'], [[-1, '-1']]);
    expect(texts(['5', '-1', '-1.0', ' -1', '7'], options)).toEqual(['5', '', '', '', '7']);
    expect(infer(['5', '-1', '-1.0'], options).missing.toList()).toEqual([
      { token: '-1', count: 2 },
    ]);
    expect(texts(['a', '-1', '-1.0', 'b'], options)).toEqual(['a', '', '-1.0', 'b']);
  });

  it('does not count among the cells of which nine in ten must be numbers', () => {
    const values = [...repeat(10, '-1'), ...repeat(3, 'x'), '5'];
    expect(infer(values).column?.kind).not.toBe('number');
    expect(infer(values, given(['-1'], [[-1, '-1']])).column?.kind).not.toBe('number');
    expect(
      infer([...repeat(10, 'none of these'), '5'], given(['none of these'])).column?.kind,
    ).toBe('number');
  });

  it('once it holds the codes, they are told no more', () => {
    const values = ['34', '-999', '41', '999', '29'];
    const { warnings } = infer(values);
    expect(warnings[0].setting).toBe('missing');
    expect(warnings[0].proposal?.missing).toEqual(expect.arrayContaining(['na', '-999', '999']));
    const options = given(
      ['-999', '999'],
      [
        [-999, '-999'],
        [999, '999'],
      ],
    );
    expect(codes(values, options)).toEqual([]);
    expect(texts(values, options)).toEqual(['34', '', '41', '', '29']);
  });
});

it('a column without any value is none', () => {
  for (const kind of ['auto', 'number', 'date', 'category', 'text'] as const) {
    expect(infer(['', 'n/a', '-'], { kind }).column).toBeNull();
  }
});
