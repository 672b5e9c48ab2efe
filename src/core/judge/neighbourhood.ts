import type { Context } from '../context';
import type { Matrix } from '../matrix';

/** How far the neighbours in a picture are the neighbours in the space that it is a picture of. */
export interface Neighbourhood {
  /** 1: whoever is near in the picture is near in the space; about ½ by chance. */
  readonly trustworthiness: number;
  /** 1: whoever is near in the space is near in the picture; about ½ by chance. */
  readonly continuity: number;
  readonly nNeighbours: number;
  readonly nRows: number;
}

/** Distances are looked up by this many of their equal parts. */
const nBuckets = 256;
/** Rows between two rests. */
const stretch = 16;

/**
 * Trustworthiness and continuity of a picture, from the ranks of all distances.
 *
 *   T = 1 − 2 / (n·k·(2n − 3k − 1)) · Σ_i Σ_j (r(i, j) − k), j among the k nearest of i in the picture but not in the
 *   space, r(i, j) the place of j by its distance from i in the space; C is the same with the two exchanged.
 *
 * Source: Venna, Kaski (2001); scikit-learn `manifold/_t_sne.py`, `trustworthiness`. Equal distances: the earlier row is
 * nearer (scikit-learn leaves that open).
 *
 * @param space n × d, Euclidean distances in float64
 * @param picture n × 2 or any other number of columns
 * @param nNeighbours k; fewer are taken where k is not below n / 2, as the formula wants
 * @returns undefined for fewer than 4 rows
 */
export async function neighbourhood(
  space: Matrix,
  picture: Matrix,
  nNeighbours: number,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<Neighbourhood | undefined> {
  const n = space.nSamples;
  const k = Math.min(nNeighbours, Math.ceil(n / 2) - 1);
  if (n < 4 || k < 1) return undefined;
  const [inSpace, inPicture] = [ranking(space, k), ranking(picture, k)];
  let intruded = 0;
  let lost = 0;
  for (let i = 0; i < n; i++) {
    inSpace.look(i);
    inPicture.look(i);
    intruded += inSpace.excessOf(inPicture.nearest);
    lost += inPicture.excessOf(inSpace.nearest);
    if (i % stretch === 0) {
      ctx.progress(i, n);
      await ctx.breathe();
    }
  }
  const scale = 2 / (n * k * (2 * n - 3 * k - 1));
  return {
    trustworthiness: 1 - scale * intruded,
    continuity: 1 - scale * lost,
    nNeighbours: k,
    nRows: n,
  };
}

/** Looks from one row at all others. Its loops run over all pairs of rows: they are plain for the sake of speed. */
function ranking({ data, nSamples, nFeatures }: Matrix, k: number) {
  const distances = new Float64Array(nSamples);
  const nearest = new Int32Array(k);
  // Of those that excess is counted of: rows and distances, the nearest first, and rows since the one before.
  const rows = new Int32Array(k);
  const limits = new Float64Array(k);
  const before = new Float64Array(k);
  const startOf = new Int32Array(nBuckets + 1);

  return {
    /** The k nearest to the row looked from, in their order. */
    nearest,

    look(row: number): void {
      measure(data, nFeatures, row, distances);
      // Nobody is a neighbour of itself.
      distances[row] = Infinity;
      let nFound = 0;
      let limit = Infinity;
      for (let j = 0; j < nSamples; j++) {
        const distance = distances[j];
        if (nFound === k && distance >= limit) continue;
        let at = nFound < k ? nFound++ : k - 1;
        while (at > 0 && distances[nearest[at - 1]] > distance) {
          nearest[at] = nearest[at - 1];
          at--;
        }
        nearest[at] = j;
        limit = distances[nearest[nFound - 1]];
      }
    },

    /** Σ (place − k) of those among some rows that are not among the k nearest. */
    excessOf(others: Int32Array): number {
      const last = nearest[k - 1];
      let nStrangers = 0;
      for (const row of others) {
        const distance = distances[row];
        if (distance < distances[last] || (distance === distances[last] && row <= last)) continue;
        let at = nStrangers++;
        while (
          at > 0 &&
          (limits[at - 1] > distance || (limits[at - 1] === distance && rows[at - 1] > row))
        ) {
          limits[at] = limits[at - 1];
          rows[at] = rows[at - 1];
          at--;
        }
        limits[at] = distance;
        rows[at] = row;
      }
      if (nStrangers === 0) return 0;
      const end = nStrangers - 1;
      const farthest = limits[end];
      before.fill(0);
      // How many of them are surely nearer than whoever falls into this bucket: the search begins there.
      const scale = farthest > 0 ? nBuckets / farthest : 0;
      for (let bucket = 0, at = 0; bucket <= nBuckets; bucket++) {
        while (at < nStrangers && Math.floor(limits[at] * scale) < bucket) at++;
        startOf[bucket] = at;
      }
      for (let j = 0; j < nSamples; j++) {
        const distance = distances[j];
        if (distance > farthest || (distance === farthest && j >= rows[end])) continue;
        let at = startOf[Math.floor(distance * scale)];
        while (limits[at] < distance || (limits[at] === distance && rows[at] <= j)) at++;
        before[at]++;
      }
      let place = 1;
      let excess = 0;
      for (let at = 0; at < nStrangers; at++) {
        place += before[at];
        excess += place - k;
      }
      return excess;
    },
  };
}

/** Squared distances, which rank as distances do. */
function measure(data: Float32Array, nFeatures: number, row: number, distances: Float64Array) {
  const own = Float64Array.from(data.subarray(row * nFeatures, (row + 1) * nFeatures));
  const odd = nFeatures % 2;
  for (let j = 0, at = 0; j < distances.length; j++) {
    // Two sums: the processor adds to one while it waits for the other.
    let even = 0;
    let sum = 0;
    if (odd === 1) {
      const difference = data[at++] - own[0];
      sum = difference * difference;
    }
    for (let f = odd; f < nFeatures; f += 2, at += 2) {
      const one = data[at] - own[f];
      const other = data[at + 1] - own[f + 1];
      even += one * one;
      sum += other * other;
    }
    distances[j] = sum + even;
  }
}
