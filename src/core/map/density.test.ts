import { describe, expect, it } from 'vitest';
import { createRandom } from '../random';
import { densestPart, densityRaster } from './density';
import { mapShapes } from './map-shapes';
import { insideOf } from './polygon';

const random = createRandom(9);
const n = 4000;
/** One segment around (−3, 0), one around (3, 1), wider. */
const labels = Int32Array.from({ length: n }, (_, i) => i % 2);
const scores = new Float32Array(2 * n);
labels.forEach((label, i) => {
  scores[2 * i] = (label === 0 ? -3 : 3) + (1 + label) * 0.5 * random.normal();
  scores[2 * i + 1] = label + random.normal();
});
const frame = { x: [-6, 7], y: [-4, 5] } as const;

describe('density on a map', () => {
  it('counts every customer in the frame once, by segment', () => {
    const raster = densityRaster(scores, labels, 2, frame);
    const size = raster.nx * raster.ny;
    for (const c of [0, 1]) {
      const counted = raster.counts
        .subarray(c * size, (c + 1) * size)
        .reduce((sum, value) => sum + value, 0);
      const inFrame = labels.filter((label, i) => {
        const [x, y] = [scores[2 * i], scores[2 * i + 1]];
        return label === c && x >= -6 && x < 7 && y >= -4 && y < 5;
      }).length;
      expect(counted).toBe(inFrame);
    }
  });

  it('by hand: the cell of a customer, the rows upwards', () => {
    const one = { x: [0, 180], y: [0, 120] } as const;
    const raster = densityRaster(Float32Array.from([2.5, 3.5, 500, 1]), new Int32Array(2), 1, one);
    expect(raster.counts[3 * raster.nx + 2]).toBe(1);
    expect(raster.counts.reduce((sum, value) => sum + value, 0)).toBe(1);
  });

  it.each([0.5, 0.8])('has lines that hold %s of a segment', (share) => {
    const raster = densityRaster(scores, labels, 2, frame);
    for (const c of [0, 1]) {
      const rings = densestPart(raster, c, share).map(insideOf);
      const own = Array.from(labels.keys()).filter((i) => labels[i] === c);
      const inside = own.filter((i) => {
        const nAround = rings.filter((is) => is(scores[2 * i], scores[2 * i + 1])).length;
        return nAround % 2 === 1;
      });
      // The kernel blurs: what is told is the share of the blurred customers.
      expect(inside.length / own.length).toBeGreaterThan(share - 0.02);
      expect(inside.length / own.length).toBeLessThan(share + 0.05);
    }
  });

  it('has no lines for a segment that nobody in the frame belongs to', () => {
    const raster = densityRaster(scores, labels, 3, frame);
    expect(densestPart(raster, 2, 0.8)).toEqual([]);
  });

  it('counts a million customers as it counts a few', () => {
    const many = 1_000_000;
    const manyScores = new Float32Array(2 * many).map((_, at) => scores[at % scores.length]);
    const manyLabels = Int32Array.from({ length: many }, (_, i) => i % 2);
    const { raster } = mapShapes('shade', manyScores, { labels: manyLabels, nClusters: 2 }, frame);
    expect(raster?.counts.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(many * 0.99);
  });

  it('is told as shapes: hulls, lines, or shading', () => {
    const of = (kind: 'hull' | 'density' | 'shade') =>
      mapShapes(kind, scores, { labels, nClusters: 2 }, frame);
    expect(of('hull').outlines.map(({ segment, share }) => [segment, share])).toEqual([
      [0, 0.8],
      [1, 0.8],
    ]);
    const shares = of('density').outlines.map(({ segment, share }) => `${segment} ${share}`);
    expect(new Set(shares)).toEqual(new Set(['0 0.8', '0 0.5', '1 0.8', '1 0.5']));
    expect([of('hull').raster, of('density').raster, of('shade').outlines]).toEqual([
      null,
      null,
      [],
    ]);
  });
});
