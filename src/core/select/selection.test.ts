import { describe, expect, it } from 'vitest';
import { partsByNode } from '../explain/tree-rules';
import { countNodes } from '../judge/count-nodes';
import { cleaning } from '../../../tests/helpers/cleaning';
import { runPipeline, sampleText } from '../../../tests/helpers/pipeline';
import { quickRecipe } from '../../../tests/helpers/pipeline';
import { categories, dates, numbers, tableOf, texts } from '../../../tests/helpers/tables';
import { defaultRecipe } from '../recipe';
import type { StepOutputs } from '../steps';
import type { Table } from '../table/table';
import { selectionInWords } from './selection-in-words';
import {
  needsOf,
  partsOf,
  selectionKey,
  selectRows,
  type SelectFrom,
  type Selection,
} from './selection';

const x = NaN;
const people = tableOf([
  numbers('age', [20, 30, 40, x, 30, 50]),
  categories('plan', ['a', 'b', null, 'a', 'c', 'b']),
  texts('city', ['Rome', null, 'Oslo', 'Rome', '', 'Kyiv']),
  dates('since', [0, 86_400_000, x, 172_800_000, 0, 86_400_000]),
]);
const day = 86_400_000;

const fromTable = (table: Table, more: object = {}): SelectFrom => ({
  derive: { table, reports: [], uses: [] },
  recipe: defaultRecipe,
  ...more,
});

const selected = (selection: Selection, from = fromTable(people)) => [
  ...selectRows(selection, from),
];
const range = (column: string, from: number, to: number, isClosed = false): Selection => ({
  kind: 'range',
  column,
  from,
  to,
  isClosed,
});

