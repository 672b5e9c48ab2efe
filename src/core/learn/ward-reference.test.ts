import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ctx, matrixOf, samePartition } from '../../../tests/helpers/context';
import {
  hasShared,
  readShared,
  readSharedJson,
  whyAbsent,
} from '../../../tests/helpers/shared-data';
import { createSimdEngine } from '../../../workers/engines/simd';
import { read } from '../../../workers/read/read-for-test';
import { clean } from '../clean/clean';
import { fitScaler, transform } from '../features/scale';
import { agreement } from '../judge/agreement';
import { defaultRecipe } from '../recipe';
import { dendrogram } from './dendrogram';
import { cutTree, fitWard } from './ward';

/** What tests/reference/make_ward_fixture.py wrote; `meta` names the versions. */
interface Fixture {
  readonly meta: Record<string, string>;
  readonly input: { cases: { name: string; X: number[][] }[]; labellings: number[][] };
  readonly params: { cuts: number[] };
  readonly expected: {
    cases: {
      children: number[][];
      heights: number[];
      sizes: number[];
      cuts: Record<string, number[]>;
    }[];
    adjustedRandIndex: number[][];
  };
  readonly tolerance: { height: number; index: number };
}

const file = new URL('../../../tests/fixtures/ward.json', import.meta.url);
const { meta, input, params, expected, tolerance } = JSON.parse(
  readFileSync(file, 'utf8'),
) as Fixture;

function expectHeights(found: ArrayLike<number>, heights: readonly number[], relative: number) {
  expect(found).toHaveLength(heights.length);
  heights.forEach((height, m) => {
    expect(Math.abs(found[m] - height)).toBeLessThanOrEqual(relative * height);
  });
}

describe(`against SciPy ${meta.scipy}: Ward`, () => {
  it.for(input.cases.map((example, index) => ({ ...example, index })))(
    'has the same merges, heights and cuts: $name',
    async ({ X, index, name }) => {
      const { children, heights, sizes, cuts } = expected.cases[index];
      const tree = await fitWard(matrixOf(X), ctx);
      expectHeights(tree.heights, heights, tolerance.height);
      for (const k of params.cuts) {
        expect(samePartition(cutTree(tree, k), cuts[k])).toBe(true);
      }
      // Merges of height 0 may come in any order, and their numbers with them.
      if (name === 'every row twice') return;
      expect(Array.from(tree.children)).toEqual(children.flat());
      expect(Array.from(tree.sizes)).toEqual(sizes);
    },
  );
});

describe(`against scikit-learn ${meta['scikit-learn']}: the adjusted Rand index`, () => {
  it('is the same for every two labellings', () => {
    const labellings = input.labellings.map((labels) => Int32Array.from(labels));
    labellings.forEach((a, i) => {
      labellings.forEach((b, j) => {
        const { adjustedRandIndex } = agreement(a, 5, b, 5);
        const difference = Math.abs(adjustedRandIndex - expected.adjustedRandIndex[i][j]);
        expect(difference).toBeLessThanOrEqual(tolerance.index);
      });
    });
  });
});

interface Known {
  readonly ward: {
    last30Heights: number[];
    halfSumOfSquaredHeights: number;
    cuts: Record<string, { sizes: number[]; ariVsKMeans: number; inertia: number }>;
  };
}
type KnownKMeans = Record<string, { sizes: number[]; centroidsOriginalUnits?: number[][] }>;

describe('known answers (SciPy 1.17.1): the credit-card customers', () => {
  const path = 'known-answer/cc-general-ward.json';
  const kmeansPath = 'known-answer/cc-general-kmeans-median.json';
  const isAbsent = ![path, kmeansPath, 'CC GENERAL.csv'].every(hasShared);

  async function prepare() {
    const { table } = await read(new TextDecoder().decode(readShared('CC GENERAL.csv')));
    const { features } = await clean(table, defaultRecipe.clean, ctx);
    const scaler = await fitScaler(features, 'standard', ctx);
    const X = await transform(scaler, features, ctx);
    const fast = { ...ctx, engine: await createSimdEngine() };
    const { ward: known } = readSharedJson<Known>(path);
    return { X, scaler, fast, tree: await fitWard(X, fast), known };
  }

  it('have the same heights and the same groups', async ({ skip }) => {
    if (isAbsent) skip(whyAbsent);
    const { X, fast, tree, known } = await prepare();
    // The matrix is rounded to float32, which that of the reference is not.
    expectHeights(tree.heights.slice(-30), known.last30Heights, 1e-5);
    const half = tree.heights.reduce((total, height) => total + height ** 2 / 2, 0);
    expect(half / known.halfSumOfSquaredHeights).toBeCloseTo(1, 6);
    for (const [k, { sizes, inertia }] of Object.entries(known.cuts)) {
      const labels = cutTree(tree, Number(k));
      const loaded = fast.engine.load(X);
      const { sums, counts } = loaded.sums(labels, Number(k));
      const centers = sums.map((value, at) => value / counts[Math.floor(at / X.nFeatures)]);
      expect(Array.from(counts)).toEqual(sizes);
      expect(
        loaded.inertias(labels, centers).reduce((all, block) => all + block) / inertia,
      ).toBeCloseTo(1, 6);
    }
  });

  it('agree with K-Means as far', async ({ skip }) => {
    if (isAbsent) skip(whyAbsent);
    const { X, scaler, fast, tree, known } = await prepare();
    const { byK } = readSharedJson<{ byK: KnownKMeans }>(kmeansPath);
    // K-Means has several answers that are equally good but for a few customers on a border. The index is compared for
    // the very one that the reference was compared with: every row goes to the nearest of its published centres.
    const withCenters = Object.entries(known.cuts).filter(([k]) => byK[k].centroidsOriginalUnits);
    expect(withCenters.map(([k]) => k)).toContain('4');
    for (const [k, { ariVsKMeans }] of withCenters) {
      const nClusters = Number(k);
      const centers = Float64Array.from(
        (byK[k].centroidsOriginalUnits ?? []).flatMap((center) =>
          center.map((value, j) => (value - scaler.center[j]) / scaler.scale[j]),
        ),
      );
      const labels = new Int32Array(X.nSamples);
      await fast.engine.load(X).assign(centers, nClusters, labels);
      const sizes = byK[k].sizes.map((_, c) => labels.filter((label) => label === c).length);
      expect(sizes).toEqual(byK[k].sizes);
      const found = agreement(labels, nClusters, cutTree(tree, nClusters), nClusters);
      expect(Math.abs(found.adjustedRandIndex - ariVsKMeans)).toBeLessThan(1e-6);
      const same = { labels, nClusters };
      const { cuts, nodes } = await dendrogram(tree, same, new Map([[nClusters, same]]), ctx);
      expect(cuts[nClusters - 1].sizes).toEqual(known.cuts[k].sizes);
      expect(cuts[nClusters - 1].adjustedRandIndex).toBe(found.adjustedRandIndex);
      expectHeights(
        nodes.filter(({ parts }) => parts !== null).map(({ height }) => height),
        known.last30Heights.slice(1),
        1e-5,
      );
    }
  });
});
