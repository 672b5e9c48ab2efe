import { sumBlockRows, type ClusterSums, type RowRange, type RowRuns } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';

/** `LoadedMatrix.sums` by a plain loop: the definition of its bits. */
export function sumRows(
  { data, nSamples, nFeatures }: Matrix,
  labels: Int32Array,
  nClusters: number,
): ClusterSums {
  const sums = new Float64Array(nClusters * nFeatures);
  const counts = new Float64Array(nClusters);
  for (let i = 0, at = 0; i < nSamples; i++) {
    const base = labels[i] * nFeatures;
    counts[labels[i]]++;
    for (let j = 0; j < nFeatures; j++) sums[base + j] += data[at++];
  }
  return { sums, counts };
}

/** `LoadedMatrix.inertias`. */
export function inertiasOf(X: Matrix, labels: Int32Array, centers: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.ceil(X.nSamples / sumBlockRows) }, (_, block) =>
    inertiaOf(X, labels, centers, block * sumBlockRows),
  );
}

/** Two rows at a time: two sums that do not wait for each other. */
function inertiaOf(
  { data, nSamples, nFeatures }: Matrix,
  labels: Int32Array,
  centers: Float64Array,
  start: number,
): number {
  const end = Math.min(nSamples, start + sumBlockRows);
  let inertia = 0;
  for (let i = start; i < end; i += 2) {
    const other = i + 1 < end ? i + 1 : i;
    const [a, b] = [i * nFeatures, other * nFeatures];
    const [p, q] = [labels[i] * nFeatures, labels[other] * nFeatures];
    let first = 0;
    let second = 0;
    for (let j = 0; j < nFeatures; j++) {
      const x = data[a + j] - centers[p + j];
      const y = data[b + j] - centers[q + j];
      first += x * x;
      second += y * y;
    }
    inertia += first;
    if (other !== i) inertia += second;
  }
  return inertia;
}

/** Rows between two rests: some milliseconds of work at 10,000 rows. */
const rowsPerStretch = 16;

/** `LoadedMatrix.distanceSums` by plain loops in float64. The distance of each pair of rows is computed once. */
export async function plainDistanceSums(
  X: Matrix,
  runs: RowRuns,
  rest: (share: number) => Promise<void>,
  range?: RowRange,
): Promise<Float64Array> {
  const { rows, ends, nSlots } = runs;
  const n = rows.length;
  const sorted = takeRows(X, rows);
  const sums = new Float64Array(n * nSlots);
  const distances = new Float64Array(n);
  const toRun = new Float64Array(n);
  for (let run = 0, a = 0; run < ends.length; run++) {
    toRun.fill(0);
    for (; a < ends[run]; a++) {
      laterDistances(sorted, X.nFeatures, a, distances);
      for (let b = a + 1; b < n; b++) toRun[b] += distances[b];
      addTotals(runs, a, run, distances, sums);
      if (a % rowsPerStretch === 0) {
        // Row a has n − a partners left, so the work done grows as 1 − (1 − a/n)².
        await rest(1 - (1 - a / n) ** 2);
      }
    }
    // What the rows of this run have found on their way to the later ones.
    for (let b = run === 0 ? 0 : ends[run - 1]; b < n; b++) addTo(runs, sums, b, run, toRun[b]);
  }
  return range === undefined ? sums : sums.slice(range.first * nSlots, range.end * nSlots);
}

function takeRows({ data, nFeatures }: Matrix, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length * nFeatures);
  rows.forEach((row, position) => {
    taken.set(data.subarray(row * nFeatures, (row + 1) * nFeatures), position * nFeatures);
  });
  return taken;
}

/**
 * Distances from row `a` to all later rows. Four at a time: sums that do not wait for each other take half the time.
 *
 * @param distances written, from a + 1 on
 */
function laterDistances(
  sorted: Float64Array,
  nFeatures: number,
  a: number,
  distances: Float64Array,
): void {
  const base = a * nFeatures;
  const last = distances.length - 1;
  for (let b = a + 1; b <= last; b += 4) {
    // Past the end the last row stands in: its distance is written more than once.
    let p = b * nFeatures - 1;
    let q = Math.min(b + 1, last) * nFeatures - 1;
    let r = Math.min(b + 2, last) * nFeatures - 1;
    let s = Math.min(b + 3, last) * nFeatures - 1;
    let d0 = 0;
    let d1 = 0;
    let d2 = 0;
    let d3 = 0;
    for (let at = base; at < base + nFeatures; at++) {
      const x = sorted[at];
      d0 += (x - sorted[++p]) * (x - sorted[p]);
      d1 += (x - sorted[++q]) * (x - sorted[q]);
      d2 += (x - sorted[++r]) * (x - sorted[r]);
      d3 += (x - sorted[++s]) * (x - sorted[s]);
    }
    distances[b] = Math.sqrt(d0);
    if (b + 1 <= last) distances[b + 1] = Math.sqrt(d1);
    if (b + 2 <= last) distances[b + 2] = Math.sqrt(d2);
    if (b + 3 <= last) distances[b + 3] = Math.sqrt(d3);
  }
}

/** Adds the distances from row `a` to the later rows, run by run. */
function addTotals(
  runs: RowRuns,
  a: number,
  firstRun: number,
  distances: Float64Array,
  sums: Float64Array,
): void {
  for (let run = firstRun, b = a + 1; run < runs.ends.length; run++) {
    const end = runs.ends[run];
    let total = 0;
    for (; b < end; b++) total += distances[b];
    addTo(runs, sums, a, run, total);
  }
}

/** Adds a distance, or a total of them, from the row at `position` to `run`. */
function addTo(
  { ends, slots, nSlots }: RowRuns,
  sums: Float64Array,
  position: number,
  run: number,
  value: number,
): void {
  const nLabellings = slots.length / ends.length;
  const base = position * nSlots;
  for (let m = run * nLabellings; m < (run + 1) * nLabellings; m++) sums[base + slots[m]] += value;
}
