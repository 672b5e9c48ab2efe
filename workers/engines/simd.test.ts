import { describe, expect, it } from 'vitest';
import type { LoadedMatrix, RowRuns } from '../../src/core/engine';
import { nearestCenter } from '../../src/core/learn/nearest';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom, type Random } from '../../src/core/random';
import { createReferenceEngine } from './reference';
import { selfTest } from './self-test';
import { createSimdEngine } from './simd';

const engine = await createSimdEngine();
const reference = createReferenceEngine();
const noRest = () => Promise.resolve();

function normals(random: Random, nSamples: number, nFeatures: number, offset = 0): Matrix {
  const length = nSamples * nFeatures;
  return matrix(
    Float32Array.from({ length }, () => offset + random.normal()),
    nSamples,
    nFeatures,
  );
}

function someCenters(random: Random, X: Matrix, nClusters: number): Float64Array {
  return Float64Array.from(
    { length: nClusters * X.nFeatures },
    () => X.data[random.integer(X.data.length)] + 0.1 * random.normal(),
  );
}

/** Rows half-way between two centres, give or take the last digits; centres that differ in theirs, and twins. */
function nearTies(random: Random, nSamples: number, nFeatures: number, scale: number) {
  const nClusters = 9;
  const centers = Float64Array.from(
    { length: nClusters * nFeatures },
    () => scale * random.normal(),
  );
  for (let j = 0; j < nFeatures; j++) {
    centers[8 * nFeatures + j] = centers[j] * (1 + 1e-9 * random.normal());
    centers[7 * nFeatures + j] = centers[nFeatures + j];
    centers[6 * nFeatures + j] = centers[2 * nFeatures + j] * (1 + 1e-6 * random.normal());
  }
  const data = new Float32Array(nSamples * nFeatures);
  for (let i = 0; i < nSamples; i++) {
    const a = random.integer(nClusters) * nFeatures;
    const b = random.integer(nClusters) * nFeatures;
    const noise = scale * [0, 1e-8, 1e-7, 1e-6, 1e-5][i % 5];
    for (let j = 0; j < nFeatures; j++) {
      data[i * nFeatures + j] = (centers[a + j] + centers[b + j]) / 2 + noise * random.normal();
    }
  }
  return { X: matrix(data, nSamples, nFeatures), centers, nClusters };
}

function nearestOfEachRow(X: Matrix, centers: Float64Array, nClusters: number): Int32Array {
  return Int32Array.from({ length: X.nSamples }, (_, i) =>
    nearestCenter(X.data, i * X.nFeatures, centers, nClusters, X.nFeatures),
  );
}

async function expectLabels(X: Matrix, centers: Float64Array, nClusters: number): Promise<void> {
  const loaded = engine.load(X);
  const labels = new Int32Array(X.nSamples).fill(-1);
  await loaded.assign(centers, nClusters, labels);
  loaded.dispose();
  expect(labels).toEqual(nearestOfEachRow(X, centers, nClusters));
}

/** Seeded rows in random runs, in three labellings. */
function someRuns(random: Random, X: Matrix, nRows: number): RowRuns {
  const rows = random.shuffle(Int32Array.from({ length: X.nSamples }, (_, i) => i));
  const ends: number[] = [];
  for (let end = 0; end < nRows;) {
    end = Math.min(nRows, end + 1 + random.integer(9));
    ends.push(end);
  }
  const slots = ends.flatMap(() => [
    random.integer(2),
    2 + random.integer(3),
    5 + random.integer(4),
  ]);
  return {
    rows: rows.slice(0, nRows),
    ends: Int32Array.from(ends),
    slots: Int32Array.from(slots),
    nSlots: 9,
  };
}

/** The largest difference, relative to the expected value where that is above 0. */
function relativeDifference(values: Float64Array, expected: Float64Array): number {
  expect(values.length).toBe(expected.length);
  return values.reduce((worst, value, at) => {
    const difference = Math.abs(value - expected[at]);
    return Math.max(worst, difference === 0 ? 0 : difference / expected[at]);
  }, 0);
}

it('passes the start-up test', () => expect(selfTest(engine)).resolves.toBeUndefined());

describe('the labels of WebAssembly are those of the definition', () => {
  it('for 1 to 40 columns, 1 to 20 centres and any number of rows', async () => {
    const random = createRandom(1);
    for (let nFeatures = 1; nFeatures <= 40; nFeatures++) {
      const X = normals(random, 1 + random.integer(200), nFeatures);
      for (let nClusters = 1; nClusters <= 20; nClusters++) {
        await expectLabels(X, someCenters(random, X, nClusters), nClusters);
      }
    }
  });

  it.each([1e-45, 1e-30, 1e-18, 1, 1e5, 1e14, 1e16, 1e18, 1e30])(
    'for near ties, twins and duplicates of size %f',
    async (scale) => {
      const random = createRandom(2);
      for (const nFeatures of [1, 2, 7, 17, 40]) {
        const { X, centers, nClusters } = nearTies(random, 403, nFeatures, scale);
        await expectLabels(X, centers, nClusters);
      }
    },
  );

  it.each([10, 1e3, 1e5, 1e7])('for rows that lie %f away from the origin', async (offset) => {
    const random = createRandom(3);
    const X = normals(random, 501, 17, offset);
    await expectLabels(X, someCenters(random, X, 8), 8);
  });

  it('for one row far away from the others', async () => {
    const random = createRandom(4);
    const X = normals(random, 100, 5);
    X.data.fill(1e19, 50, 55);
    X.data.fill(-3e38, 60, 65);
    await expectLabels(X, someCenters(random, normals(random, 9, 5), 6), 6);
  });

  it.each([1e30, 1e200, -1e200, Infinity])('for a centre at %f', async (far) => {
    const random = createRandom(5);
    const X = normals(random, 100, 5);
    const centers = someCenters(random, X, 6);
    centers.fill(far, 10, 15);
    await expectLabels(X, centers, 6);
  });

  it('for identical rows and centres', async () => {
    const X = matrix(new Float32Array(60).fill(0.1), 20, 3);
    await expectLabels(X, new Float64Array(15).fill(0.1), 5);
    await expectLabels(X, new Float64Array(15), 5);
  });
});

