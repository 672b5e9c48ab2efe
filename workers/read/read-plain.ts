import type { Cells } from '../../src/core/table/cells';
import { AppError } from '../../src/core/errors';
import type { ReadParams } from '../../src/core/table/read-params';
import type { ReadContext } from './read-context';
import { SliceMerger } from './merge-slices';
import { startPlain, type PlainStart } from './plain-start';
import { parseHere } from './parse-slice';
import { loadRowKernels } from './slice-space';
import type { SlicePlan } from './slice-types';
import type { TableStart } from './table-start';
import type { RawTable } from './text-reader';

/** Slices under way for each parser: one is parsed while the next is read. */
const tasksPerParser = 2;

/**
 * Reads a plain file from its bytes: UTF-8, line ends LF or CR LF, quotes around whole fields and doubled inside, no
 * line end inside of them. Slices are parsed apart from each other and put together in order.
 *
 * @param head the first bytes, `headBytes` of them
 * @param onStart told how the table begins; may throw
 * @returns null when the file is not plain, or has no rows: the text reader can tell what it is
 * @throws AppError `file-empty`, `file-unreadable`
 */
export async function readPlain(
  file: Blob,
  head: Uint8Array,
  params: ReadParams,
  ctx: ReadContext,
  sliceBytes: number,
  onStart: (start: TableStart) => void,
): Promise<RawTable | null> {
  // They are compiled while the head is looked at.
  if (ctx.parsers === undefined) void loadRowKernels();
  const start = startPlain(head, head.length === file.size, params);
  if (start === null) return null;
  onStart(start);
  const merged = await mergeSlices(file, start, start.plan, ctx, sliceBytes);
  if (merged === null || merged.nRows === 0) return null;
  const recall = async (columns: readonly number[]): Promise<Cells[]> => {
    const modes = start.plan.columns.map((_, j) => (columns.includes(j) ? 'cells' : 'skip'));
    const plan = { ...start.plan, columns: modes } as const;
    const again = await mergeSlices(file, start, plan, ctx, sliceBytes);
    const cells = again?.cells() ?? [];
    return columns.map((j) => {
      const found = cells[j];
      if (found) return found;
      throw new AppError('file-unreadable', 'The file changed while it was read. Drop it again.');
    });
  };
  return merged.finish(recall, () => ctx.breathe());
}

/** @returns null when a slice is not plain */
async function mergeSlices(
  file: Blob,
  start: PlainStart,
  plan: SlicePlan,
  ctx: ReadContext,
  sliceBytes: number,
): Promise<SliceMerger | null> {
  const parsers = ctx.parsers ?? parseHere;
  const body = file.slice(start.bodyAt);
  const merger = new SliceMerger(start, plan);
  const edges = sliceEdges(start.bodyAt, file.size, sliceBytes);
  const begin = (k: number) => {
    const [first, end] = [edges[k] - start.bodyAt, edges[k + 1] - start.bodyAt];
    const result = parsers.parse({ blob: body, start: first, end, plan });
    // Whoever waits for it hears of a failure; nobody waits any more after another one.
    result.catch(() => undefined);
    return result;
  };
  const nAtOnce = tasksPerParser * parsers.size;
  const nSlices = edges.length - 1;
  const underWay = [];
  for (let k = 0; k < Math.min(nAtOnce, nSlices); k++) underWay.push(begin(k));
  for (let k = 0; k < nSlices; k++) {
    const rows = await underWay[k % nAtOnce];
    if (rows === null) return null;
    merger.append(rows, (edges[k + 1] - start.bodyAt) / body.size);
    ctx.progress(edges[k + 1], file.size);
    await ctx.breathe();
    if (k + nAtOnce < nSlices) underWay[k % nAtOnce] = begin(k + nAtOnce);
  }
  return merger;
}

/** Where slices begin and end: at multiples of their size, so that progress goes in even steps. */
function sliceEdges(from: number, to: number, sliceBytes: number): number[] {
  const edges = [from];
  for (let at = sliceBytes; at < to; at += sliceBytes) if (at > from) edges.push(at);
  return [...edges, to];
}
