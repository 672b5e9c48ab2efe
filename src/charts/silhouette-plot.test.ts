import { describe, expect, it } from 'vitest';
import { placeOf, silhouetteAt, silhouettePlot } from './silhouette-plot';

const size = { width: 100, height: 200, gap: 10, lowest: 20 };

describe('the picture of silhouettes', () => {
  it('has bands as high as segments have customers, and none that cannot be labelled', () => {
    const { bands, height } = silhouettePlot(
      [
        { nJudged: 90, values: [0.5] },
        { nJudged: 9, values: [0.1] },
        { nJudged: 1, values: [0] },
      ],
      size,
    );
    expect(bands.map((band) => [band.y, band.height])).toEqual([
      [0, 180],
      [190, 20],
      [220, 20],
    ]);
    expect(height).toBe(240);
  });

  it('has whole fifths around all values on its axis, and 0', () => {
    const plot = (...values: number[]) => silhouettePlot([{ nJudged: 2, values }], size);
    expect(plot(0.55, -0.31)).toMatchObject({
      domain: [-0.4, 0.6],
      ticks: [-0.4, -0.2, 0, 0.2, 0.4, 0.6],
    });
    expect(plot(0.1, 0.05)).toMatchObject({ domain: [0, 0.2], ticks: [0, 0.2] });
    expect(plot(-0.1, -1)).toMatchObject({ domain: [-1, 0.2] });
    expect(silhouettePlot([{ nJudged: 0, values: [] }], size).bands[0].path).toBe('');
  });

  it('draws each value as a bar from 0, the highest first', () => {
    const [{ path }] = silhouettePlot([{ nJudged: 2, values: [0.2, -0.2] }], size).bands;
    // From −0.2 to 0.2 on 100 pixels: 0 is at 50.
    expect(path).toBe('M50.0 0.0H100.0V100.0H0.0V200.0H50.0Z');
  });

  it('knows the silhouette at a place, and the place of a silhouette', () => {
    const domain = [-0.4, 0.6] as const;
    expect(placeOf(0.1, domain, 200)).toBeCloseTo(100, 9);
    expect(silhouetteAt(100, domain, 200)).toBe(0.1);
    expect([silhouetteAt(-50, domain, 200), silhouetteAt(999, domain, 200)]).toEqual([-0.4, 0.6]);
  });
});
