import type { BiplotArrow } from '../core/reduce/biplot';
import { columnLabel } from '../core/words';
import type { Figure, Size } from './figure';
import { placeLabels } from './label-places';
import { frameOf } from './map';
import { axis, baseLayout, plainText, segmentColor, type ChartTheme } from './theme';

export interface BiplotInput {
  /** Row-major n × 2. */
  readonly scores: Float32Array;
  /** Segment of each row, length n. */
  readonly labels: Int32Array;
  readonly nSegments: number;
  readonly arrows: readonly BiplotArrow[];
  readonly axisTitles: readonly [string, string];
}

const margin = { l: 44, r: 12, t: 8, b: 44 };
/** Share of the way to the nearest edge that the longest arrows take. */
const reach = 0.86;

/**
 * Customers on the first two directions, and columns as arrows from where the averages are. Axes have scales of their own,
 * so arrows are laid out in pixels: that the angle between two of them can be seen is what they are for.
 */
export function biplotFigure(input: BiplotInput, theme: ChartTheme, size: Size): Figure {
  const { scores, labels, nSegments, arrows, axisTitles } = input;
  const frame = frameOf({ scores, labels, segments: [], axisTitles });
  const width = Math.max(1, size.width - margin.l - margin.r);
  const height = Math.max(1, size.height - margin.t - margin.b);
  const spanX = frame.x[1] - frame.x[0];
  const spanY = frame.y[1] - frame.y[0];
  /** Of the averages, from the left and from the bottom. */
  const origin = { x: (-frame.x[0] / spanX) * width, y: (-frame.y[0] / spanY) * height };
  const room = (at: number, along: number, end: number) =>
    along > 0 ? (end - at) / along : along < 0 ? at / -along : Infinity;
  const scale =
    reach *
    Math.min(
      ...arrows.flatMap(({ x, y }) => [room(origin.x, x, width), room(origin.y, y, height)]),
    );
  const tips = arrows.map(({ name, x, y }) => ({
    text: columnLabel(name),
    left: origin.x + scale * x,
    up: origin.y + scale * y,
  }));
  const places = placeLabels(
    tips.map(({ text, left, up }) => ({ text, x: left, y: height - up })),
    width,
    height,
  );
  const dataX = (left: number) => frame.x[0] + (left / width) * spanX;
  const dataY = (up: number) => frame.y[0] + (up / height) * spanY;
  return {
    isStatic: true,
    cloud: {
      scores,
      labels,
      ...frame,
      colors: Array.from({ length: nSegments }, (_, c) => segmentColor(theme, c)),
      receded: theme.ink3,
      opacity: 0.22,
    },
    data: [],
    layout: {
      ...baseLayout(theme, margin),
      xaxis: axis(theme, {
        showgrid: false,
        range: frame.x,
        nticks: 6,
        ...titled(axisTitles[0], theme),
      }),
      yaxis: axis(theme, { range: frame.y, nticks: 6, ...titled(axisTitles[1], theme) }),
      annotations: [
        ...tips.map(({ left, up }) => ({
          x: dataX(left),
          y: dataY(up),
          ax: 0,
          ay: 0,
          axref: 'x',
          ayref: 'y',
          text: '',
          showarrow: true,
          arrowhead: 2,
          arrowwidth: 1.8,
          arrowcolor: theme.ink,
        })),
        ...tips.map(({ text, left, up }, i) => ({
          x: dataX(left),
          y: dataY(up),
          xshift: places[i].dx,
          yshift: -places[i].dy,
          text: plainText(text),
          showarrow: false,
          bgcolor: theme.surface,
          opacity: 0.88,
          borderpad: 1,
          font: { color: theme.ink, size: 12 },
        })),
      ],
    },
  };
}

function titled(text: string, theme: ChartTheme) {
  return { title: { text: plainText(text), font: { size: 11, color: theme.ink3 }, standoff: 6 } };
}
