import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { createRandom } from '../random';
import { fitTree, type Tree } from './tree';
import type { TreeParams } from './tree-data';
import { growLarge } from './tree-large';
import { predictTree } from './tree-predict';

const full: TreeParams = { maxDepth: null, minSamplesLeaf: 1, minSamplesSplit: 2 };

/** Three classes with borders along and across the columns, and noise: more rows than are looked at value by value. */
function customers(nRows: number, seed: number, round = (x: number) => x) {
  const random = createRandom(seed);
  const features = Array.from({ length: 4 }, () =>
    Float64Array.from({ length: nRows }, () => round(random.normal())),
  );
  const [a, b, c] = features;
  const labels = Int32Array.from(a, (x, i) => {
    if (random.uniform() < 0.05) return random.integer(3);
    return x + b[i] > 0.8 ? 2 : c[i] > 0.3 ? 1 : 0;
  });
  return { features, labels, nClasses: 3, rows: Int32Array.from(labels.keys()) };
}

/** By the definition: every cut between any two values of every column, counted anew. Depth first, left before right. */
function byDefinition(
  { features, labels, nClasses }: ReturnType<typeof customers>,
  rows: readonly number[],
  depth: number,
): { feature: number; threshold: number }[] {
  const squaresPerRow = (own: readonly number[]) => {
    const counts = Array.from(
      { length: nClasses },
      (_, c) => own.filter((i) => labels[i] === c).length,
    );
    return counts.reduce((sum, count) => sum + count * count, 0) / own.length;
  };
  let best = { feature: -1, threshold: 0, score: -Infinity };
  features.forEach((values, feature) => {
    const distinct = [...new Set(rows.map((i) => values[i]))].sort((x, y) => x - y);
    for (let v = 1; v < distinct.length; v++) {
      const threshold = (distinct[v - 1] + distinct[v]) / 2;
      const left = rows.filter((i) => values[i] <= threshold);
      const right = rows.filter((i) => values[i] > threshold);
      const score = squaresPerRow(left) + squaresPerRow(right);
      if (score > best.score + 1e-9) best = { feature, threshold, score };
    }
  });
  const { feature, threshold } = best;
  if (depth === 1) return [{ feature, threshold }];
  const isLeft = (i: number) => features[feature][i] <= threshold;
  return [
    { feature, threshold },
    ...byDefinition(
      { features, labels, nClasses, rows: new Int32Array(0) },
      rows.filter(isLeft),
      depth - 1,
    ),
    ...byDefinition(
      { features, labels, nClasses, rows: new Int32Array(0) },
      rows.filter((i) => !isLeft(i)),
      depth - 1,
    ),
  ];
}

const cutsOf = (tree: Tree) =>
  tree.left.flatMap((left, node) =>
    left < 0 ? [] : [{ feature: tree.feature[node], threshold: tree.threshold[node] }],
  );

