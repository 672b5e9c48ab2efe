import type { Figure } from './figure';
import { axis, baseLayout, plainText, type ChartTheme } from './theme';

export interface FieldsCurve {
  /** By number of fields, from one: what is new, and the share that is right. */
  readonly steps: readonly { readonly label: string; readonly accuracy: number }[];
  readonly allAccuracy: number;
  /** From here on the curve is as good as all fields, for all that matters: a line. */
  readonly enoughFrom: number;
  readonly nEnough: number | null;
  /** The number of fields in use: marked. */
  readonly chosen: number;
}

/** Accuracy against the number of fields, with what all fields reach and where so few come close enough. */
export function fieldsFigure(input: FieldsCurve, theme: ChartTheme): Figure {
  const { steps, allAccuracy, enoughFrom, nEnough, chosen } = input;
  const percents = steps.map(({ accuracy }) => 100 * accuracy);
  const least = Math.min(...percents, 100 * enoughFrom);
  const ns = steps.map((_, at) => at + 1);
  const right = steps.length + 0.5;
  const level = (y: number, dash: string, color: string) => ({
    type: 'line',
    x0: 0.5,
    x1: right,
    y0: 100 * y,
    y1: 100 * y,
    line: { color, width: 1.2, dash },
  });
  const note = (y: number, text: string, yanchor: string) => ({
    x: right,
    y: 100 * y,
    xanchor: 'right',
    yanchor,
    text,
    showarrow: false,
    font: { color: theme.ink2, size: 11 },
  });
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        x: ns,
        y: percents,
        text: steps.map(
          ({ label, accuracy }, at) =>
            `${at + 1}: ${plainText(label)}, ${(100 * accuracy).toFixed(1)} %`,
        ),
        hoverinfo: 'text',
        line: { color: theme.ink3, width: 1.6 },
        marker: {
          size: ns.map((n) => (n === chosen || n === nEnough ? 10 : 6)),
          color: ns.map((n) =>
            n === chosen ? theme.accent : n === nEnough ? theme.surface : theme.ink3,
          ),
          line: {
            width: ns.map((n) => (n === nEnough ? 2 : 0)),
            color: ns.map((n) => (n === chosen ? theme.accent : theme.ink2)),
          },
        },
        cliponaxis: false,
      },
    ],
    layout: {
      ...baseLayout(theme, { l: 44, r: 16, t: 14, b: 40 }),
      xaxis: axis(theme, {
        showgrid: false,
        title: { text: 'Fields' },
        range: [0.5, right],
        dtick: steps.length > 12 ? 2 : 1,
        tick0: 1,
      }),
      yaxis: axis(theme, {
        ticksuffix: ' %',
        nticks: 5,
        rangemode: 'normal',
        range: [Math.max(0, least - 4), Math.min(101.5, 100 * allAccuracy + 4)],
      }),
      shapes: [level(allAccuracy, 'solid', theme.ink3), level(enoughFrom, 'dot', theme.accent)],
      annotations: [
        note(allAccuracy, 'all fields', 'bottom'),
        note(enoughFrom, 'within two points', 'top'),
      ],
    },
  };
}
