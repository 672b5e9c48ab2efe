import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ctx as plain } from '../../../tests/helpers/context';
import { createSimdEngine } from '../../../workers/engines/simd';
import { fitForest, forestDefaults } from './forest';
import { predictForest } from './forest-predict';
import { fitTree } from './tree';
import type { TreeParams } from './tree-data';
import { countLeaves, predictTreeRows, treeDepth } from './tree-predict';

/** The engine that is used, for the sake of speed: it finds what plain loops find (`splitter.test.ts`). */
const ctx = { ...plain, engine: await createSimdEngine() };

const full: TreeParams = { maxDepth: null, minSamplesLeaf: 1, minSamplesSplit: 2 };
const folder = new URL('../../../../shared/data/', import.meta.url);
const isAbsent = ['known-answer', 'CC GENERAL.csv'].some(
  (path) => !existsSync(new URL(path, folder)),
);
const whyAbsent = 'shared/data is not beside this checkout';

const readText = (path: string) => readFileSync(new URL(path, folder), 'utf8');

/** The rows of a CSV file below its first line; an empty cell is NaN. */
function readCells(path: string): number[][] {
  const number = (cell: string) => (cell.trim() === '' ? NaN : Number(cell));
  const lines = readText(path).trim().split(/\r?\n/).slice(1);
  return lines.map((line) => line.split(',').map(number));
}

const columnOf = (cells: number[][], j: number) => Float64Array.from(cells, (row) => row[j]);
const share = (predicted: Int32Array, truth: Int32Array, rows: Int32Array) =>
  predicted.filter((label, i) => label === truth[rows[i]]).length / rows.length;

interface ReferenceTree {
  train_accuracy: number;
  root_impurity_gini: number;
  n_leaves: number;
  thresholds: ([string, number] | null)[];
}

describe('against scikit-learn (sklearn-reference.json)', () => {
  // Two cuts that part the rows in the same way: we take the smaller column, scikit-learn's seed takes the other.
  it.for([
    { name: 'iris', file: 'iris', ties: [[2.45, 0.8]] },
    { name: 'wine', file: 'wine_data', ties: [] },
    // prettier-ignore
    { name: 'breast_cancer', file: 'breast_cancer', ties: [[16.11, 19.91], [0.06626, 0.020705]] },
  ])('$name, depth 1 to 3: accuracy, impurity, leaves, cuts', async (task, { skip }) => {
    if (isAbsent) skip(whyAbsent);
    const reference = JSON.parse(readText('known-answer/sklearn-reference.json')) as Record<
      string,
      { tree_gini: Record<string, ReferenceTree> }
    >;
    const cells = readCells(`known-answer/tables/${task.file}.csv`);
    const nFeatures = cells[0].length - 1;
    const features = Array.from({ length: nFeatures }, (_, j) => columnOf(cells, j));
    const labels = Int32Array.from(columnOf(cells, nFeatures));
    const rows = Int32Array.from(labels.keys());
    const isNear = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.abs(b);
    const data = { features, labels, nClasses: Math.max(...labels) + 1, rows };
    for (const depth of [1, 2, 3]) {
      const expected = reference[task.name].tree_gini[depth];
      const tree = await fitTree(data, { ...full, maxDepth: depth }, ctx);
      const accuracy = share(predictTreeRows(tree, features, rows), labels, rows);
      expect(accuracy).toBeCloseTo(expected.train_accuracy, 12);
      expect(tree.impurity[0]).toBeCloseTo(expected.root_impurity_gini, 12);
      expect(countLeaves(tree)).toBe(expected.n_leaves);
      const theirs = expected.thresholds.flatMap((cut) => (cut ? [cut[1]] : []));
      const ours = tree.threshold.filter((_, node) => tree.left[node] >= 0);
      expect(ours).toHaveLength(theirs.length);
      const strangers = ours.filter((cut, i) => {
        const isTie = task.ties.some(([a, b]) => isNear(cut, a) && isNear(theirs[i], b));
        return !isNear(cut, theirs[i]) && !isTie;
      });
      expect(strangers).toEqual([]);
    }
  });
});

