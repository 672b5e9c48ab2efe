import type { Margin } from './figure';

/** Colours and type of all charts, resolved from the page's tokens (src/ui/tokens.css) for the theme in use. */
export interface ChartTheme {
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly line: string;
  readonly surface: string;
  readonly accent: string;
  /** One per segment, repeated when there are more segments than colours. */
  readonly segments: readonly string[];
}

/** Side of the square in which shapes are drawn. */
export const shapeBox = 12;

/** Segments are told apart by shape as well as by colour: plotly's name of it, and its outline. */
const shapes = [
  { symbol: 'circle', path: 'M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z' },
  { symbol: 'square', path: 'M1.4 1.4h9.2v9.2h-9.2z' },
  { symbol: 'triangle-up', path: 'M6 .8l5.6 10.2h-11.2z' },
  { symbol: 'diamond', path: 'M6 .2l5.8 5.8l-5.8 5.8l-5.8-5.8z' },
  { symbol: 'cross', path: 'M4 .6h4v3.4h3.4v4h-3.4v3.4h-4v-3.4h-3.4v-4h3.4z' },
  { symbol: 'pentagon', path: 'M6 .6l5.4 4l-2.1 6.4h-6.6l-2.1-6.4z' },
  { symbol: 'triangle-down', path: 'M6 11.2l5.6-10.2h-11.2z' },
  {
    symbol: 'star',
    path: 'M6 .2l1.7 3.9l4.2.4l-3.2 2.8l1 4.2l-3.7-2.2l-3.7 2.2l1-4.2l-3.2-2.8l4.2-.4z',
  },
] as const;

export function segmentSymbol(segment: number): string {
  return shapes[segment % shapes.length].symbol;
}

/** SVG path data, in a square of `shapeBox`. */
export function segmentPath(segment: number): string {
  return shapes[segment % shapes.length].path;
}

export function segmentColor(theme: ChartTheme, segment: number): string {
  return theme.segments[segment % theme.segments.length];
}

const fontFamily = "'Inter Variable', system-ui, sans-serif";

/** What every chart has in common: no frame, no toolbar clutter, hairline grid. */
export function baseLayout(theme: ChartTheme, margin: Margin) {
  return {
    margin,
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    showlegend: false,
    hovermode: 'closest',
    dragmode: false,
    font: { family: fontFamily, size: 12, color: theme.ink2 },
    hoverlabel: {
      bgcolor: theme.surface,
      bordercolor: theme.line,
      font: { family: fontFamily, size: 12, color: theme.ink },
    },
  };
}

export function axis(theme: ChartTheme, more: Record<string, unknown> = {}) {
  return {
    gridcolor: theme.line,
    zeroline: false,
    tickfont: { size: 11, color: theme.ink3 },
    fixedrange: true,
    ...more,
  };
}

/** plotly's text is a small HTML with templates: whatever comes from a file goes through here. */
export function plainText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('%{', '%\u200b{');
}