describe('a tree of many rows', () => {
  it('has the cuts of the definition where columns have few values', async () => {
    const data = customers(3000, 1, (x) => Math.round(4 * x) / 4);
    const tree = await fitTree(data, { ...full, maxDepth: 3 }, ctx);
    expect(cutsOf(tree)).toEqual(byDefinition(data, [...data.rows], 3));
  });

  it('has leaves that hold the rows that end there, and cuts half way between two of their values', async () => {
    const data = customers(6000, 2);
    const params = { maxDepth: 9, minSamplesLeaf: 7, minSamplesSplit: 30 };
    const tree = await fitTree(data, params, ctx);
    const rowsOf = tree.left.map((): number[] => []);
    for (const row of data.rows) {
      let node = 0;
      rowsOf[node].push(row);
      while (tree.left[node] >= 0) {
        const isLeft = data.features[tree.feature[node]][row] <= tree.threshold[node];
        node = isLeft ? tree.left[node] : tree.right[node];
        rowsOf[node].push(row);
      }
      expect(predictTree(tree, (j) => data.features[j][row]).leaf).toBe(node);
    }
    rowsOf.forEach((rows, node) => {
      const counts = [0, 1, 2].map((c) => rows.filter((i) => data.labels[i] === c).length);
      expect(tree.value[node]).toEqual(counts);
      expect(tree.nSamples[node]).toBe(rows.length);
      if (tree.left[node] < 0) return;
      expect(rows.length).toBeGreaterThanOrEqual(30);
      const values = data.features[tree.feature[node]];
      const [left, right] = [rowsOf[tree.left[node]], rowsOf[tree.right[node]]];
      expect(Math.min(left.length, right.length)).toBeGreaterThanOrEqual(7);
      const lower = Math.max(...left.map((i) => values[i]));
      const upper = Math.min(...right.map((i) => values[i]));
      expect(tree.threshold[node]).toBe((lower + upper) / 2);
    });
    expect(Math.max(...tree.nSamples.filter((_, node) => tree.left[node] < 0))).toBeLessThan(6000);
  });

  it('does not depend on the order of the rows, and only on the rows that are listed', async () => {
    const data = customers(4000, 3);
    const tree = await fitTree(data, full, ctx);
    const backwards = <T extends Float64Array | Int32Array>(list: T) => list.slice().reverse() as T;
    const turned = {
      ...data,
      features: data.features.map(backwards),
      labels: backwards(data.labels),
    };
    expect(await fitTree(turned, full, ctx)).toEqual(tree);
    const more = {
      ...data,
      features: data.features.map((values) => Float64Array.of(...values, NaN, 1e9)),
      labels: Int32Array.of(...data.labels, 2, 2),
    };
    expect(await fitTree(more, full, ctx)).toEqual(tree);
  });

  it('repeats its training labels when it is full', async () => {
    const data = customers(3000, 4);
    const tree = await fitTree(data, full, ctx);
    const wrong = data.rows.filter(
      (row) => predictTree(tree, (j) => data.features[j][row]).label !== data.labels[row],
    );
    expect([...wrong]).toEqual([]);
  });

  it('looks at the values themselves where all rows lie in one bin of every column', async () => {
    // A hundred different values and a crowd of 600 share the first bin, which is full with 117 rows.
    const n = 30_000;
    const values = Float64Array.from({ length: n }, (_, i) =>
      i < 100 ? i - 100 : i < 700 ? 0 : i,
    );
    const labels = Int32Array.from(values, (_, i) => (i < 100 ? i >> 6 : i < 700 ? 2 : 0));
    const rows = Int32Array.from(values.keys());
    const tree = await fitTree({ features: [values], labels, nClasses: 3, rows }, full, ctx);
    const leaves = tree.nSamples.filter((_, node) => tree.left[node] < 0).sort((a, b) => a - b);
    expect(leaves).toEqual([36, 64, 600, n - 700]);
  });
});

describe('a tree of very many rows, grown in two steps', () => {
  const limited: TreeParams = { maxDepth: 9, minSamplesLeaf: 5, minSamplesSplit: 2 };

  it.each<[string, TreeParams]>([
    ['full', full],
    ['limited', limited],
    ['weighted', { ...limited, classWeight: 'balanced' }],
    ['a stump', { ...full, maxDepth: 1 }],
    ['without a cut', { ...full, minSamplesLeaf: 9_000 }],
  ])('is the one grown at once where columns have few values: %s', async (_name, params) => {
    const data = customers(12_000, 5, (x) => Math.round(8 * x) / 8);
    // Some rows count twice or more.
    const rows = data.rows.map((row) => (row % 3 === 0 ? row : row >> 1));
    expect(await growLarge({ ...data, rows }, params, ctx)).toEqual(
      await fitTree({ ...data, rows }, params, ctx),
    );
  });

  it('recognises as much as one grown at once', async () => {
    const data = customers(30_000, 6, (x) => Math.max(-0.5, Math.exp(x) - 1));
    const [rows, others] = [data.rows.slice(0, 20_000), data.rows.slice(20_000)];
    const accuracyOf = (tree: Tree) => {
      const isRight = (row: number) =>
        predictTree(tree, (j) => data.features[j][row]).label === data.labels[row];
      return others.filter(isRight).length / others.length;
    };
    const atOnce = accuracyOf(await fitTree({ ...data, rows }, limited, ctx));
    expect(atOnce).toBeGreaterThan(0.85);
    const inTwo = accuracyOf(await growLarge({ ...data, rows }, limited, ctx));
    expect(Math.abs(inTwo - atOnce)).toBeLessThan(0.005);
  });

  it('has leaves of one class each when it is full, and counts the rows that end there', async () => {
    const data = customers(40_000, 7);
    const tree = await fitTree(data, full, ctx);
    const nSamples = tree.left.map(() => 0);
    for (const row of data.rows) {
      let node = 0;
      nSamples[node]++;
      while (tree.left[node] >= 0) {
        const isLeft = data.features[tree.feature[node]][row] <= tree.threshold[node];
        node = isLeft ? tree.left[node] : tree.right[node];
        nSamples[node]++;
      }
      if (tree.value[node][data.labels[row]] !== tree.nSamples[node]) expect.unreachable();
    }
    expect(tree.nSamples).toEqual(nSamples);
    expect(tree.left.every((left, node) => left < 0 || left === node + 1)).toBe(true);
  });

  it('names the row whose value is not finite', async () => {
    const data = customers(40_000, 8);
    data.features[2][39_000] = NaN;
    await expect(fitTree(data, limited, ctx)).rejects.toMatchObject({
      code: 'not-finite',
      details: { column: 2, row: 39_000 },
    });
  });
});
