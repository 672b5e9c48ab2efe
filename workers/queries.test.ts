import type { Remote } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quickRecipe, sampleText } from '../tests/helpers/pipeline';
import { connect, evaluateStep, fileOf, requestOf, valueOf } from '../tests/helpers/service';
import type { Result, Source, WorkerApi } from '../src/contract/api';
import type { Queries, QueryKind } from '../src/contract/queries';
import type { ClusterView } from '../src/contract/views';
import type { Recipe } from '../src/core/recipe';
import { inFileOrder, type RowOrder } from '../src/core/select/order-rows';
import type { Selection } from '../src/core/select/selection';

let api: Remote<WorkerApi>;
let close: () => void;
beforeEach(() => ({ api, close } = connect()));
afterEach(() => close());

/** As the bridge does it: comlink loses which answer belongs to which question. */
async function ask<Kind extends QueryKind>(
  source: Source,
  kind: Kind,
  question: Queries[Kind]['question'],
  recipe: Recipe = quickRecipe,
): Promise<Queries[Kind]['answer']> {
  const asked = api.ask(requestOf(source, recipe), kind, question);
  return valueOf((await asked) as Result<Queries[Kind]['answer']>);
}

/** The segment of each row of the story, and how many each has. */
async function segments(source: Source): Promise<ClusterView> {
  return valueOf(await evaluateStep(api, requestOf(source, quickRecipe), 'cluster')).view;
}

const page = (
  selection: Selection,
  first = 0,
  nRows = 50,
  order: RowOrder = inFileOrder,
): Queries['rows']['question'] => ({ selection, order, first, nRows });

/** A table of two obvious segments, the small one first; row i has spend i or 1000 + i. */
const twoKinds = `name,spend,visits,plan\n${Array.from({ length: 60 }, (_, i) =>
  i < 20
    ? `n${i},${1000 + i},${50 + (i % 3)},gold\n`
    : `n${i},${i},${i % 4},${i % 2 === 0 ? '' : 'basic'}\n`,
).join('')}`;
const two: Recipe = { ...quickRecipe, cluster: { nClusters: 2 } };
const three: Recipe = { ...quickRecipe, cluster: { nClusters: 3 } };

describe('the worker lists selected customers', () => {
  it('with their lines and their segments', async () => {
    const selection: Selection = {
      kind: 'range',
      column: 'spend',
      from: 1000,
      to: 1003,
      isClosed: false,
    };
    const { nRows, columns, rows } = await ask(fileOf(twoKinds), 'rows', page(selection), two);
    expect(nRows).toBe(3);
    expect(columns.map(({ name }) => name)).toEqual(['name', 'spend', 'visits', 'plan']);
    expect(rows).toHaveLength(3);
    // The second segment by size, on the lines below the header.
    expect(rows[2]).toEqual({
      line: 4,
      segment: 1,
      setAside: '',
      cells: ['n2', '1002', '52', 'gold'],
    });
  });

  it('page by page, in any order, each of them once', async () => {
    const source = fileOf(twoKinds);
    const selection: Selection = { kind: 'segment', segment: 0 };
    const order: RowOrder = { by: { column: 'spend' }, isFalling: true };
    const lines: number[] = [];
    for (const first of [0, 15, 30, 45]) {
      const { nRows, rows } = await ask(source, 'rows', page(selection, first, 15, order), two);
      expect(nRows).toBe(40);
      lines.push(...rows.map(({ line }) => line));
    }
    // Spend falls from row 59, on line 61, to row 20, on line 22.
    expect(lines).toEqual(Array.from({ length: 40 }, (_, i) => 61 - i));
  });

  it('five hundred at a time, whatever was asked for', async () => {
    const source = fileOf(sampleText(700));
    const { nRows, rows } = await ask(source, 'rows', page({ kind: 'all-of', parts: [] }, 0, 1e9));
    expect([nRows, rows.length]).toEqual([700, 500]);
  });

  it('also of a file of which no segments can be formed', async () => {
    const source = fileOf('city,plan\nRome,a\nOslo,b\nRome,b\n');
    const selection: Selection = { kind: 'levels', column: 'city', levels: ['Rome'] };
    const { rows } = await ask(source, 'rows', page(selection));
    expect(rows.map(({ line, segment }) => [line, segment])).toEqual([
      [2, null],
      [4, null],
    ]);
    expect(await ask(source, 'selected', { selection })).toEqual({ nRows: 2, kept: null });
    const segment: Selection = { kind: 'segment', segment: 0 };
    expect(await ask(source, 'selected', { selection: segment })).toEqual({ nRows: 0, kept: null });
  });
});

