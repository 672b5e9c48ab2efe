import { drawnRows } from './cloud';
import type { Figure, Size } from './figure';
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
  /** The one segment that is looked at; the others recede. */
  readonly emphasis?: number;
}

const margin = { l: 44, r: 12, t: 8, b: 44 };

/** Customers on the two directions in which they differ most; each segment has a colour, a shape and its name. */
export function mapFigure(input: MapInput, theme: ChartTheme, { width, height }: Size): Figure {
  const { scores, labels, segments, axisTitles, here, emphasis } = input;
  const frame = frameOf(input);
  const plot = { width: width - margin.l - margin.r, height: height - margin.t - margin.b };
  const isFaint = (c: number) => emphasis !== undefined && emphasis !== c;
  const named = segments.map(({ name, center }, c) => ({
    text: name,
    point: center,
    color: isFaint(c) ? theme.ink3 : segmentColor(theme, c),
  }));
  // The one customer's label first: it has the first choice of places.
  const texts =
    here === undefined
      ? named
      : [{ text: here.label, point: here.point, color: theme.ink }, ...named];
  const places = placeLabels(
    texts.map(({ text, point: [x, y] }) => ({
      x: ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * plot.width,
      y: ((frame.y[1] - y) / (frame.y[1] - frame.y[0])) * plot.height,
      text,
    })),
    plot.width,
    plot.height,
  );
  return {
    isStatic: true,
    cloud: {
      scores,
      labels,
      ...frame,
      colors: segments.map((_, c) => segmentColor(theme, c)),
      opacity: labels.length > many ? 0.36 : 0.55,
      ...(emphasis !== undefined && { emphasis }),
    },
    data: [
      ...segments.map(({ center }, c) => centerTrace(center, c, theme, isFaint(c))),
      ...(here === undefined ? [] : [hereTrace(here, theme)]),
    ],
    layout: {
      ...baseLayout(theme, margin),
      xaxis: axis(theme, { showgrid: false, ...scaleOf(frame.x), ...titled(axisTitles[0], theme) }),
      yaxis: axis(theme, { ...scaleOf(frame.y), ...titled(axisTitles[1], theme) }),
      annotations: texts.map((label, i) => annotation(label, places[i], theme)),
    },
  };
}

/** So many points cover each other: each is drawn fainter. */
const many = 3000;

/** Numbers on an axis have a margin of fixed width: large ones are shortened, "200k". */
function scaleOf(range: readonly [number, number]) {
  const isLarge = Math.max(...range.map(Math.abs)) >= 10_000;
  return { range, nticks: 6, ...(isLarge && { tickformat: '~s' }) };
}

interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Share of the customers that are drawn, at each end of each direction that may lie outside of the picture. */
const cut = 0.002;

/** All but a few extreme customers, every centre, and the one more customer, with some room around. */
function frameOf({ scores, labels, segments, here }: MapInput): Frame {
  const rows = drawnRows(labels.length);
  const side = (dimension: 0 | 1): [number, number] => {
    const values = Float32Array.from(rows, (row) => scores[2 * row + dimension]).sort();
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

function centerTrace(
  [x, y]: readonly [number, number],
  segment: number,
  theme: ChartTheme,
  isFaint: boolean,
) {
  return {
    type: 'scatter',
    mode: 'markers',
    x: [x],
    y: [y],
    hoverinfo: 'skip',
    opacity: isFaint ? 0.35 : 1,
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
