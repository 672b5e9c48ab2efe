import type { Context } from '../context';
import type { LoadedMatrix, RowRuns } from '../engine';

/** Silhouette of one labelling. Values in [−1, 1]. */
export interface Silhouette {
  /** Mean over all rows. */
  readonly mean: number;
  /** Mean over the rows of each cluster; NaN where none of them is in the sample. Length nClusters. */
  readonly clusterMeans: readonly number[];
  /** Share of each cluster's rows that lie nearer to another cluster. Length nClusters. */
  readonly clusterNegativeShares: readonly number[];
}

export interface Labelling {
  /** 0 ≤ label < nClusters, for every row of the matrix. */
  readonly labels: Int32Array;
  readonly nClusters: number;
}

/**
 * Exact silhouettes of several labellings in one pass over all pairs of rows.
 *
 *   s_i = (b_i − a_i) / max(a_i, b_i), a_i the mean distance to the other rows of the own cluster, b_i the smallest mean
 *   distance to the rows of another cluster; 0 in a cluster of one row.
 *
 * The distance of each pair is computed once. Rows are sorted by their joint label (the tuple of their labels in all
 * labellings), so that distances are added up per run of equal joint labels and only the totals are spread over the
 * labellings: the cost hardly depends on how many there are.
 * Source: Rousseeuw (1987); scikit-learn `cluster/_unsupervised.py`.
 *
 * @param loaded the matrix; Euclidean distances
 * @param rows the rows to judge by, among themselves: all of them, or a sample
 */
export async function silhouettes(
  loaded: LoadedMatrix,
  rows: Int32Array,
  labellings: readonly Labelling[],
  ctx: Context,
): Promise<Silhouette[]> {
  if (labellings.length === 0) return [];
  const runs = runsOf(rows, labellings);
  const sums = await loaded.distanceSums(runs, async (share) => {
    ctx.progress(share, 1);
    await ctx.breathe();
  });
  let slot = 0;
  return labellings.map((labelling) => {
    const result = summarise(labelling, runs, sums, slot);
    slot += labelling.nClusters;
    return result;
  });
}

/**
 * Exact silhouettes row by row, of one labelling: the values that `silhouettes` sums up.
 *
 * @param rows the rows to judge by, among themselves: all of them, or a sample
 * @returns by row of the matrix; NaN for those that are not among `rows`. Length nSamples
 */
export async function rowSilhouettes(
  loaded: LoadedMatrix,
  rows: Int32Array,
  labelling: Labelling,
  ctx: Context,
): Promise<Float64Array> {
  const runs = runsOf(rows, [labelling]);
  const sums = await loaded.distanceSums(runs, async (share) => {
    ctx.progress(share, 1);
    await ctx.breathe();
  });
  const values = new Float64Array(labelling.labels.length).fill(NaN);
  eachSilhouette(labelling, runs, sums, 0, (row, value) => (values[row] = value));
  return values;
}

/** Rows sorted by joint label; the slots are the clusters of the first labelling, then those of the second, … */
function runsOf(rows: Int32Array, labellings: readonly Labelling[]): RowRuns {
  const joint = jointLabels(rows, labellings);
  const sizes: number[] = [];
  for (const run of joint) sizes[run] = (sizes[run] ?? 0) + 1;
  const ends = new Int32Array(sizes.length);
  for (let run = 1; run < sizes.length; run++) ends[run] = ends[run - 1] + sizes[run - 1];
  const sorted = new Int32Array(rows.length);
  const slots = new Int32Array(sizes.length * labellings.length);
  rows.forEach((row, i) => {
    const run = joint[i];
    sorted[ends[run]++] = row;
    let firstSlot = 0;
    labellings.forEach(({ labels, nClusters }, m) => {
      slots[run * labellings.length + m] = firstSlot + labels[row];
      firstSlot += nClusters;
    });
  });
  const nSlots = labellings.reduce((sum, { nClusters }) => sum + nClusters, 0);
  return { rows: sorted, ends, slots, nSlots };
}

/** Numbers the tuples of labels in order of first appearance. By row of `rows`. */
function jointLabels(rows: Int32Array, labellings: readonly Labelling[]): Int32Array {
  const joint = new Int32Array(rows.length);
  for (const { labels, nClusters } of labellings) {
    const numbers = new Map<number, number>();
    rows.forEach((row, i) => {
      const pair = joint[i] * nClusters + labels[row];
      const number = numbers.get(pair) ?? numbers.size;
      numbers.set(pair, number);
      joint[i] = number;
    });
  }
  return joint;
}

/** @param firstSlot of the labelling in `sums`, which is row-major rows.length × nSlots */
function summarise(
  labelling: Labelling,
  runs: RowRuns,
  sums: Float64Array,
  firstSlot: number,
): Silhouette {
  const { labels, nClusters } = labelling;
  const totals = new Float64Array(nClusters);
  const negative = new Float64Array(nClusters);
  const sizes = eachSilhouette(labelling, runs, sums, firstSlot, (row, value) => {
    totals[labels[row]] += value;
    if (value < 0) negative[labels[row]]++;
  });
  return {
    mean: totals.reduce((sum, value) => sum + value, 0) / runs.rows.length,
    clusterMeans: Array.from(totals, (total, c) => total / sizes[c]),
    clusterNegativeShares: Array.from(negative, (count, c) => count / sizes[c]),
  };
}

/** @returns how many rows each cluster has among those that are judged by */
function eachSilhouette(
  { labels, nClusters }: Labelling,
  { rows, nSlots }: RowRuns,
  sums: Float64Array,
  firstSlot: number,
  use: (row: number, value: number) => void,
): Float64Array {
  const sizes = new Float64Array(nClusters);
  for (const row of rows) sizes[labels[row]]++;
  rows.forEach((row, position) => {
    const from = position * nSlots + firstSlot;
    use(row, silhouetteOfRow(sums.subarray(from, from + nClusters), labels[row], sizes));
  });
  return sizes;
}

function silhouetteOfRow(distances: Float64Array, own: number, sizes: Float64Array): number {
  if (sizes[own] < 2) return 0;
  const a = distances[own] / (sizes[own] - 1);
  let b = Infinity;
  for (let c = 0; c < distances.length; c++) {
    if (c !== own && sizes[c] > 0) b = Math.min(b, distances[c] / sizes[c]);
  }
  const larger = Math.max(a, b);
  return larger > 0 ? (b - a) / larger : 0;
}
