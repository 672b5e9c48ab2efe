import type { Cloud } from './cloud';

/** What a chart is made of, in plotly's terms: plain data, made by the pure functions of this folder. */
export interface Figure {
  readonly data: readonly Record<string, unknown>[];
  readonly layout: Record<string, unknown> & { readonly margin: Margin };
  /** Nothing to point at: drawn in half the time. */
  readonly isStatic?: boolean;
  /** Points by the thousand, below everything that plotly draws. */
  readonly cloud?: Cloud;
}

/** Room around the plot, in pixels. Fixed: to have plotly find it costs as much again as drawing. */
export interface Margin {
  readonly l: number;
  readonly r: number;
  readonly t: number;
  readonly b: number;
}

/** In pixels, of the whole chart. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
