import { drawnRows } from './cloud';
import type { DensityRaster } from '../core/map/density';
import type { Outline } from '../core/map/map-shapes';
import type { Figure, Size } from './figure';
import { labelSize, placeLabels, type Place } from './label-places';
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
  /** Lines around customers of segments. */
  readonly outlines?: readonly Outline[];
  /** All customers, counted in cells; most points are left out then. */
  readonly raster?: DensityRaster | null;
  /** The one segment that is looked at; the others recede. */
  readonly emphasis?: number;
}

const margin = { l: 44, r: 12, t: 8, b: 44 };

/** Where the parts of a map lie, in pixels of the picture and in units of the scores. */
export interface MapLayout {
  readonly frame: Frame;
  /** What the frame fills. */
  readonly plot: Rectangle;
  /** Texts beside their points: that of the one more customer first, if there is one, then those of the segments. */
  readonly texts: readonly PlacedText[];
}

interface PlacedText {
  readonly text: string;
  readonly point: readonly [number, number];
  /** Null: it is that of the one more customer. */
  readonly segment: number | null;
  readonly place: Place;
}

/** In pixels, from the top left of the picture. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** In pixels, from the top left of the picture. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export function mapLayout(input: MapInput, { width, height }: Size): MapLayout {
  const { segments, here } = input;
  const frame = frameOf(input);
  const plot = {
    left: margin.l,
    top: margin.t,
    width: Math.max(1, width - margin.l - margin.r),
    height: Math.max(1, height - margin.t - margin.b),
  };
  const named = segments.map(({ name, center }, segment) => ({
    text: name,
    point: center,
    segment,
  }));
  // The one customer's label first: it has the first choice of places.
  const texts =
    here === undefined ? named : [{ text: here.label, point: here.point, segment: null }, ...named];
  const places = placeLabels(
    texts.map(({ text, point: [x, y] }) => ({
      x: ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * plot.width,
      y: ((frame.y[1] - y) / (frame.y[1] - frame.y[0])) * plot.height,
      text,
    })),
    plot.width,
    plot.height,
  );
  return { frame, plot, texts: texts.map((text, i) => ({ ...text, place: places[i] })) };
}

/** The segment whose centre or name is there; null: none is. */
export function segmentAt({ frame, plot, texts }: MapLayout, { x, y }: Spot): number | null {
  const onMark = texts.find(({ segment, point }) => {
    const [markX, markY] = toPixels(frame, plot, point);
    return segment !== null && Math.hypot(x - markX, y - markY) <= markReach;
  });
  const onText = texts.find(({ segment, point, text, place }) => {
    const [markX, markY] = toPixels(frame, plot, point);
    const { width, height } = labelSize(text);
    return (
      segment !== null &&
      Math.abs(x - markX - place.dx) <= width / 2 &&
      Math.abs(y - markY - place.dy) <= height / 2
    );
  });
  return (onMark ?? onText)?.segment ?? null;
}

/** What lies between two spots, in units of the scores; what is beyond the plot is left out. */
export function boxBetween({ frame, plot }: MapLayout, a: Spot, b: Spot): Frame {
  const across = (pixels: number) => clamp((pixels - plot.left) / plot.width);
  const down = (pixels: number) => clamp((pixels - plot.top) / plot.height);
  const x = (share: number) => frame.x[0] + share * (frame.x[1] - frame.x[0]);
  const y = (share: number) => frame.y[1] - share * (frame.y[1] - frame.y[0]);
  return {
    x: [x(across(Math.min(a.x, b.x))), x(across(Math.max(a.x, b.x)))],
    y: [y(down(Math.max(a.y, b.y))), y(down(Math.min(a.y, b.y)))],
  };
}

/** A spot in units of the scores, wherever it lies. */
export function pointAt({ frame, plot }: MapLayout, { x, y }: Spot): readonly [number, number] {
  return [
    frame.x[0] + ((x - plot.left) / plot.width) * (frame.x[1] - frame.x[0]),
    frame.y[1] - ((y - plot.top) / plot.height) * (frame.y[1] - frame.y[0]),
  ];
}

/** The spot of a point of the map, wherever it lies. */
export function spotAt({ frame, plot }: MapLayout, point: readonly [number, number]): Spot {
  const [x, y] = toPixels(frame, plot, point);
  return { x, y };
}

/** A box of the map on the picture; null where none of it is within the frame. */
export function rectangleOf({ frame, plot }: MapLayout, { x, y }: Frame): Rectangle | null {
  const [left, top] = toPixels(frame, plot, [x[0], y[1]]);
  const [right, bottom] = toPixels(frame, plot, [x[1], y[0]]);
  const inside = {
    left: Math.max(left, plot.left),
    top: Math.max(top, plot.top),
    right: Math.min(right, plot.left + plot.width),
    bottom: Math.min(bottom, plot.top + plot.height),
  };
  const [width, height] = [inside.right - inside.left, inside.bottom - inside.top];
  // Not `width <= 0`: of what is not a number there is no rectangle either.
  return width > 0 && height > 0 ? { left: inside.left, top: inside.top, width, height } : null;
}

