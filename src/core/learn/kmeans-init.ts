import type { Engine, LoadedMatrix } from '../engine';
import { takeRows, type Matrix } from '../matrix';
import { createRandom, type Random } from '../random';

/** Candidates drawn for each further centre; the one that lowers the inertia most is taken. */
const nTrials = 4;
/** Centres begin at some of so many rows; with more of them a seeded sample stands for all. */
const mostCandidates = 2 ** 18;

type Measuring = Pick<LoadedMatrix, 'squaredDistances'>;

/** The rows that centres may begin at. Dispose of it after use. */
export interface Candidates {
  readonly X: Matrix;
  readonly loaded: LoadedMatrix;
  dispose(): void;
}

/** All rows; of very many, a seeded sample of whole rows: looking at all of them for each centre finds no better ones. */
export function candidatesOf(
  X: Matrix,
  loaded: LoadedMatrix,
  seed: number,
  engine: Engine,
): Candidates {
  if (X.nSamples <= mostCandidates) return { X, loaded, dispose: () => undefined };
  const random = createRandom(seed, -2);
  const rows = Int32Array.from({ length: mostCandidates }, () => random.integer(X.nSamples)).sort();
  const sample = takeRows(X, rows);
  const own = engine.load(sample);
  return { X: sample, loaded: own, dispose: () => own.dispose() };
}

/**
 * Greedy k-means++: rows spread out by drawing each next one with probability proportional to its squared distance
 * from those chosen so far. Source: Arthur, Vassilvitskii (2007); scikit-learn `_kmeans.py`, `_kmeans_plusplus`.
 *
 * Differs from scikit-learn: always 4 trials (there 2 + log k), so that the seeds for k are the first k of the seeds for
 * any larger k, and one pass serves a whole sweep.
 *
 * @param X at least `nClusters` rows
 * @param restart which restart: its own stream of random numbers
 * @returns row indices, length nClusters
 */
export function seedRows(
  X: Matrix,
  loaded: Measuring,
  nClusters: number,
  seed: number,
  restart: number,
): Int32Array {
  const random = createRandom(seed, restart);
  const seeds = new Int32Array(nClusters);
  seeds[0] = random.integer(X.nSamples);
  const closest = new Float64Array(X.nSamples).fill(Infinity);
  approach(closest, loaded.squaredDistances(rowAt(X, seeds[0]), 0, X.nSamples), 0);
  for (let c = 1; c < nClusters; c++) seeds[c] = nextSeed(X, loaded, closest, random);
  return seeds;
}

/**
 * One more centre for centres that are there already, chosen as k-means++ would.
 *
 * @param centers row-major nClusters × nFeatures
 * @returns row-major (nClusters + 1) × nFeatures
 */
export function addCenter(
  X: Matrix,
  loaded: Measuring,
  centers: Float64Array,
  seed: number,
): Float64Array {
  const { nFeatures, nSamples: n } = X;
  const closest = new Float64Array(n).fill(Infinity);
  for (let at = 0; at < centers.length; at += nFeatures) {
    approach(closest, loaded.squaredDistances(centers.subarray(at, at + nFeatures), 0, n), 0);
  }
  const random = createRandom(seed, -1 - centers.length / nFeatures);
  const more = new Float64Array(centers.length + nFeatures);
  more.set(centers);
  more.set(rowAt(X, nextSeed(X, loaded, closest, random)), centers.length);
  return more;
}

/**
 * Of some rows drawn with probability ∝ `closest`, the one that lowers the sum of `closest` most, the first on a tie.
 *
 * @param closest squared distance of each row to its nearest centre; lowered to that to the row returned
 */
function nextSeed(X: Matrix, loaded: Measuring, closest: Float64Array, random: Random): number {
  const n = X.nSamples;
  const cumulative = cumulate(closest);
  const trials = Array.from({ length: nTrials }, () => draw(cumulative, random.uniform()));
  const points = new Float64Array(nTrials * X.nFeatures);
  trials.forEach((row, t) => points.set(rowAt(X, row), t * X.nFeatures));
  const distances = loaded.squaredDistances(points, 0, n);
  let best = 0;
  let lowest = Infinity;
  for (let t = 0; t < nTrials; t++) {
    const potential = potentialOf(closest, distances, t * n);
    if (potential < lowest) [best, lowest] = [t, potential];
  }
  approach(closest, distances, best * n);
  return trials[best];
}

/** Σ_i min(closest_i, distance_i), rows ascending. */
function potentialOf(closest: Float64Array, distances: Float64Array, from: number): number {
  let potential = 0;
  for (let i = 0; i < closest.length; i++) {
    const distance = distances[from + i];
    potential += closest[i] < distance ? closest[i] : distance;
  }
  return potential;
}

/** Lowers each of `closest` to the distance at the same place from `from` on, where that is smaller. */
function approach(closest: Float64Array, distances: Float64Array, from: number): void {
  for (let i = 0; i < closest.length; i++) {
    if (distances[from + i] < closest[i]) closest[i] = distances[from + i];
  }
}

function rowAt({ data, nFeatures }: Matrix, row: number): Float64Array {
  return Float64Array.from(data.subarray(row * nFeatures, (row + 1) * nFeatures));
}

function cumulate(values: Float64Array): Float64Array {
  const cumulative = new Float64Array(values.length);
  let total = 0;
  for (let i = 0; i < values.length; i++) cumulative[i] = total += values[i];
  return cumulative;
}

/** The first row whose cumulative weight exceeds u × total. A row of weight 0 is never drawn while others remain. */
function draw(cumulative: Float64Array, u: number): number {
  const last = cumulative.length - 1;
  const target = u * cumulative[last];
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
