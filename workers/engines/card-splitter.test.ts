import { describe, expect, it } from 'vitest';
import { ctx } from '../../tests/helpers/context';
import { standInCard, type StandInOptions } from '../../tests/helpers/stand-in-card';
import { fitTree } from '../../src/core/learn/tree';
import type { TreeData, TreeParams } from '../../src/core/learn/tree-data';
import { prepareTraining } from '../../src/core/learn/tree-training';
import { createRandom } from '../../src/core/random';
import { binCounter } from './card-bins';
import { createCardEngine } from './card-engine';
import { createReferenceEngine } from './reference';
import { createSimdEngine } from './simd';

const params: TreeParams = { maxDepth: 6, minSamplesLeaf: 5, minSamplesSplit: 2 };
const processors = [createReferenceEngine(), await createSimdEngine()];

/** Columns of many and of few values, one constant; some rows listed more than once. */
function customers(nRows: number, nClasses: number): TreeData {
  const random = createRandom(nRows + nClasses);
  const features = Array.from({ length: 5 }, (_, j) =>
    Float64Array.from({ length: nRows }, () => {
      const value = random.normal();
      return j < 3 ? value : j < 4 ? Math.round(value) : 7;
    }),
  );
  const labels = Int32Array.from({ length: nRows }, (_, i) => {
    const at = features[0][i] + features[3][i] + 0.3 * random.normal();
    return Math.min(nClasses - 1, Math.max(0, Math.floor((at + 2) * (nClasses / 4))));
  });
  const rows = Int32Array.from({ length: nRows }, (_, i) =>
    i % 5 > 0 ? i : random.integer(nRows),
  );
  return { features, labels, nClasses, rows };
}

async function treeOnCard(data: TreeData, processor = processors[0], options?: StandInOptions) {
  const card = standInCard(options);
  const engine = await createCardEngine(card, processor);
  const tree = fitTree(data, params, { ...ctx, engine });
  const outcome = await tree.then(
    (found) => ({ found, error: undefined }),
    (error: unknown) => ({ found: undefined, error }),
  );
  return { ...outcome, card, counted: card.ran.filter((kind) => kind === 'bins').length };
}

describe('a tree whose large nodes are counted on a card', () => {
  for (const processor of processors) {
    it.each([
      [9_000, 2, null],
      [9_001, 5, 'balanced'],
      [40_000, 3, null],
    ] as const)(
      `has the bits of plain loops, beside ${processor.id}: %i rows, %i classes, weights %s`,
      async (nRows, nClasses, classWeight) => {
        const data = customers(nRows, nClasses);
        const card = standInCard();
        const engine = await createCardEngine(card, processor);
        const weighted = { ...params, classWeight };
        const found = await fitTree(data, weighted, { ...ctx, engine });
        expect(found).toEqual(await fitTree(data, weighted, ctx));
        expect(card.ran.filter((kind) => kind === 'bins').length).toBeGreaterThan(1);
        expect(card.nTensors).toBe(0);
      },
    );
  }

  it('is left to the processor where it has too few rows', async () => {
    const { found, counted } = await treeOnCard(customers(4_000, 3));
    expect(counted).toBe(0);
    expect(found).toEqual(await fitTree(customers(4_000, 3), params, ctx));
  });

  it('is left to the processor where its counts would take too much of the card', async () => {
    const data = customers(6_000, 2);
    const { set } = await prepareTraining(data, ctx);
    const card = { ...standInCard(), software: false };
    expect(binCounter(card, set)).toBeDefined();
    // 4 pieces · 5 columns · 256 bins: 819 classes make 2^22 counts.
    expect(binCounter(card, { ...set, nClasses: 819 })).toBeDefined();
    expect(binCounter(card, { ...set, nClasses: 820 })).toBeUndefined();
    expect(binCounter(card, { ...set, nRows: 2 ** 24 })).toBeUndefined();
    expect(binCounter(card, { ...set, nFeatures: 0 })).toBeUndefined();
    // 5 columns · 2 classes · 64 texels: an imitated card looks at every row 640 times, 2^27 in all.
    expect(binCounter(standInCard(), { ...set, nRows: 209_715 })).toBeDefined();
    expect(binCounter(standInCard(), { ...set, nRows: 209_716 })).toBeUndefined();
    expect(binCounter(card, { ...set, nRows: 209_716 })).toBeDefined();
  });

  it.each<[string, (values: Float32Array) => Float32Array]>([
    ['returns zeros', (values) => values.fill(0)],
    ['returns NaN', (values) => values.fill(NaN)],
    ['is off by one bin', (values) => values.copyWithin(1, 0)],
    ['mixes up two classes', (values) => values.copyWithin(0, 256 * 5, 2 * 256 * 5)],
    ['counts a row where it is not', (values) => ((values[0] += 1), (values[1] -= 1), values)],
  ])('is not grown where the card %s', async (_name, spoil) => {
    const { error, card } = await treeOnCard(customers(6_000, 2), processors[0], {
      spoil: (values, program) => (program === 'bins' ? spoil(values) : values),
    });
    expect(error).toEqual(expect.objectContaining({ code: 'engine-failed' }));
    expect(card.nTensors).toBe(0);
  });

  it('stops when it is cancelled in the middle of a node, and frees what it took', async () => {
    const card = standInCard();
    const engine = await createCardEngine(card, processors[1]);
    let rests = 0;
    // One for each column that is ranked, and then within the root.
    const breathe = () => (++rests < 7 ? Promise.resolve() : Promise.reject(new Error('enough')));
    const work = fitTree(customers(100_000, 3), params, { engine, breathe });
    await expect(work).rejects.toThrow('enough');
    expect(card.ran).toContain('bins');
    expect(card.nTensors).toBe(0);
  });

  it('frees what it took where the card is taken away in the middle', async () => {
    let reads = 0;
    const { error, card, counted } = await treeOnCard(customers(20_000, 3), processors[1], {
      spoil: (values, program) => {
        if (program === 'bins' && ++reads > 1) throw new Error('It is gone.');
        return values;
      },
    });
    expect(error).toEqual(new Error('It is gone.'));
    expect(counted).toBeGreaterThan(1);
    expect(card.nTensors).toBe(0);
  });
});
