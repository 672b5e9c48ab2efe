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

/** Segments are told apart by shape as well as by colour. The same order as `Marker.svelte`. */
const symbols = [
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'cross',
  'pentagon',
  'triangle-down',
  'star',
] as const;

export function segmentSymbol(segment: number): string {
  return symbols[segment % symbols.length];
}

export function segmentColor(theme: ChartTheme, segment: number): string {
  return theme.segments[segment % theme.segments.length];
}

const fontFamily = "'Inter Variable', system-ui, sans-serif";

/** What every chart has in common: no frame, no toolbar clutter, hairline grid. */
export function baseLayout(theme: ChartTheme): Record<string, unknown> {
  return {
    autosize: true,
    margin: { l: 8, r: 8, t: 8, b: 8 },
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
    automargin: true,
    tickfont: { size: 11, color: theme.ink3 },
    fixedrange: true,
    ...more,
  };
}

/** plotly's text is a small HTML with templates: whatever comes from a file goes through here. */
export function plainText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('%{', '%\u200b{');
}
