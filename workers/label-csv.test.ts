import { beforeAll, describe, expect, it } from 'vitest';
import { quickRecipe, runPipeline, sampleText } from '../tests/helpers/pipeline';
import { categories, numbers, tableOf, texts } from '../tests/helpers/tables';
import { cellText } from '../src/core/table/table';
import type { SegmentModel } from '../src/core/model';
import { predict } from '../src/core/score';
import type { StepOutputs } from '../src/core/steps';
import { labelledTable, scoreTable } from './label-csv';
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

describe('another file', () => {
  let outputs: StepOutputs;
  let model: SegmentModel;
  beforeAll(async () => {
    outputs = await runPipeline(sampleText(300), quickRecipe);
    ({ model } = outputs);
  });

  const cellsOf = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => line.split(','));
  const textOf = (cells: string[][]) => cells.map((row) => row.join(',')).join('\n');
  async function segmentsOf(text: string): Promise<string[]> {
    const lines = await linesOf(scoreTable((await read(text)).table, model).csv);
    const at = lines[0].split(',').indexOf('segment');
    return lines.slice(1).map((line) => line.split(',')[at]);
  }

  it('that is the same gets the same segments, and their counts', async () => {
    const { nRows, counts, nRowsFilled } = scoreTable(outputs.read.table, model);
    expect(nRows).toBe(300);
    expect(counts).toEqual(outputs.cluster.fit.sizes);
    expect(nRowsFilled).toBe(outputs.clean.nRowsWithMissing);
    expect(await segmentsOf(sampleText(300))).toEqual(
      Array.from(outputs.cluster.fit.labels, (label) => String(label + 1)),
    );
  });

  it('with its columns in another order, in capitals or not, and more of them, is the same', async () => {
    const cells = cellsOf(sampleText(300));
    const turned = cells.map((row, i) => [
      i === 0 ? 'extra' : String(i % 7),
      ...row.slice().reverse(),
    ]);
    turned[0] = turned[0].map((name) => name.toLowerCase());
    expect(await segmentsOf(textOf(turned))).toEqual(await segmentsOf(sampleText(300)));
  });

  it('has its gaps filled, as the form does one by one', async () => {
    const cells = cellsOf(sampleText(40));
    const at = cells[0].indexOf('BALANCE');
    cells.slice(1, 11).forEach((row) => (row[at] = ''));
    const { table } = await read(textOf(cells));
    const { nRowsFilled } = scoreTable(table, model);
    expect(nRowsFilled).toBeGreaterThanOrEqual(10);
    const values = cells.slice(1).map((row) =>
      model.inputs.map(({ name }) => {
        const cell = row[cells[0].indexOf(name)];
        return cell === '' ? null : Number(cell);
      }),
    );
    expect(await segmentsOf(textOf(cells))).toEqual(
      values.map((row) => String(predict(model, row).segment + 1)),
    );
  });

  it('without some of the columns is refused, naming them', async () => {
    const cells = cellsOf(sampleText(20));
    const drop = (...names: string[]) =>
      textOf(cells.map((row) => row.filter((_, j) => !names.includes(cells[0][j]))));
    const one = (await read(drop('TENURE'))).table;
    expect(() => scoreTable(one, model)).toThrow(
      /“TENURE” as numbers, and .* no such column with values\.$/,
    );
    const two = (await read(drop('TENURE', 'BALANCE'))).table;
    expect(() => scoreTable(two, model)).toThrow(
      /“BALANCE” as numbers and “TENURE” as numbers, .* no such columns with values\.$/,
    );
    expect
      .soft(() => scoreTable(two, model))
      .toThrow(expect.objectContaining({ code: 'model-columns-missing', details: { missing: 2 } }));
  });

  it('in which a column is there but holds nothing is refused, naming it', async () => {
    const cells = cellsOf(sampleText(20));
    const at = cells[0].indexOf('MINIMUM_PAYMENTS');
    cells.slice(1).forEach((row) => (row[at] = ''));
    const { table } = await read(textOf(cells));
    expect(() => scoreTable(table, model)).toThrow('“MINIMUM_PAYMENTS”');
  });

  it('with words where the model needs numbers is refused', async () => {
    const cells = cellsOf(sampleText(20));
    const at = cells[0].indexOf('TENURE');
    cells.slice(1).forEach((row, i) => (row[at] = i % 2 === 0 ? 'long' : 'short'));
    const { table } = await read(textOf(cells));
    expect(() => scoreTable(table, model)).toThrow('“TENURE”');
  });

  it('whose columns differ by capitals only is matched exactly first', async () => {
    const age = numbers('Age', [1, 1, 9, 9]);
    const shout = numbers('AGE', [90, 10, 90, 10]);
    const four = { ...quickRecipe, cluster: { nClusters: 4 } };
    const twins = await runPipeline('Age,AGE\n1,90\n1,10\n9,90\n9,10\n', four);
    const labels = Array.from(twins.cluster.fit.labels, (label) => String(label + 1));
    for (const columns of [
      [age, shout],
      [shout, age],
    ]) {
      const lines = await linesOf(scoreTable(tableOf(columns), twins.model).csv);
      expect(lines.slice(1).map((line) => line.split(',')[2])).toEqual(labels);
    }
  });

  it('in which columns are called otherwise is scored, and says so', async () => {
    const cells = cellsOf(sampleText(40));
    const as = new Map([
      ['CREDIT_LIMIT', 'Credit limit'],
      ['TENURE', 'tenure'],
    ]);
    cells[0] = cells[0].map((name) => as.get(name) ?? name);
    const { table } = await read(textOf(cells));
    expect(scoreTable(table, model).renamed).toEqual([
      { wanted: 'CREDIT_LIMIT', found: 'Credit limit' },
      { wanted: 'TENURE', found: 'tenure' },
    ]);
    expect(await segmentsOf(textOf(cells))).toEqual(await segmentsOf(sampleText(40)));
    expect(scoreTable(outputs.read.table, model).renamed).toEqual([]);
  });
});

