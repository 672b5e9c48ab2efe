import type { Context } from '../context';
import type { RankedColumn } from './ranks';

/** Additions of one piece of work: a few milliseconds. */
const workPerPiece = 4e6;

/**
 * Correlations of columns without gaps, all at once: centred values are multiplied and summed in blocks of rows that stay
 * in the cache.
 *
 * @param columns values, or ranks; equally long, none missing
 * @returns the correlation of columns p and q, in [−1, 1]; NaN where one of them does not vary
 */
export async function gramMatrix(
  columns: readonly (Float64Array | RankedColumn)[],
  ctx: Context,
): Promise<(p: number, q: number) => number> {
  const d = columns.length;
  const n = d === 0 ? 0 : lengthOf(columns[0]);
  const sums = new Float64Array(d);
  const products = new Float64Array(d * d);
  const means = columns.map((column) =>
    column instanceof Float64Array ? meanOf(column) : (n + 1) / 2,
  );
  const blockLength = Math.max(128, Math.min(4096, Math.ceil(workPerPiece / (d * d))));
  const block = new Float64Array(d * blockLength);
  for (let from = 0; from < n; from += blockLength) {
    const length = Math.min(blockLength, n - from);
    columns.forEach((column, j) => {
      const room = block.subarray(j * blockLength, j * blockLength + length);
      sums[j] += centre(column, from, means[j], room);
    });
    addProducts(block, blockLength, length, d, products);
    await ctx.breathe();
  }
  const varies = columns.map((column) =>
    column instanceof Float64Array
      ? column.some((value) => value !== column[0])
      : column.nCodes > 1,
  );
  // What is left of the sums is what rounding has left of the means.
  const centred = (p: number, q: number) =>
    products[Math.max(p, q) * d + Math.min(p, q)] - (sums[p] * sums[q]) / n;
  return (p, q) => {
    if (!varies[p] || !varies[q]) return NaN;
    if (p === q) return 1;
    return bounded(centred(p, q) / Math.sqrt(centred(p, p)) / Math.sqrt(centred(q, q)));
  };
}

/** Rounding may lead out of [−1, 1]. */
export function bounded(correlation: number): number {
  return Math.max(-1, Math.min(1, correlation));
}

function lengthOf(column: Float64Array | RankedColumn): number {
  return column instanceof Float64Array ? column.length : column.codes.length;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Writes a part of a column, centred. @returns the sum of what was written */
function centre(
  column: Float64Array | RankedColumn,
  from: number,
  mean: number,
  room: Float64Array,
): number {
  let sum = 0;
  if (column instanceof Float64Array) {
    for (let i = 0; i < room.length; i++) sum += room[i] = column[from + i] - mean;
  } else {
    const { codes, ranks } = column;
    for (let i = 0; i < room.length; i++) sum += room[i] = ranks[codes[from + i]] - mean;
  }
  return sum;
}

/** Two columns with two at a time: each value that is read is used twice. What lies right of the diagonal is not used. */
function addProducts(
  block: Float64Array,
  stride: number,
  length: number,
  d: number,
  products: Float64Array,
): void {
  for (let p = 0; p < d; p += 2) {
    const p0 = p * stride;
    // The last of an odd number is its own partner, whose sums are not kept.
    const p1 = Math.min(p + 1, d - 1) * stride;
    for (let q = 0; q <= p; q += 2) {
      const q0 = q * stride;
      const q1 = Math.min(q + 1, d - 1) * stride;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      for (let i = 0; i < length; i++) {
        const x0 = block[p0 + i];
        const x1 = block[p1 + i];
        const y0 = block[q0 + i];
        const y1 = block[q1 + i];
        s00 += x0 * y0;
        s01 += x0 * y1;
        s10 += x1 * y0;
        s11 += x1 * y1;
      }
      const at = p * d + q;
      products[at] += s00;
      if (q + 1 < d) products[at + 1] += s01;
      if (p + 1 < d) products[at + d] += s10;
      if (p + 1 < d && q + 1 < d) products[at + d + 1] += s11;
    }
  }
}
