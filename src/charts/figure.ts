/** What a chart is made of, in plotly's terms: plain data, made by the pure functions of this folder. */
export interface Figure {
  readonly data: readonly Record<string, unknown>[];
  readonly layout: Record<string, unknown>;
  /** Nothing to point at: drawn in half the time. */
  readonly isStatic?: boolean;
}
