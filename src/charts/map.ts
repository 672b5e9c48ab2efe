import type { Figure } from './figure';
import { placeLabels, type Place } from './label-places';
import { axis, baseLayout, plainText, segmentColor, segmentSymbol, type ChartTheme } from './theme';

export interface MapInput {
  /** Row-major n × 2. */
  readonly scores: Float32Array;
  /** Segment of each row, length n. */
  readonly labels: Int32Array;
  readonly segments: readonly {
    readonly name: string;
    readonly center: readonly [number, number];
  }[];
  /** What it means to lie further right, and further up. */
  readonly axisTitles: readonly [string, string];
  /** One more customer, to be found at a glance. */
  readonly here?: { readonly point: readonly [number, number]; readonly label: string };
}

/** SVG stays quick up to a few thousand points; more would only be drawn on top of each other. */
export const maxPoints = 1600;

/** The plot's size is not known before it is drawn; labels are placed as if it had this one. */
const assumed = { width: 470, height: 300 };

/** Customers on the two directions in which they differ most; each segment has a colour, a shape and its name. */
export function mapFigure(input: MapInput, theme: ChartTheme): Figure {
  const { segments, axisTitles, here } = input;
  const frame = frameOf(input);
  const scale = {
    x: assumed.width / (frame.x[1] - frame.x[0]),
    y: assumed.height / (frame.y[1] - frame.y[0]),
  };
  const named = segments.map(({ name, center }, c) => ({
    text: name,
    point: center,
    color: segmentColor(theme, c),
  }));
  // The one customer's label first: it has the first choice of places.
  const labels =
    here === undefined
      ? named
      : [{ text: here.label, point: here.point, color: theme.ink }, ...named];
  const places = placeLabels(
    labels.map(({ text, point: [x, y] }) => ({
      x: (x - frame.x[0]) * scale.x,
      y: (frame.y[1] - y) * scale.y,
      text,
    })),
    assumed.width,
    assumed.height,
  );
  return {
    isStatic: true,
    data: [
      ...segments.map((_, c) => pointsTrace(input, c, theme)),
      ...segments.map(({ center }, c) => centerTrace(center, c, theme)),
      ...(here === undefined ? [] : [hereTrace(here, theme)]),
    ],
    layout: {
      ...baseLayout(theme),
      margin: { l: 4, r: 12, t: 8, b: 4 },
      xaxis: axis(theme, { showgrid: false, range: frame.x, ...titled(axisTitles[0], theme) }),
      yaxis: axis(theme, { range: frame.y, ...titled(axisTitles[1], theme) }),
      annotations: labels.map((label, i) => annotation(label, places[i], theme)),
    },
  };
}

/** How many of n rows are drawn. */
export function drawnPoints(nRows: number): number {
  return Math.min(nRows, maxPoints);
}

interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Share of the customers at each end of each direction that may lie outside of the picture. */
const cut = 0.002;

/** All but a few extreme customers, every centre, and the one more customer, with some room around. */
function frameOf({ scores, segments, here }: MapInput): Frame {
  const side = (dimension: 0 | 1): [number, number] => {
    const values = scores.filter((_, i) => i % 2 === dimension).sort();
    const musts = [...segments.map(({ center }) => center), ...(here ? [here.point] : [])];
    const last = values.length - 1;
    const inner =
      last < 0 ? [] : [values[Math.floor(cut * last)], values[Math.ceil((1 - cut) * last)]];
    const all = [...inner, ...musts.map((point) => point[dimension])];
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const room = 0.06 * (high - low || 1);
    return [low - room, high + room];
  };
  return { x: side(0), y: side(1) };
}

/** How many customers lie outside of the frame of the map. */
export function nOutside(input: MapInput): number {
  const { x, y } = frameOf(input);
  let outside = 0;
  for (let i = 0; i < input.scores.length; i += 2) {
    const [px, py] = [input.scores[i], input.scores[i + 1]];
    if (px < x[0] || px > x[1] || py < y[0] || py > y[1]) outside++;
  }
  return outside;
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

function centerTrace([x, y]: readonly [number, number], segment: number, theme: ChartTheme) {
  return {
    type: 'scatter',
    mode: 'markers',
    x: [x],
    y: [y],
    hoverinfo: 'skip',
    marker: {
      color: segmentColor(theme, segment),
      symbol: segmentSymbol(segment),
      size: 15,
      line: { color: theme.surface, width: 2 },
    },
  };
}

function hereTrace({ point }: NonNullable<MapInput['here']>, theme: ChartTheme) {
  return {
    type: 'scatter',
    mode: 'markers',
    x: [point[0]],
    y: [point[1]],
    hoverinfo: 'skip',
    cliponaxis: false,
    marker: {
      symbol: 'circle',
      size: 13,
      color: theme.ink,
      line: { color: theme.surface, width: 3 },
    },
  };
}

function annotation(
  { text, point, color }: { text: string; point: readonly [number, number]; color: string },
  { dx, dy }: Place,
  theme: ChartTheme,
) {
  return {
    x: point[0],
    y: point[1],
    xshift: dx,
    yshift: -dy,
    text: `<b>${plainText(text)}</b>`,
    showarrow: false,
    bgcolor: theme.surface,
    opacity: 0.88,
    borderpad: 1,
    font: { color, size: 12 },
  };
}

function titled(text: string, theme: ChartTheme) {
  return {
    title: { text: `${plainText(text)} →`, font: { size: 11, color: theme.ink3 }, standoff: 6 },
  };
}
