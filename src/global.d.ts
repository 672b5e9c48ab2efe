declare const __APP_VERSION__: string;

/** The partial bundle ships no types: they are those of the whole. scripts/plotly-plugin.mjs has taken it apart. */
declare module 'plotly.js-cartesian-dist-min' {
  import type * as Plotly from 'plotly.js-dist-min';

  /** plotly's own modules, to be called in this order; each is evaluated by its first call. */
  export const pieces: readonly (() => unknown)[];
  /** The library; evaluates what has not been. */
  export const plotly: () => typeof Plotly;

  /** One of the functions that a chart is drawn by, one after the other. */
  export type DrawingStep = (chart: never) => unknown;
  /** What the steps of every drawing go through before they are called. */
  export const passSteps: (through: (steps: readonly DrawingStep[]) => DrawingStep[]) => void;
}

/** File System Access, where the browser has it; TypeScript knows the handles only. */
interface Window {
  showSaveFilePicker?: (options?: { suggestedName?: string }) => Promise<FileSystemFileHandle>;
  showOpenFilePicker?: (options?: { multiple?: false }) => Promise<[FileSystemFileHandle]>;
}
