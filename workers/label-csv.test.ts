import { describe, expect, it } from 'vitest';
import { categories, numbers, tableOf, texts } from '../tests/helpers/tables';
import { cellText } from '../src/core/table/table';
import { labelledCsv, labelledTable } from './label-csv';
import { read } from './read/read-for-test';

const linesOf = async (csv: Blob) => (await csv.text()).trim().split('\r\n');

describe('the labelled table', () => {
  const table = tableOf([texts('who', ['A', 'B', 'C', 'D']), numbers('spend', [1, 2, 9, 9])]);
  const profile = {
    overall: [],
    segments: ['High spend', 'Low spend'].map((name) => ({
      name,
      sentence: '',
      size: 1,
      share: 0.5,
      columns: [],
      differences: [],
    })),
  };
  // Row 1 was a duplicate, row 3 an outlier.
  const fate = Uint8Array.of(0, 1, 0, 3);
  const codes = Int32Array.of(1, -1, 0, -1);

  it('has every row of the file, in its order, each with a segment or a reason', async () => {
    expect(await linesOf(labelledTable(table, codes, fate, profile))).toEqual([
      'who,spend,segment,segment_name,segment_note',
      'A,1,2,Low spend,',
      'B,2,,,set aside: duplicate',
      'C,9,1,High spend,',
      'D,9,,,set aside: outlier',
    ]);
  });

  it('adds columns under other names where the file has them already', async () => {
    const clash = tableOf([
      ...table.columns,
      categories('segment', ['x', 'x', 'y', 'y']),
      numbers('segment_2', [5, 6, 7, 8]),
    ]);
    const [header, first] = await linesOf(labelledTable(clash, codes, fate, profile));
    expect(header).toBe('who,spend,segment,segment_2,segment_3,segment_name,segment_note');
    expect(first).toBe('A,1,x,5,2,Low spend,');
  });

  it('gives a spreadsheet no formula', async () => {
    const evil = {
      ...profile,
      segments: [{ ...profile.segments[0], name: '=1+1' }, profile.segments[1]],
    };
    const lines = await linesOf(labelledTable(table, codes, fate, evil));
    expect(lines[3]).toBe(`C,9,1,"'=1+1",`);
  });
});

describe('how surely everybody belongs', () => {
  const table = tableOf([texts('who', ['A', 'B', 'C']), numbers('spend', [1, 2, 9])]);
  const profile = {
    overall: [],
    segments: ['High', '=Low'].map((name) => ({
      name,
      sentence: '',
      size: 1,
      share: 0.5,
      columns: [],
      differences: [],
    })),
  };
  // Row 1 was set aside; the others are those that were clustered.
  const cleaned = { rows: Int32Array.of(0, 2), fate: Uint8Array.of(0, 1, 0) };
  const labels = Int32Array.of(1, 0);
  const second = {
    distances: Float64Array.of(1, 2),
    seconds: Int32Array.of(0, 1),
    secondDistances: Float64Array.of(3, 4),
  };
  const mixture = {
    labels: Int32Array.of(1, 0),
    certainty: Float32Array.of(0.9, 0.6),
    nGroups: 2,
    memberships: Float32Array.of(0.1, 0.9, 0.6, 0.4),
  };
  const written = (more: Parameters<typeof labelledCsv>[4]) =>
    linesOf(labelledCsv(table, cleaned, labels, profile, more));

  it('is left out where nobody asks for it', async () => {
    const [header] = await written({ second: null, mixture: null });
    expect(header).toBe('who,spend,segment,segment_name,segment_note');
  });

  it('is the next segment and the margin to it, as in scored files', async () => {
    expect(await written({ second, mixture: null })).toEqual([
      'who,spend,segment,segment_name,segment_note,segment_distance,segment_second,segment_margin',
      // 1 − 1/3.
      `A,1,2,"'=Low",,1,High,0.6667`,
      'B,2,,,set aside: duplicate,,,',
      `C,9,1,High,,2,"'=Low",0.5`,
    ]);
  });

  it('is the probability of each group of a mixture', async () => {
    const [header, ...lines] = await written({ second: null, mixture });
    expect(header).toMatch(/,mixture_group,mixture_probability_A,mixture_probability_B$/);
    expect(lines[0]).toMatch(/,B,0\.1,0\.9$/);
    expect(lines[1]).toMatch(/,,,$/);
    expect(lines[2]).toMatch(/,A,0\.6,0\.4$/);
  });
});

describe('a labelled table that is read again', () => {
  const values = [
    0.1 + 0.2,
    -5,
    1e-7,
    123456789.125,
    5e-324,
    1.7976931348623157e308,
    -0.30000000000000004,
    1 / 3,
  ];
  const words = ['plain', 'a, "b"', 'two\nlines', " it's", 'ä 顧客', '-5 apples', 'NA?', 'a;b'];
  const table = tableOf([
    numbers('n', values),
    texts('t', words),
    numbers('m', [1, 2, 3, 4, 5, 6, 7, 8]),
  ]);
  const names = ['One', 'Two, or "2"'];
  const profile = {
    overall: [],
    segments: names.map((name) => ({
      name,
      sentence: '',
      size: 4,
      share: 0.5,
      columns: [],
      differences: [],
    })),
  };

  it('has the same numbers to the last bit, the same words, and every segment', async () => {
    const codes = Int32Array.from(values, (_, i) => i % 2);
    const csv = await labelledTable(table, codes, new Uint8Array(values.length), profile).text();
    const again = (await read(csv)).table;
    const columnOf = (name: string) => again.columns.find((column) => column.name === name);
    const n = columnOf('n');
    expect(n?.kind === 'number' && Array.from(n.values)).toEqual(values);
    const cells = (name: string) => {
      const column = columnOf(name);
      return values.map((_, i) => (column === undefined ? '' : cellText(column, i)));
    };
    // Formulas get a mark on the way out, which is theirs to keep.
    expect(cells('t')).toEqual(words.map((word) => (word.startsWith('-') ? `'${word}` : word)));
    expect(cells('segment')).toEqual(values.map((_, i) => String(1 + (i % 2))));
    expect(cells('segment_name')).toEqual(values.map((_, i) => names[i % 2]));
  });
});
