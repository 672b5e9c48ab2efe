import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/core/random';
import { castShadows } from './shadows';

const nPoints = 60;

function distance(rows: Float32Array | Float64Array, i: number, k: number, nFeatures: number) {
  let square = 0;
  for (let j = 0; j < nFeatures; j++) {
    square += (rows[i * nFeatures + j] - rows[k * nFeatures + j]) ** 2;
  }
  return Math.sqrt(square);
}

describe('shadows', () => {
  it.each([1, 2, 3, 4, 5, 17, 40])(
    'are as far from each other as %i-dimensional points, within the slack',
    async (nFeatures) => {
      const random = createRandom(nFeatures);
      for (const scale of [1e-38, 1e-3, 1, 1e6, 3e37]) {
        // One column far from the origin, and one point far from all others.
        const points = Float64Array.from(
          { length: nPoints * nFeatures },
          (_, at) => scale * (random.normal() + (at % nFeatures === 0 ? 50 : 0)),
        );
        points.fill(1000 * scale, 0, nFeatures);
        const { values, unit, slack } = await castShadows(points, nFeatures);
        for (let i = 0; i < nPoints; i++) {
          for (let k = 0; k < i; k++) {
            const difference =
              distance(values, i, k, nFeatures) - unit * distance(points, i, k, nFeatures);
            expect(Math.abs(difference)).toBeLessThanOrEqual(slack);
          }
        }
        // Not so much of it that everything would count as near.
        expect(slack).toBeLessThan(1e-6);
      }
    },
  );

  it('show in the first columns what points differ in', async () => {
    const random = createRandom(1);
    const nFeatures = 12;
    const points = new Float64Array(nPoints * nFeatures);
    for (let i = 0; i < nPoints; i++) {
      const [a, b] = [random.normal(), random.normal()];
      for (let j = 0; j < nFeatures; j++) {
        points[i * nFeatures + j] = (j % 2 === 0 ? a : b) + 0.01 * random.normal();
      }
    }
    const { values } = await castShadows(points, nFeatures);
    const firstTwo = Float32Array.from({ length: nPoints * 2 }, (_, at) => {
      return values[Math.floor(at / 2) * nFeatures + (at % 2)];
    });
    for (let i = 1; i < nPoints; i++) {
      const whole = distance(values, i, 0, nFeatures);
      expect(whole - distance(firstTwo, i, 0, 2)).toBeLessThan(0.02 * whole + 0.01);
    }
  });

  it('are cast anew where a point has moved, with the slack of a longer one', async () => {
    const points = Float64Array.of(1, 0, 0, 1, -1, 0);
    const shadows = await castShadows(points, 2);
    const before = shadows.slack;
    points.set([800, 600], 2);
    shadows.cast(1);
    expect(shadows.slack).toBeCloseTo(1000 * before, 12);
    expect(distance(shadows.values, 0, 1, 2)).toBeCloseTo(Math.hypot(799, 600), 3);
  });

  it('of points that are all alike are alike', async () => {
    const { values, unit } = await castShadows(new Float64Array(20), 4);
    expect(unit).toBe(1);
    expect(values).toEqual(new Float32Array(20));
  });
});
