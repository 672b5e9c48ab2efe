import type { SliceParsers } from './slice-types';

/** What reading needs from its surroundings: see Context. */
export interface ReadContext {
  progress(doneBytes: number, totalBytes: number): void;
  breathe(): Promise<void>;
  /** Who parses the slices of a plain file; this thread where there is nobody. */
  readonly parsers?: SliceParsers;
  /** Bytes that the analysis may take; see `src/core/memory.ts`. */
  readonly memoryBytes?: number;
}