/** How far from its middle a centre's mark can be hit, in pixels. */
const markReach = 14;

function toPixels(frame: Frame, plot: Rectangle, [x, y]: readonly [number, number]) {
  return [
    plot.left + ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * plot.width,
    plot.top + ((frame.y[1] - y) / (frame.y[1] - frame.y[0])) * plot.height,
  ] as const;
}

const clamp = (share: number) => Math.min(1, Math.max(0, share));

/** Customers on the two directions in which they differ most; each segment has a colour, a shape and its name. */
export function mapFigure(input: MapInput, theme: ChartTheme, size: Size): Figure {
  const { scores, labels, segments, axisTitles, here, emphasis, raster, outlines = [] } = input;
  const { frame, texts } = mapLayout(input, size);
  const isFaint = (c: number) => emphasis !== undefined && emphasis !== c;
  const colorOf = (segment: number | null) => {
    if (segment === null) return theme.ink;
    return isFaint(segment) ? theme.ink3 : segmentColor(theme, segment);
  };
  return {
    isStatic: true,
    cloud: {
      scores,
      labels,
      ...frame,
      colors: segments.map((_, c) => segmentColor(theme, c)),
      receded: theme.ink3,
      opacity: labels.length > many ? 0.36 : 0.55,
      ...(emphasis !== undefined && { emphasis }),
      ...(raster && { raster }),
    },
    data: [
      ...outlines.flatMap((outline) => outlineTraces(outline, theme, isFaint(outline.segment))),
      ...segments.map(({ center }, c) => centerTrace(center, c, theme, isFaint(c))),
      ...(here === undefined ? [] : [hereTrace(here, theme)]),
    ],
    layout: {
      ...baseLayout(theme, margin),
      xaxis: axis(theme, { showgrid: false, ...scaleOf(frame.x), ...titled(axisTitles[0], theme) }),
      yaxis: axis(theme, { ...scaleOf(frame.y), ...titled(axisTitles[1], theme) }),
      annotations: texts.map((text) => annotation(text, colorOf(text.segment), theme)),
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

/** From the least to the most, in units of the scores. */
export interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Share of the customers that are drawn, at each end of each direction that may lie outside of the picture. */
const cut = 0.002;

/** All but a few extreme customers, every centre, and the one more customer, with some room around. */
export function frameOf({ scores, segments, here }: MapInput): Frame {
  const inner = innerOf(scores);
  const musts = [...segments.map(({ center }) => center), ...(here ? [here.point] : [])];
  const side = (dimension: 0 | 1): [number, number] => {
    const all = [...inner[dimension], ...musts.map((point) => point[dimension])];
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const room = 0.06 * (high - low || 1);
    return [low - room, high + room];
  };
  return { x: side(0), y: side(1) };
}

/** By scores: every picture of them asks for it, more than once. */
const inners = new WeakMap<Float32Array, readonly (readonly number[])[]>();

/** Between what values all but a few extreme customers lie, in each direction; nothing where there is nobody. */
function innerOf(scores: Float32Array): readonly (readonly number[])[] {
  const known = inners.get(scores);
  if (known !== undefined) return known;
  const rows = drawnRows(scores.length / 2);
  const inner = [0, 1].map((dimension) => {
    const values = new Float32Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = scores[2 * rows[i] + dimension];
    values.sort();
    const last = values.length - 1;
    return last < 0 ? [] : [values[Math.floor(cut * last)], values[Math.ceil((1 - cut) * last)]];
  });
  inners.set(scores, inner);
  return inner;
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

/** A closed line; the more of the segment it holds, the thinner. Below it a wider one, to be seen on points of its colour. */
function outlineTraces({ segment, share, points }: Outline, theme: ChartTheme, isFaint: boolean) {
  const closed = [...points, ...points.slice(0, 1)];
  const width = share < 0.7 ? 2.5 : 1.5;
  const lineOf = (line: Record<string, unknown>) => ({
    type: 'scatter',
    mode: 'lines',
    x: closed.map(([x]) => x),
    y: closed.map(([, y]) => y),
    hoverinfo: 'skip',
    opacity: isFaint ? 0.3 : 1,
    line,
  });
  return [
    lineOf({ color: theme.surface, width: width + 3.5 }),
    lineOf({
      color: segmentColor(theme, segment),
      width,
      dash: dashes[segment % dashes.length],
    }),
  ];
}

/** Not by colour alone, as points have shapes. */
const dashes = ['solid', 'dash', 'dot', 'dashdot'];

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
  { text, point, place: { dx, dy } }: PlacedText,
  color: string,
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
