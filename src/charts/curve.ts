import type { Figure } from './figure';
import { axis, baseLayout, plainText, type ChartTheme } from './theme';

export interface CurvePoint {
  readonly nClusters: number;
  readonly value: number;
}

export interface CurveInput {
  /** By rising nClusters. */
  readonly points: readonly CurvePoint[];
  /** The number in use: marked, its value written beside it. */
  readonly chosen: number;
  /** How a value is written. */
  readonly format: (value: number) => string;
  /** The number that this criterion would take: ringed. */
  readonly best?: number;
  /** The knee: shown with the straight line that it lies farthest below, and how far. */
  readonly knee?: number;
  /** Writes the values on an axis, in d3's format; else there is none. */
  readonly tickFormat?: string;
}

/** A criterion over the number of segments. */
export function curveFigure(input: CurveInput, theme: ChartTheme): Figure {
  const { points, chosen, format, best, knee, tickFormat } = input;
  const ks = points.map(({ nClusters }) => nClusters);
  const isMarked = (k: number) => k === chosen || k === best;
  return {
    data: [
      ...kneeTraces(points, knee, theme),
      {
        type: 'scatter',
        mode: 'lines+markers',
        x: ks,
        y: points.map(({ value }) => value),
        text: points.map(({ nClusters, value }) => `k = ${nClusters}: ${plainText(format(value))}`),
        hoverinfo: 'text',
        line: { color: theme.ink3, width: 1.6 },
        marker: {
          size: ks.map((k) => (isMarked(k) ? 10 : 5)),
          color: ks.map((k) =>
            k === chosen ? theme.accent : k === best ? theme.surface : theme.ink3,
          ),
          line: {
            width: ks.map((k) => (k === best ? 2 : 0)),
            color: ks.map((k) => (k === chosen ? theme.accent : theme.ink2)),
          },
        },
        cliponaxis: false,
      },
    ],
    layout: {
      ...baseLayout(theme, { l: tickFormat === undefined ? 12 : 44, r: 20, t: 20, b: 24 }),
      xaxis: axis(theme, {
        showgrid: false,
        tickvals: ks,
        range: [ks[0] - 0.4, ks[ks.length - 1] + 0.4],
      }),
      yaxis: axis(theme, {
        rangemode: 'normal',
        ...(tickFormat === undefined
          ? { showticklabels: false, showgrid: false }
          : { tickformat: tickFormat, nticks: 5 }),
      }),
      shapes: [verticalAt(chosen, theme)],
      annotations: valueOf(points, chosen, format, theme),
    },
  };
}

function verticalAt(k: number, theme: ChartTheme) {
  return {
    type: 'line',
    x0: k,
    x1: k,
    y0: 0,
    y1: 1,
    yref: 'paper',
    line: { color: theme.accent, width: 1.2, dash: 'dot' },
    opacity: 0.5,
  };
}

function valueOf(
  points: CurveInput['points'],
  chosen: number,
  format: CurveInput['format'],
  theme: ChartTheme,
) {
  const pick = points.find(({ nClusters }) => nClusters === chosen);
  if (pick === undefined) return [];
  // On the right the text would run out of the picture.
  const isLast = pick === points[points.length - 1];
  return [
    {
      x: chosen,
      y: pick.value,
      text: `<b>${plainText(format(pick.value))}</b>`,
      showarrow: false,
      xanchor: isLast ? 'right' : 'left',
      yanchor: 'bottom',
      xshift: isLast ? -7 : 7,
      yshift: 3,
      font: { color: theme.accent, size: 12 },
    },
  ];
}

/** The straight line from the first value to the last, and the way down from it to the knee. */
function kneeTraces(points: readonly CurvePoint[], knee: number | undefined, theme: ChartTheme) {
  const at = points.find(({ nClusters }) => nClusters === knee);
  if (at === undefined) return [];
  const [first, last] = [points[0], points[points.length - 1]];
  const share = (at.nClusters - first.nClusters) / (last.nClusters - first.nClusters);
  const above = first.value + share * (last.value - first.value);
  const line = (ends: readonly [CurvePoint, CurvePoint], dash: string) => ({
    type: 'scatter',
    mode: 'lines',
    x: ends.map(({ nClusters }) => nClusters),
    y: ends.map(({ value }) => value),
    hoverinfo: 'skip',
    line: { color: theme.ink3, width: 1, dash },
  });
  return [
    line([first, last], 'dash'),
    line([{ nClusters: at.nClusters, value: above }, at], 'solid'),
  ];
}