describe('another file for a model of categories and formulas', () => {
  const nRows = 60;
  const spend = Array.from({ length: nRows }, (_, i) => (i * 37) % 61);
  const visits = Array.from({ length: nRows }, (_, i) => 1 + ((i * 11) % 13));
  const region = Array.from({ length: nRows }, (_, i) => ['North', 'South', 'East'][(i * i) % 3]);
  const csv = (regions: readonly string[], perVisit: readonly number[]) =>
    [
      'Region,spend,visits',
      ...spend.map((value, i) => `${regions[i]},${value},${perVisit[i]}`),
    ].join('\n');

  let outputs: StepOutputs;
  beforeAll(async () => {
    outputs = await runPipeline(csv(region, visits), {
      ...quickRecipe,
      derive: { columns: [{ name: 'per visit', formula: 'spend / visits' }] },
      clean: {
        ...quickRecipe.clean,
        roles: [
          { column: 'Region', role: 'cluster' },
          { column: 'visits', role: 'ignore' },
        ],
      },
    });
  });

  async function labelsOf(text: string): Promise<{ labels: number[]; nRowsFilled: number }> {
    const { csv: labelled, nRowsFilled } = scoreTable((await read(text)).table, outputs.model);
    const lines = await linesOf(labelled);
    const at = lines[0].split(',').indexOf('segment');
    return { labels: lines.slice(1).map((line) => Number(line.split(',')[at]) - 1), nRowsFilled };
  }

  it('gets the same segments where it is the same', async () => {
    const { labels, nRowsFilled } = await labelsOf(csv(region, visits));
    expect(labels).toEqual(Array.from(outputs.cluster.fit.labels));
    expect(nRowsFilled).toBe(0);
  });

  it('says what the form says of levels that are missing or were never seen, and of formulas without a value', async () => {
    const odd = region.map((level, i) => (i % 5 === 0 ? '' : i % 7 === 0 ? 'West' : level));
    const zero = visits.map((value, i) => (i % 6 === 0 ? 0 : value));
    const { labels, nRowsFilled } = await labelsOf(csv(odd, zero));
    const values = new Map<string, (i: number) => string | number | null>([
      ['Region', (i) => (odd[i] === '' ? null : odd[i])],
      ['spend', (i) => spend[i]],
      ['visits', (i) => zero[i]],
    ]);
    const predicted = spend.map((_, i) => {
      const row = outputs.model.inputs.map(({ name }) => values.get(name)?.(i) ?? null);
      return predict(outputs.model, row);
    });
    expect(labels).toEqual(predicted.map(({ segment }) => segment));
    // Divided by no visit; a missing region is filled with nothing.
    expect(nRowsFilled).toBe(10);
  });

  it('may hold its levels as texts or as numbers', async () => {
    const unseen = await labelsOf(csv(Array<string>(nRows).fill('West'), visits));
    const texts = region.map((_, i) => `code ${i}`);
    expect(await labelsOf(csv(texts, visits))).toEqual(unseen);
    const digits = region.map((_, i) => String(i * 3.5));
    expect(await labelsOf(csv(digits, visits))).toEqual(unseen);
  });

  it('without the category, or without a column that only a formula needs, is refused', () => {
    const lacking = (name: string) => {
      const { read: whole } = outputs;
      return tableOf(whole.table.columns.filter((column) => column.name !== name));
    };
    expect(() => scoreTable(lacking('Region'), outputs.model)).toThrow(/“Region”, and/);
    expect(() => scoreTable(lacking('visits'), outputs.model)).toThrow(/“visits” as numbers/);
  });
});
