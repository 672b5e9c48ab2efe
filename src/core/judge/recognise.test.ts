import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { createRandom } from '../random';
import { recogniseSegments, treeDefaults } from './recognise';

/** Segment by the first column's sign; the second column is noise. */
function customers(nRows: number, seed: number) {
  const random = createRandom(seed);
  const first = Float64Array.from({ length: nRows }, () => random.normal());
  const second = Float64Array.from({ length: nRows }, () => random.normal());
  return {
    features: [first, second],
    labels: Int32Array.from(first, (value) => (value > 0 ? 1 : 0)),
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('the tree that recognises segments', () => {
  const { features, labels } = customers(400, 1);
  const run = (params = {}) =>
    recogniseSegments(features, labels, 2, { ...treeDefaults, ...params }, ctx);

  it('is tested on customers that it has not seen: 30 % of them', async () => {
    const { nTrain, nTest, confusion, report } = await run();
    expect([nTrain, nTest]).toEqual([280, 120]);
    expect(sum(confusion.flat())).toBe(120);
    expect(report.perClass.map(({ support }) => support)).toEqual(confusion.map(sum));
    expect(report.accuracy).toBe((confusion[0][0] + confusion[1][1]) / 120);
  });

  it('finds a border that runs along one column, by that column', async () => {
    const { report, tree } = await run();
    expect(report.accuracy).toBeGreaterThan(0.97);
    expect(tree.feature[0]).toBe(0);
    expect(Math.abs(tree.threshold[0])).toBeLessThan(0.1);
    expect(tree.featureImportances[0]).toBeGreaterThan(0.95);
    expect(sum(tree.featureImportances)).toBeCloseTo(1, 12);
  });

  it('is no better than guessing on segments that have nothing to do with the columns', async () => {
    const random = createRandom(2);
    const chance = Int32Array.from(labels, () => random.integer(2));
    const { report } = await recogniseSegments(features, chance, 2, treeDefaults, ctx);
    // 120 fair coins: sd 0.046.
    expect(Math.abs(report.accuracy - 0.5)).toBeLessThan(0.19);
  });

  it('is decided by its seed', async () => {
    expect(await run()).toEqual(await run());
    expect((await run({ seed: 7 })).tree).not.toEqual((await run()).tree);
  });

  it('asks no more than it may', async () => {
    const { tree } = await run({ maxDepth: 1 });
    expect(tree.left).toHaveLength(3);
    const { tree: coarse } = await run({ minSamplesLeaf: 100 });
    const leaves = coarse.nSamples.filter((_, node) => coarse.left[node] < 0);
    expect(Math.min(...leaves)).toBeGreaterThanOrEqual(100);
  });

  it('gives a small segment more weight, and cuts back what is worth little', async () => {
    // One in eight is in a segment of its own where the first column is large, but for chance.
    const random = createRandom(3);
    const rare = Int32Array.from(features[0], (value) => (value + random.normal() > 1.8 ? 1 : 0));
    const found = async (params = {}) => {
      const own = { ...treeDefaults, maxDepth: 3, ...params };
      const { report, tree } = await recogniseSegments(features, rare, 2, own, ctx);
      return { recall: report.perClass[1].recall, tree };
    };
    const plain = await found();
    const balanced = await found({ classWeight: 'balanced' });
    expect(balanced.recall).toBeGreaterThan(plain.recall + 0.1);
    const [first, second] = balanced.tree.value[0];
    expect(first).toBeCloseTo(second, 9);
    const pruned = await found({ ccpAlpha: 0.02 });
    expect(pruned.tree.left.length).toBeLessThan(plain.tree.left.length);
    expect(pruned.tree.left.length).toBeGreaterThan(1);
  });

  it('of one segment has one answer', async () => {
    const { report, tree } = await recogniseSegments(
      features,
      new Int32Array(400),
      1,
      treeDefaults,
      ctx,
    );
    expect(report.accuracy).toBe(1);
    expect(tree.left).toEqual([-1]);
  });
});
