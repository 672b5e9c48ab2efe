import { readBytes } from './decode';
import { LF } from './fields';
import { parseRows } from './parse-rows';
import { loadRowKernels, makeSpace, type RowKernels } from './slice-space';
import type { SliceParsers, SlicePlan, SliceResult, SliceRows, SliceTask } from './slice-types';

/** Read beyond the end of a slice for the rest of its last line; more while that is not enough. */
const firstRest = 4_096;
/** A line that goes on for longer is not plain. */
const maxRest = 2 ** 20;

/** The rows of a slice, and its lines as they stand in the file; the last one has its line end. */
export interface SliceOfLines {
  readonly lines: Uint8Array;
  readonly rows: SliceRows;
}

/**
 * Parses one slice of a plain file. Needs nothing but its task, so that any worker can do it.
 *
 * @param kernels null for plain loops
 * @throws AppError `file-unreadable`
 */
export async function parseSlice(
  task: SliceTask,
  kernels?: RowKernels | null,
): Promise<SliceResult> {
  return (await readSlice(task, kernels))?.rows ?? null;
}

/** The same with the lines themselves; null when they are not plain. */
export async function readSlice(
  { blob, start, end, plan }: SliceTask,
  kernels?: RowKernels | null,
): Promise<SliceOfLines | null> {
  const rowKernels = kernels === undefined ? await loadRowKernels() : kernels;
  // With the byte before, which tells whether a line begins at `start`.
  const first = Math.max(0, start - 1);
  for (let rest = firstRest; rest <= maxRest; rest *= 4) {
    const bytes = await readBytes(blob, first, end + rest);
    const lines = linesOf(bytes, start === 0, end - first, end + rest >= blob.size);
    if (lines === null) continue;
    const rows = parseLines(lines, plan, rowKernels);
    return rows && { lines, rows };
  }
  return null;
}

/**
 * The lines that begin before `end`, whole.
 *
 * @param fromStart true when one begins with the bytes; else the first begins after the first line end
 * @param isLast true when the file ends with the bytes, where a line may lack its end
 * @returns null when the last of them goes on beyond the bytes
 */
function linesOf(
  bytes: Uint8Array,
  fromStart: boolean,
  end: number,
  isLast: boolean,
): Uint8Array | null {
  const lineEnd = bytes.indexOf(LF);
  const start = fromStart ? 0 : lineEnd + 1;
  if (start >= end || (!fromStart && lineEnd < 0)) return bytes.subarray(0, 0);
  const last = bytes.indexOf(LF, end - 1);
  if (last >= 0) return bytes.subarray(start, last + 1);
  if (!isLast) return null;
  const lines = new Uint8Array(bytes.length - start + 1);
  lines.set(bytes.subarray(start));
  lines[lines.length - 1] = LF;
  return lines;
}

function parseLines(lines: Uint8Array, plan: SlicePlan, kernels: RowKernels | null): SliceResult {
  const space = makeSpace(lines, plan, kernels);
  if (space === null || !(space.isAscii || isUtf8(lines))) return null;
  return parseRows(space, plan);
}

/** False also for text that holds U+FFFD, which stands for bytes that could not be decoded. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\uFFFD');
  } catch {
    return false;
  }
}

/** Parses in this thread. */
export const parseHere: SliceParsers = { size: 1, parse: (task) => parseSlice(task) };