describe('the worker says who is selected', () => {
  it('by row of the story, and how many there are in the file', async () => {
    const source = fileOf(sampleText(300));
    const { labels, sizes } = await segments(source);
    for (const [segment, size] of sizes.entries()) {
      const selection: Selection = { kind: 'segment', segment };
      const { nRows, kept } = await ask(source, 'selected', { selection });
      expect(nRows).toBe(size);
      expect(kept).toEqual(Uint8Array.from(labels, (label) => (label === segment ? 1 : 0)));
    }
  });

  it('and keeps apart numbers that JSON writes alike', async () => {
    const source = fileOf(twoKinds);
    const from = (least: number): Selection => ({
      kind: 'range',
      column: 'spend',
      from: least,
      to: 1e9,
      isClosed: false,
    });
    const count = async (least: number) =>
      (await ask(source, 'selected', { selection: from(least) }, two)).nRows;
    expect([await count(NaN), await count(-Infinity), await count(Infinity)]).toEqual([0, 60, 0]);
  });

  it('anew for another recipe', async () => {
    const source = fileOf(twoKinds);
    const selection: Selection = { kind: 'segment', segment: 1 };
    const [inTwo, inThree] = [
      await ask(source, 'selected', { selection }, two),
      await ask(source, 'selected', { selection }, three),
    ];
    expect(inTwo.nRows).toBe(20);
    expect(inThree.kept).not.toEqual(inTwo.kept);
  });
});

describe('the worker looks inside the segments', () => {
  it('at what did not form them, and at what few customers make', async () => {
    const source = fileOf(twoKinds);
    const { rows, sentences } = await ask(source, 'described', null, two);
    // All of the second segment have gold, and half of the first are without a plan.
    expect(rows.map(({ column, level }) => [column, level])).toEqual([
      ['plan', 'gold'],
      ['plan', 'basic'],
    ]);
    expect(rows[0].segments).toMatchObject([
      { nKnown: 20, mean: 0 },
      { nKnown: 20, mean: 1 },
    ]);
    expect(sentences[0]).toMatch(/^Plan: gold: (100|0)\u00a0% of “/);
    const told = await ask(source, 'influence', null, two);
    expect(told.trials.map(({ nLeftOut }) => nLeftOut)).toEqual([1, 2, 3, 6]);
    const selection: Selection = { kind: 'farthest', share: 0.1 };
    expect((await ask(source, 'selected', { selection }, two)).nRows).toBe(6);
    expect((await ask(source, 'formed', null, two)).features[0].means).toHaveLength(2);
  });

  it('in the space that they were formed in, and names it', async () => {
    const source = fileOf(sampleText(300));
    const reduce = { ...quickRecipe.reduce, space: 'components' as const, nComponents: 2 };
    const recipe: Recipe = { ...quickRecipe, reduce, cluster: { nClusters: 3 } };
    const { view } = valueOf(await evaluateStep(api, requestOf(source, recipe), 'cluster'));
    const { mean } = await ask(source, 'silhouettes', null, recipe);
    expect(mean).toBeCloseTo(view.silhouette?.mean ?? NaN, 12);
    expect(mean).not.toBeCloseTo(view.overColumns?.mean ?? NaN, 2);
    const soft = await ask(source, 'mixture', { covarianceType: 'full' }, recipe);
    // Two means, two variances and a covariance for each of three groups, and two weights.
    expect(soft.nParameters).toBe(17);
    expect(soft.sentences[0]).toContain('distributions over 2 principal components that begin');
  });

  it('at the silhouettes of all customers, and selects by them as many as it told', async () => {
    const source = fileOf(sampleText(400));
    const { sizes } = await segments(source);
    const { mean, nJudged, segments: profiles } = await ask(source, 'silhouettes', null);
    expect(nJudged).toBe(400);
    expect(profiles.map((profile) => profile.nJudged)).toEqual(sizes);
    expect(mean).toBeGreaterThan(0);
    expect(profiles.some(({ nNegative }) => nNegative > 0)).toBe(true);
    for (const [segment, { nNegative, values }] of profiles.entries()) {
      const count = async (from: number, to: number) =>
        (
          await ask(source, 'selected', {
            selection: { kind: 'silhouette', segment, from, to },
          })
        ).nRows;
      expect(await count(-1, 0)).toBe(nNegative);
      expect(await count(-1, 1)).toBe(sizes[segment]);
      // Every value is shown, of so few customers.
      const above = values.filter((value) => value >= 0.25).length;
      expect(await count(0.25, 1)).toBe(above);
    }
  });

  it('at who would go where with one segment more, and selects each part of that flow', async () => {
    const source = fileOf(sampleText(400));
    const more: Recipe = { ...three, cluster: { ...three.cluster, nClusters: 4 } };
    const flow = await ask(source, 'flow', { recipe: more }, three);
    expect([flow.before.length, flow.after.length]).toEqual([3, 4]);
    expect(flow.continues.filter((old) => old === null)).toHaveLength(1);
    const back = await ask(source, 'flow', { recipe: three }, more);
    expect([back.before, back.after]).toEqual([flow.after, flow.before]);
    expect(flow.crosstab.flat().reduce((sum, count) => sum + count, 0)).toBe(400);
    for (const [segment, row] of flow.crosstab.entries()) {
      for (const [to, count] of row.entries()) {
        const selection: Selection = {
          kind: 'all-of',
          parts: [
            { kind: 'segment', segment },
            { kind: 'elsewhere', recipe: more, segment: to, name: flow.after[to].name },
          ],
        };
        expect((await ask(source, 'selected', { selection }, three)).nRows).toBe(count);
      }
    }
  });

  it('at the tree of Ward’s method, and selects each of its branches', async () => {
    const source = fileOf(sampleText(300));
    const { nodes, cuts, nLeaves } = await ask(source, 'dendrogram', null);
    expect([nLeaves, cuts.length, nodes.length]).toEqual([30, 30, 59]);
    expect(cuts.map(({ adjustedRandIndex }) => adjustedRandIndex !== null)).toEqual(
      cuts.map(({ nGroups }) => nGroups >= 2 && nGroups <= quickRecipe.sweep.kMax),
    );
    for (const at of [0, 29, 30, 45, 57, 58]) {
      const { nGroups, group, size } = nodes[at];
      const selection: Selection = { kind: 'branch', nGroups, group };
      expect((await ask(source, 'selected', { selection })).nRows).toBe(size);
    }
    const beyond: Selection = { kind: 'branch', nGroups: 301, group: 0 };
    expect((await ask(source, 'selected', { selection: beyond })).nRows).toBe(0);
  });

  it('never at segments of a file that was read otherwise', async () => {
    const source = fileOf(twoKinds);
    const other: Recipe = { ...two, read: { ...two.read, decimal: ',' } };
    await expect(ask(source, 'flow', { recipe: other }, two)).rejects.toMatchObject({
      code: 'internal',
    });
    const selection: Selection = { kind: 'elsewhere', recipe: other, segment: 0, name: '' };
    expect((await ask(source, 'selected', { selection }, two)).nRows).toBe(0);
  });
});

