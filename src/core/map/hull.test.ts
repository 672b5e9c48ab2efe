import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { innerHull } from './hull';
import { insideOf } from './polygon';

const all = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe('the hull of the inner part of a segment', () => {
  it('by hand: the corners of a square, counter-clockwise, without what lies inside or on an edge', () => {
    const scores = Float32Array.from([0, 0, 4, 0, 2, 0, 4, 4, 1, 2, 0, 4]);
    expect(innerHull(scores, all(6), 1)).toEqual([
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ]);
  });

  it('leaves out who is far by the spread of the segment itself', () => {
    // Nine in a row along x, wide; the tenth is as far as the ends of the row, but across it.
    const points = [
      ...Array.from({ length: 9 }, (_, i) => [i - 4, i % 2 === 0 ? 0.1 : -0.1]),
      [0, 4],
    ];
    const hull = innerHull(Float32Array.from(points.flat()), all(10), 0.9);
    expect(Math.max(...hull.map(([, y]) => y))).toBeLessThan(0.2);
    expect(Math.max(...hull.map(([x]) => x))).toBe(4);
  });

  it('is that of all points, however many of them are looked at closely', () => {
    const random = createRandom(3);
    const scores = Float32Array.from({ length: 1200 }, () => random.normal() ** 3);
    const hull = innerHull(scores, all(600), 1);
    // Nobody lies to the right of any side.
    hull.forEach(([ax, ay], i) => {
      const [bx, by] = hull[(i + 1) % hull.length];
      for (let at = 0; at < 600; at++) {
        const side = (bx - ax) * (scores[2 * at + 1] - ay) - (by - ay) * (scores[2 * at] - ax);
        expect(side).toBeGreaterThanOrEqual(-1e-9);
      }
    });
  });

  it('holds the share that is asked for, and only of the rows that are meant', () => {
    const random = createRandom(2);
    const scores = Float32Array.from({ length: 2000 }, () => random.normal());
    const rows = all(500);
    const hull = innerHull(scores, rows, 0.8);
    const isInside = insideOf(hull);
    const nInside = rows.filter((row) => isInside(scores[2 * row], scores[2 * row + 1])).length;
    // Corners lie on the edge: on one side or the other.
    expect(nInside).toBeGreaterThanOrEqual(400 - hull.length);
    expect(nInside).toBeLessThanOrEqual(402);
  });

  it('is no area for points on a line, for two points, or for nobody', () => {
    const line = Float32Array.from([0, 0, 1, 1, 2, 2, 3, 3]);
    expect(innerHull(line, all(4), 1).length).toBeLessThan(3);
    expect(innerHull(line, all(2), 1).length).toBeLessThan(3);
    expect(innerHull(line, all(0), 1)).toEqual([]);
    expect(innerHull(Float32Array.from([1, 1, 1, 1, 1, 1]), all(3), 0.8).length).toBeLessThan(3);
  });
});
