import type { ScoredFile, ScoreSettings } from '../../src/contract/scoring';
import { AppError } from '../../src/core/errors';
import type { SegmentModel } from '../../src/core/model';
import { toleratedShare } from '../../src/core/table/attempt';
import { chooseDecimalMark } from '../../src/core/table/decimal-mark';
import { readDefaults, type ReadParams } from '../../src/core/table/read-params';
import { decodeSlices, NotUtf8, planForBadUtf8, planFromHead, readBytes } from '../read/decode';
import { gunzip } from '../read/gunzip';
import { startPlain } from '../read/plain-start';
import { isGzip, refuseOtherFiles } from '../read/sniff';
import type { SlicePlan, SliceTask } from '../read/slice-types';
import { headBytes } from '../read/table-start';
import { noRows, TextStart } from '../read/text-reader';
import {
  addTally,
  emptyTally,
  type Collected,
  type ScoredPart,
  type ScoreJob,
  type ScoreTally,
} from './job';
import { columnsMissing, wantedInWords } from './match-inputs';
import { prepareJob, type Prepared } from './prepare-job';
import { TextScorer } from './score-text';
import type { Sink } from './sink';

/** Who scores slices of a plain file: this thread, or a pool of workers. */
export interface SliceScorers {
  /** How many can be scored at the same time. */
  readonly size: number;
  /** Takes a job on; `score` answers null for a slice that is not plain. */
  open(job: ScoreJob): {
    score(task: SliceTask): Promise<ScoredPart | null>;
    close(): void;
  };
}

export interface ScoreContext {
  progress(doneBytes: number, totalBytes: number): void;
  breathe(): Promise<void>;
  readonly scorers: SliceScorers;
  /** Takes the scored rows, in order. */
  readonly sink: Sink;
  /** Takes what is kept of each row, in order, where the settings ask for it. */
  onCollected?(part: Collected): void;
  /** Told before the first row, and again where the file turns out to be read otherwise: forget what was collected. */
  onStart?(): void;
}

/** How much is read at a time; the result does not depend on it. */
const defaultSliceBytes = 2 ** 20;
/** Slices under way for each scorer: one is scored while the next is read. */
const tasksPerScorer = 2;

/** What a way through the file came to. */
interface Way {
  readonly prepared: Prepared;
  readonly tally: ScoreTally;
  /** See `ScoredFile`. */
  readonly bodyAt: number | null;
}

/**
 * Scores a file of any length, some of it at a time: what is kept does not grow with it. Columns are found by meaning, in any
 * order; the rows are written as they stand, with what the model says of them behind.
 *
 * A plain file is taken apart by its bytes, any other as text. What the head of the file lets one expect (plain to the end,
 * the decimal mark) is checked at the end; where it was wrong, the file is scored anew.
 *
 * @throws AppError `model-columns-missing`, and what reading a file throws
 */
export async function scoreFile(
  source: Blob,
  model: SegmentModel,
  settings: ScoreSettings,
  ctx: ScoreContext,
  sliceBytes = defaultSliceBytes,
): Promise<Omit<ScoredFile, 'csv'>> {
  if (source.size === 0)
    throw new AppError('file-empty', 'The file is empty. It should hold a header and rows.');
  const packedHead = await readBytes(source, 0, headBytes);
  const file = isGzip(packedHead) ? await gunzip(source, () => ctx.breathe()) : source;
  const head = file === source ? packedHead : await readBytes(file, 0, headBytes);
  refuseOtherFiles(head.subarray(0, 65_536), true);

  const score = async (params: ReadParams): Promise<Way> => {
    ctx.onStart?.();
    await ctx.sink.reset();
    const plain = await scorePlain(file, head, params, model, settings, ctx, sliceBytes);
    if (plain !== null) return plain;
    ctx.onStart?.();
    await ctx.sink.reset();
    return scoreText(file, head, params, model, settings, ctx, sliceBytes);
  };
  const { partOf } = settings;
  const params: ReadParams = {
    ...readDefaults,
    missing: settings.read?.missing ?? readDefaults.missing,
    ...partOf,
  };
  const first = await score(params);
  const decimal = chooseDecimalMark(first.tally.votes, first.prepared.commaIsFree);
  const isAsRead = params.decimal !== 'auto' || decimal === first.prepared.job.decimal;
  const way = isAsRead ? first : await score({ ...params, decimal });
  if (partOf === null) assertInputs(model, way.tally);
  return report(model, way);
}

