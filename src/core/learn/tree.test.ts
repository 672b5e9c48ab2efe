import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import type { ErrorCode } from '../errors';
import { AppError, CancelledError } from '../errors';
import { createRandom } from '../random';
import type { Tree } from './tree';
import { fitTree } from './tree';
import type { TreeParams } from './tree-data';
import {
  countLeaves,
  decisionPath,
  majority,
  predictTree,
  predictTreeRows,
  treeDepth,
} from './tree-predict';
import { midpoint } from './tree-nodes';

const full: TreeParams = { maxDepth: null, minSamplesLeaf: 1, minSamplesSplit: 2 };
const allRows = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

function fit(columns: readonly (readonly number[])[], labels: readonly number[], params = full) {
  const features = columns.map((column) => Float64Array.from(column));
  const nClasses = Math.max(...labels) + 1;
  const rows = allRows(labels.length);
  return fitTree({ features, labels: Int32Array.from(labels), nClasses, rows }, params, ctx);
}

function predictAll(tree: Tree, columns: readonly (readonly number[])[]): number[] {
  const features = columns.map((column) => Float64Array.from(column));
  return [...predictTreeRows(tree, features, allRows(features[0].length))];
}

describe('a tree worked out by hand', () => {
  // Root 3/3: Gini 1 − (9+9)/36 = 0.5. Score Σl²/n_L + Σr²/n_R of the cuts after 1, 2, 3, 4, 5 values:
  // 1+13/5=3.6, 4/2+10/4=4.5, 5/3+5/3=3.33, 10/4+4/2=4.5, 13/5+1=3.6: the first of the two 4.5, at (2+3)/2.
  // Right side 1/3: Gini 1 − 10/16 = 0.375; cuts 1+5/3=2.67, 2/2+4/2=3, 5/3+1=2.67: at (4+5)/2.
  // Its left side holds 3 (class 1) and 4 (class 0): Gini 0.5, cut at 3.5.
  const x = [1, 2, 3, 4, 5, 6];
  const labels = [0, 0, 1, 0, 1, 1];

  it('has the cuts, counts and impurities of the arithmetic', async () => {
    const tree = await fit([x], labels);
    expect(tree).toEqual({
      nFeatures: 1,
      nClasses: 2,
      feature: [0, -1, 0, 0, -1, -1, -1],
      threshold: [2.5, 0, 4.5, 3.5, 0, 0, 0],
      left: [1, -1, 3, 4, -1, -1, -1],
      right: [2, -1, 6, 5, -1, -1, -1],
      value: [
        [3, 3],
        [2, 0],
        [1, 3],
        [1, 1],
        [0, 1],
        [1, 0],
        [0, 2],
      ],
      nSamples: [6, 2, 4, 2, 1, 1, 2],
      impurity: [0.5, 0, 0.375, 0.5, 0, 0, 0],
      featureImportances: [1],
    });
    expect(treeDepth(tree)).toBe(3);
    expect(countLeaves(tree)).toBe(4);
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree);
  });

  it('tells the way of one row', async () => {
    const tree = await fit([x], labels);
    expect(decisionPath(tree, () => 3.2)).toEqual({
      steps: [
        { node: 0, feature: 0, threshold: 2.5, value: 3.2, wentLeft: false },
        { node: 2, feature: 0, threshold: 4.5, value: 3.2, wentLeft: true },
        { node: 3, feature: 0, threshold: 3.5, value: 3.2, wentLeft: true },
      ],
      leaf: 4,
    });
    expect(predictTree(tree, () => 3.2)).toEqual({ leaf: 4, label: 1 });
    expect(predictTree(tree, () => 2.5).label).toBe(0); // on the threshold: left
  });

  it('stops at the depth, the leaf size and the node size asked for', async () => {
    const stump = await fit([x], labels, { ...full, maxDepth: 1 });
    expect(stump.threshold).toEqual([2.5, 0, 0]);
    expect((await fit([x], labels, { ...full, maxDepth: 0 })).nSamples).toEqual([6]);
    // Three rows on each side leave one cut, at 3.5.
    const wide = await fit([x], labels, { ...full, minSamplesLeaf: 3 });
    expect(wide.threshold).toEqual([3.5, 0, 0]);
    // The node of two rows stays whole; its tie 1:1 goes to class 0.
    const coarse = await fit([x], labels, { ...full, minSamplesSplit: 3 });
    expect(coarse.nSamples).toEqual([6, 2, 4, 2, 2]);
    expect(predictTree(coarse, () => 3).label).toBe(0);
  });

  it('shares the importance by decrease in impurity', async () => {
    // Root 1/1/2: 4·(1 − 6/16) = 2.5. Feature 0 leaves 2·0.5 + 0 = 1 (decrease 1.5), feature 1 leaves 1 + 1 = 2.
    // Then feature 1 takes the last 1. Shares 1.5/2.5 and 1/2.5.
    const tree = await fit(
      [
        [0, 0, 1, 1],
        [0, 1, 0, 1],
      ],
      [0, 1, 2, 2],
    );
    expect(tree.feature).toEqual([0, 1, -1, -1, -1]);
    expect(tree.featureImportances[0]).toBeCloseTo(0.6, 12);
    expect(tree.featureImportances[1]).toBeCloseTo(0.4, 12);
  });

  it('learns exclusive or, where no first split decreases anything', async () => {
    const columns = [
      [0, 0, 1, 1],
      [0, 1, 0, 1],
    ];
    const tree = await fit(columns, [0, 1, 1, 0]);
    expect(tree.feature[0]).toBe(0);
    expect(predictAll(tree, columns)).toEqual([0, 1, 1, 0]);
  });

  it('asks the smaller of two equal columns', async () => {
    const tree = await fit([[7, 7, 7, 7], x.slice(0, 4), x.slice(0, 4)], [0, 0, 1, 1]);
    expect(tree.feature[0]).toBe(1);
    expect(tree.featureImportances).toEqual([0, 1, 0]);
  });

  it('learns from the listed rows alone, and counts a row twice that is listed twice', async () => {
    const features = [Float64Array.of(1, 2, NaN, 10)];
    const labels = Int32Array.of(0, 1, -1, 1);
    const data = { features, labels, nClasses: 2, rows: Int32Array.of(3, 0, 3) };
    const tree = await fitTree(data, full, ctx);
    expect(tree.value).toEqual([
      [1, 2],
      [1, 0],
      [0, 2],
    ]);
    expect(tree.threshold[0]).toBe(5.5);
  });
});

