import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { fitTree } from './tree';
import { countLeaves } from './tree-predict';
import { pruneTree, pruningPath } from './tree-prune';

/** 1 … 6 with the classes 0 0 1 0 1 1: the tree by hand of tree.test.ts. */
const data = {
  features: [Float64Array.of(1, 2, 3, 4, 5, 6)],
  labels: Int32Array.of(0, 0, 1, 0, 1, 1),
  nClasses: 2,
  rows: Int32Array.of(0, 1, 2, 3, 4, 5),
};
const full = { maxDepth: null, minSamplesLeaf: 1, minSamplesSplit: 2 };

describe('pruning, by hand', () => {
  // Shares × impurity: root 0.5; its right side (4 of 6 rows, 0.375) 0.25; below that the pair 3, 4 (2 of 6, 0.5) 1/6.
  // α: the pair 1/6 / 1 = 1/6; the right side 0.25 / 2 = 1/8; the root 0.5 / 3 = 1/6. The right side is the weakest and takes
  // the pair along. Then the root: (0.5 − 0.25) / 1 = 1/4.
  it('has the path of the arithmetic', async () => {
    const { ccpAlphas, impurities } = pruningPath(await fitTree(data, full, ctx));
    [0, 1 / 8, 1 / 4].forEach((alpha, i) => expect(ccpAlphas[i]).toBeCloseTo(alpha, 12));
    [0, 1 / 4, 1 / 2].forEach((impurity, i) => expect(impurities[i]).toBeCloseTo(impurity, 12));
    expect([ccpAlphas.length, impurities.length]).toEqual([3, 3]);
  });

  it('cuts what is worth at most ccpAlpha, and numbers what is left anew', async () => {
    const tree = await fitTree(data, full, ctx);
    expect(pruneTree(tree, 0)).toBe(tree);
    expect(pruneTree(tree, 0.124)).toEqual(tree);
    expect(pruneTree(tree, 0.126)).toEqual({
      nFeatures: 1,
      nClasses: 2,
      feature: [0, -1, -1],
      threshold: [2.5, 0, 0],
      left: [1, -1, -1],
      right: [2, -1, -1],
      value: [
        [3, 3],
        [2, 0],
        [1, 3],
      ],
      nSamples: [6, 2, 4],
      impurity: [0.5, 0, 0.375],
      featureImportances: [1],
    });
    const root = await fitTree(data, { ...full, ccpAlpha: 0.26 }, ctx);
    expect(root.nSamples).toEqual([6]);
    expect(root.featureImportances).toEqual([0]);
    expect(countLeaves(pruneTree(root, 1))).toBe(1);
  });
});

describe('class weights', () => {
  it('make a row count as if it were listed so often', async () => {
    const twice = { ...data, rows: Int32Array.of(0, 1, 2, 2, 3, 4, 4, 5, 5) };
    const weighted = await fitTree(data, { ...full, classWeight: [1, 2] }, ctx);
    const listed = await fitTree(twice, full, ctx);
    expect({ ...weighted, nSamples: [] }).toEqual({ ...listed, nSamples: [] });
    expect(weighted.nSamples[0]).toBe(6);
    expect(listed.nSamples[0]).toBe(9);
  });

  it('balance classes of any size', async () => {
    const labels = Int32Array.of(0, 0, 0, 0, 0, 2);
    const { value, impurity } = await fitTree(
      { ...data, labels, nClasses: 3 },
      { ...full, classWeight: 'balanced' },
      ctx,
    );
    // Six rows, two classes that occur: 6/(2·5) for each of the five, 6/(2·1) for the one.
    expect(value[0].map((weight) => Math.round(weight * 1e9) / 1e9)).toEqual([3, 0, 3]);
    expect(impurity[0]).toBeCloseTo(0.5, 12);
  });
});
