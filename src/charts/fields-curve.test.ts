import { expect, it } from 'vitest';
import { fieldsFigure } from './fields-curve';
import type { ChartTheme } from './theme';

const theme = new Proxy({} as ChartTheme, { get: (_, name) => String(name) });

it('the curve of fields marks what is chosen and what is enough, and is safe from names', () => {
  const figure = fieldsFigure(
    {
      steps: [
        { label: '<b>spend</b>', accuracy: 0.8 },
        { label: 'visits', accuracy: 0.95 },
        { label: 'plan', accuracy: 0.96 },
      ],
      allAccuracy: 0.97,
      enoughFrom: 0.95,
      nEnough: 2,
      chosen: 3,
    },
    theme,
  );
  const [curve] = figure.data as {
    x: number[];
    y: number[];
    text: string[];
    marker: { size: number[] };
  }[];
  expect(curve.x).toEqual([1, 2, 3]);
  expect(curve.y).toEqual([80, 95, 96]);
  expect(curve.text[0]).not.toContain('<b>');
  expect(curve.text[1]).toBe('2: visits, 95.0 %');
  expect(curve.marker.size).toEqual([6, 10, 10]);
  const shapes = figure.layout.shapes as { y0: number }[];
  expect(shapes.map(({ y0 }) => y0)).toEqual([97, 95]);
});
