import { describe, expect, it } from 'vitest';
import { biplotFigure, type BiplotInput } from './biplot';
import type { ChartTheme } from './theme';

const theme: ChartTheme = {
  ink: '#111',
  ink2: '#444',
  ink3: '#777',
  line: '#ddd',
  surface: '#fff',
  accent: '#00f',
  segments: ['#a00', '#0a0'],
};
const size = { width: 656, height: 352 };
/** From −2 to 6 and from −1 to 3: neither square nor around the middle. */
const input: BiplotInput = {
  scores: Float32Array.of(-2, -1, 6, 3, 0, 0, 1, 1),
  labels: Int32Array.of(0, 1, 0, 1),
  nSegments: 2,
  arrows: [
    { name: 'a<b', x: 1, y: 1 },
    { name: 'left_side', x: -1, y: 1 },
    { name: 'down', x: 0, y: -0.5 },
  ],
  axisTitles: ['one & two', 'three'],
};

interface Annotation {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly showarrow: boolean;
}

describe('the biplot', () => {
  const figure = biplotFigure(input, theme, size);
  const annotations = figure.layout.annotations as Annotation[];
  const axes = [figure.layout.xaxis, figure.layout.yaxis] as { range: [number, number] }[];
  const arrows = annotations.filter(({ showarrow }) => showarrow);

  it('has an arrow and a name for each column, and text alone for markup', () => {
    expect(arrows).toHaveLength(3);
    expect(annotations.filter(({ showarrow }) => !showarrow).map(({ text }) => text)).toEqual([
      'a&lt;b',
      'left side',
      'down',
    ]);
    expect(figure.layout.xaxis).toMatchObject({ title: { text: 'one &amp; two' } });
    expect(figure.cloud?.labels).toBe(input.labels);
  });

  it('keeps angles as they are on the screen, whatever the scales of its axes', () => {
    const pixels = arrows.map(({ x, y }) => [
      (x / (axes[0].range[1] - axes[0].range[0])) * 600,
      (y / (axes[1].range[1] - axes[1].range[0])) * 300,
    ]);
    // 45° to the right, 45° to the left, straight down and half as long as one side of the others.
    expect(pixels[0][0]).toBeCloseTo(pixels[0][1], 6);
    expect(pixels[1][0]).toBeCloseTo(-pixels[0][0], 6);
    expect(pixels[2][0]).toBeCloseTo(0, 9);
    expect(pixels[2][1]).toBeCloseTo(-pixels[0][1] / 2, 6);
  });

  it('keeps every arrow inside', () => {
    for (const { x, y } of arrows) {
      expect(x).toBeGreaterThan(axes[0].range[0]);
      expect(x).toBeLessThan(axes[0].range[1]);
      expect(y).toBeGreaterThan(axes[1].range[0]);
      expect(y).toBeLessThan(axes[1].range[1]);
    }
  });
});
