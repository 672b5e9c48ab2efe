import { part, type Context } from '../context';
import type { LoadedMatrix } from '../engine';
import { whenNear, type KMeans } from '../learn/kmeans';
import type { Sweep } from '../learn/sweep';
import { takeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { bootstrapStability, type Stability } from './bootstrap';
import { connectedGroups, type ConnectedGroups } from './connected';
import { crowding } from './crowding';
import { gapStatistic, type Gap } from './gap';
import { fitNullTables, type NullFit } from './null-fits';
import { predictionStrength, type PredictionStrength } from './prediction-strength';
import { whileLoaded } from './refit';
import { chanceOf, chanceOfAny } from './chance';
import type { TrustParams } from './trust-params';
import { judge, rankCandidates, type Evidence, type Verdict } from './verdict';

/** How far a segmentation can be trusted, for every number of segments that was tried. */
export interface Trust {
  /** Rows that it rests on: all, or a seeded sample above `trustRows`. */
  readonly nRows: number;
  readonly nRowsInAll: number;
  /** k = 2, 3, … */
  readonly candidates: readonly TrustCandidate[];
  /** Index k − 1, from k = 1; null where inertias are 0. */
  readonly gap: { readonly box: Gap | null; readonly shuffled: Gap | null };
  /** null where there is no candidate. */
  readonly predictionStrength: PredictionStrength | null;
  /** The number of segments to begin with, the one to look at next, and what is to be said of the first. */
  readonly recommended: number | null;
  readonly runnerUp: number | null;
  readonly verdict: Verdict;
  /** Groups that K-Means cannot form, whatever their number; null where there are none. */
  readonly connected: ConnectedGroups | null;
}

export interface TrustCandidate extends Evidence {
  readonly nClusters: number;
  /** Mean silhouettes of the tables without groups, averaged. */
  readonly chanceSilhouettes: { readonly shuffled: number; readonly gaussian: number };
  /** Median over the bootstraps; 0 where there was none. */
  readonly adjustedRandIndex: number;
  readonly verdict: Verdict;
  /** By segment. */
  readonly segments: readonly Verdict[];
}

/** Up to here all rows are drawn from; above a seeded sample of so many stands for all. */
export const trustRows = 10_000;
/** How often the rows are split in two. */
const nSplits = 20;
/** Fewer rows than this say nothing about trust. */
const fewestRows = 20;
/** Up to so many rows further starts cost next to nothing. */
const smallTable = 2_000;

/**
 * Draws customers anew, splits them in halves and compares with tables without groups. It stands for all numbers of
 * segments at once, so that choosing another one asks for nothing.
 *
 * @param X what was clustered
 * @param sweep the clusterings of X for k = 1, 2, …
 */
export async function judgeTrust(
  X: Matrix,
  sweep: Pick<Sweep, 'fits' | 'silhouettes'>,
  params: TrustParams,
  ctx: Context,
): Promise<Trust> {
  const rows = rowsToDrawFrom(X, params.seed);
  const sample = rows === undefined ? X : takeRows(X, rows);
  return whileLoaded(sample, ctx, async (loaded) => {
    const fits = rows === undefined ? sweep.fits : await refine(sample, loaded, sweep.fits, ctx);
    return {
      nRows: sample.nSamples,
      nRowsInAll: X.nSamples,
      ...(await judgeFits(sample, loaded, fits, sweep, params, ctx)),
    };
  });
}

type Fit = Pick<KMeans, 'nClusters' | 'centers' | 'labels' | 'inertia' | 'sizes'>;

async function judgeFits(
  X: Matrix,
  loaded: LoadedMatrix,
  fits: readonly Fit[],
  { silhouettes }: Pick<Sweep, 'silhouettes'>,
  { nBootstraps, nReferences, seed }: TrustParams,
  ctx: Context,
): Promise<Omit<Trust, 'nRows' | 'nRowsInAll'>> {
  const judged = fits.filter(({ nClusters }) => silhouettes[nClusters - 1] !== undefined);
  if (judged.length === 0 || X.nSamples < fewestRows) return nothingToSay;
  const isSmall = X.nSamples <= smallTable;
  const ks = judged.map(({ nClusters }) => nClusters);
  const references = await fitNullTables(
    X,
    loaded,
    { ks: [1, ...ks], nReferences, nInit: isSmall ? 5 : 2, seed: streamOf(seed, 1) },
    part(ctx, 0, 0.4),
  );
  const stabilities = await bootstrapStability(
    X,
    loaded,
    judged,
    { nBootstraps, nInit: 5, seed: streamOf(seed, 2) },
    part(ctx, 0.4, 0.8),
  );
  const strength = await predictionStrength(
    X,
    { ks, nSplits, nInit: 5, seed: streamOf(seed, 3) },
    part(ctx, 0.8, 1),
  );
  const connected = await connectedGroups(X, streamOf(seed, 4), ctx);
  const means = ks.map((k) => silhouettes[k - 1]?.mean ?? NaN);
  const anyNumber = chanceOfAny(
    means,
    references.shuffled.map((table) => table.silhouettes.slice(1)),
  );
  const nInAll = fits[0].sizes[0];
  const candidates = judged.map((fit, at): TrustCandidate => {
    const silhouette = means[at];
    const evidence = {
      silhouette,
      shares: fit.sizes.map((size) => size / nInAll),
      chance: {
        shuffled: chanceOf(silhouette, references.shuffled.map(silhouetteAt(at + 1))),
        gaussian: chanceOf(silhouette, references.gaussian.map(silhouetteAt(at + 1))),
        anyNumber,
      },
      crowding: crowding(X, fit).map((row) => Math.max(...row)),
      stability: stabilities[at],
      predictionStrength: strength.mean[at],
    };
    return {
      nClusters: fit.nClusters,
      chanceSilhouettes: {
        shuffled: meanOf(references.shuffled.map(silhouetteAt(at + 1))),
        gaussian: meanOf(references.gaussian.map(silhouetteAt(at + 1))),
      },
      adjustedRandIndex: medianOf(stabilities[at]),
      ...evidence,
      ...judge(evidence, connected !== null),
    };
  });
  const [recommended, runnerUp = null] = rankCandidates(candidates);
  const inertias = [fits[0], ...judged].map(({ inertia }) => inertia);
  const gapAgainst = (tables: readonly NullFit[]) =>
    gapStatistic(
      inertias,
      tables.map((table) => table.inertias),
    ) ?? null;
  return {
    candidates,
    gap: { box: gapAgainst(references.box), shuffled: gapAgainst(references.shuffled) },
    predictionStrength: strength,
    recommended,
    runnerUp,
    verdict: candidates.find(({ nClusters }) => nClusters === recommended)?.verdict ?? 'none',
    connected,
  };
}

const nothingToSay: Omit<Trust, 'nRows' | 'nRowsInAll'> = {
  candidates: [],
  gap: { box: null, shuffled: null },
  predictionStrength: null,
  recommended: null,
  runnerUp: null,
  verdict: 'none',
  connected: null,
};

/** Ascending; undefined: all. */
function rowsToDrawFrom({ nSamples }: Matrix, seed: number): Int32Array | undefined {
  if (nSamples <= trustRows) return undefined;
  const rows = Int32Array.from({ length: nSamples }, (_, i) => i);
  return createRandom(seed, -3).shuffle(rows).slice(0, trustRows).sort();
}

/** What the clusterings of all rows are among the sample: from the same centres, to where those settle. */
async function refine(
  sample: Matrix,
  loaded: LoadedMatrix,
  fits: readonly KMeans[],
  ctx: Context,
): Promise<Fit[]> {
  const stop = whenNear(sample);
  const refined: Fit[] = [];
  for (const { nClusters, centers, sizes } of fits) {
    const { best } = await loaded.descend([centers], stop, ctx.breathe);
    refined.push({ nClusters, sizes, ...best });
  }
  return refined;
}

/** Each kind of drawing has numbers of its own. */
function streamOf(seed: number, kind: number): number {
  return createRandom(seed, -10 - kind).integer(2 ** 32);
}

function silhouetteAt(at: number): (table: NullFit) => number {
  return ({ silhouettes }) => silhouettes[at];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function medianOf(stability: Stability | undefined): number {
  const sorted = stability?.adjustedRandIndices ?? [];
  if (sorted.length === 0) return 0;
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