describe('of what is known beside the steps', () => {
  const kept = {
    clean: { rows: Int32Array.of(0, 2, 3, 5) },
    cluster: { fit: { labels: Int32Array.of(0, 0, 1, 0) } },
    silhouettes: Float64Array.of(-0.2, 0.3, -0.1, 1),
  };
  const within = (segment: number, from: number, to: number): Selection => ({
    kind: 'silhouette',
    segment,
    from,
    to,
  });

  it('silhouettes: those of the segment, from the first bound to before the second', () => {
    const from = fromTable(people, kept);
    expect(selected(within(0, -1, 0), from)).toEqual([1, 0, 0, 0, 0, 0]);
    expect(selected(within(1, -1, 0), from)).toEqual([0, 0, 0, 1, 0, 0]);
    expect(selected(within(0, 0.3, 0.9), from)).toEqual([0, 0, 1, 0, 0, 0]);
    expect(selected(within(0, -0.2, 0.3), from)).toEqual([1, 0, 0, 0, 0, 0]);
    // The best there is belongs to a range that ends with it.
    expect(selected(within(0, 0.3, 1), from)).toEqual([0, 0, 1, 0, 0, 1]);
  });

  it('a silhouette that is not known is within no range', () => {
    const silhouettes = Float64Array.of(x, 0.3, x, x);
    expect(selected(within(0, -1, 1), fromTable(people, { ...kept, silhouettes }))).toEqual([
      0, 0, 1, 0, 0, 0,
    ]);
    expect(selected(within(0, -1, 1), fromTable(people, { clean: kept.clean }))).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
  });

  it('the segments of another recipe', () => {
    const other = { ...defaultRecipe, cluster: { ...defaultRecipe.cluster, nClusters: 5 } };
    const elsewhere = (recipe: object) =>
      recipe === other ? Int32Array.of(1, 0, -1, 1, 2, 1) : undefined;
    const ask = (recipe: typeof other): Selection => ({
      kind: 'elsewhere',
      recipe,
      segment: 1,
      name: '',
    });
    expect(selected(ask(other), fromTable(people, { elsewhere }))).toEqual([1, 0, 0, 1, 0, 1]);
    expect(selected(ask({ ...other }), fromTable(people, { elsewhere }))).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
    expect(selected(ask(other))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('are the parts of a selection, however deep they lie', () => {
    const one = within(0, 0, 1);
    const two: Selection = { kind: 'segment', segment: 1 };
    const nested: Selection = {
      kind: 'all-of',
      parts: [one, { kind: 'all-of', parts: [two] }],
    };
    expect(partsOf(nested)).toEqual([one, two]);
    expect(partsOf(two)).toEqual([two]);
  });
});

describe('of the values of a column', () => {
  it('a range takes what it begins with, and what it ends with only where it is closed', () => {
    // 20, 30, 40, –, 30, 50
    expect(selected(range('age', 30, 50))).toEqual([0, 1, 1, 0, 1, 0]);
    expect(selected(range('age', 30, 50, true))).toEqual([0, 1, 1, 0, 1, 1]);
    expect(selected(range('age', 30, 30))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(selected(range('age', 30, 30, true))).toEqual([0, 1, 0, 0, 1, 0]);
  });

  it('a range never takes a missing value, nor is it one without a beginning or an end', () => {
    expect(selected(range('age', -Infinity, Infinity))).toEqual([1, 1, 1, 0, 1, 1]);
    expect(selected(range('age', x, 50))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(selected(range('age', 20, x, true))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(selected(range('age', 50, 20, true))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('a range of days', () => {
    expect(selected(range('since', 0, day))).toEqual([1, 0, 0, 0, 1, 0]);
    expect(selected(range('since', day, 2 * day, true))).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('one column larger than another: both values are there, and of one kind', () => {
    const limits = fromTable(
      tableOf([
        numbers('balance', [1, 5, 3, x, 9]),
        numbers('limit', [2, 5, 1, 1, x]),
        texts('name', ['a', 'b', 'c', 'd', 'e']),
      ]),
    );
    const exceeds = (bound: string): Selection => ({ kind: 'exceeds', column: 'balance', bound });
    expect(selected(exceeds('limit'), limits)).toEqual([0, 0, 1, 0, 0]);
    expect(selected(exceeds('name'), limits)).toEqual([0, 0, 0, 0, 0]);
    expect(selected(exceeds('gone'), limits)).toEqual([0, 0, 0, 0, 0]);
    expect(selectionInWords(exceeds('limit'), [])).toBe('balance above limit');
  });

  it('levels of a category, and texts', () => {
    expect(selected({ kind: 'levels', column: 'plan', levels: ['a', 'c'] })).toEqual([
      1, 0, 0, 1, 1, 0,
    ]);
    // '' is a text like any other where it is one; missing is not.
    expect(selected({ kind: 'levels', column: 'city', levels: ['Rome', ''] })).toEqual([
      1, 0, 0, 1, 1, 0,
    ]);
    expect(selected({ kind: 'levels', column: 'plan', levels: [] })).toEqual([0, 0, 0, 0, 0, 0]);
    expect(
      selected({ kind: 'levels', column: 'plan', levels: ['__proto__', 'constructor'] }),
    ).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('missing in one column, and in all of several', () => {
    expect(selected({ kind: 'missing', columns: ['age'] })).toEqual([0, 0, 0, 1, 0, 0]);
    expect(selected({ kind: 'missing', columns: ['plan', 'since'] })).toEqual([0, 0, 1, 0, 0, 0]);
    expect(selected({ kind: 'missing', columns: ['plan', 'city'] })).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('nobody where there is no such column, or one of another kind', () => {
    const nobody = [0, 0, 0, 0, 0, 0];
    expect(selected(range('height', 0, 100))).toEqual(nobody);
    expect(selected(range('plan', -Infinity, Infinity))).toEqual(nobody);
    expect(selected(range('__proto__', -Infinity, Infinity))).toEqual(nobody);
    expect(selected({ kind: 'levels', column: 'age', levels: ['20'] })).toEqual(nobody);
    expect(selected({ kind: 'levels', column: 'height', levels: ['a'] })).toEqual(nobody);
    expect(selected({ kind: 'missing', columns: ['age', 'height'] })).toEqual(nobody);
  });
});

/** Rows 1, 2, 4 and 5 are kept; 0 is a duplicate, 3 an outlier. */
const steps = {
  clean: { rows: Int32Array.of(1, 2, 4, 5), fate: Uint8Array.of(1, 0, 0, 3, 0, 0) },
  cluster: { fit: { labels: Int32Array.of(0, 1, 1, 0), nClusters: 2 } },
  pca: { scores: Float32Array.of(0, 0, 1, 2, 3, -1, x, 1) },
  // Four leaves: {0, 1} are merged first, then {2, 3}. Two groups: rows 0 and 1, rows 2 and 3.
  ward: {
    nLeaves: 4,
    children: Int32Array.of(0, 1, 2, 3, 4, 5),
    heights: Float64Array.of(1, 2, 3),
    leafOfRow: Int32Array.of(0, 1, 2, 3),
  },
};
const whole = fromTable(people, steps);

describe('of what the steps made of them', () => {
  it('a segment', () => {
    expect(selected({ kind: 'segment', segment: 0 }, whole)).toEqual([0, 1, 0, 0, 0, 1]);
    expect(selected({ kind: 'segment', segment: 1 }, whole)).toEqual([0, 0, 1, 0, 1, 0]);
    expect(selected({ kind: 'segment', segment: 2 }, whole)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(selected({ kind: 'segment', segment: -1 }, whole)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('those that were set aside, by reason', () => {
    expect(selected({ kind: 'fate', fate: 'duplicate' }, whole)).toEqual([1, 0, 0, 0, 0, 0]);
    expect(selected({ kind: 'fate', fate: 'outlier' }, whole)).toEqual([0, 0, 0, 1, 0, 0]);
    expect(selected({ kind: 'fate', fate: 'missing' }, whole)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('a box on the map, its edges included; nobody without a place on it', () => {
    // Places of rows 1, 2, 4, 5: (0, 0), (1, 2), (3, −1), none.
    const box = (left: number, right: number, low: number, high: number): Selection => ({
      kind: 'map',
      x: [left, right],
      y: [low, high],
    });
    expect(selected(box(0, 1, 0, 2), whole)).toEqual([0, 1, 1, 0, 0, 0]);
    expect(selected(box(2, 9, -9, 9), whole)).toEqual([0, 0, 0, 0, 1, 0]);
    expect(selected(box(-Infinity, Infinity, -Infinity, Infinity), whole)).toEqual([
      0, 1, 1, 0, 1, 0,
    ]);
    expect(selected(box(1, 0, 0, 2), whole)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(selected(box(x, 1, 0, 2), whole)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('those of a segment in a group of Ward’s method', () => {
    // Kept rows 1, 2 | 4, 5 are the groups; their segments are 0, 1, 1, 0.
    const inGroup = (segment: number, group: number) =>
      selected({ kind: 'ward', segment, group }, whole);
    expect(inGroup(0, 0)).toEqual([0, 1, 0, 0, 0, 0]);
    expect(inGroup(1, 0)).toEqual([0, 0, 1, 0, 0, 0]);
    expect(inGroup(1, 1)).toEqual([0, 0, 0, 0, 1, 0]);
    expect(inGroup(0, 2)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('nobody before they were made', () => {
    for (const selection of [
      { kind: 'segment', segment: 0 },
      { kind: 'fate', fate: 'duplicate' },
      { kind: 'map', x: [-9, 9], y: [-9, 9] },
      { kind: 'recognised', segment: 0, as: 0 },
      { kind: 'ward', segment: 0, group: 0 },
    ] satisfies Selection[]) {
      expect(selected(selection)).toEqual([0, 0, 0, 0, 0, 0]);
      const withoutOthers = fromTable(people, { clean: steps.clean });
      if (selection.kind !== 'fate') {
        expect(selected(selection, withoutOthers)).toEqual([0, 0, 0, 0, 0, 0]);
      }
    }
  });

  it('those to whom several things apply', () => {
    const parts: Selection[] = [
      { kind: 'segment', segment: 1 },
      range('age', 40, 50),
      { kind: 'missing', columns: ['plan'] },
    ];
    expect(selected({ kind: 'all-of', parts }, whole)).toEqual([0, 0, 1, 0, 0, 0]);
    expect(selected({ kind: 'all-of', parts: parts.slice(0, 1) }, whole)).toEqual(
      selected(parts[0], whole),
    );
    expect(selected({ kind: 'all-of', parts: [] }, whole)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(
      selected({ kind: 'all-of', parts: [range('age', 0, 99), range('none', 0, 99)] }, whole),
    ).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('what a selection stands on', () => {
  it('is asked for once, whatever its parts', () => {
    expect(needsOf(range('age', 0, 1))).toEqual([]);
    expect(
      needsOf({
        kind: 'all-of',
        parts: [
          { kind: 'segment', segment: 0 },
          { kind: 'map', x: [0, 1], y: [0, 1] },
          range('age', 0, 1),
        ],
      }),
    ).toEqual(['clean', 'cluster', 'pca']);
  });

  it('has a key of its own for every number', () => {
    const keys = [-Infinity, Infinity, NaN, 0, 1].map((from) =>
      selectionKey(range('age', from, 5)),
    );
    expect(new Set(keys).size).toBe(5);
    expect(selectionKey(range('age', 1, 5))).toBe(selectionKey(range('age', 1, 5)));
  });
});

describe('in the whole pipeline', () => {
  const recipe = { ...quickRecipe, clean: cleaning({ fill: 'set-aside' }) };
  const run = (async () => {
    const outputs: StepOutputs = await runPipeline(sampleText(400), recipe);
    return { ...outputs, from: { ...outputs, recipe } };
  })();
  const count = (rows: Uint8Array) => rows.reduce((sum, value) => sum + value, 0);

  it('cells of the confusion matrix have as many customers as they say', async () => {
    const { tree, from } = await run;
    expect(tree.confusion.flat().filter((n) => n > 0).length).toBeGreaterThan(2);
    tree.confusion.forEach((row, segment) =>
      row.forEach((n, as) => {
        expect(count(selectRows({ kind: 'recognised', segment, as }, from))).toBe(n);
      }),
    );
  });

  it('nodes of the tree have as many customers as they count', async () => {
    const { tree, encode, cluster, from } = await run;
    const { all } = countNodes(tree.tree, encode.values, cluster.fit.labels, new Int32Array(0));
    const parts = partsByNode(tree.tree);
    expect(parts.length).toBeGreaterThan(5);
    parts.forEach((own, node) => {
      const ranges = own.map(({ feature, over, upTo }) => ({
        from: encode.features[feature].from,
        over,
        upTo,
      }));
      const rows = selectRows({ kind: 'rule', parts: ranges }, from);
      expect(count(rows)).toBe(all[node].reduce((sum, n) => sum + n, 0));
    });
  });

  it('a rule about a column that is not there selects nobody', async () => {
    const { from } = await run;
    const part = { from: { kind: 'number', column: 'no such' }, over: null, upTo: 5 } as const;
    expect(count(selectRows({ kind: 'rule', parts: [part] }, from))).toBe(0);
    expect(count(selectRows({ kind: 'rule', parts: [] }, { ...from, encode: undefined }))).toBe(0);
  });

  it('so have those of the table with Ward’s groups', async () => {
    const { agreement, from } = await run;
    agreement.crosstab.forEach((row, segment) =>
      row.forEach((n, group) => {
        expect(count(selectRows({ kind: 'ward', segment, group }, from))).toBe(n);
      }),
    );
  });

  it('every row is in one segment, or set aside for one reason', async () => {
    const { cluster, from, derive } = await run;
    const parts: Selection[] = [
      ...cluster.fit.sizes.map((_, segment) => ({ kind: 'segment' as const, segment })),
      ...(['duplicate', 'missing', 'outlier'] as const).map((fate) => ({
        kind: 'fate' as const,
        fate,
      })),
    ];
    const times = new Int32Array(derive.table.nRows);
    for (const part of parts) selectRows(part, from).forEach((one, row) => (times[row] += one));
    expect(times.every((n) => n === 1)).toBe(true);
    // The sample has gaps: some rows were set aside.
    expect(count(selectRows({ kind: 'fate', fate: 'missing' }, from))).toBeGreaterThan(0);
  });
});