/** @returns null when the file is not plain, or has no rows */
async function scorePlain(
  file: Blob,
  head: Uint8Array,
  params: ReadParams,
  model: SegmentModel,
  settings: ScoreSettings,
  ctx: ScoreContext,
  sliceBytes: number,
): Promise<Way | null> {
  if (planFromHead(head.subarray(0, 65_536), params.encoding).encoding !== 'utf-8') return null;
  const start = startPlain(head, head.length === file.size, params);
  if (start === null) return null;
  const lineEnd = head[head.indexOf(10) - 1] === 13 ? '\r\n' : '\n';
  const prepared = prepareJob(start, params, model, settings, lineEnd);
  const { job, header } = prepared;
  const plan = planFor(start.plan, job);
  const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  await ctx.sink.add(new Blob([hasMark ? '\uFEFF' : '', header]));

  const tally = emptyTally(job);
  const body = file.slice(start.bodyAt);
  const open = ctx.scorers.open(job);
  try {
    const begin = (k: number) => {
      const task = {
        blob: body,
        start: k * sliceBytes,
        end: Math.min(body.size, (k + 1) * sliceBytes),
        plan,
      };
      const part = open.score(task);
      // Whoever waits for it hears of a failure; nobody waits any more after another one.
      part.catch(() => undefined);
      return part;
    };
    const nSlices = Math.ceil(body.size / sliceBytes);
    const nAtOnce = tasksPerScorer * ctx.scorers.size;
    const underWay = Array.from({ length: Math.min(nAtOnce, nSlices) }, (_, k) => begin(k));
    let nLines = start.bodyLine - 1;
    for (let k = 0; k < nSlices; k++) {
      const part = await underWay[k % nAtOnce];
      if (part === null) return null;
      addTally(tally, part.tally, nLines);
      nLines += part.nLines;
      await ctx.sink.add(part.csv);
      if (part.collected !== null) ctx.onCollected?.(part.collected);
      ctx.progress(start.bodyAt + Math.min(body.size, (k + 1) * sliceBytes), file.size);
      await ctx.breathe();
      if (k + nAtOnce < nSlices) underWay[k % nAtOnce] = begin(k + nAtOnce);
    }
  } finally {
    open.close();
  }
  return tally.nRows === 0 ? null : { prepared, tally, bodyAt: start.bodyAt };
}

/** Cells of categories, and of what rows are kept by, as they stand; numbers only under the mark that the file has. */
function planFor(plan: SlicePlan, { inputs, decimal, collect }: ScoreJob): SlicePlan {
  const asCells = new Set(inputs.flatMap(({ how, column }) => (how === 'number' ? [] : [column])));
  if (collect !== null) asCells.add(collect.key);
  const hasMark = String.fromCharCode(plan.mark) === decimal;
  const columns = plan.columns.map((mode, j) => (hasMark && !asCells.has(j) ? mode : 'cells'));
  return { ...plan, columns };
}

async function scoreText(
  file: Blob,
  head: Uint8Array,
  params: ReadParams,
  model: SegmentModel,
  settings: ScoreSettings,
  ctx: ScoreContext,
  sliceBytes: number,
  how = planFromHead(head.subarray(0, 65_536), params.encoding),
): Promise<Way> {
  let way: Way | null = null;
  const text = new TextStart(params, (start, firstLine) => {
    const prepared = prepareJob(start, params, model, settings, '\r\n');
    way = { prepared, tally: emptyTally(prepared.job), bodyAt: null };
    return new TextScorer(prepared.job, start, firstLine);
  });
  const underWay = (): Way | null => way;
  let isBegun = false;
  try {
    for await (const { text: piece, doneBytes, isLast } of decodeSlices(file, how, sliceBytes)) {
      text.push(piece, isLast);
      const now = underWay();
      if (now !== null) {
        if (!isBegun) await ctx.sink.add(new Blob([now.prepared.header]));
        isBegun = true;
        for (const part of text.taker?.take() ?? []) {
          addTally(now.tally, part.tally, 0);
          await ctx.sink.add(part.csv);
          if (part.collected !== null) ctx.onCollected?.(part.collected);
        }
      }
      ctx.progress(doneBytes, file.size);
      await ctx.breathe();
    }
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    ctx.onStart?.();
    await ctx.sink.reset();
    const other = await planForBadUtf8(file, sliceBytes, () => ctx.breathe());
    return scoreText(file, head, params, model, settings, ctx, sliceBytes, other);
  }
  const found = underWay();
  if (found === null) throw new AppError('internal', 'The text was not read to its end.');
  if (found.tally.nRows === 0) throw noRows(found.prepared.job.width, found.tally.nSetAside);
  return found;
}

/** A column that hardly holds what the model asks for is not that column. */
function assertInputs(model: SegmentModel, { inputs }: ScoreTally): void {
  const absent = model.inputs.filter((_, at) => {
    const { nPresent, nUnreadable } = inputs[at];
    return nPresent === 0 || nPresent - nUnreadable < toleratedShare * nPresent;
  });
  if (absent.length > 0) throw columnsMissing(absent.map(wantedInWords));
}

function report(model: SegmentModel, { prepared, tally, bodyAt }: Way): Omit<ScoredFile, 'csv'> {
  const {
    renamed,
    delimiter,
    job: { width, decimal },
  } = prepared;
  const named = (count: (at: number) => number) =>
    model.inputs.flatMap(({ name }, at) => (count(at) > 0 ? [{ name, nRows: count(at) }] : []));
  return {
    nRows: tally.nRows,
    counts: tally.counts,
    nRowsFilled: tally.nRowsFilled,
    filled: model.features.flatMap((_, feature) =>
      tally.filled[feature] > 0 ? [{ feature, nRows: tally.filled[feature] }] : [],
    ),
    nUnlike: tally.nUnlike,
    unreadable: named((at) => tally.inputs[at].nUnreadable),
    otherLevels: named((at) => tally.inputs[at].nOtherLevel),
    renamed,
    nShort: tally.nShort,
    nSetAside: tally.nSetAside,
    setAside: tally.setAside.map(({ line, nFields }) => ({
      line: line + 1,
      nFields,
      nExpected: width,
    })),
    delimiter,
    decimal,
    bodyAt,
    bins: tally.bins.map((counts) => counts && Array.from(counts)),
  };
}
