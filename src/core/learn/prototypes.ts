import type { Context } from '../context';
import { copyRows, matrix, takeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';

export interface Prototypes {
  /** Row-major nPrototypes × nFeatures: the mean of the rows of each. */
  readonly centers: Float64Array;
  /** Rows of each; none is 0. */
  readonly sizes: Float64Array;
  /** The prototype of each row. */
  readonly labels: Int32Array;
}

/** The same for any settings, so that a tree of prototypes depends on the data alone. */
const seed = 42;
const sampleRows = 20_000;
/** Iterations of K-Means on the sample. More of them move the prototypes within their neighbourhoods. */
const nIter = 5;
/** Rows that are labelled between two rests. */
const stretch = 8_192;

/**
 * Many small groups that stand for all rows: a few iterations of K-Means on a sample, from random rows of it; then every
 * row goes to the nearest centre, and each centre to the mean of its rows.
 *
 * @param X more rows than prototypes
 * @param nPrototypes at most; centres that no row is nearest to are dropped
 */
export async function fitPrototypes(
  X: Matrix,
  nPrototypes: number,
  ctx: Context,
): Promise<Prototypes> {
  const rows = Int32Array.from({ length: X.nSamples }, (_, i) => i);
  const sample = takeRows(X, createRandom(seed).shuffle(rows).subarray(0, sampleRows));
  let centers: Float64Array = Float64Array.from(sample.data.subarray(0, nPrototypes * X.nFeatures));
  for (let iteration = 0; iteration < nIter; iteration++) {
    ({ centers } = await moveToMeans(sample, centers, ctx));
  }
  return await moveToMeans(X, centers, ctx);
}

/** One iteration. */
async function moveToMeans(X: Matrix, from: Float64Array, ctx: Context): Promise<Prototypes> {
  const { nSamples, nFeatures } = X;
  const nClusters = from.length / nFeatures;
  const labels = new Int32Array(nSamples);
  const sums = new Float64Array(from.length);
  const counts = new Float64Array(nClusters);
  for (let first = 0; first < nSamples; first += stretch) {
    const end = Math.min(nSamples, first + stretch);
    const some = copyRows(X, first, end);
    const loaded = ctx.engine.load(matrix(some, end - first, nFeatures));
    try {
      const theirs = labels.subarray(first, end);
      await loaded.assign(from, nClusters, theirs);
      const more = loaded.sums(theirs, nClusters);
      more.sums.forEach((value, at) => (sums[at] += value));
      more.counts.forEach((count, c) => (counts[c] += count));
    } finally {
      loaded.dispose();
    }
    await ctx.breathe();
  }
  return dropEmpty(sums, counts, labels);
}

function dropEmpty(sums: Float64Array, counts: Float64Array, labels: Int32Array): Prototypes {
  const nFeatures = sums.length / counts.length;
  const kept = Int32Array.from(counts.keys()).filter((c) => counts[c] > 0);
  const rank = new Int32Array(counts.length);
  const centers = new Float64Array(kept.length * nFeatures);
  kept.forEach((c, to) => {
    rank[c] = to;
    for (let j = 0; j < nFeatures; j++) {
      centers[to * nFeatures + j] = sums[c * nFeatures + j] / counts[c];
    }
  });
  return {
    centers,
    sizes: Float64Array.from(kept, (c) => counts[c]),
    labels: labels.map((c) => rank[c]),
  };
}
