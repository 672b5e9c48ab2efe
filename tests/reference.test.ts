import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitScaler } from '../src/core/features/scale';
import { classificationReport, confusionMatrix } from '../src/core/judge/classification';
import { silhouettes } from '../src/core/judge/silhouette';
import { fitPca } from '../src/core/learn/pca';
import { sweep } from '../src/core/learn/sweep';
import { fitTree } from '../src/core/learn/tree';
import { countLeaves, predictTreeRows } from '../src/core/learn/tree-predict';
import type { Matrix } from '../src/core/matrix';
import { ctx, load, matrixOf, samePartition } from './helpers/context';

/** What tests/reference/make_fixtures.py wrote with scikit-learn; `meta` names its version. */
interface Fixture<Input, Params, Expected, Tolerance> {
  readonly meta: Record<string, string>;
  readonly input: Input;
  readonly params: Params;
  readonly expected: Expected;
  readonly tolerance: Tolerance;
}

function fixture<Input, Expected, Tolerance = Record<string, number>, Params = unknown>(
  name: string,
): Fixture<Input, Params, Expected, Tolerance> {
  const file = new URL(`./fixtures/${name}.json`, import.meta.url);
  const parsed = JSON.parse(readFileSync(file, 'utf8')) as Fixture<
    Input,
    Params,
    Expected,
    Tolerance
  >;
  expect(parsed.meta['scikit-learn']).toMatch(/^1\.\d+\.\d+$/);
  return parsed;
}

const columnsOf = (rows: number[][]) =>
  rows[0].map((_, j) => Float64Array.from(rows, (row) => row[j]));

/** Centred in float64, then rounded, as the pipeline does. */
async function centred(rows: number[][]): Promise<Matrix> {
  const { center } = await fitScaler(columnsOf(rows), 'none', ctx);
  return matrixOf(rows.map((row) => row.map((value, j) => value - center[j])));
}

function expectNear(found: ArrayLike<number>, expected: readonly number[], tolerance: number) {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(tolerance);
  });
}

describe('against scikit-learn: K-Means', () => {
  const { input, params, expected, tolerance } = fixture<
    { cases: { name: string; X: number[][] }[] },
    { inertia: number[]; labels: number[][]; startsAtBest: number[] },
    { inertia: number },
    { nClusters: number[] }
  >('kmeans');

  it.for(input.cases.map((example, index) => ({ ...example, index })))(
    'finds the best of 200 starts, or better: $name',
    async ({ X: rows, index }) => {
      const X = await centred(rows);
      const nClusters = params.nClusters[index];
      const best = expected.inertia[index];
      const { fits } = await sweep(X, load(X), { kMax: nClusters, nInit: 100, seed: 42 }, ctx);
      const { inertia, labels } = fits[nClusters - 1];
      // An optimum that one start in 200 finds cannot be asked for: there, one per cent.
      const isRare = expected.startsAtBest[index] < 10;
      expect(inertia).toBeLessThanOrEqual(best * (1 + (isRare ? 0.01 : tolerance.inertia)));
      // At the same inertia it is the same partition.
      if (Math.abs(inertia / best - 1) <= tolerance.inertia) {
        expect(samePartition(labels, expected.labels[index])).toBe(true);
      }
    },
  );
});

describe('against scikit-learn: PCA', () => {
  const { input, expected, tolerance } = fixture<
    { cases: { name: string; X: number[][] }[] },
    {
      cases: {
        explainedVariance: number[];
        explainedVarianceRatio: number[];
        components: number[][];
      }[];
    }
  >('pca');

  it.for(input.cases.map((example, index) => ({ ...example, index })))(
    'ratios and components: $name',
    async ({ X: rows, index }) => {
      const X = await centred(rows);
      const pca = await fitPca(load(X), X.nFeatures, ctx);
      const { explainedVarianceRatio, components } = expected.cases[index];
      const nComponents = explainedVarianceRatio.length;
      // The centred values were rounded to float32: seven digits.
      const ratios = pca.explainedVarianceRatio.subarray(0, nComponents);
      expectNear(ratios, explainedVarianceRatio, Math.max(tolerance.ratio, 2e-7));
      components.forEach((component, m) => {
        if (explainedVarianceRatio[m] < 1e-9) return;
        const found = pca.components.subarray(m * X.nFeatures, (m + 1) * X.nFeatures);
        expectNear(found, component, tolerance.component);
      });
    },
  );
});

describe('against scikit-learn: PCA of 200 columns', () => {
  it('all variances, and the components at both ends and in the middle', async () => {
    const { input, params, expected, tolerance } = fixture<
      { nRows: number; nColumns: number },
      { explainedVariance: number[]; components: number[][] },
      { variance: number; component: number },
      { components: number[] }
    >('pca-wide');
    const { nRows, nColumns } = input;
    const value = (i: number, j: number) =>
      (((31 * i * i + 7919 * j * j + 104_729 * i * j) % 1009) - 504) * (20 + j);
    const X = matrixOf(
      Array.from({ length: nRows }, (_, i) =>
        Array.from({ length: nColumns }, (_, j) => value(i, j)),
      ),
    );
    const { explainedVariance, components } = await fitPca(load(X), nColumns, ctx);
    expect(explainedVariance).toHaveLength(nColumns);
    expected.explainedVariance.forEach((variance, m) => {
      expect(Math.abs(explainedVariance[m] / variance - 1)).toBeLessThanOrEqual(tolerance.variance);
    });
    params.components.forEach((m, at) => {
      const found = components.subarray(m * nColumns, (m + 1) * nColumns);
      expectNear(found, expected.components[at], tolerance.component);
    });
  });
});

