import type { BiplotArrow } from '../core/reduce/biplot';
import { columnLabel } from '../core/words';
import type { Figure, Size } from './figure';
import { labelSize } from './label-places';
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
/** Between a tip and its name, in pixels. */
const gap = 4;
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
  const places = placeBeyond(tips, origin, { width, height });
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
          xshift: places[i].left - left,
          yshift: places[i].up - up,
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

/** From the left and from the bottom, in pixels. */
interface Spot {
  readonly left: number;
  readonly up: number;
}

/** Names beyond the tips, where no arrow is; further out where another name or tip is already. @returns their middles */
function placeBeyond(
  tips: readonly (Spot & { readonly text: string })[],
  origin: { readonly x: number; readonly y: number },
  size: Size,
): Spot[] {
  const written: (Spot & Size)[] = [];
  return tips.map(({ text, left, up }) => {
    const label = labelSize(text);
    const length = Math.hypot(left - origin.x, up - origin.y);
    const [across, upward] =
      length > 0 ? [(left - origin.x) / length, (up - origin.y) / length] : [0, 1];
    const first = {
      left: left + across * (label.width / 2 + gap),
      up: up + upward * (label.height / 2 + gap),
    };
    const away = upward < 0 ? -1 : 1;
    const side = (across < 0 ? -1 : 1) * (label.width / 2 + 2 * gap);
    // Outward first: inward the arrows are.
    const spots = [
      first,
      { left: left + side, up },
      ...[1, 2, 3].map((n) => ({ left: first.left, up: first.up + n * away * label.height })),
      { left: left - side, up },
      ...[4, 5, -1, -2].map((n) => ({ left: first.left, up: first.up + n * away * label.height })),
    ];
    const isFree = (spot: Spot) =>
      spot.left >= label.width / 2 &&
      spot.left <= size.width - label.width / 2 &&
      spot.up >= label.height / 2 &&
      spot.up <= size.height - label.height / 2 &&
      tips.every(
        (tip) =>
          Math.abs(tip.left - spot.left) >= label.width / 2 ||
          Math.abs(tip.up - spot.up) >= label.height / 2,
      ) &&
      written.every(
        (other) =>
          Math.abs(other.left - spot.left) >= (other.width + label.width) / 2 ||
          Math.abs(other.up - spot.up) >= (other.height + label.height) / 2,
      );
    const inside = (spot: Spot): Spot => ({
      left: clamp(spot.left, label.width / 2, size.width - label.width / 2),
      up: clamp(spot.up, label.height / 2, size.height - label.height / 2),
    });
    const spot = spots.map(inside).find(isFree) ?? inside(first);
    written.push({ ...spot, ...label });
    return spot;
  });
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}

function titled(text: string, theme: ChartTheme) {
  return { title: { text: plainText(text), font: { size: 11, color: theme.ink3 }, standoff: 6 } };
}
