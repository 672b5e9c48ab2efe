import type { Context } from '../context';
import { AppError } from '../errors';
import { createRandom } from '../random';
import type { TreeData } from './tree-data';
import { sum } from './tree-nodes';

/** Ranks and bins that a column has at most. */
export const mostRanks = 65_536;
export const mostBins = 256;

/**
 * The values of columns by their order. Ranks ascend with the values from 0 without a gap, one for each distinct value
 * where they are few enough; otherwise a rank ends as soon as it has about a 65,536th of the rows. Bins are made of ranks
 * in the same way, of about a 256th of the rows each. Equal values always share a rank, and equal ranks a bin.
 */
export interface RankedColumns {
  /** Of each row, one column after the other. The bins, where only these were asked for. */
  readonly ranks: Uint16Array | Uint8Array;
  /** In the same order. */
  readonly bins: Uint8Array;
  /** nFeatures × 256: the last rank of each bin. */
  readonly lastRank: Uint16Array;
  readonly nBins: Int32Array;
  /** Of the columns in which a rank may have several values. */
  readonly limits: readonly (RankLimits | undefined)[];
  /** Whether all values of a column are that count. */
  readonly isFinite: readonly boolean[];
}

/** By rank: the values that have it. */
export interface RankLimits {
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/** What trees are grown from, all that a worker has to be given: whole numbers only. */
export interface TrainingSet extends Omit<RankedColumns, 'limits' | 'isFinite'> {
  /** Rows that train, each once. */
  readonly nRows: number;
  readonly nFeatures: number;
  readonly nClasses: number;
  /** By row: its class, and how often it was listed. */
  readonly labels: Int32Array;
  readonly times: Int32Array;
  /** Which row stood where in the list. */
  readonly listed: Int32Array;
  /** Listed rows per class. */
  readonly counts: number[];
}

/** The training rows, and what ranks stand for. */
export interface Training {
  readonly set: TrainingSet;
  readonly data: TreeData;
  /** Of each row of the set, its number in the data. */
  readonly rows: Int32Array;
  readonly limits: RankedColumns['limits'];
}

/** Rows whose values the borders of bins are taken from, where nothing but bins is wanted. */
const sampleRows = 4_096;
const sampleSeed = 1;

/**
 * Lays the training rows out, for any number of trees.
 *
 * @param precision bins: the ranks are the bins, whose borders are values of a sample of the rows. That takes half the
 *   time where there are many
 */
export function prepareTraining(
  data: TreeData,
  ctx: Pick<Context, 'breathe' | 'engine'>,
  precision: 'ranks' | 'bins' = 'ranks',
): Promise<Training> {
  const listing = isAscending(data.rows) ? allOnce(data) : rowsInUse(data);
  return layOut(data, listing, ctx, precision === 'bins' ? sampleOf(listing.rows) : undefined);
}

/**
 * Lays some rows out anew, in the order in which they are given, ranked among each other.
 *
 * @param part rows of the set
 */
export function preparePart(
  { data, rows, set }: Training,
  part: Int32Array,
  ctx: Pick<Context, 'breathe' | 'engine'>,
): Promise<Training> {
  const times = part.map((row) => set.times[row]);
  const listed = new Int32Array(sum(times));
  for (let row = 0, at = 0; row < part.length; at += times[row++]) {
    listed.fill(row, at, at + times[row]);
  }
  return layOut(data, { rows: part.map((row) => rows[row]), times, listed }, ctx);
}

type Listing = Pick<Training, 'rows'> & Pick<TrainingSet, 'times' | 'listed'>;

async function layOut(
  data: TreeData,
  { rows, times, listed }: Listing,
  ctx: Pick<Context, 'breathe' | 'engine'>,
  sample?: Int32Array,
): Promise<Training> {
  const { features, nClasses } = data;
  const nRows = rows.length;
  const nFeatures = features.length;
  const labels = new Int32Array(nRows);
  const counts = new Array<number>(nClasses).fill(0);
  for (let i = 0; i < nRows; i++) {
    const label = data.labels[rows[i]];
    labels[i] = label;
    counts[label] += times[i];
  }
  const ranked = await ctx.engine.rankColumns(features, rows, ctx.breathe, sample);
  const { limits, isFinite, ...columns } = ranked;
  isFinite.forEach((all, column) => {
    if (!all) throw notFinite(features[column], column, rows);
  });
  const set = { nRows, nFeatures, nClasses, ...columns, labels, times, listed, counts };
  return { set, data, rows, limits };
}

/** One of every so many rows, by chance: a file may have a rhythm. */
function sampleOf(rows: Int32Array): Int32Array {
  const random = createRandom(sampleSeed);
  const length = Math.min(sampleRows, rows.length);
  const firstOf = (i: number) => Math.floor((i * rows.length) / length);
  return Int32Array.from({ length }, (_, i) => {
    return rows[firstOf(i) + random.integer(firstOf(i + 1) - firstOf(i))];
  });
}

function notFinite(values: Float64Array, column: number, rows: Int32Array): AppError {
  const row = rows.find((row) => !Number.isFinite(values[row])) ?? -1;
  const message = `Column ${column} has no finite value in row ${row}: ${values[row]}.`;
  return new AppError('not-finite', message, { column, row });
}

function isAscending(rows: Int32Array): boolean {
  for (let i = 1; i < rows.length; i++) if (rows[i] <= rows[i - 1]) return false;
  return true;
}

/** As `rowsInUse`, where each is listed once, in order. */
function allOnce({ rows }: TreeData) {
  const listed = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) listed[i] = i;
  return { rows, times: new Int32Array(rows.length).fill(1), listed };
}

/** The rows that are listed, each once. */
function rowsInUse({ rows: list, labels }: TreeData) {
  const timesOf = new Int32Array(labels.length);
  for (let i = 0; i < list.length; i++) timesOf[list[i]]++;
  const placeOf = new Int32Array(labels.length);
  let n = 0;
  for (let row = 0; row < labels.length; row++) {
    placeOf[row] = n;
    if (timesOf[row] > 0) n++;
  }
  const rows = new Int32Array(n);
  const times = new Int32Array(n);
  const listed = new Int32Array(list.length);
  for (let i = 0; i < list.length; i++) {
    const place = placeOf[list[i]];
    listed[i] = place;
    rows[place] = list[i];
    times[place] = timesOf[list[i]];
  }
  return { rows, times, listed };
}