describe('small parts', () => {
  it('puts a midpoint between its neighbours even where rounding or overflow is near', () => {
    expect(midpoint(1, 2)).toBe(1.5);
    expect(midpoint(1, 1 + Number.EPSILON)).toBe(1);
    const below = 1 - Number.EPSILON / 2;
    expect(midpoint(below, 1)).toBe(below); // the exact middle rounds to 1
    expect(midpoint(1e308, 1.7e308)).toBeCloseTo(1.35e308, -300);
    expect(midpoint(0, Number.MIN_VALUE)).toBe(0);
    expect(midpoint(-Number.MIN_VALUE, 0)).toBe(-Number.MIN_VALUE);
  });

  it('separates two neighbouring numbers', async () => {
    const columns = [[1 - Number.EPSILON / 2, 1]];
    expect(predictAll(await fit(columns, [1, 0]), columns)).toEqual([1, 0]);
  });

  it('gives a tie to the smaller class', () => {
    expect(majority([1, 3, 3])).toBe(1);
    expect(majority([0, 0])).toBe(0);
  });
});

describe('relations', () => {
  const table = fc.array(
    fc.record({
      x: fc.integer({ min: -8, max: 8 }),
      y: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      label: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 1, maxLength: 40 },
  );

  it('counts add up: children to their parent, leaves to the whole, each row in one leaf', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const columns = [rows.map((row) => row.x), rows.map((row) => row.y)];
        const tree = await fit(
          columns,
          rows.map((row) => row.label),
        );
        const reached = tree.nSamples.map(() => 0);
        rows.forEach((_, i) => reached[predictTree(tree, (j) => columns[j][i]).leaf]++);
        tree.left.forEach((left, node) => {
          expect(tree.value[node].reduce((a, b) => a + b)).toBe(tree.nSamples[node]);
          if (left < 0) expect(reached[node]).toBe(tree.nSamples[node]);
          else {
            const right = tree.right[node];
            expect(tree.nSamples[left] + tree.nSamples[right]).toBe(tree.nSamples[node]);
            expect(Math.min(tree.nSamples[left], tree.nSamples[right])).toBeGreaterThan(0);
          }
        });
        expect(reached.reduce((a, b) => a + b)).toBe(rows.length);
      }),
    );
  });

  it('a full tree repeats its training labels where no two rows with other labels are equal', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const columns = [rows.map((row) => row.x), rows.map((row) => row.y)];
        const labels = rows.map(
          ({ x, y }) => rows.find((other) => other.x === x && other.y === y)?.label ?? 0,
        );
        expect(predictAll(await fit(columns, labels), columns)).toEqual(labels);
      }),
    );
  });

  it('a rising transform of a column changes no training prediction, the order of rows neither', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 0, max: 6 }), async (rows, depth) => {
        const params = { ...full, maxDepth: depth };
        const labels = rows.map((row) => row.label);
        const plain = [rows.map((row) => row.x), rows.map((row) => row.y)];
        const bent = [plain[0].map((x) => x ** 3 / 7 + 2), plain[1].map((y) => y * 4)];
        const tree = await fit(plain, labels, params);
        const expected = predictAll(tree, plain);
        expect(predictAll(await fit(bent, labels, params), bent)).toEqual(expected);
        const backwards = plain.map((column) => [...column].reverse());
        expect(await fit(backwards, [...labels].reverse(), params)).toEqual(tree);
      }),
    );
  });
});

