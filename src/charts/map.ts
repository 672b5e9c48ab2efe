import type { Figure } from './figure';
import { axis, baseLayout, plainText, segmentColor, segmentSymbol, type ChartTheme } from './theme';

export interface MapInput {
  /** Row-major n × 2. */
  readonly scores: Float32Array;
  /** Segment of each row, length n. */
  readonly labels: Int32Array;
  readonly segments: readonly { readonly name: string; readonly center: readonly [number, number] }[];
  /** What it means to lie further right, and further up. */
  readonly axisTitles: readonly [string, string];
  /** One more customer, to be found at a glance. */
  readonly here?: { readonly point: readonly [number, number]; readonly label: string };
}

/** SVG stays quick up to a few thousand points; more would only be drawn on top of each other. */
export const maxPoints = 2400;

/** Customers on the two directions in which they differ most; each segment has a colour, a shape and its name. */
export function mapFigure(input: MapInput, theme: ChartTheme): Figure {
  const { segments, axisTitles, here } = input;
  return {
    data: [
      ...segments.map((_, c) => pointsTrace(input, c, theme)),
      ...segments.map(({ name, center }, c) => centerTrace(name, center, c, theme)),
      ...(here === undefined ? [] : [hereTrace(here, theme)]),
    ],
    layout: {
      ...baseLayout(theme),
      margin: { l: 4, r: 12, t: 24, b: 4 },
      xaxis: axis(theme, { showgrid: false, ...titled(`${axisTitles[0]} →`, theme) }),
      yaxis: axis(theme, titled(`${axisTitles[1]} →`, theme)),
      annotations: segments.map(({ name, center }, c) => nameLabel(name, center, c, theme)),
    },
  };
}

/** How many of n rows are drawn. */
export function drawnPoints(nRows: number): number {
  return Math.min(nRows, maxPoints);
}

/** Every segment is thinned by the same factor, evenly over its rows. */
function pointsTrace({ scores, labels }: MapInput, segment: number, theme: ChartTheme) {
  const keep = drawnPoints(labels.length) / labels.length;
  const x: number[] = [];
  const y: number[] = [];
  let due = 0.5;
  labels.forEach((label, i) => {
    if (label !== segment) return;
    due += keep;
    if (due < 1) return;
    due -= 1;
    x.push(scores[2 * i]);
    y.push(scores[2 * i + 1]);
  });
  return {
    type: 'scatter',
    mode: 'markers',
    x,
    y,
    hoverinfo: 'skip',
    marker: {
      color: segmentColor(theme, segment),
      symbol: segmentSymbol(segment),
      size: 5,
      opacity: 0.5,
    },
  };
}

function centerTrace(
  name: string,
  [x, y]: readonly [number, number],
  segment: number,
  theme: ChartTheme,
) {
  return {
    type: 'scatter',
    mode: 'markers',
    x: [x],
    y: [y],
    text: [`Centre of ${plainText(name)}`],
    hoverinfo: 'text',
    marker: {
      color: segmentColor(theme, segment),
      symbol: segmentSymbol(segment),
      size: 15,
      line: { color: theme.surface, width: 2 },
    },
  };
}

function hereTrace({ point, label }: NonNullable<MapInput['here']>, theme: ChartTheme) {
  return {
    type: 'scatter',
    mode: 'markers+text',
    x: [point[0]],
    y: [point[1]],
    text: [`<b>${plainText(label)}</b>`],
    textposition: 'middle right',
    textfont: { color: theme.ink, size: 13 },
    hoverinfo: 'skip',
    cliponaxis: false,
    marker: { symbol: 'circle-dot-open', size: 20, color: theme.ink, line: { width: 2.5 } },
  };
}

function nameLabel(
  name: string,
  [x, y]: readonly [number, number],
  segment: number,
  theme: ChartTheme,
) {
  return {
    x,
    y,
    text: `<b>${plainText(name)}</b>`,
    showarrow: false,
    yshift: 20,
    bgcolor: theme.surface,
    opacity: 0.9,
    borderpad: 1,
    font: { color: segmentColor(theme, segment), size: 12 },
  };
}

function titled(text: string, theme: ChartTheme) {
  return { title: { text: plainText(text), font: { size: 11, color: theme.ink3 }, standoff: 6 } };
}
