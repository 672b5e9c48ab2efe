import { bounded } from './gram';
import { averageRanks, type RankedColumn } from './ranks';

export interface PairCorrelation {
  /** In [−1, 1]; NaN where one of the two does not vary. */
  readonly pearson: number;
  readonly spearman: number;
  /** Rows that have both values. */
  readonly n: number;
}

/**
 * Two columns on the rows that have both values, ranked anew on those rows.
 *
 * @param a NaN where missing; of a size that can be squared
 * @param rankedA of `a`
 */
export function correlatePair(
  a: Float64Array,
  rankedA: RankedColumn,
  b: Float64Array,
  rankedB: RankedColumn,
): PairCorrelation {
  const rows = rowsWithBoth(rankedA.codes, rankedB.codes);
  const x = new Float64Array(rows.length);
  const y = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    x[i] = a[rows[i]];
    y[i] = b[rows[i]];
  }
  const pearson = pearsonOf(x, y);
  writeRanks(rankedA, rows, x);
  writeRanks(rankedB, rows, y);
  return { n: rows.length, pearson, spearman: pearsonOf(x, y) };
}

function rowsWithBoth(a: Int32Array, b: Int32Array): Int32Array {
  const rows = new Int32Array(a.length);
  let n = 0;
  for (let i = 0; i < a.length; i++) if (a[i] >= 0 && b[i] >= 0) rows[n++] = i;
  return rows.subarray(0, n);
}

/** The ranks of these rows among themselves. */
function writeRanks(column: RankedColumn, rows: Int32Array, target: Float64Array): void {
  const { codes, nCodes, nPresent } = column;
  let { ranks } = column;
  if (rows.length < nPresent) {
    const counts = new Int32Array(nCodes);
    for (let i = 0; i < rows.length; i++) counts[codes[rows[i]]]++;
    ranks = averageRanks(counts);
  }
  for (let i = 0; i < rows.length; i++) target[i] = ranks[codes[rows[i]]];
}

/** In two passes: means, then centred products. */
function pearsonOf(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  let sumX = 0;
  let sumY = 0;
  let isXConstant = true;
  let isYConstant = true;
  for (let i = 0; i < n; i++) {
    sumX += x[i];
    sumY += y[i];
    if (x[i] !== x[0]) isXConstant = false;
    if (y[i] !== y[0]) isYConstant = false;
  }
  if (isXConstant || isYConstant) return NaN;
  const meanX = sumX / n;
  const meanY = sumY / n;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  let restX = 0;
  let restY = 0;
  for (let i = 0; i < n; i++) {
    const dx = x[i] - meanX;
    const dy = y[i] - meanY;
    restX += dx;
    restY += dy;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const squaresX = xx - (restX * restX) / n;
  const squaresY = yy - (restY * restY) / n;
  return bounded((xy - (restX * restY) / n) / Math.sqrt(squaresX) / Math.sqrt(squaresY));
}
