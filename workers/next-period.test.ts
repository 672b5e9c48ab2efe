import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Remote } from 'comlink';
import { quickRecipe, runPipeline, sampleText } from '../tests/helpers/pipeline';
import { connect, fileOf, requestOf, valueOf } from '../tests/helpers/service';
import type { Result, WorkerApi } from '../src/contract/api';
import type { Queries, QueryKind } from '../src/contract/queries';
import type { SegmentModel } from '../src/core/model';
import { defaultRecipe } from '../src/core/recipe';

let api: Remote<WorkerApi>;
let close: () => void;
beforeEach(() => ({ api, close } = connect()));
afterEach(() => close());

const text = sampleText(300);
async function ask<Kind extends QueryKind>(
  kind: Kind,
  question: Queries[Kind]['question'],
): Promise<Queries[Kind]['answer']> {
  const asked = api.ask(requestOf(fileOf(text), quickRecipe), kind, question);
  return valueOf((await asked) as Result<Queries[Kind]['answer']>);
}

const later = (content: string, value: string | null = 'PURCHASES') => ({
  file: { name: 'later.csv', blob: new Blob([content]), lastModified: 1 },
  key: 'CUST_ID',
  value,
  by: null,
});

describe('a later file', () => {
  it('that is the same has nobody moved, nothing drifted, and every customer with the value that he had', async () => {
    const { next, scored } = await ask('nextPeriod', later(text));
    expect(scored.nRows).toBe(300);
    expect(next.sizesAfter).toEqual(next.sizesBefore);
    expect(next.migration).toMatchObject({ nSame: 300, nMoved: 0 });
    expect(next.migration.valueAfter).toEqual(next.migration.valueBefore);
    expect(next.columns).toHaveLength(17);
    expect(next.columns.filter(({ psi }) => psi !== 0)).toEqual([]);
    expect(next.sizeDrift.psi).toBe(0);
  });

  it('in another order, with customers who moved, came and went, has them in their cells', async () => {
    const [header, ...rows] = text
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const { next: same } = await ask('nextPeriod', later(text));
    const largest = same.sizesBefore.length - 1;
    // The last is gone; the first takes the place of the second, but for his name; one is new.
    const changed = [
      ...rows.slice(1, -1).toReversed(),
      [rows[0][0], ...rows[1].slice(1)],
      ['new customer', ...rows[2].slice(1)],
    ];
    const content = [header, ...changed].map((row) => row.join(',')).join('\n');
    const { next } = await ask('nextPeriod', later(content));
    expect(next.migration.nSame).toBe(299);
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
    expect(sum(next.migration.gone)).toBe(1);
    expect(sum(next.migration.arrived)).toBe(1);
    expect(next.migration.nMoved).toBeLessThanOrEqual(1);
    const to = next.migration.arrived.indexOf(1);
    const { first, csv } = await ask('movers', { ...later(content), from: 'none', to });
    expect(first).toMatchObject([{ key: 'new customer', from: 'none', to }]);
    expect((await csv.text()).split('\r\n')).toEqual([
      'CUST_ID,segment_before,segment_after,PURCHASES_before,PURCHASES_after',
      `new customer,new,"${next.segments[to]}",,${rows[2][header.indexOf('PURCHASES')]}`.replace(
        /"([^",]*)"/,
        '$1',
      ),
      '',
    ]);
    expect(largest).toBeGreaterThan(0);
  });

  it('in which a column has changed says so of that column alone', async () => {
    const [header, ...rows] = text
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const at = header.indexOf('CREDIT_LIMIT');
    const content = [header, ...rows.map((row) => row.with(at, String(3 * Number(row[at]))))]
      .map((row) => row.join(','))
      .join('\n');
    const { next } = await ask('nextPeriod', later(content, null));
    expect(next.columns.filter(({ band }) => band === 'much').map(({ column }) => column)).toEqual([
      'CREDIT_LIMIT',
    ]);
    expect(next.migration.valueBefore).toBeNull();
  });

  it('without the key is refused', async () => {
    const content = text.replace('CUST_ID', 'nobody');
    await expect(ask('nextPeriod', later(content))).rejects.toMatchObject({
      code: 'model-columns-missing',
    });
  });
});

describe('two files and a model that came without its own', () => {
  const [header, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const written = (cells: readonly (readonly string[])[]) =>
    cells.map((row) => row.join(',')).join('\n');
  /** As the page would ask: about the earlier file, which has no recipe of its own. */
  async function askAbout<Kind extends QueryKind>(
    earlier: string,
    kind: Kind,
    question: Queries[Kind]['question'],
  ): Promise<Queries[Kind]['answer']> {
    const asked = api.ask(requestOf(fileOf(earlier), defaultRecipe), kind, question);
    return valueOf((await asked) as Result<Queries[Kind]['answer']>);
  }
  const by = (model: SegmentModel, earlier: string) => ({ model, blob: new Blob([earlier]) });
  let model: SegmentModel;
  beforeAll(async () => {
    ({ model } = await runPipeline(text, quickRecipe));
  });

  it('are the same as the page’s own where the earlier one is the file that it was learned from', async () => {
    const changed = [...rows.slice(3).toReversed(), [rows[0][0], ...rows[1].slice(1)]];
    const content = written([header, ...changed]);
    const own = await ask('nextPeriod', later(content));
    const question = { ...later(content), by: by(model, text) };
    const { next } = await askAbout(text, 'nextPeriod', question);
    expect(next).toEqual(own.next);
    const cell = { from: own.next.migration.gone.findIndex((n) => n > 0), to: 'none' } as const;
    const [here, there] = [
      await ask('movers', { ...later(content), ...cell }),
      await askAbout(text, 'movers', { ...question, ...cell }),
    ];
    expect(there.first).toEqual(here.first);
    expect(await there.csv.text()).toBe(await here.csv.text());
  });

  it('may be the labelled download: columns that were added to it do not count', async () => {
    const labelled = await (await ask('labelledCsv', { second: true, mixture: null })).text();
    const question = { ...later(text), by: by(model, labelled) };
    const { next } = await askAbout(labelled, 'nextPeriod', question);
    expect(next.migration).toMatchObject({ nSame: 300, nMoved: 0 });
    expect(next.columns).toHaveLength(17);
    expect(next.columns.filter(({ psi }) => psi !== 0)).toEqual([]);
  });

  it('may call their columns otherwise and have them in another order', async () => {
    const turned = [header, ...rows].map((row) => row.toReversed());
    turned[0] = turned[0].map((name) => name.toLowerCase());
    const earlier = written(turned);
    const question = { ...later(text), key: 'cust_id', value: null, by: by(model, earlier) };
    const { next } = await askAbout(earlier, 'nextPeriod', question);
    expect(next.migration).toMatchObject({ nSame: 300, nMoved: 0 });
    expect(next.columns).toHaveLength(17);
  });

  it('are refused where the earlier one lacks a column of the model, naming it', async () => {
    const at = header.indexOf('TENURE');
    const earlier = written([header, ...rows].map((row) => row.toSpliced(at, 1)));
    const question = { ...later(text), by: by(model, earlier) };
    await expect(askAbout(earlier, 'nextPeriod', question)).rejects.toMatchObject({
      code: 'model-columns-missing',
      message: expect.stringContaining('“TENURE”') as string,
    });
  });
});
