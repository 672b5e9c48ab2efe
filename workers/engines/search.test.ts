import { describe, expect, it } from 'vitest';
import { ctx } from '../../tests/helpers/context';
import { standInCard } from '../../tests/helpers/stand-in-card';
import { nobody, type ClusterSearch, type Engine } from '../../src/core/engine';
import { fitWard } from '../../src/core/learn/ward';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom, type Random } from '../../src/core/random';
import { orderByBoxes } from './box-order';
import { createCardEngine } from './card-engine';
import { createFasterEngine } from './faster';
import { createReferenceEngine } from './reference';
import { createSimdEngine } from './simd';

const simd = await createSimdEngine();
const reference = createReferenceEngine();

function rowsOf(nSamples: number, nFeatures: number, value: () => number): Matrix {
  return matrix(Float32Array.from({ length: nSamples * nFeatures }, value), nSamples, nFeatures);
}

const treeOf = (engine: Engine, X: Matrix) => fitWard(X, { ...ctx, engine });

async function expectSameTree(X: Matrix): Promise<void> {
  expect(await treeOf(simd, X)).toEqual(await treeOf(reference, X));
}

describe('the tree of WebAssembly is that of plain loops, to the last bit', () => {
  it.each([1, 2, 3, 4, 5, 8, 17, 40])('for %i columns and any number of rows', async (d) => {
    const random = createRandom(d);
    for (const nSamples of [1, 2, 3, 7, 8, 9, 63, 64, 65, 129, 700]) {
      await expectSameTree(rowsOf(nSamples, d, () => random.normal()));
    }
  });

  it('where many distances are equal', async () => {
    const random = createRandom(1);
    for (const nValues of [1, 2, 3, 10]) {
      await expectSameTree(rowsOf(500, 3, () => random.integer(nValues)));
      await expectSameTree(rowsOf(500, 1, () => random.integer(nValues) / 8));
    }
  });

  it('where rows occur many times', async () => {
    const random = createRandom(2);
    const X = rowsOf(600, 7, () => random.normal());
    for (let i = 50; i < 600; i++) X.data.copyWithin(i * 7, (i % 50) * 7, ((i % 50) + 1) * 7);
    await expectSameTree(X);
  });

  it.each([1e-38, 1e-20, 1e18, 3e37])('for values of about %f', async (scale) => {
    const random = createRandom(3);
    await expectSameTree(rowsOf(300, 5, () => scale * random.normal()));
  });

  it('far from the origin, and for one row far away from the others', async () => {
    const random = createRandom(4);
    await expectSameTree(rowsOf(300, 5, () => 1e5 + random.normal()));
    const X = rowsOf(300, 5, () => random.normal());
    X.data.fill(-3e38, 60, 65);
    await expectSameTree(X);
  });

  it('for prototypes of very many rows', async () => {
    const random = createRandom(5);
    await expectSameTree(rowsOf(30_001, 2, () => random.normal()));
  });
});

/** By the definition, without any sparing. */
function nearestByDefinition(
  centers: Float64Array,
  sizes: Float64Array,
  nFeatures: number,
  left: readonly number[],
  a: number,
) {
  let best = nobody;
  for (const b of left) {
    if (b === a) continue;
    let sum = 0;
    for (let j = 0; j < nFeatures; j++) {
      sum += (centers[b * nFeatures + j] - centers[a * nFeatures + j]) ** 2;
    }
    const distance = ((2 * sizes[a] * sizes[b]) / (sizes[a] + sizes[b])) * sum;
    if (distance < best.distance) best = { cluster: b, distance };
  }
  return best;
}

describe.each([
  { name: 'plain loops', engine: reference },
  { name: 'WebAssembly', engine: simd },
  {
    name: 'the faster of two',
    engine: createFasterEngine(await createCardEngine(standInCard(), simd), simd),
  },
])('a search by $name', ({ engine }) => {
  const nFeatures = 6;
  const n = 300;
  const someValue = (random: Random) => random.integer(9) / 4;

  async function start(random: Random): Promise<{
    centers: Float64Array;
    sizes: Float64Array;
    search: ClusterSearch;
  }> {
    const centers = Float64Array.from({ length: n * nFeatures }, () => someValue(random));
    const sizes = Float64Array.from({ length: n }, () => 1 + random.integer(1000));
    return { centers, sizes, search: await engine.searchClusters(centers, sizes, nFeatures) };
  }

  it('finds the nearest of those that are left, while they move, grow and vanish', async () => {
    const random = createRandom(6);
    const { centers, sizes, search } = await start(random);
    const left = Array.from({ length: n }, (_, i) => i);
    while (left.length > 1) {
      const a = left[random.integer(left.length)];
      const expected = nearestByDefinition(centers, sizes, nFeatures, left, a);
      expect(search.nearest(a, nobody)).toEqual(expected);
      // One that is known already changes the time and nothing else.
      const known = nearestByDefinition(centers, sizes, nFeatures, [left.find((b) => b !== a)!], a);
      expect(search.nearest(a, known)).toEqual(expected);
      const moved = Float64Array.from({ length: nFeatures }, () => someValue(random));
      centers.set(moved, a * nFeatures);
      search.replace(a, moved, (sizes[a] += 3));
      const [gone] = left.splice(random.integer(left.length), 1);
      search.remove(gone);
    }
    search.dispose();
  });

  it('keeps what it was given to itself', async () => {
    const { centers, search } = await start(createRandom(7));
    const before = search.nearest(5, nobody);
    centers.fill(0);
    expect(search.nearest(5, nobody)).toEqual(before);
    search.dispose();
  });
});

describe('the order of boxes', () => {
  it('holds every cluster once, and splits at the widest column', () => {
    const random = createRandom(8);
    const points = Float32Array.from({ length: 40 * 2 }, (_, at) =>
      at % 2 === 0 ? 100 * random.normal() : random.normal(),
    );
    const clusters = Int32Array.from({ length: 40 }, (_, i) => i);
    orderByBoxes(points, 2, clusters, 8);
    expect(Array.from(clusters).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, i) => i),
    );
    const first = Array.from(clusters, (cluster) => points[2 * cluster]);
    for (let box = 8; box < 40; box += 8) {
      expect(Math.max(...first.slice(0, box))).toBeLessThanOrEqual(Math.min(...first.slice(box)));
    }
  });

  it('ends where all clusters are equal', () => {
    const clusters = Int32Array.from({ length: 1000 }, (_, i) => i);
    orderByBoxes(new Float32Array(1000), 1, clusters, 8);
    expect(new Set(clusters).size).toBe(1000);
  });
});
