import { describe, expect, it } from 'vitest';
import { fitForest, forestDefaults } from '../../src/core/learn/forest';
import { fitTree } from '../../src/core/learn/tree';
import type { TreeData, TreeParams } from '../../src/core/learn/tree-data';
import { createRandom } from '../../src/core/random';
import { ctx } from '../../tests/helpers/context';
import { createSimdEngine } from './simd';

const simd = { ...ctx, engine: await createSimdEngine() };
const full: TreeParams = { maxDepth: null, minSamplesLeaf: 1, minSamplesSplit: 2 };

/** Columns of many and of few values, classes with soft borders, some rows listed more than once. */
function customers(nRows: number, nClasses: number, seed: number): TreeData {
  const random = createRandom(seed);
  const features = Array.from({ length: 7 }, (_, j) =>
    Float64Array.from({ length: nRows }, () => {
      const value = random.normal();
      return j < 4 ? value : Math.round(value * 4 ** (j - 4)) / 2;
    }),
  );
  const labels = Int32Array.from({ length: nRows }, (_, i) => {
    const at = features[0][i] + features[4][i] + Math.abs(features[5][i]) + 0.3 * random.normal();
    return Math.min(nClasses - 1, Math.max(0, Math.floor((at + 2) * (nClasses / 5))));
  });
  const rows = Int32Array.from({ length: nRows }, (_, i) =>
    i % 3 === 0 ? i : random.integer(nRows),
  );
  return { features, labels, nClasses, rows };
}

describe('cuts in WebAssembly', () => {
  for (const nRows of [60, 900, 5000]) {
    for (const nClasses of [2, 4, 9]) {
      for (const classWeight of [null, 'balanced'] as const) {
        const weights = classWeight ?? 'no weights';
        it(`are those of plain loops, to the last bit: ${nRows} rows, ${nClasses} classes, ${weights}`, async () => {
          const data = customers(nRows, nClasses, nRows + nClasses);
          const params = { ...full, classWeight, minSamplesLeaf: nClasses };
          expect(await fitTree(data, params, simd)).toEqual(await fitTree(data, params, ctx));
          const few = { ...forestDefaults, nEstimators: 3, classWeight };
          expect(await fitForest(data, few, simd)).toEqual(await fitForest(data, few, ctx));
        });
      }
    }
  }

  it('are those of plain loops where a tree is grown in two steps', async () => {
    const data = customers(50_000, 4, 3);
    for (const classWeight of [null, 'balanced'] as const) {
      const params = { ...full, classWeight, minSamplesLeaf: 3 };
      expect(await fitTree(data, params, simd)).toEqual(await fitTree(data, params, ctx));
    }
  });

  it('do not depend on what was grown before', async () => {
    const [large, small] = [customers(5000, 4, 1), customers(300, 2, 2)];
    const tree = await fitTree(small, full, ctx);
    for (const data of [small, large, small]) {
      const own = await fitTree(data, full, simd);
      if (data === small) expect(own).toEqual(tree);
    }
  });

  it('are found in more rows than places can be told apart, and without a column', async () => {
    const data = customers(70_000, 3, 5);
    const rows = Int32Array.from(data.labels.keys());
    const params = { ...full, minSamplesLeaf: 40_000 };
    // No cut leaves 40,000 of 70,000 rows on both sides.
    expect((await fitTree({ ...data, rows }, params, simd)).left).toEqual([-1]);
    expect((await fitTree({ ...data, features: [] }, full, simd)).left).toEqual([-1]);
    const stump = { ...full, maxDepth: 2 };
    expect(await fitTree({ ...data, rows }, stump, simd)).toEqual(
      await fitTree({ ...data, rows }, stump, ctx),
    );
  });
});
