import type { Context } from '../context';
import type { CategoryColumn, TextColumn } from '../table/table';
import { levelsOf, type CodedLevels } from './levels';

/** Two columns of words: how often each stands with each, on the rows that have both. */
export interface LevelsPair {
  readonly kind: 'levels';
  readonly a: string;
  readonly b: string;
  readonly n: number;
  /** The twelve most frequent words of `a`; lines of the table. */
  readonly aLevels: readonly string[];
  /** Whether a last line counts all other words together. */
  readonly hasARest: boolean;
  readonly bLevels: readonly string[];
  readonly hasBRest: boolean;
  /** Row-major, as many lines and columns as there are levels, and one for the rest where there is one. */
  readonly counts: Int32Array;
  /**
   * Cramér's V of this table, in [0, 1]: 0 for columns that have nothing to do with each other. Not corrected for bias,
   * as in scipy. NaN where one of the two has one level.
   */
  readonly cramersV: number;
}

export async function levelsTable(
  a: CategoryColumn | TextColumn,
  b: CategoryColumn | TextColumn,
  nRows: number,
  ctx: Context,
): Promise<LevelsPair> {
  const lines = levelsOf(a, nRows);
  await ctx.breathe();
  const columns = levelsOf(b, nRows);
  await ctx.breathe();
  const nLines = sizeOf(lines);
  const nColumns = sizeOf(columns);
  const counts = new Int32Array(nLines * nColumns);
  let n = 0;
  for (let i = 0; i < nRows; i++) {
    if (lines.codes[i] < 0 || columns.codes[i] < 0) continue;
    counts[lines.codes[i] * nColumns + columns.codes[i]]++;
    n++;
  }
  return {
    kind: 'levels',
    a: a.name,
    b: b.name,
    n,
    aLevels: lines.top.map(({ name }) => name),
    hasARest: lines.rest > 0,
    bLevels: columns.top.map(({ name }) => name),
    hasBRest: columns.rest > 0,
    counts,
    cramersV: cramersV(counts, nLines, nColumns),
  };
}

function sizeOf({ top, rest }: CodedLevels): number {
  return top.length + (rest > 0 ? 1 : 0);
}

/**
 * √(χ² / n / (min(lines, columns) − 1)), lines and columns without a row left out.
 *
 * @param counts row-major
 */
export function cramersV(counts: Int32Array, nLines: number, nColumns: number): number {
  const ofLine = new Float64Array(nLines);
  const ofColumn = new Float64Array(nColumns);
  counts.forEach((count, at) => {
    ofLine[Math.floor(at / nColumns)] += count;
    ofColumn[at % nColumns] += count;
  });
  const used = (sums: Float64Array) => sums.filter((sum) => sum > 0).length;
  const degrees = Math.min(used(ofLine), used(ofColumn)) - 1;
  if (degrees < 1) return NaN;
  // χ² / n = Σ count² / (line · column) − 1.
  let sum = 0;
  counts.forEach((count, at) => {
    if (count > 0) sum += count ** 2 / ofLine[Math.floor(at / nColumns)] / ofColumn[at % nColumns];
  });
  return Math.sqrt(Math.max(0, Math.min(1, (sum - 1) / degrees)));
}