describe('the worker writes selected customers', () => {
  it('as CSV, as they stand in the file, with their segments', async () => {
    const selection: Selection = {
      kind: 'all-of',
      parts: [
        { kind: 'missing', columns: ['plan'] },
        { kind: 'range', column: 'spend', from: 22, to: 24, isClosed: true },
      ],
    };
    const csv = await ask(fileOf(twoKinds), 'selectedCsv', { selection }, two);
    const lines = (await csv.text()).trim().split(/\r?\n/);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^name,spend,visits,plan,segment,segment_name,segment_note$/);
    expect(lines[1]).toMatch(/^n22,22,2,,1,/);
    expect(lines[2]).toMatch(/^n24,24,0,,1,/);
  });
});

describe('the worker walks the tree', () => {
  it('and counts who reaches each node, those it was tested on apart', async () => {
    const source = fileOf(sampleText(300));
    const { tree, all, tested } = await ask(source, 'treeNodes', null);
    const { sizes } = await segments(source);
    expect(all[0]).toEqual(sizes);
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    // What it did not learn from, it was tested on.
    expect(sum(tested[0])).toBe(sum(sizes) - tree.nSamples[0]);
    tree.left.forEach((left, node) => {
      if (left < 0) return;
      const below = all[left].map((count, c) => count + all[tree.right[node]][c]);
      expect(all[node]).toEqual(below);
    });
    // A customer of a leaf can be listed.
    const parts = [
      { from: { kind: 'number', column: 'BALANCE' }, over: null, upTo: 1e12 } as const,
    ];
    const { nRows } = await ask(source, 'selected', { selection: { kind: 'rule', parts } });
    expect(nRows).toBe(sum(sizes));
  });

  it('and says what it loses without each column, the same whenever it is asked', async () => {
    const source = fileOf(sampleText(300));
    const found = await ask(source, 'importance', { nRepeats: 4 });
    expect(found.importances).toHaveLength(found.columns.length);
    expect(found.gains.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(1, 12);
    expect(Math.max(...found.importances.map(({ mean }) => mean))).toBeGreaterThan(0.05);
    expect(await ask(source, 'importance', { nRepeats: 4 })).toEqual(found);
  });
});

describe('the worker finds a short form', () => {
  it('and makes a model of its columns', async () => {
    const source = fileOf(sampleText(300));
    const { steps, columns, allAccuracy, nTest } = await ask(source, 'fewestFields', null);
    expect(nTest).toBeGreaterThan(50);
    expect(steps[0].groups).toHaveLength(1);
    expect(steps.length).toBeLessThanOrEqual(columns.length);
    expect(allAccuracy).toBeGreaterThan(0.9);
    const chosen = steps[1].groups.map((group) => columns[group]);
    const model = await ask(source, 'smallModel', { columns: chosen });
    expect(model.inputs.map(({ name }) => name).sort()).toEqual([...chosen].sort());
    await expect(ask(source, 'smallModel', { columns: ['no such'] })).rejects.toThrow(
      'one column at least',
    );
  });
});