describe('the float64 results of WebAssembly have the bits of plain loops', () => {
  const sizes = [1, 7, 8, 9, 100, 1_003].flatMap((nSamples) =>
    [1, 2, 3, 8, 17, 40].map((nFeatures) => ({ nSamples, nFeatures })),
  );

  it.each(sizes)('sums, inertia and the reach of points: %o', ({ nSamples, nFeatures }) => {
    const random = createRandom(6);
    const X = normals(random, nSamples, nFeatures, 0.1);
    X.data.fill(-0, 0, nFeatures);
    const labels = Int32Array.from({ length: nSamples }, () => random.integer(6));
    const centers = someCenters(random, X, 7);
    const [ours, theirs] = [engine.load(X), reference.load(X)];
    expect(ours.sums(labels, 7)).toEqual(theirs.sums(labels, 7));
    expect(ours.inertias(labels, centers)).toEqual(theirs.inertias(labels, centers));
    const [ourReach, theirReach] = [ours.reach(), theirs.reach()];
    for (const [first, end] of [
      [0, 1],
      [1, 5],
      [5, 7],
    ]) {
      const points = centers.subarray(first * nFeatures, end * nFeatures);
      expect(ourReach.addBest(points)).toBe(theirReach.addBest(points));
      expect(ourReach.cumulative()).toEqual(theirReach.cumulative());
    }
    ourReach.dispose();
    ours.dispose();
  });
});

describe('sums of distances', () => {
  const both = async (X: Matrix, runs: RowRuns) => {
    const [ours, theirs] = [engine.load(X), reference.load(X)];
    const sums = await ours.distanceSums(runs, noRest);
    ours.dispose();
    return relativeDifference(sums, await theirs.distanceSums(runs, noRest));
  };

  it.each([1, 2, 3, 8, 17, 40])('are within 1e-6 of plain loops, for %i columns', async (d) => {
    const random = createRandom(7);
    for (const nRows of [1, 2, 5, 8, 61, 350]) {
      const X = normals(random, 400, d);
      expect(await both(X, someRuns(random, X, nRows))).toBeLessThan(1e-6);
    }
  });

  it('are within 1e-6 where rows are nearly or wholly identical, or far from the origin', async () => {
    const random = createRandom(8);
    const X = normals(random, 300, 5, 1e4);
    X.data.copyWithin(0, 50, 100);
    X.data.fill(X.data[200], 200, 400);
    expect(await both(X, someRuns(random, X, 300))).toBeLessThan(1e-6);
  });

  it.each([1e-30, 1e25])('are left to float64 for values of about %f', async (scale) => {
    const random = createRandom(9);
    const X = normals(random, 50, 3);
    X.data.forEach((value, at) => (X.data[at] = value * scale));
    expect(await both(X, someRuns(random, X, 50))).toBe(0);
  });

  it('rest, so that they can be cancelled', async () => {
    const random = createRandom(10);
    const X = normals(random, 4_000, 3);
    const cancelled = engine
      .load(X)
      .distanceSums(someRuns(random, X, 4_000), () => Promise.reject(new Error('cancelled')));
    await expect(cancelled).rejects.toThrow('cancelled');
  });
});

describe('the memory of WebAssembly', () => {
  it('grows with the matrix, and is used again', async () => {
    const random = createRandom(11);
    for (const nSamples of [10, 50_000, 10, 100_000, 3]) {
      const X = normals(random, nSamples, 17);
      await expectLabels(X, someCenters(random, X, 5), 5);
    }
  });

  it('holds several matrices at once', async () => {
    const random = createRandom(12);
    const matrices = Array.from({ length: 4 }, (_, m) => normals(random, 100 + m, 3 + m));
    const loaded: LoadedMatrix[] = matrices.map((X) => engine.load(X));
    for (let turn = 0; turn < 3; turn++) {
      for (const [m, X] of matrices.entries()) {
        const centers = someCenters(random, X, 4);
        const labels = new Int32Array(X.nSamples);
        await loaded[m].assign(centers, 4, labels);
        expect(labels).toEqual(nearestOfEachRow(X, centers, 4));
      }
    }
    loaded.forEach((each) => each.dispose());
  });

  it('belongs to others after dispose', async () => {
    const X = normals(createRandom(13), 10, 2);
    const loaded = engine.load(X);
    loaded.dispose();
    const work = loaded.assign(new Float64Array(4), 2, new Int32Array(10));
    await expect(work).rejects.toEqual(expect.objectContaining({ code: 'internal' }));
  });

  it('may be too small: then the engine has failed, and says so', async () => {
    const X = matrix({ length: 2 ** 33 } as Float32Array, 2 ** 30, 8);
    const work = engine.load(X).assign(new Float64Array(16), 2, new Int32Array(1));
    await expect(work).rejects.toEqual(expect.objectContaining({ code: 'engine-failed' }));
  });
});
