import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Remote } from 'comlink';
import { quickRecipe, sampleText } from '../tests/helpers/pipeline';
import { connect, fileOf, requestOf, valueOf } from '../tests/helpers/service';
import type { Result, WorkerApi } from '../src/contract/api';
import type { Queries, QueryKind } from '../src/contract/queries';

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
