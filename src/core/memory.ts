import type { CleanOutput } from './clean/clean';
import { AppError } from './errors';
import { mostColumns } from './features/encode';
import { mostKept } from './features/scale';
import { sweepDefaults } from './learn/sweep';
import { counted, formatBytes, formatCount } from './words';

/** Bytes that an analysis may take, where nobody says otherwise. */
export const defaultMemoryBytes = 4.5 * 1024 ** 3;

/** Workers that share the work: each has a memory of its own, and more of them only wait for it. */
export const mostWorkers = 8;
/** Every worker gets a copy of the matrix only if all of them together take no more. */
export const mostCopiedBytes = 2 ** 30;
/** A worker holds a value as it came and as the kernels lay it out. */
export const bytesPerCopy = 4 + 4;

/** Of a row, once it is cleaned: its place on the map, and its segment for each number of segments. */
const bytesPerRow = 2 * 4 + sweepDefaults.kMax * 4;

/** What a file and its analysis take of the memory, at most, and what they may. */
export interface MemoryNeed {
  readonly bytes: number;
  readonly memoryBytes: number;
}

/**
 * Bytes that forming segments takes beside the columns that they are formed from, at most. The most of all numbers of
 * workers, so that it follows from the table alone: what one device refuses, another one does too.
 */
export function formingBytes(nRows: number, nFeatures: number): number {
  const nValues = nRows * nFeatures;
  const scaled = nValues <= mostKept ? 4 * nValues : 0;
  const inKernels = 4 * nValues;
  return nRows * bytesPerRow + scaled + inKernels + sharedBytes(nValues);
}

/** What the workers of a pool hold: copies, where those of two find room, else each its own rows. */
function sharedBytes(nValues: number): number {
  const copy = bytesPerCopy * nValues;
  if (2 * copy > mostCopiedBytes) return 4 * nValues;
  return Math.min(mostWorkers * copy, mostCopiedBytes);
}

/**
 * The memory of the whole analysis, told when the table is cleaned and before more is made of it: what is there, a column
 * for each level of a category, and what forming segments takes.
 *
 * @throws AppError `file-too-large` with both numbers
 */
export function needOf(
  cleaned: CleanOutput,
  maxLevels: number,
  memoryBytes = defaultMemoryBytes,
): MemoryNeed {
  const { nKept, features, categories } = cleaned;
  const nLevels = categories.reduce((sum, column) => sum + mostColumns(column, maxLevels), 0);
  const nFeatures = features.length + nLevels;
  const bytes = cleaned.bytes + 8 * nKept * nLevels + formingBytes(nKept, nFeatures);
  if (bytes <= memoryBytes) return { bytes, memoryBytes };
  const columns = counted(nFeatures, 'column');
  throw tooLarge(
    nLevels === 0
      ? `The ${formatCount(nKept)} rows have ${columns} that form segments.`
      : `The ${formatCount(nKept)} rows have ${columns} that form segments, each level of a category being one.`,
    { bytes, memoryBytes },
    `Let fewer ${nLevels === 0 ? 'columns' : 'categories'} form segments under Data, or drop a sample of the rows.`,
    { rows: nKept, columns: nFeatures },
  );
}

/** @param what is too large, as a sentence, and what can be done about it */
export function tooLarge(
  what: string,
  { bytes, memoryBytes }: MemoryNeed,
  wayOut: string,
  details: Readonly<Record<string, number>>,
): AppError {
  return new AppError(
    'file-too-large',
    `${what} Their analysis would take ${formatBytes(bytes)} of memory, and a page can have ${formatBytes(memoryBytes)}. ${wayOut}`,
    { ...details, bytes, memoryBytes },
  );
}
