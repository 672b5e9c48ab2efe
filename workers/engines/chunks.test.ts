import { describe, expect, it } from 'vitest';
import { planChunks } from './chunks';

describe('the plan of chunks', () => {
  const shapes = [
    [1, 1],
    [2, 4_000],
    [8_950, 17],
    [65_537, 17],
    [100_003, 17],
    [1_000_000, 17],
    [20_000, 700],
    [30, 5_000_000],
  ];

  it.each(shapes)('covers %i × %i with few padded rows', (nSamples, nFeatures) => {
    const { rows, count } = planChunks(nSamples, nFeatures);
    expect(rows * count).toBeGreaterThanOrEqual(nSamples);
    expect(rows * (count - 1)).toBeLessThan(nSamples);
    expect(rows % 4).toBe(0);
    expect(rows).toBeLessThanOrEqual(66_000);
  });

  it('keeps a chunk within what every card can hold', () => {
    for (const nFeatures of [1, 17, 64, 65, 700, 4_096, 100_000]) {
      const { rows } = planChunks(10_000_000, nFeatures);
      expect(rows * nFeatures).toBeLessThanOrEqual(2 ** 22);
    }
  });

  it('takes 100,000 rows as two equal halves', () => {
    expect(planChunks(100_000, 17)).toEqual({ rows: 50_176, count: 2 });
  });
});
