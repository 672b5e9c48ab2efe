import { describe, expect, it } from 'vitest';
import { sumBlockRows } from '../../src/core/engine';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom } from '../../src/core/random';
import { createReferenceEngine } from './reference';
import { createSimdEngine } from './simd';

const engine = await createSimdEngine();
const reference = createReferenceEngine();
const noRest = () => Promise.resolve();

function normals(nSamples: number, nFeatures: number, offset = 0): Matrix {
  const random = createRandom(nSamples + nFeatures);
  const length = nSamples * nFeatures;
  return matrix(
    Float32Array.from({ length }, (_, at) => offset + (1 + (at % nFeatures)) * random.normal()),
    nSamples,
    nFeatures,
  );
}

const sizes = [1, 2, 3, 4, 5, 8, 9, 1_003].flatMap((nSamples) =>
  [1, 2, 3, 8, 17, 40].map((nFeatures) => ({ nSamples, nFeatures })),
);

describe('covariances by WebAssembly', () => {
  const expectSame = async (X: Matrix) => {
    const ours = await engine.load(X).covariance(noRest);
    expect(ours).toEqual(await reference.load(X).covariance(noRest));
  };

  it.each(sizes)('have the bits of plain loops: %o', ({ nSamples, nFeatures }) =>
    expectSame(normals(nSamples, nFeatures, 0.1)),
  );

  it.each([sumBlockRows - 1, sumBlockRows, sumBlockRows + 1, 2 * sumBlockRows + 8_192])(
    'have them for several blocks of rows: %i',
    (nSamples) => expectSame(normals(nSamples, 3)),
  );

  it('have them where the memory held something else before, and values are odd', async () => {
    await engine.load(normals(9_000, 8, 1e30)).covariance(noRest);
    const X = normals(50, 3);
    X.data.fill(-0, 0, 9);
    X.data.fill(3e38, 30, 33);
    await expectSame(X);
  });

  it('are those of the arithmetic', async () => {
    // Means 2 and 4; deviations (−1, 1), (0, −3), (1, 2): 2/2, (−1 + 0 + 2)/2, (1 + 9 + 4)/2.
    const X = matrix(Float32Array.of(1, 5, 2, 1, 3, 6), 3, 2);
    expect(Array.from(await engine.load(X).covariance(noRest))).toEqual([1, 0.5, 0.5, 7]);
  });

  it('of one row are 0', async () => {
    const X = matrix(Float32Array.of(3, 4), 1, 2);
    expect(Array.from(await engine.load(X).covariance(noRest))).toEqual([0, 0, 0, 0]);
  });

  it('keep their digits far from the origin', async () => {
    const X = normals(2_000, 2);
    // Halves, so that moving them loses nothing.
    X.data.forEach((value, at) => (X.data[at] = Math.round(2 * value) / 2));
    const moved = matrix(
      X.data.map((value) => value + 2 ** 20),
      2_000,
      2,
    );
    const [here, there] = await Promise.all(
      [X, moved].map((Y) => engine.load(Y).covariance(noRest)),
    );
    here.forEach((value, at) => expect(there[at] / value).toBeCloseTo(1, 9));
  });

  it('rest, telling how far they are, so that they can be cancelled', async () => {
    const X = normals(50_000, 2);
    for (const each of [engine, reference]) {
      const shares: number[] = [];
      await each.load(X).covariance((share) => {
        shares.push(share);
        return Promise.resolve();
      });
      expect(shares.length).toBeGreaterThan(5);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.at(-1)).toBe(1);
      const cancelled = each.load(X).covariance(() => Promise.reject(new Error('cancelled')));
      await expect(cancelled).rejects.toThrow('cancelled');
    }
  });
});

describe('scores by WebAssembly', () => {
  const random = createRandom(3);

  it.each(sizes)('have the bits of plain loops: %o', async ({ nSamples, nFeatures }) => {
    const X = normals(nSamples, nFeatures);
    for (const nComponents of [1, 2, 3, 4]) {
      const components = Float64Array.from({ length: nComponents * nFeatures }, () =>
        random.normal(),
      );
      const ours = await engine.load(X).project(components, nComponents);
      expect(ours).toEqual(await reference.load(X).project(components, nComponents));
    }
  });

  it('have them for more rows than fit into one piece', async () => {
    const X = normals(20_001, 5);
    const components = Float64Array.from({ length: 10 }, () => random.normal());
    const ours = await engine.load(X).project(components, 2);
    expect(ours).toEqual(await reference.load(X).project(components, 2));
  });
});
