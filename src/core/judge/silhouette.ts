import type { Context } from '../context';
import type { Matrix } from '../matrix';

/** Silhouette of one labelling. Values in [−1, 1]. */
export interface Silhouette {
  /** Mean over all rows. */
  readonly mean: number;
  /** Mean over the rows of each cluster. Length nClusters. */
  readonly clusterMeans: readonly number[];
  /** Share of each cluster's rows that lie nearer to another cluster. Length nClusters. */
  readonly clusterNegativeShares: readonly number[];
}

export interface Labelling {
  /** 0 ≤ label < nClusters, every cluster non-empty. Length nSamples. */
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
 * @param X nSamples × nFeatures; Euclidean distances, float64
 */
export async function silhouettes(
  X: Matrix,
  labellings: readonly Labelling[],
  ctx: Context,
): Promise<Silhouette[]> {
  if (labellings.length === 0) return [];
  const joint = sortByJointLabel(labellings, X.nSamples);
  const sums = await distanceSums(X, labellings, joint, ctx);
  return labellings.map((labelling, m) => summarise(labelling, sums[m]));
}

interface JointOrder {
  /** Rows sorted by joint label. */
  readonly order: Int32Array;
  /** Start of each run of equal joint labels in `order`, and nSamples at the end. */
  readonly starts: Int32Array;
}

function sortByJointLabel(labellings: readonly Labelling[], nSamples: number): JointOrder {
  const order = Int32Array.from({ length: nSamples }, (_, i) => i);
  const compare = (a: number, b: number) => {
    for (const { labels } of labellings) if (labels[a] !== labels[b]) return labels[a] - labels[b];
    return 0;
  };
  order.sort((a, b) => compare(a, b) || a - b);
  const starts = [0];
  for (let i = 1; i < nSamples; i++) if (compare(order[i - 1], order[i]) !== 0) starts.push(i);
  starts.push(nSamples);
  return { order, starts: Int32Array.from(starts) };
}

/** Per labelling, row-major nSamples × nClusters: the sum of the distances from each row to each cluster. */
async function distanceSums(
  { data, nSamples, nFeatures }: Matrix,
  labellings: readonly Labelling[],
  { order, starts }: JointOrder,
  ctx: Context,
): Promise<Float64Array[]> {
  const sorted = new Float64Array(nSamples * nFeatures);
  order.forEach((row, position) => {
    sorted.set(data.subarray(row * nFeatures, (row + 1) * nFeatures), position * nFeatures);
  });
  const sums = labellings.map(({ nClusters }) => new Float64Array(nSamples * nClusters));
  const add = (position: number, run: number, value: number) => {
    const [row, member] = [order[position], order[starts[run]]];
    for (let m = 0; m < labellings.length; m++) {
      sums[m][row * labellings[m].nClusters + labellings[m].labels[member]] += value;
    }
  };
  const nRuns = starts.length - 1;
  const columnSums = new Float64Array(nSamples);
  const totals = new Float64Array(nRuns);
  for (let run = 0; run < nRuns; run++) {
    columnSums.fill(0);
    for (let a = starts[run]; a < starts[run + 1]; a++) {
      pairDistances(sorted, nFeatures, a, starts, run, columnSums, totals);
      for (let other = run; other < nRuns; other++) add(a, other, totals[other]);
      if (a % 16 === 0) {
        // Row a has nSamples − a partners left, so the work done grows as 1 − (1 − a/n)².
        ctx.progress(1 - (1 - a / nSamples) ** 2, 1);
        await ctx.breathe();
      }
    }
    for (let b = starts[run] + 1; b < nSamples; b++) add(b, run, columnSums[b]);
  }
  return sums;
}

/**
 * Distances from row `a` to all later rows: their totals per run, and each added to `columnSums` at the later row.
 */
function pairDistances(
  sorted: Float64Array,
  nFeatures: number,
  a: number,
  starts: Int32Array,
  firstRun: number,
  columnSums: Float64Array,
  totals: Float64Array,
): void {
  const base = a * nFeatures;
  let b = a + 1;
  for (let run = firstRun; run < totals.length; run++) {
    const end = starts[run + 1];
    let total = 0;
    for (; b < end; b++) {
      let squared = 0;
      for (let j = 0, at = b * nFeatures; j < nFeatures; j++) {
        const difference = sorted[base + j] - sorted[at + j];
        squared += difference * difference;
      }
      const distance = Math.sqrt(squared);
      total += distance;
      columnSums[b] += distance;
    }
    totals[run] = total;
  }
}

function summarise({ labels, nClusters }: Labelling, sums: Float64Array): Silhouette {
  const sizes = new Float64Array(nClusters);
  for (const label of labels) sizes[label]++;
  const totals = new Float64Array(nClusters);
  const negative = new Float64Array(nClusters);
  labels.forEach((own, i) => {
    const value = silhouetteOfRow(sums.subarray(i * nClusters, (i + 1) * nClusters), own, sizes);
    totals[own] += value;
    if (value < 0) negative[own]++;
  });
  return {
    mean: totals.reduce((sum, value) => sum + value, 0) / labels.length,
    clusterMeans: Array.from(totals, (total, c) => total / sizes[c]),
    clusterNegativeShares: Array.from(negative, (count, c) => count / sizes[c]),
  };
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
