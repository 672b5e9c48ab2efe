import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../../tests/helpers/context';
import { createRandom } from '../random';
import { crowding } from './crowding';

const two = (rows: readonly number[], labels: readonly number[], centers: readonly number[]) =>
  crowding(matrixOf(rows.map((x) => [x])), {
    centers: Float64Array.from(centers),
    labels: Int32Array.from(labels),
    nClusters: 2,
  });

describe('how crowded it is between two clusters', () => {
  it('compares the middle with the centre that has fewer around it', () => {
    // From 0: t = 0, 0, 0, 0.49; from 10: t = 0, 0, 0.49. Three and two around the centres.
    // In the middle two at ½ ± 0.1, but one at 0.4 ± 0.1 and one at 0.6 ± 0.1: the thinnest is 1. (1 + 1) / (2 + 1)
    const between = two([0, 0, 0, 4.9, 10, 10, 5.1], [0, 0, 0, 0, 1, 1, 1], [0, 10]);
    expect(between[0][1]).toBeCloseTo(2 / 3, 12);
    expect(between).toEqual([
      [0, between[0][1]],
      [between[0][1], 0],
    ]);
  });

  it('is near 0 with nobody in between', () => {
    const rows = [...new Array<number>(99).fill(0), ...new Array<number>(99).fill(10)];
    const between = two(
      rows,
      rows.map((x) => (x > 5 ? 1 : 0)),
      [0, 10],
    );
    // (0 + 1) / (99 + 1)
    expect(between[0][1]).toBe(0.01);
  });

  it('says little of small clusters', () => {
    // (0 + 1) / (1 + 1)
    expect(two([0, 0, 0, 10], [0, 0, 0, 1], [0, 10])[0][1]).toBe(0.5);
  });

  it('is above 1 in a normal cloud that was cut in two', () => {
    const random = createRandom(3);
    const rows = Array.from({ length: 4000 }, () => random.normal());
    const labels = rows.map((x) => (x > 0 ? 1 : 0));
    // The mean of half a normal distribution is √(2/π).
    const between = two(rows, labels, [-Math.sqrt(2 / Math.PI), Math.sqrt(2 / Math.PI)]);
    expect(between[0][1]).toBeGreaterThan(1.1);
    expect(between[0][1]).toBeLessThan(1.6);
  });
});
