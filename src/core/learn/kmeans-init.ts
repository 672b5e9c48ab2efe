import type { LoadedMatrix } from '../engine';
import type { Matrix } from '../matrix';
import { createRandom, type Random } from '../random';

/** Candidates drawn for each further centre; the one that lowers the inertia most is taken. */
const nTrials = 4;
/** Rows whose distances are held at a time. */
const stretch = 8_192;

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
  loaded: LoadedMatrix,
  nClusters: number,
  seed: number,
  restart: number,
): Int32Array {
  const random = createRandom(seed, restart);
  const seeds = new Int32Array(nClusters);
  seeds[0] = random.integer(X.nSamples);
  const closest = new Float64Array(X.nSamples).fill(Infinity);
  for (let c = 1; c < nClusters; c++) {
    approach(loaded, rowAt(X, seeds[c - 1]), closest);
    seeds[c] = nextSeed(X, loaded, closest, random);
  }
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
  loaded: LoadedMatrix,
  centers: Float64Array,
  seed: number,
): Float64Array {
  const { nFeatures } = X;
  const closest = new Float64Array(X.nSamples).fill(Infinity);
  for (let at = 0; at < centers.length; at += nFeatures) {
    approach(loaded, centers.subarray(at, at + nFeatures), closest);
  }
  const random = createRandom(seed, -1 - centers.length / nFeatures);
  const more = new Float64Array(centers.length + nFeatures);
  more.set(centers);
  more.set(rowAt(X, nextSeed(X, loaded, closest, random)), centers.length);
  return more;
}

/** Of some rows drawn with probability ∝ `closest`, the one that lowers the sum of `closest` most, the first on a tie. */
function nextSeed(X: Matrix, loaded: LoadedMatrix, closest: Float64Array, random: Random): number {
  const cumulative = cumulate(closest);
  const trials = Array.from({ length: nTrials }, () => draw(cumulative, random.uniform()));
  const points = new Float64Array(nTrials * X.nFeatures);
  trials.forEach((row, t) => points.set(rowAt(X, row), t * X.nFeatures));
  const potentials = potentialsOf(loaded, closest, points);
  let best = 0;
  for (let t = 1; t < nTrials; t++) if (potentials[t] < potentials[best]) best = t;
  return trials[best];
}

/** Σ_i min(closest_i, ‖x_i − point‖²) for each of the points, rows ascending. */
function potentialsOf(loaded: LoadedMatrix, closest: Float64Array, points: Float64Array) {
  const potentials = new Float64Array(nTrials);
  for (let first = 0; first < closest.length; first += stretch) {
    const end = Math.min(closest.length, first + stretch);
    const distances = loaded.squaredDistances(points, first, end);
    for (let t = 0, at = 0; t < nTrials; t++) {
      let potential = potentials[t];
      for (let i = first; i < end; i++, at++) {
        potential += closest[i] < distances[at] ? closest[i] : distances[at];
      }
      potentials[t] = potential;
    }
  }
  return potentials;
}

function rowAt({ data, nFeatures }: Matrix, row: number): Float64Array {
  return Float64Array.from(data.subarray(row * nFeatures, (row + 1) * nFeatures));
}

/** Lowers `closest`, the squared distance of each row to its nearest centre, to that to `point` where it is nearer. */
function approach(loaded: LoadedMatrix, point: Float64Array, closest: Float64Array): void {
  for (let first = 0; first < closest.length; first += stretch) {
    const end = Math.min(closest.length, first + stretch);
    const distances = loaded.squaredDistances(point, first, end);
    for (let i = first; i < end; i++) closest[i] = Math.min(closest[i], distances[i - first]);
  }
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
