import { mostTrials, type Engine, type LoadedMatrix, type Reach } from '../engine';
import { copyRows, takeRows, type Matrix } from '../matrix';
import { createRandom, type Random } from '../random';

/** Centres begin at some of so many rows; with more of them a seeded sample stands for all. */
const mostCandidates = 2 ** 18;

type Measuring = Pick<LoadedMatrix, 'reach'>;

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
  const reach = loaded.reach();
  try {
    seeds[0] = random.integer(X.nSamples);
    reach.addBest(rowsAt(X, [seeds[0]]));
    for (let c = 1; c < nClusters; c++) seeds[c] = nextSeed(X, reach, random);
  } finally {
    reach.dispose();
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
  loaded: Measuring,
  centers: Float64Array,
  seed: number,
): Float64Array {
  const { nFeatures } = X;
  const random = createRandom(seed, -1 - centers.length / nFeatures);
  const more = new Float64Array(centers.length + nFeatures);
  const reach = loaded.reach();
  try {
    reach.addAll(centers);
    more.set(centers);
    more.set(rowsAt(X, [nextSeed(X, reach, random)]), centers.length);
  } finally {
    reach.dispose();
  }
  return more;
}

/** Of some rows drawn with probability ∝ their squared distance to the nearest point, the one that lowers its sum most. */
function nextSeed(X: Matrix, reach: Reach, random: Random): number {
  const cumulative = reach.cumulative();
  const trials = Array.from({ length: mostTrials }, () => draw(cumulative, random.uniform()));
  return trials[reach.addBest(rowsAt(X, trials))];
}

function rowsAt(X: Matrix, rows: readonly number[]): Float64Array {
  const { nFeatures } = X;
  const points = new Float64Array(rows.length * nFeatures);
  rows.forEach((row, at) => {
    points.set(copyRows(X, row, row + 1), at * nFeatures);
  });
  return points;
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