/** The credit-card file, filled by medians, labelled by the nearest published k = 4 center; five folds by i % 5. */
function creditCards() {
  const cells = readCells('CC GENERAL.csv');
  const { byK } = JSON.parse(readText('known-answer/cc-general-kmeans-median.json')) as {
    byK: Record<string, { sizes: number[]; centroidsOriginalUnits: number[][] }>;
  };
  const { medianFill } = JSON.parse(readText('known-answer/cc-general-stats.json')) as {
    medianFill: { CREDIT_LIMIT: number; MINIMUM_PAYMENTS: number };
  };
  const fill = new Map([
    [12, medianFill.CREDIT_LIMIT],
    [14, medianFill.MINIMUM_PAYMENTS],
  ]);
  const features = Array.from({ length: 17 }, (_, j) =>
    columnOf(cells, j + 1).map((value) => (Number.isNaN(value) ? (fill.get(j) ?? NaN) : value)),
  );
  const variance = features.map((column) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    return column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
  });
  const labels = Int32Array.from(cells, (_, i) => {
    const distances = byK[4].centroidsOriginalUnits.map((center) =>
      center.reduce((sum, value, j) => sum + (features[j][i] - value) ** 2 / variance[j], 0),
    );
    return distances.indexOf(Math.min(...distances));
  });
  return { features, labels, sizes: byK[4].sizes };
}

describe('against scikit-learn (classifiers.json)', () => {
  it('the credit-card file, five folds: accuracy, depth and leaves', async ({ skip }) => {
    if (isAbsent) skip(whyAbsent);
    const { models } = JSON.parse(readText('known-answer/classifiers.json')) as {
      models: Record<string, { meanAccuracy: number }>;
    };
    const { features, labels, sizes } = creditCards();
    expect(sizes).toEqual([0, 1, 2, 3].map((c) => labels.filter((label) => label === c).length));
    const all = Int32Array.from(labels.keys());
    const meanAccuracy = async (maxDepth: number | null) => {
      let sum = 0;
      for (let fold = 0; fold < 5; fold++) {
        const data = { features, labels, nClasses: 4, rows: all.filter((i) => i % 5 !== fold) };
        const tree = await fitTree(data, { ...full, maxDepth }, ctx);
        const test = all.filter((i) => i % 5 === fold);
        sum += share(predictTreeRows(tree, features, test), labels, test);
        // scikit-learn's five full trees: depth 18 to 20, 295 to 317 leaves.
        if (maxDepth === null) {
          expect(treeDepth(tree)).toBeGreaterThanOrEqual(17);
          expect(treeDepth(tree)).toBeLessThanOrEqual(22);
          expect(Math.abs(countLeaves(tree) - 306)).toBeLessThan(30);
        }
      }
      return sum / 5;
    };
    // The stated tolerances: ties are broken by a seed there.
    expect(Math.abs((await meanAccuracy(null)) - models.tree.meanAccuracy)).toBeLessThan(0.005);
    expect(Math.abs((await meanAccuracy(5)) - models.treeDepth5.meanAccuracy)).toBeLessThan(0.001);
  });

  it('the credit-card file, five folds: a forest of 100 trees', async ({ skip }) => {
    if (isAbsent) skip(whyAbsent);
    const { models } = JSON.parse(readText('known-answer/classifiers.json')) as {
      models: Record<string, { meanAccuracy: number }>;
    };
    const { features, labels } = creditCards();
    const all = Int32Array.from(labels.keys());
    let sum = 0;
    for (let fold = 0; fold < 5; fold++) {
      const data = { features, labels, nClasses: 4, rows: all.filter((i) => i % 5 !== fold) };
      const forest = await fitForest(data, forestDefaults, ctx);
      const test = all.filter((i) => i % 5 === fold);
      sum += share(predictForest(forest, features, test), labels, test);
    }
    expect(Math.abs(sum / 5 - models.randomForest100.meanAccuracy)).toBeLessThan(0.005);
  });
});
