import type { Context } from '../context';
import type { NumberColumn, Table } from '../table/table';
import { gramMatrix } from './gram';
import { correlatePair, type PairCorrelation } from './pair-correlation';
import { orderBySimilarity } from './similarity-order';
import { rankColumn, type RankedColumn } from './ranks';
import { sampledRows } from './values';

/** How columns of numbers go together, two at a time. Matrices are d × d, row-major, symmetric. */
export interface Correlations {
  /** Columns, in the order of the table. Length d. */
  readonly names: readonly string[];
  /** In [−1, 1]; NaN where one of the two does not vary, and for fewer than two rows. */
  readonly pearson: Float64Array;
  /** Pearson's correlation of the ranks, equal values sharing the average of theirs. */
  readonly spearman: Float64Array;
  /** Rows that have both values. */
  readonly nPairs: Int32Array;
  /** The columns such that similar ones stand side by side, by either matrix. */
  readonly order: { readonly pearson: Int32Array; readonly spearman: Int32Array };
  /** By falling size of the larger of the two correlations, without those that are not known; at most 500. */
  readonly ranked: readonly RankedPair[];
  /** Columns of numbers beyond the first 200. */
  readonly nColumnsLeftOut: number;
  /** Fewer than the rows of the table, where all would take too long: evenly spread, drawn with a fixed seed. */
  readonly nRowsUsed: number;
}

export interface RankedPair extends PairCorrelation {
  /** The one that comes first in the table. */
  readonly a: string;
  readonly b: string;
}

export const mostCorrelated = 200;
const mostRanked = 500;
/** About four seconds of plain loops. */
const usualWork = 4e9;
/** In nanoseconds, about, for each row: a column; a pair of columns without gaps, and with some. */
const workRanking = 100;
const workComplete = 4;
const workWithGaps = 50;

/**
 * Pearson's and Spearman's correlation of every two columns, each on the rows that have both values (as pandas' `corr`).
 * Infinite values count as missing.
 *
 * @param columns names of columns of numbers; others are left out
 * @param mostWork nanoseconds, about; where all rows would take longer, fewer are used
 */
export async function correlations(
  table: Table,
  columns: readonly string[],
  ctx: Context,
  mostWork = usualWork,
): Promise<Correlations> {
  const wanted = new Set(columns);
  const all = table.columns.filter(
    (column): column is NumberColumn => column.kind === 'number' && wanted.has(column.name),
  );
  const chosen = all.slice(0, mostCorrelated);
  const rows = sampledRows(table.nRows, rowsWithin(mostWork, chosen, table.nRows), 0);
  const prepared: PreparedColumn[] = [];
  for (const { values } of chosen) {
    prepared.push(prepare(values, rows));
    ctx.progress(prepared.length, 2 * chosen.length);
    await ctx.breathe();
  }
  const matrices = await correlateAll(prepared, rows.length, ctx);
  const names = chosen.map(({ name }) => name);
  return {
    names,
    ...matrices,
    order: {
      pearson: orderBySimilarity(matrices.pearson, names.length),
      spearman: orderBySimilarity(matrices.spearman, names.length),
    },
    ranked: rankPairs(names, matrices),
    nColumnsLeftOut: all.length - chosen.length,
    nRowsUsed: rows.length,
  };
}

function rowsWithin(mostWork: number, columns: readonly NumberColumn[], nRows: number): number {
  const nPairs = (columns.length * (columns.length - 1)) / 2;
  const nComplete = columns.filter(({ values }) => values.every(Number.isFinite)).length;
  const nCompletePairs = (nComplete * (nComplete - 1)) / 2;
  const work =
    columns.length * workRanking +
    nCompletePairs * workComplete +
    (nPairs - nCompletePairs) * workWithGaps;
  return Math.min(nRows, Math.max(1000, Math.floor(mostWork / Math.max(1, work))));
}

interface PreparedColumn {
  /** Of the rows used, made small enough to be squared; NaN where there is none. */
  readonly values: Float64Array;
  readonly ranked: RankedColumn;
}

function prepare(column: Float64Array, rows: Int32Array): PreparedColumn {
  let largest = 0;
  for (let i = 0; i < rows.length; i++) {
    const size = Math.abs(column[rows[i]]);
    if (size > largest && size < Infinity) largest = size;
  }
  // By a power of two, which costs no digit.
  const exponent = largest > 0 ? Math.ceil(Math.log2(largest)) : 0;
  const factor = Math.abs(exponent) > 500 ? 2 ** Math.max(-1000, Math.min(1000, -exponent)) : 1;
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = column[rows[i]];
    values[i] = Number.isFinite(value) ? value * factor : NaN;
  }
  return { values, ranked: rankColumn(values) };
}

type Matrices = Pick<Correlations, 'pearson' | 'spearman' | 'nPairs'>;

/** Columns without gaps all at once, the others two by two. */
async function correlateAll(
  columns: readonly PreparedColumn[],
  nRows: number,
  ctx: Context,
): Promise<Matrices> {
  const d = columns.length;
  const pearson = new Float64Array(d * d).fill(NaN);
  const spearman = new Float64Array(d * d).fill(NaN);
  const nPairs = new Int32Array(d * d);
  const set = (i: number, j: number, found: PairCorrelation) => {
    for (const at of [i * d + j, j * d + i]) {
      pearson[at] = found.pearson;
      spearman[at] = found.spearman;
      nPairs[at] = found.n;
    }
  };
  const complete = columns.map((_, j) => j).filter((j) => columns[j].ranked.nPresent === nRows);
  const ofValues = await gramMatrix(
    complete.map((j) => columns[j].values),
    ctx,
  );
  const ofRanks = await gramMatrix(
    complete.map((j) => columns[j].ranked),
    ctx,
  );
  complete.forEach((i, p) => {
    complete.slice(0, p + 1).forEach((j, q) => {
      set(i, j, { pearson: ofValues(p, q), spearman: ofRanks(p, q), n: nRows });
    });
  });
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      if (nPairs[i * d + j] === nRows) continue;
      const [a, b] = [columns[i], columns[j]];
      set(i, j, correlatePair(a.values, a.ranked, b.values, b.ranked));
      await ctx.breathe();
    }
    ctx.progress(d + i + 1, 2 * d);
  }
  return { pearson, spearman, nPairs };
}

function rankPairs(names: readonly string[], matrices: Matrices): RankedPair[] {
  const d = names.length;
  const pairs: RankedPair[] = [];
  for (let i = 0; i < d; i++) {
    for (let j = i + 1; j < d; j++) {
      const pearson = matrices.pearson[i * d + j];
      const spearman = matrices.spearman[i * d + j];
      if (Number.isNaN(pearson)) continue;
      pairs.push({ a: names[i], b: names[j], pearson, spearman, n: matrices.nPairs[i * d + j] });
    }
  }
  const size = ({ pearson, spearman }: RankedPair) =>
    Math.max(Math.abs(pearson), Math.abs(spearman));
  // Sorting keeps the order of the table among equals.
  return pairs.sort((a, b) => size(b) - size(a)).slice(0, mostRanked);
}
