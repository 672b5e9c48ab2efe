import { describe, expect, it } from 'vitest';
import { ctx } from '../../../tests/helpers/context';
import { segmentDefaults } from './segment-edits';
import { profileSegments } from './profile';

function profileOf(columns: Record<string, number[]>, labels: number[]) {
  const names = Object.keys(columns);
  const encoded = {
    features: names.map((name) => ({ name, from: { kind: 'number', column: name } as const })),
    values: names.map((name) => Float64Array.from(columns[name])),
  };
  return profileSegments(
    encoded,
    Int32Array.from(labels),
    Math.max(...labels) + 1,
    segmentDefaults,
    ctx,
  );
}

describe('the profile of segments', () => {
  it('has the figures of the arithmetic', async () => {
    // spend 0 2 2 | 8: mean 3, sd √((9 + 1 + 1 + 25)/4) = 3. Segment 0: mean 4/3, effect (4/3 − 3)/3 = −5/9, ratio 4/9.
    const { overall, segments } = await profileOf(
      { spend: [0, 2, 2, 8], visits: [1, 1, 1, 1] },
      [0, 0, 0, 1],
    );
    expect(overall[0]).toEqual({
      name: 'spend',
      from: { kind: 'number', column: 'spend' },
      mean: 3,
      median: 2,
      sd: 3,
    });
    expect(segments.map(({ size, share }) => [size, share])).toEqual([
      [3, 0.75],
      [1, 0.25],
    ]);
    const [first] = segments[0].columns;
    expect(first.mean).toBeCloseTo(4 / 3, 12);
    expect(first.median).toBe(2);
    expect(first.effect).toBeCloseTo(-5 / 9, 12);
    expect(first.ratio).toBeCloseTo(4 / 9, 12);
    // A constant column tells nobody apart.
    expect(segments[1].columns[1]).toEqual({ mean: 1, median: 1, effect: 0, ratio: 1 });
  });

  it('has no ratio where values are below 0 or the mean is 0', async () => {
    const { segments } = await profileOf({ change: [-1, 3, 4], zero: [0, 0, 0] }, [0, 0, 1]);
    expect(segments[0].columns[0]).not.toHaveProperty('ratio');
    expect(segments[0].columns[1]).not.toHaveProperty('ratio');
  });

  it('lists the strongest differences first, a tie in the order of the columns', async () => {
    const { segments } = await profileOf(
      { same: [1, 1, 1, 1], a: [0, 0, 1, 1], weak: [0, 1, 1, 1], b: [5, 5, 9, 9] },
      [0, 0, 1, 1],
    );
    // a and b split the segments exactly (effects ±1), weak does so in part (√3/3), same not at all.
    expect(segments[0].differences).toEqual([1, 3, 2, 0]);
  });

  it('has sizes that add up, and weighted effects that cancel out', async () => {
    const values = Array.from({ length: 60 }, (_, i) => (i * 37) % 61);
    const labels = values.map((value) => (value < 10 ? 2 : value < 30 ? 1 : 0));
    const { segments } = await profileOf({ values, other: values.map((v) => (v * v) % 7) }, labels);
    expect(segments.reduce((sum, { size }) => sum + size, 0)).toBe(60);
    for (const j of [0, 1]) {
      const balance = segments.reduce((sum, s) => sum + s.share * s.columns[j].effect, 0);
      expect(balance).toBeCloseTo(0, 12);
    }
  });

  it('does not change the columns it looks at', async () => {
    const spend = [5, 1, 3];
    await profileOf({ spend, other: [1, 2, 3] }, [0, 1, 0]);
    expect(spend).toEqual([5, 1, 3]);
  });

  it('has the medians of each segment, whatever the order of the rows', async () => {
    const values = Array.from({ length: 4000 }, (_, i) => (i * 7919) % 4001);
    const labels = values.map((value) => value % 3);
    const { segments, overall } = await profileOf({ values, other: values }, labels);
    const medianOf = (list: number[]) => {
      const sorted = Float64Array.from(list).sort();
      return (sorted[(list.length - 1) >> 1] + sorted[list.length >> 1]) / 2;
    };
    expect(overall[0].median).toBe(medianOf(values));
    segments.forEach(({ columns, size }, c) => {
      const own = values.filter((_, i) => labels[i] === c);
      expect([size, columns[0].median]).toEqual([own.length, medianOf(own)]);
    });
  });
});
