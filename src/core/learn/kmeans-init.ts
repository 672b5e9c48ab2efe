import type { Matrix } from '../matrix';
import { createRandom, type Random } from '../random';

/** Candidates drawn for each further centre; the one that lowers the inertia most is taken. */
const nTrials = 4;

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
export function seedRows(X: Matrix, nClusters: number, seed: number, restart: number): Int32Array {
  const random = createRandom(seed, restart);
  const seeds = new Int32Array(nClusters);
  seeds[0] = random.integer(X.nSamples);
  let closest = squaredDistances(X, rowAt(X, seeds[0]));
  for (let c = 1; c < nClusters; c++) {
    const next = nextSeed(X, closest, random);
    seeds[c] = next.row;
    closest = next.closest;
  }
  return seeds;
}

/**
 * One more centre for centres that are there already, chosen as k-means++ would.
 *
 * @param centers row-major nClusters × nFeatures
 * @returns row-major (nClusters + 1) × nFeatures
 */
export function addCenter(X: Matrix, centers: Float64Array, seed: number): Float64Array {
  const { nFeatures } = X;
  let closest: Float64Array | undefined;
  for (let at = 0; at < centers.length; at += nFeatures) {
    const distances = squaredDistances(X, centers.subarray(at, at + nFeatures));
    closest = closest === undefined ? distances : nearer(closest, distances);
  }
  const more = new Float64Array(centers.length + nFeatures);
  more.set(centers);
  if (closest !== undefined) {
    const random = createRandom(seed, -1 - centers.length / nFeatures);
    more.set(rowAt(X, nextSeed(X, closest, random).row), centers.length);
  }
  return more;
}

/** Of `nTrials` rows drawn with probability ∝ `closest`, the one that lowers the sum of `closest` most. */
function nextSeed(X: Matrix, closest: Float64Array, random: Random) {
  const cumulative = cumulate(closest);
  let best: { row: number; closest: Float64Array } | undefined;
  let bestPotential = Infinity;
  for (let trial = 0; trial < nTrials; trial++) {
    const row = draw(cumulative, random.uniform());
    const candidate = nearer(closest, squaredDistances(X, rowAt(X, row)));
    const potential = sum(candidate);
    if (best === undefined || potential < bestPotential) {
      best = { row, closest: candidate };
      bestPotential = potential;
    }
  }
  return best as { row: number; closest: Float64Array };
}

function rowAt({ data, nFeatures }: Matrix, row: number): Float64Array {
  return Float64Array.from(data.subarray(row * nFeatures, (row + 1) * nFeatures));
}

function squaredDistances(X: Matrix, point: Float64Array): Float64Array {
  const { data, nSamples, nFeatures } = X;
  const distances = new Float64Array(nSamples);
  for (let i = 0, at = 0; i < nSamples; i++) {
    let distance = 0;
    for (let j = 0; j < nFeatures; j++) {
      const difference = data[at++] - point[j];
      distance += difference * difference;
    }
    distances[i] = distance;
  }
  return distances;
}

/** The smaller of both, element by element, written into `b`. */
function nearer(a: Float64Array, b: Float64Array): Float64Array {
  for (let i = 0; i < b.length; i++) if (a[i] < b[i]) b[i] = a[i];
  return b;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
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
