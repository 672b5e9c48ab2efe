import { describe, expect, it } from 'vitest';
import { blobs, matrixOf } from '../../../tests/helpers/context';
import type { Matrix } from '../matrix';
import { createRandom } from '../random';
import { contact, meansOf } from './contact';

const contactOf = (X: Matrix, labels: Int32Array, nClusters = 2) =>
  contact(X, { labels, nClusters, centers: meansOf(X, labels, nClusters) });

describe('how much two groups run into each other', () => {
  it('by hand', () => {
    // Means 2 and 12. Beyond 2 + 0.4·10 = 6 lies nobody of the first; below 12 − 4 = 8 one of the second: 1 of 6.
    const X = matrixOf([[0], [2], [4], [7.5], [14], [14.5]]);
    expect(contactOf(X, Int32Array.from([0, 0, 0, 1, 1, 1]))).toEqual([
      [0, 1 / 6],
      [1 / 6, 0],
    ]);
  });

  it('is nothing with room between, and about a tenth for one cloud that was cut in two', () => {
    const { X, truth } = blobs([[0, 0], [12, 0]], 500, 1, 3); // prettier-ignore
    expect(contactOf(X, truth)[0][1]).toBe(0);
    const random = createRandom(4);
    const even = Array.from({ length: 4000 }, () => [random.uniform() - 0.5, random.uniform()]);
    const cut = Int32Array.from(even, ([x]) => (x < 0 ? 0 : 1));
    expect(contactOf(matrixOf(even), cut)[0][1]).toBeCloseTo(0.1, 1);
    const normal = Array.from({ length: 4000 }, () => [random.normal(), random.normal()]);
    const halves = Int32Array.from(normal, ([x]) => (x < 0 ? 0 : 1));
    expect(contactOf(matrixOf(normal), halves)[0][1]).toBeCloseTo(0.127, 1);
  });

  it('counts those beyond the border as well, and is 1 where two groups have one centre', () => {
    const X = matrixOf([[0], [0], [0], [12], [12], [12], [0]]);
    // Means 0 and 9: one of the second lies at the centre of the first.
    expect(contactOf(X, Int32Array.from([0, 0, 0, 1, 1, 1, 1]))[0][1]).toBeCloseTo(1 / 7, 12);
    const same = matrixOf([[-1], [1], [-1], [1]]);
    expect(contactOf(same, Int32Array.from([0, 0, 1, 1]))[0][1]).toBe(1);
  });
});
