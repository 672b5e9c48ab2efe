import type { Context } from '../context';
import { contact, meansOf } from '../judge/contact';
import { crowding } from '../judge/crowding';
import { neighbourhood, type Neighbourhood } from '../judge/neighbourhood';
import { silhouettes, type Labelling } from '../judge/silhouette';
import { rowsToJudgeBy } from '../learn/sweep';
import { copyRows, matrix, takeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { mapSentences, standingInFull, standingLabels, standingOf } from './map-words';

/** How far a map can be trusted. */
export interface MapTrust {
  /** Null where there are too few customers to have neighbours. */
  readonly neighbourhood: Neighbourhood | null;
  /** Mean silhouettes of the segments, of the same customers in both spaces; null where one means nothing. */
  readonly silhouette: { readonly picture: number; readonly full: number } | null;
  readonly pairs: readonly PairOnMap[];
  /** Customers that neighbours and pairs were judged by, among themselves. */
  readonly nRows: number;
  readonly nRowsInAll: number;
  readonly nFeatures: number;
}

/** Two segments. */
export interface PairOnMap {
  readonly a: number;
  readonly b: number;
  /** `contact` on the map, and over all columns. */
  readonly picture: number;
  readonly full: number;
  /** `crowding` over all columns. */
  readonly crowding: number;
}

/** With its words: they are made where the numbers are, so that the page need not know how. */
export interface MapTrustTold extends Omit<MapTrust, 'pairs'> {
  readonly pairs: readonly (PairOnMap & { readonly seen: string; readonly is: string })[];
  readonly sentences: readonly string[];
}

/** @param names of the segments */
export function tellMapTrust(trust: MapTrust, names: readonly string[]): MapTrustTold {
  return {
    ...trust,
    pairs: trust.pairs.map((pair) => ({
      ...pair,
      seen: standingLabels[standingOf(pair.picture)],
      is: standingLabels[standingInFull(pair)],
    })),
    sentences: mapSentences(trust, names),
  };
}

/** Up to here neighbours are exact; above they are those of a sample of this many customers among themselves. */
export const exactRows = 10_000;
const nNeighbours = 15;
const sampleStream = -5;

/**
 * Compares the map with the space that it is a picture of.
 *
 * @param scores row-major nSamples × 2
 */
export async function trustMap(
  X: Matrix,
  scores: Float32Array,
  fit: Labelling,
  seed: number,
  ctx: Context,
): Promise<MapTrust> {
  const rows = sampleOf(X.nSamples, seed);
  const space = rows === null ? whole(X) : takeRows(X, rows);
  const plane = matrix(scores, X.nSamples, 2);
  const picture = rows === null ? plane : takeRows(plane, rows);
  const labels = rows === null ? fit.labels : rows.map((row) => fit.labels[row]);
  const { nClusters } = fit;
  // Nobody listens to parts of a second.
  const quiet = { ...ctx, progress: () => undefined };
  const meanIn = (space: Matrix) => silhouetteIn(space, rowsToJudgeBy(X, seed), fit, quiet);
  return {
    pairs: pairsOf(space, picture, { labels, nClusters }),
    silhouette:
      nClusters > 1 && nClusters < X.nSamples
        ? { picture: await meanIn(plane), full: await meanIn(X) }
        : null,
    neighbourhood: (await neighbourhood(space, picture, nNeighbours, ctx)) ?? null,
    nRows: space.nSamples,
    nRowsInAll: X.nSamples,
    nFeatures: X.nFeatures,
  };
}

async function silhouetteIn(
  space: Matrix,
  rows: Int32Array,
  fit: Labelling,
  ctx: Context,
): Promise<number> {
  const loaded = ctx.engine.load(space);
  try {
    const [{ mean }] = await silhouettes(loaded, rows, [fit], ctx);
    return mean;
  } finally {
    loaded.dispose();
  }
}

function pairsOf(space: Matrix, picture: Matrix, fit: Labelling): PairOnMap[] {
  const { labels, nClusters } = fit;
  const withMeans = (of: Matrix) => ({ ...fit, centers: meansOf(of, labels, nClusters) });
  const inFull = contact(space, withMeans(space));
  const between = crowding(space, withMeans(space));
  const inPicture = contact(picture, withMeans(picture));
  return inFull.flatMap((row, a) =>
    row
      .map((full, b) => ({ a, b, full, picture: inPicture[a][b], crowding: between[a][b] }))
      .filter(({ b }) => b > a),
  );
}

/** Some of very many rows, ascending; null: all of them. */
function sampleOf(nSamples: number, seed: number): Int32Array | null {
  if (nSamples <= exactRows) return null;
  const random = createRandom(seed, sampleStream);
  const chosen = new Set<number>();
  while (chosen.size < exactRows) chosen.add(random.integer(nSamples));
  return Int32Array.from(chosen).sort();
}

function whole(X: Matrix): Matrix {
  return matrix(copyRows(X, 0, X.nSamples), X.nSamples, X.nFeatures);
}
