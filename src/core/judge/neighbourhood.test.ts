import { describe, expect, it } from 'vitest';
import { ctx, matrixOf } from '../../../tests/helpers/context';
import fixture from '../../../tests/fixtures/map.json';
import type { Matrix } from '../matrix';
import { createRandom } from '../random';
import { neighbourhood } from './neighbourhood';

function noise(nRows: number, nColumns: number, seed: number): Matrix {
  const random = createRandom(seed);
  return matrixOf(
    Array.from({ length: nRows }, () => Array.from({ length: nColumns }, () => random.normal())),
  );
}

describe('neighbours on a map', () => {
  it.each(fixture.neighbours)('are judged as scikit-learn does: $name', async (known) => {
    const found = await neighbourhood(
      matrixOf(known.X),
      matrixOf(known.picture),
      known.nNeighbours,
      ctx,
    );
    expect(found?.trustworthiness).toBeCloseTo(known.trustworthiness, 12);
    expect(found?.continuity).toBeCloseTo(known.continuity, 12);
  });

  it('by hand: five customers on a line, two of them exchanged', async () => {
    // In space at 0, 1, 3, 7, 15; on the map the second and the last change places. The nearest of each in space:
    // 1, 0, 1, 2, 3, on the map 4, 3, 4, 2, 0. By their places in space, less 1: 4 is 4th to 0 (3), 3 is 3rd to 1 (2),
    // 4 is 4th to 2 (3), 2 is 1st to 3 (0), 0 is 4th to 4 (3): 11. 2 / (5·1·(10 − 3 − 1)) = 1/15.
    const space = matrixOf([[0], [1], [3], [7], [15]]);
    const picture = matrixOf([[0], [15], [3], [7], [1]]);
    const found = await neighbourhood(space, picture, 1, ctx);
    expect(found?.trustworthiness).toBeCloseTo(1 - 11 / 15, 12);
    // To exchange two is the same the other way round.
    expect(found?.continuity).toBeCloseTo(1 - 11 / 15, 12);
  });

  it('are perfect where the picture is the space, in any unit, and chance where it is noise', async () => {
    const space = noise(120, 3, 1);
    const same = matrixOf(
      Array.from({ length: 120 }, (_, i) =>
        Array.from(space.data.subarray(3 * i, 3 * i + 3), (v) => 8 * v),
      ),
    );
    const perfect = await neighbourhood(space, same, 10, ctx);
    expect([perfect?.trustworthiness, perfect?.continuity]).toEqual([1, 1]);
    const chance = await neighbourhood(space, noise(120, 2, 2), 10, ctx);
    expect(chance?.trustworthiness).toBeGreaterThan(0.4);
    expect(chance?.trustworthiness).toBeLessThan(0.6);
  });

  it('that are copies of each other are ordered by their rows, and few customers have few neighbours', async () => {
    const copies = matrixOf([[0], [0], [0], [0], [0], [1]]);
    const found = await neighbourhood(copies, copies, 15, ctx);
    expect(found).toMatchObject({ trustworthiness: 1, continuity: 1, nNeighbours: 2 });
    expect(await neighbourhood(matrixOf([[0], [1], [2]]), matrixOf([[0], [1], [2]]), 15, ctx)).toBe(
      undefined,
    );
  });
});
