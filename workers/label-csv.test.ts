import { beforeAll, describe, expect, it } from 'vitest';
import { quickRecipe, runPipeline, sampleText } from '../tests/helpers/pipeline';
import { categories, numbers, tableOf, texts } from '../tests/helpers/tables';
import { predict, type SegmentModel } from '../src/core/model';
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
  const cleaned = { rows: Int32Array.of(0, 2), fate: Uint8Array.of(0, 1, 0, 3) };

  it('has every row of the file, in its order, each with a segment or a reason', async () => {
    expect(await linesOf(labelledTable(table, cleaned, Int32Array.of(1, 0), profile))).toEqual([
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
    const [header, first] = await linesOf(
      labelledTable(clash, cleaned, Int32Array.of(1, 0), profile),
    );
    expect(header).toBe('who,spend,segment,segment_2,segment_3,segment_name,segment_note');
    expect(first).toBe('A,1,x,5,2,Low spend,');
  });

  it('gives a spreadsheet no formula', async () => {
    const evil = {
      ...profile,
      segments: [{ ...profile.segments[0], name: '=1+1' }, profile.segments[1]],
    };
    const lines = await linesOf(labelledTable(table, cleaned, Int32Array.of(1, 0), evil));
    expect(lines[3]).toBe("C,9,1,'=1+1,");
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
      model.columns.map(({ name }) => {
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
      /“BALANCE” and “TENURE” .* no such columns with values\.$/,
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
});
