import type { StepViews, StoryViews } from '../../contract/views';
import type { Recipe } from '../../core/recipe';

/** What a report is written from. Nothing else goes in, so the same input gives the same text. */
export interface ReportInput {
  readonly app: string;
  /** Day of writing as it is to be read, "21 November 2026". */
  readonly date: string;
  readonly source: { readonly name: string; readonly fingerprint: string };
  readonly recipe: Recipe;
  readonly story: StoryViews;
  /** Null where they were not there when the report was written; the report says so. */
  readonly personas: StepViews['personas'] | null;
  readonly trust: StepViews['trust'] | null;
  /** What computed it, "WebAssembly vectors". */
  readonly engine: string;
  readonly map: ReportMap;
  /** Outline of each segment's mark: SVG path data in a square of 12, repeated where there are more segments. */
  readonly shapes: readonly string[];
}

/** Where the parts of the map lie, in pixels from its top left; the page's own map decides. */
export interface ReportMap {
  readonly width: number;
  readonly height: number;
  readonly plot: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** What the plot shows, in the units of the scores. */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** The customers that are drawn, as rows of the scores. */
  readonly rows: Int32Array;
  readonly axisTitles: readonly [string, string];
  /** By segment: its centre, and the middle of its name. */
  readonly segments: readonly {
    readonly name: string;
    readonly mark: readonly [number, number];
    readonly label: readonly [number, number];
  }[];
  /** What is drawn and what it leaves out. */
  readonly caption: string;
}