describe('against scikit-learn: silhouettes', () => {
  it('of four labellings at once', async () => {
    const { input, expected, tolerance } = fixture<
      { X: number[][]; labellings: number[][] },
      { mean: number; clusterMeans: number[]; clusterNegativeShares: number[] }[]
    >('silhouette');
    const X = await centred(input.X);
    const rows = Int32Array.from({ length: X.nSamples }, (_, i) => i);
    const labellings = input.labellings.map((labels) => ({
      labels: Int32Array.from(labels),
      nClusters: Math.max(...labels) + 1,
    }));
    const found = await silhouettes(load(X), rows, labellings, ctx);
    expect(found).toHaveLength(4);
    expected.forEach(({ mean, clusterMeans, clusterNegativeShares }, m) => {
      expect(Math.abs(found[m].mean - mean)).toBeLessThanOrEqual(tolerance.mean);
      expectNear(found[m].clusterMeans, clusterMeans, tolerance.mean);
      expectNear(found[m].clusterNegativeShares, clusterNegativeShares, 1e-12);
    });
  });
});

describe('against scikit-learn: scaling', () => {
  const { input, expected, tolerance } = fixture<
    { names: string[]; X: number[][] },
    Record<'mean' | 'standard' | 'minmax' | 'robust', number[]>
  >('scaling');

  it.for(['standard', 'minmax', 'robust'] as const)('%s', async (scaling) => {
    const { center, scale } = await fitScaler(columnsOf(input.X), scaling, ctx);
    input.names.forEach((name, j) => {
      const isNear = (a: number, b: number) => Math.abs(a - b) <= tolerance.relative * Math.abs(b);
      expect([name, isNear(center[j], expected.mean[j])]).toEqual([name, true]);
      expect([name, isNear(scale[j], expected[scaling][j])]).toEqual([name, true]);
    });
  });
});

describe('against scikit-learn: decision trees', () => {
  const { input, params, expected, tolerance } = fixture<
    { X: number[][]; y: number[]; testRows: number[] },
    {
      accuracy: number[];
      predicted: number[][];
      nLeaves: number[];
      featureImportances: number[][];
    },
    { importance: number },
    { maxDepth: number[]; minSamplesLeaf: number }
  >('tree');

  it.for(params.maxDepth.map((maxDepth, at) => ({ maxDepth, at })))(
    'depth $maxDepth: the same answer on every row',
    async ({ maxDepth, at }) => {
      const features = columnsOf(input.X);
      const labels = Int32Array.from(input.y);
      const all = Int32Array.from(labels.keys());
      const test = Int32Array.from(input.testRows);
      const rows = all.filter((i) => !input.testRows.includes(i));
      const { minSamplesLeaf } = params;
      const tree = await fitTree(
        { features, labels, nClasses: 3, rows },
        { maxDepth, minSamplesLeaf, minSamplesSplit: 2 },
        ctx,
      );
      const predicted = predictTreeRows(tree, features, all);
      expect(Array.from(predicted)).toEqual(expected.predicted[at]);
      const truth = test.map((i) => labels[i]);
      const { accuracy } = classificationReport(
        confusionMatrix(
          truth,
          test.map((i) => predicted[i]),
          3,
        ),
      );
      expect(accuracy).toBeCloseTo(expected.accuracy[at], 12);
      expect(countLeaves(tree)).toBe(expected.nLeaves[at]);
      expectNear(tree.featureImportances, expected.featureImportances[at], tolerance.importance);
    },
  );
});

describe('against scikit-learn: confusion matrix and report', () => {
  it('of made-up predictions, one class never predicted', () => {
    const { input, expected, tolerance } = fixture<
      { cases: { truth: number[]; predicted: number[]; nClasses: number }[] },
      {
        cases: (Record<'precision' | 'recall' | 'f1' | 'support', number[]> &
          Record<'accuracy' | 'macroF1' | 'weightedF1', number> & { confusion: number[][] })[];
      }
    >('classification');
    expect(input.cases).toHaveLength(3);
    input.cases.forEach(({ truth, predicted, nClasses }, index) => {
      const wanted = expected.cases[index];
      const confusion = confusionMatrix(
        Int32Array.from(truth),
        Int32Array.from(predicted),
        nClasses,
      );
      expect(confusion).toEqual(wanted.confusion);
      const report = classificationReport(confusion);
      for (const key of ['precision', 'recall', 'f1', 'support'] as const) {
        const found = report.perClass.map((figures) => figures[key]);
        expectNear(found, wanted[key], tolerance.absolute);
      }
      for (const key of ['accuracy', 'macroF1', 'weightedF1'] as const) {
        expect(Math.abs(report[key] - wanted[key])).toBeLessThanOrEqual(tolerance.absolute);
      }
    });
  });
});
