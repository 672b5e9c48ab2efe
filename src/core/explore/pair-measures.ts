import type { Context } from '../context';
import { extent } from '../table/order-statistics';
import { quantiles } from '../table/stats';
import type { DateColumn, NumberColumn } from '../table/table';
import { dateEdges } from './date-histogram';
import { binFinder, niceEdges } from './histogram';
import { correlatePair } from './pair-correlation';
import { rankColumn } from './ranks';
import { sampledRows } from './values';

/** Two columns of numbers or dates, on the rows that have both values. Units are the columns' own. */
export interface MeasuresPair {
  readonly kind: 'measures';
  readonly a: string;
  readonly b: string;
  /** Rows that have both values. */
  readonly n: number;
  readonly density: Density;
  readonly points: Points;
  readonly pearson: number;
  readonly spearman: number;
  /** Rows in ascending order of `a`, in up to ten parts: equal values of `a` are in the same one. */
  readonly byDecile: readonly DecileGroup[];
}

/** Rows counted on a grid with round edges, no more than 60 × 40. */
export interface Density {
  readonly xEdges: Float64Array;
  readonly yEdges: Float64Array;
  /** Row-major: `counts[y · nx + x]`. */
  readonly counts: Int32Array;
  /** Rows outside of the grid, which stops where a few extreme values would squeeze it. */
  readonly nOutside: number;
}

/** No more than 1,500 rows, evenly spread over the table, drawn by the seed; ascending. */
export interface Points {
  readonly rows: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface DecileGroup {
  /** Least and largest value of `a` in the group. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Of `b`. */
  readonly mean: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
}

type MeasureColumn = NumberColumn | DateColumn;

const mostPoints = 1500;
const gridWidth = 60;
const gridHeight = 40;

export async function measuresOf(
  a: MeasureColumn,
  b: MeasureColumn,
  seed: number,
  ctx: Context,
): Promise<MeasuresPair> {
  const { rows, x, y } = valuesOfBoth(a, b);
  await ctx.breathe();
  const density = densityOf(x, y, edgesOf(a, x, gridWidth), edgesOf(b, y, gridHeight));
  await ctx.breathe();
  const { pearson, spearman } = correlationOf(x, y);
  await ctx.breathe();
  const sample = sampledRows(rows.length, mostPoints, seed);
  return {
    kind: 'measures',
    a: a.name,
    b: b.name,
    n: rows.length,
    density,
    points: {
      rows: sample.map((i) => rows[i]),
      x: Float64Array.from(sample, (i) => x[i]),
      y: Float64Array.from(sample, (i) => y[i]),
    },
    pearson,
    spearman,
    byDecile: decilesOf(x, y),
  };
}

/** The rows that have both values, and these values; infinite ones count as missing. */
export function valuesOfBoth(a: MeasureColumn, b: MeasureColumn) {
  const length = a.values.length;
  const rows = new Int32Array(length);
  const x = new Float64Array(length);
  const y = new Float64Array(length);
  let n = 0;
  for (let i = 0; i < length; i++) {
    if (!Number.isFinite(a.values[i]) || !Number.isFinite(b.values[i])) continue;
    rows[n] = i;
    x[n] = a.values[i];
    y[n++] = b.values[i];
  }
  return { rows: rows.subarray(0, n), x: x.subarray(0, n), y: y.subarray(0, n) };
}

/** @param x, y finite, of equal length */
function correlationOf(x: Float64Array, y: Float64Array) {
  return correlatePair(small(x), rankColumn(x), small(y), rankColumn(y));
}

/** Values that can be squared and added up. By a power of two, which costs no digit. */
function small(values: Float64Array): Float64Array {
  const isLarge = values.some((value) => Math.abs(value) > 1e140);
  return isLarge ? values.map((value) => value * 2 ** -600) : values;
}

function edgesOf({ kind }: MeasureColumn, values: Float64Array, most: number): Float64Array {
  return kind === 'date' ? dateEdges(values, most).edges : niceEdges(values, { maxBins: most });
}

function densityOf(
  x: Float64Array,
  y: Float64Array,
  xEdges: Float64Array,
  yEdges: Float64Array,
): Density {
  const width = Math.max(0, xEdges.length - 1);
  const counts = new Int32Array(width * Math.max(0, yEdges.length - 1));
  const columnOf = binFinder(xEdges);
  const lineOf = binFinder(yEdges);
  let nOutside = 0;
  for (let i = 0; i < x.length; i++) {
    const column = columnOf(x[i]);
    const line = lineOf(y[i]);
    if (column < 0 || line < 0) nOutside++;
    else counts[line * width + column]++;
  }
  return { xEdges, yEdges, counts, nOutside };
}

const deciles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Parts at the deciles of `x`; where deciles are equal, there are fewer parts (as pandas' `qcut` with `duplicates='drop'`). */
export function decilesOf(x: Float64Array, y: Float64Array): DecileGroup[] {
  if (x.length === 0) return [];
  const cuts = [...new Set(quantiles(x, deciles))];
  const groupOf = new Uint8Array(x.length);
  const sizes = new Int32Array(cuts.length + 1);
  for (let i = 0; i < x.length; i++) {
    let group = 0;
    // A part holds the decile at its end.
    while (group < cuts.length && x[i] > cuts[group]) group++;
    groupOf[i] = group;
    sizes[group]++;
  }
  const xParts = split(x, groupOf, sizes);
  const yParts = split(y, groupOf, sizes);
  return xParts.flatMap((part, group) =>
    part.length === 0 ? [] : [describeGroup(part, yParts[group])],
  );
}

function split(values: Float64Array, groupOf: Uint8Array, sizes: Int32Array): Float64Array[] {
  const parts = Array.from(sizes, (size) => new Float64Array(size));
  const next = new Int32Array(sizes.length);
  for (let i = 0; i < values.length; i++) parts[groupOf[i]][next[groupOf[i]]++] = values[i];
  return parts;
}

function describeGroup(x: Float64Array, y: Float64Array): DecileGroup {
  const { min, max } = extent(x);
  const [q1, median, q3] = quantiles(y, [0.25, 0.5, 0.75]);
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += y[i];
  return { from: min, to: max, count: y.length, mean: sum / y.length, q1, median, q3 };
}
