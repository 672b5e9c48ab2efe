import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { quickRecipe, runPipeline, sampleText } from '../../tests/helpers/pipeline';
import type { SegmentModel } from '../../src/core/model';
import { predict } from '../../src/core/score';
import type { StepOutputs } from '../../src/core/steps';
import { marginOf } from '../../src/core/scoring/margin';
import { linesOf, scoreHere } from './score-for-test';

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
    const lines = linesOf((await scoreHere(text, model)).text);
    const at = lines[0].split(',').indexOf('segment');
    return lines.slice(1).map((line) => line.split(',')[at]);
  }

  it('that is the same gets the same segments, and their counts', async () => {
    const { nRows, counts, nRowsFilled } = await scoreHere(sampleText(300), model);
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
    const { nRowsFilled } = await scoreHere(textOf(cells), model);
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
    await expect(scoreHere(drop('TENURE'), model)).rejects.toThrow(
      /“TENURE” as numbers, and .* no such column with values\.$/,
    );
    const two = scoreHere(drop('TENURE', 'BALANCE'), model);
    await expect(two).rejects.toThrow(
      /“BALANCE” as numbers and “TENURE” as numbers, .* no such columns with values\.$/,
    );
    await expect(two).rejects.toMatchObject({
      code: 'model-columns-missing',
      details: { missing: 2 },
    });
  });

  it('without any of the columns is another file: that is asked, with some of them named', async () => {
    await expect(scoreHere('a,b\n1,2\n3,4\n', model)).rejects.toThrow(
      /^None of the 17 columns that the model needs is in this file: .* and 12 more\. Is it another file/,
    );
  });

  it('in which a column is there but holds nothing is refused, naming it', async () => {
    const cells = cellsOf(sampleText(20));
    const at = cells[0].indexOf('MINIMUM_PAYMENTS');
    cells.slice(1).forEach((row) => (row[at] = ''));
    await expect(scoreHere(textOf(cells), model)).rejects.toThrow('“MINIMUM_PAYMENTS”');
  });

  it('with words where the model needs numbers is refused', async () => {
    const cells = cellsOf(sampleText(20));
    const at = cells[0].indexOf('TENURE');
    cells.slice(1).forEach((row, i) => (row[at] = i % 2 === 0 ? 'long' : 'short'));
    await expect(scoreHere(textOf(cells), model)).rejects.toThrow('“TENURE”');
  });

  it('whose columns differ by capitals only is matched exactly first', async () => {
    const four = { ...quickRecipe, cluster: { nClusters: 4 } };
    const twins = await runPipeline('Age,AGE\n1,90\n1,10\n9,90\n9,10\n', four);
    const labels = Array.from(twins.cluster.fit.labels, (label) => String(label + 1));
    for (const text of ['Age,AGE\n1,90\n1,10\n9,90\n9,10\n', 'AGE,Age\n90,1\n10,1\n90,9\n10,9\n']) {
      const lines = linesOf((await scoreHere(text, twins.model)).text);
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
    expect((await scoreHere(textOf(cells), model)).renamed).toEqual([
      { wanted: 'CREDIT_LIMIT', found: 'Credit limit' },
      { wanted: 'TENURE', found: 'tenure' },
    ]);
    expect(await segmentsOf(textOf(cells))).toEqual(await segmentsOf(sampleText(40)));
    expect((await scoreHere(sampleText(40), model)).renamed).toEqual([]);
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
    const { text: labelled, nRowsFilled } = await scoreHere(text, outputs.model);
    const lines = linesOf(labelled);
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

  it('without the category, or without a column that only a formula needs, is refused', async () => {
    const lacking = (name: string) =>
      scoreHere(csv(region, visits).replace(name, 'something else'), outputs.model);
    await expect(lacking('Region')).rejects.toThrow(/“Region”, and/);
    await expect(lacking('visits')).rejects.toThrow(/“visits” as numbers/);
  });
});

describe('what is written', () => {
  let model: SegmentModel;
  beforeAll(async () => {
    ({ model } = await runPipeline(sampleText(300), quickRecipe));
  });
  /** Where the added columns begin in a row of the sample. */
  const width = sampleText(1).split('\n')[0].split(',').length;
  const added = (line: string, separator = ',') => line.split(separator).slice(width);

  it('are the lines as they stand, byte by byte, and what the form says of each', async () => {
    const text = sampleText(50);
    const { text: scored, counts, nUnlike } = await scoreHere(text, model);
    const lines = linesOf(text);
    const header = lines[0].split(',');
    const found = linesOf(scored);
    expect(found[0]).toBe(
      `${lines[0]},segment,segment_name,segment_distance,segment_second,segment_margin,segment_unlike,segment_filled`,
    );
    const predicted = lines.slice(1).map((line, i) => {
      const cells = line.split(',');
      const values = model.inputs.map(({ name }) => {
        const cell = cells[header.indexOf(name)];
        return cell === '' ? null : Number(cell);
      });
      const { segment, distances, filled } = predict(model, values);
      const [second] = distances
        .map((distance, c) => ({ distance, c }))
        .filter(({ c }) => c !== segment)
        .sort((a, b) => a.distance - b.distance);
      const own = distances[segment];
      const isUnlike = own > model.segments[segment].distance.p99;
      expect(found[i + 1]).toBe(
        [
          line,
          segment + 1,
          model.segments[segment].name,
          own.toFixed(4),
          model.segments[second.c].name,
          marginOf(own, second.distance).toFixed(4),
          isUnlike ? 'yes' : '',
          filled.map((j) => model.features[j].name).join('; '),
        ]
          .map((cell) => String(cell))
          .map((cell, j) => (j > 0 && cell.includes(',') ? `"${cell}"` : cell))
          .join(','),
      );
      return { segment, isUnlike };
    });
    expect(counts).toEqual(
      model.segments.map((_, c) => predicted.filter(({ segment }) => segment === c).length),
    );
    expect(nUnlike).toBe(predicted.filter(({ isUnlike }) => isUnlike).length);
  });

  it('does not depend on how the file is cut, nor on who scores it', async () => {
    const text = withOddities(sampleText(60));
    const whole = await scoreHere(text, model);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), async (sliceBytes) => {
        const cut = await scoreHere(text, model, {}, sliceBytes);
        expect({ ...cut, csv: null }).toEqual({ ...whole, csv: null });
      }),
      { numRuns: 25 },
    );
  });

  /** Blank, short and long lines, cells that are no numbers, and empty fields beyond the last column. */
  function withOddities(text: string): string {
    const lines = linesOf(text);
    lines.splice(5, 0, '', '  ');
    lines[8] = lines[8].split(',').slice(0, 12).join(',');
    lines[9] += ',one too many';
    lines[10] += ',,';
    lines[11] = lines[11].replace(/^[^,]*,[^,]*/, 'Ünal,n/a');
    lines[12] = lines[12].replace(/^[^,]*/, '=1+1');
    lines[13] = lines[13].replace(/^[^,]*/, '"a ""b"", c"');
    return lines.join('\n');
  }

  it('keeps every row in its columns: short ones are filled up, empty fields beyond the last go, long ones are told', async () => {
    const text = withOddities(sampleText(60));
    const { text: scored, nRows, nShort, nSetAside, setAside } = await scoreHere(text, model);
    expect({ nRows, nShort, nSetAside }).toEqual({ nRows: 59, nShort: 1, nSetAside: 1 });
    expect(setAside).toEqual([{ line: 10, nFields: width + 1, nExpected: width }]);
    const given = linesOf(text);
    const found = linesOf(scored);
    expect(found[6]).toBe(
      [given[8], ...Array<string>(width - 12).fill('')].join(',') +
        found[6].slice(given[8].length + width - 12),
    );
    expect(added(found[6])[0]).toMatch(/^\d$/);
    expect(found[7].startsWith(`${given[10].slice(0, -2)},`)).toBe(true);
    expect(added(found[7])[0]).toMatch(/^\d$/);
    // What a spreadsheet would run is made harmless; quotes stand as they stood.
    expect(found[9].startsWith('"\'=1+1",')).toBe(true);
    expect(found[10].startsWith('"a ""b"", c",')).toBe(true);
  });

  it('is the same where cells hold line breaks and the file is read as text', async () => {
    const lines = linesOf(sampleText(80));
    const plain = lines.map((line, i) => (i === 0 ? `note,${line}` : `no,${line}`)).join('\n');
    const broken = lines
      .map((line, i) => (i === 0 ? `note,${line}` : `"one\ntwo, ""${i}""",${line}`))
      .join('\n');
    const asBytes = await scoreHere(plain, model);
    for (const sliceBytes of [7, 100, 2 ** 20]) {
      const asText = await scoreHere(broken, model, {}, sliceBytes);
      expect(asText.counts).toEqual(asBytes.counts);
      const rows = asText.text.split('\r\n');
      expect(rows).toHaveLength(82);
      expect(rows[1].startsWith('"one\ntwo, ""1""",')).toBe(true);
      expect(
        rows.slice(1, -1).map((row) => row.slice(row.indexOf(`,${lines[1].slice(0, 3)}`))),
      ).toEqual(
        linesOf(asBytes.text)
          .slice(1)
          .map((row) => row.slice(2)),
      );
    }
  });

  it('is written as the file is: its separator, its decimal mark, its line ends and its mark of UTF-8', async () => {
    const text = sampleText(40);
    const european = `\uFEFF${text.replaceAll(',', ';').replaceAll('.', ',').replaceAll('\n', '\r\n')}`;
    const { text: scored, csv } = await scoreHere(european, model);
    const bytes = new Uint8Array(await csv.arrayBuffer());
    expect(Array.from(bytes.subarray(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
    const rows = scored.split('\r\n');
    const [header, first] = european.slice(1).split('\r\n');
    expect(rows[0].replace('\uFEFF', '').startsWith(`${header};segment;`)).toBe(true);
    expect(rows[1].startsWith(`${first};`)).toBe(true);
    expect(added(rows[1], ';')[2]).toMatch(/^\d+,\d{4}$/);
    const same = await scoreHere(text, model);
    expect(rows.slice(1).map((row) => row.split(';')[width])).toEqual(
      same.text
        .split('\n')
        .slice(1)
        .map((row) => row.split(',')[width]),
    );
  });

  it('is the same for a file in UTF-16 and for one that turns out not to be UTF-8', async () => {
    const text = sampleText(40).replace(/^/, '');
    const same = await scoreHere(text, model);
    const wide = new Uint16Array([0xfeff, ...Array.from(text, (letter) => letter.charCodeAt(0))]);
    expect((await scoreHere(new Uint8Array(wide.buffer), model)).counts).toEqual(same.counts);
    const latin = Uint8Array.from(
      linesOf(text)
        .map((line, i) => (i === 30 ? line.replace(/^[^,]*/, 'caf\u00e9') : line))
        .join('\n'),
      (letter) => letter.charCodeAt(0),
    );
    const scored = await scoreHere(latin, model);
    expect(scored.counts).toEqual(same.counts);
    expect(scored.text).toContain('café');
  });

  it('follows the decimal mark of the whole file where its head does not show it', async () => {
    const lines = linesOf(sampleText(2000));
    const rows = lines.map((line, i) => {
      const cells = line.split(',');
      if (i === 0) return cells.join(';');
      // Whole numbers in the first 70 kB, so that the mark first shows beyond what is looked at.
      return cells
        .map((cell) => (i < 900 ? cell.replace(/\.\d+$/, '') : cell.replace('.', ',')))
        .join(';');
    });
    const scored = await scoreHere(rows.join('\n'), model);
    const points = await scoreHere(rows.map((row) => row.replaceAll(',', '.')).join('\n'), model);
    expect(scored.counts).toEqual(points.counts);
    expect(scored.nRowsFilled).toBe(points.nRowsFilled);
    expect(scored.unreadable).toEqual([]);
  });

  it('says which cells are no numbers, and refuses a column of which more than a tenth are none', async () => {
    const lines = linesOf(sampleText(50)).map((line) => line.split(','));
    const at = lines[0].indexOf('TENURE');
    for (const i of [3, 9, 20]) lines[i][at] = 'unknown';
    const text = () => lines.map((line) => line.join(',')).join('\n');
    const { unreadable, filled } = await scoreHere(text(), model);
    expect(unreadable).toEqual([{ name: 'TENURE', nRows: 3 }]);
    expect(filled.find(({ feature }) => model.features[feature].name === 'TENURE')?.nRows).toBe(3);
    for (const i of [4, 5, 6]) lines[i][at] = 'unknown';
    await expect(scoreHere(text(), model)).rejects.toMatchObject({ code: 'model-columns-missing' });
  });

  it('takes what counts as missing, and names of columns, from the settings of the model’s own file', async () => {
    const lines = linesOf(sampleText(30)).map((line) => line.split(','));
    const at = lines[0].indexOf('TENURE');
    lines[0][at] = 'Monate';
    lines[2][at] = '999';
    const text = lines.map((line) => line.join(',')).join('\n');
    await expect(scoreHere(text, model)).rejects.toThrow('TENURE');
    const read = { missing: ['999'], names: [{ column: 'Monate', name: 'TENURE' }] };
    const { filled } = await scoreHere(text, model, { read });
    expect(filled.map(({ feature }) => model.features[feature].name)).toContain('TENURE');
  });

  it('keeps the columns that it is asked to, and counts by bins', async () => {
    const text = sampleText(60);
    const bins = model.inputs.map(({ name }) =>
      name === 'TENURE' ? ({ kind: 'number', edges: [11] } as const) : null,
    );
    const collect = { key: 'CUST_ID', value: 'PURCHASES' };
    const scored = await scoreHere(text, model, { bins, collect }, 900);
    const lines = linesOf(text).map((line) => line.split(','));
    const column = (name: string) => lines.slice(1).map((line) => line[lines[0].indexOf(name)]);
    expect(scored.collected.flatMap(({ keys }) => keys)).toEqual(column('CUST_ID'));
    expect(scored.collected.flatMap(({ values }) => Array.from(values ?? []))).toEqual(
      column('PURCHASES').map(Number),
    );
    const labels = scored.collected.flatMap((part) => Array.from(part.labels));
    expect(model.segments.map((_, c) => labels.filter((label) => label === c).length)).toEqual(
      scored.counts,
    );
    const tenure = column('TENURE').map(Number);
    const at = model.inputs.findIndex(({ name }) => name === 'TENURE');
    expect(scored.bins[at]).toEqual([
      tenure.filter((value) => value <= 11).length,
      tenure.filter((value) => value > 11).length,
      0,
    ]);
    expect(scored.bins.filter((counts) => counts !== null)).toHaveLength(1);
  });

  it('without rows, or without anything, is refused', async () => {
    const [header] = linesOf(sampleText(1));
    await expect(scoreHere(header, model)).rejects.toMatchObject({ code: 'file-header-only' });
    await expect(scoreHere('', model)).rejects.toMatchObject({ code: 'file-empty' });
  });
});
