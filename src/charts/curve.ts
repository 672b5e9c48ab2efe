import type { Figure } from './figure';
import { axis, baseLayout, plainText, type ChartTheme } from './theme';

export interface CurvePoint {
  readonly nClusters: number;
  readonly value: number;
}

/**
 * A criterion over the number of segments, with the chosen number marked and its value written beside it.
 *
 * @param points by rising nClusters
 * @param format how a value is written
 */
export function curveFigure(
  points: readonly CurvePoint[],
  chosen: number,
  format: (value: number) => string,
  theme: ChartTheme,
): Figure {
  const pick = points.find(({ nClusters }) => nClusters === chosen);
  const ks = points.map(({ nClusters }) => nClusters);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        x: ks,
        y: points.map(({ value }) => value),
        text: points.map(({ nClusters, value }) => `k = ${nClusters}: ${plainText(format(value))}`),
        hoverinfo: 'text',
        line: { color: theme.ink3, width: 1.6 },
        marker: {
          size: ks.map((k) => (k === chosen ? 10 : 5)),
          color: ks.map((k) => (k === chosen ? theme.accent : theme.ink3)),
        },
        cliponaxis: false,
      },
    ],
    layout: {
      ...baseLayout(theme),
      margin: { l: 4, r: 16, t: 20, b: 4 },
      xaxis: axis(theme, {
        showgrid: false,
        tickvals: ks,
        range: [ks[0] - 0.4, ks[ks.length - 1] + 0.4],
      }),
      yaxis: axis(theme, { showticklabels: false, showgrid: false, rangemode: 'normal' }),
      shapes: [
        {
          type: 'line',
          x0: chosen,
          x1: chosen,
          y0: 0,
          y1: 1,
          yref: 'paper',
          line: { color: theme.accent, width: 1.2, dash: 'dot' },
          opacity: 0.5,
        },
      ],
      annotations:
        pick === undefined
          ? []
          : [
              {
                x: chosen,
                y: pick.value,
                text: `<b>${plainText(format(pick.value))}</b>`,
                showarrow: false,
                xanchor: 'left',
                yanchor: 'bottom',
                xshift: 7,
                yshift: 3,
                font: { color: theme.accent, size: 12 },
              },
            ],
    },
  };
}