describe('degenerate input', () => {
  it.each<[string, number[][], number[]]>([
    ['one row', [[5]], [0]],
    ['one class', [[1, 2, 3]], [1, 1, 1]],
    ['constant columns', [[4, 4, 4], [0, -0, 0]], [0, 1, 1]], // prettier-ignore
    ['no column', [], [0, 1, 1]],
  ])('makes a lone leaf of %s', async (_, columns, labels) => {
    const tree = await fit(columns, labels);
    expect(tree.left).toEqual([-1]);
    expect(predictTree(tree, () => 0)).toEqual({ leaf: 0, label: labels[labels.length - 1] });
    expect(tree.featureImportances).toEqual(columns.map(() => 0));
    expect(treeDepth(tree)).toBe(0);
  });

  it('refuses what it cannot learn from, with a code', async () => {
    const one = { features: [Float64Array.of(1)], labels: Int32Array.of(0), nClasses: 1 };
    const rows = Int32Array.of(0);
    const codeOf = (task: Promise<unknown>): Promise<ErrorCode | undefined> =>
      task.then(
        () => undefined,
        (error: unknown) => (error instanceof AppError ? error.code : undefined),
      );
    expect(await codeOf(fitTree({ ...one, rows: new Int32Array(0) }, full, ctx))).toBe(
      'too-few-rows',
    );
    const holed = { ...one, rows, features: [Float64Array.of(NaN)] };
    expect(await codeOf(fitTree(holed, full, ctx))).toBe('not-finite');
    const odd = { ...one, rows, labels: Int32Array.of(1) };
    expect(await codeOf(fitTree(odd, full, ctx))).toBe('internal');
    const short = { ...one, rows, features: [new Float64Array(2)] };
    expect(await codeOf(fitTree(short, full, ctx))).toBe('internal');
    const wrongOnes: Partial<TreeParams>[] = [
      { maxDepth: -1 },
      { minSamplesLeaf: 0 },
      { minSamplesSplit: 1.5 },
      { ccpAlpha: -0.1 },
      { ccpAlpha: NaN },
      { classWeight: [0] },
      { classWeight: [1, 1] },
    ];
    for (const wrong of wrongOnes) {
      const task = fitTree({ ...one, rows }, { ...full, ...wrong }, ctx);
      expect(await codeOf(task)).toBe('setting-invalid');
    }
    const tree = await fitTree({ ...one, rows }, full, ctx);
    expect(() => predictTreeRows(tree, [], rows)).toThrow(AppError);
  });

  it('can be cancelled', async () => {
    const random = createRandom(1);
    const n = 20_000;
    const features = [0, 1, 2].map(() => Float64Array.from({ length: n }, () => random.uniform()));
    const labels = Int32Array.from({ length: n }, () => random.integer(3));
    const cancelled = { ...ctx, breathe: () => Promise.reject(new CancelledError()) };
    const task = fitTree({ features, labels, nClasses: 3, rows: allRows(n) }, full, cancelled);
    await expect(task).rejects.toThrow(CancelledError);
  });
});
