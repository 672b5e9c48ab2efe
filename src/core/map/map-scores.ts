import type { Context } from '../context';
import { autoencoderDefaults } from '../learn/autoencoder-params';
import { fitDiscriminant } from '../learn/discriminant';
import { meansOf } from '../judge/contact';
import type { Labelling } from '../judge/silhouette';
import type { Pca } from '../learn/pca';
import { piecesOf, type Matrix } from '../matrix';
import { fitSpace } from '../reduce/fit-space';
import { reduceDefaults } from '../reduce/reduce-params';
import type { Projection } from './projection';

/** Where each customer lies on a map. */
export interface MapScores {
  /** Row-major nSamples × 2; both means are 0 but for rounding. */
  readonly scores: Float32Array;
  /** Share of the variation of all columns that these two numbers tell, 0 … 1. */
  readonly kept: number;
  /** Share of what tells the segments apart; null where the projection does not look for that. */
  readonly discrimination: number | null;
  /** Of the one and the other direction: the feature that goes along with it most, and their correlation, 0 … 1. */
  readonly meanings: readonly [Meaning, Meaning];
}

export interface Meaning {
  readonly feature: number;
  /** 0 where the direction is the same for everybody. */
  readonly correlation: number;
}

export interface MapFrom {
  /** nSamples × nFeatures, centred. */
  readonly X: Matrix;
  readonly pca: { readonly pca: Pca; readonly scores: Float32Array };
  readonly fit: Labelling;
  readonly seed: number;
}

/**
 * Two numbers for each customer. Directions other than principal components point to where the feature that goes along
 * with them most is large, so that a map does not turn over for nothing.
 */
export async function mapScores(
  projection: Projection,
  from: MapFrom,
  ctx: Context,
): Promise<MapScores> {
  const { X, pca } = from;
  switch (projection) {
    case 'pca': {
      const { meanings } = lookAt(X, pca.scores);
      const [first, second = 0] = pca.pca.explainedVarianceRatio;
      return { scores: pca.scores, kept: first + second, discrimination: null, meanings };
    }
    case 'discriminant':
      return discriminantScores(from, ctx);
    case 'code':
      return codeScores(from, ctx);
  }
}

async function discriminantScores({ X, fit }: MapFrom, ctx: Context): Promise<MapScores> {
  const loaded = ctx.engine.load(X);
  try {
    const nAxes = Math.min(2, X.nFeatures);
    const { labels, nClusters } = fit;
    const centers = meansOf(X, labels, nClusters);
    const sizes = new Array<number>(nClusters).fill(0);
    for (const label of labels) sizes[label]++;
    const found = await fitDiscriminant(loaded, { sizes, centers }, nAxes, ctx.breathe);
    const projected = await loaded.project(found.axes, nAxes);
    const scores = nAxes === 2 ? projected : withSecond(projected);
    const { meanings, kept } = turn(X, scores);
    const discrimination = found.explainedVarianceRatio.reduce((sum, share) => sum + share, 0);
    return { scores, kept, discrimination, meanings };
  } finally {
    loaded.dispose();
  }
}

async function codeScores({ X, pca, seed }: MapFrom, ctx: Context): Promise<MapScores> {
  const autoencoder = { ...autoencoderDefaults, codeSize: 2, seed };
  const space = await fitSpace(X, pca.pca, { ...reduceDefaults, space: 'codes', autoencoder }, ctx);
  const scores = space.X.data;
  const { meanings, variance } = turn(X, scores);
  // A network may tell less than the mean does; less than nothing is kept by none.
  const kept = Math.max(0, 1 - space.error / (variance / X.nFeatures));
  return { scores, kept, discrimination: null, meanings };
}

/** One column has one direction; the other one is 0. */
function withSecond(first: Float32Array): Float32Array {
  const scores = new Float32Array(2 * first.length);
  first.forEach((value, i) => (scores[2 * i] = value));
  return scores;
}

/** Turns each direction, in place, so that what goes along with it most grows with it. */
function turn(X: Matrix, scores: Float32Array) {
  const seen = lookAt(X, scores);
  for (const d of [0, 1] as const) {
    if (!seen.isTurned[d]) continue;
    // + 0 makes a plain zero of −0.
    for (let at = d; at < scores.length; at += 2) scores[at] = -scores[at] + 0;
  }
  return seen;
}

/**
 * What the two numbers have to do with the columns, in one pass: correlations, and how much of the variation of all
 * columns a linear function of both tells (Σ_j c_jᵀ·C⁻¹·c_j / Σ_j var_j, C the covariance of the two, c_j with column j).
 */
function lookAt(X: Matrix, scores: Float32Array) {
  const { nSamples, nFeatures } = X;
  const own = [0, 0, 0];
  const sums = [0, 0];
  const columns = new Float64Array(nFeatures);
  const squares = new Float64Array(nFeatures);
  const along = [new Float64Array(nFeatures), new Float64Array(nFeatures)];
  for (const piece of piecesOf(X)) {
    for (let i = 0; i < piece.nSamples; i++) {
      const u = scores[2 * (piece.first + i)];
      const v = scores[2 * (piece.first + i) + 1];
      sums[0] += u;
      sums[1] += v;
      own[0] += u * u;
      own[1] += v * v;
      own[2] += u * v;
      for (let j = 0; j < nFeatures; j++) {
        const x = piece.data[i * nFeatures + j];
        columns[j] += x;
        squares[j] += x * x;
        along[0][j] += u * x;
        along[1][j] += v * x;
      }
    }
  }
  const variances = [0, 1].map((d) => own[d] - (sums[d] * sums[d]) / nSamples);
  const shared = own[2] - (sums[0] * sums[1]) / nSamples;
  const spread = squares.map((square, j) => square - (columns[j] * columns[j]) / nSamples);
  const withColumn = (d: number, j: number) => along[d][j] - (sums[d] * columns[j]) / nSamples;
  const correlation = (d: number, j: number) => {
    const scale = Math.sqrt(variances[d] * spread[j]);
    return scale > 0 ? withColumn(d, j) / scale : 0;
  };
  const strongest = (d: number) => {
    let best = 0;
    for (let j = 1; j < nFeatures; j++) {
      if (Math.abs(correlation(d, j)) > Math.abs(correlation(d, best))) best = j;
    }
    return { feature: best, correlation: correlation(d, best) };
  };
  const found = [strongest(0), strongest(1)] as const;
  const total = spread.reduce((sum, value) => sum + value, 0);
  const told = spread.reduce(
    (sum, _, j) => sum + toldOf(variances, shared, withColumn(0, j), withColumn(1, j)),
    0,
  );
  const meaning = (d: 0 | 1): Meaning => {
    return { feature: found[d].feature, correlation: Math.abs(found[d].correlation) };
  };
  return {
    meanings: [meaning(0), meaning(1)] as const,
    isTurned: [found[0].correlation < 0, found[1].correlation < 0] as const,
    kept: total > 0 ? Math.min(1, told / total) : 0,
    variance: total / nSamples,
  };
}

/** (a b)·C⁻¹·(a b)ᵀ; where the two numbers are one and the same, that one's alone. */
function toldOf([u, v]: readonly number[], shared: number, a: number, b: number): number {
  const determinant = u * v - shared * shared;
  if (determinant > 1e-9 * u * v) {
    return (a * a * v - 2 * a * b * shared + b * b * u) / determinant;
  }
  if (u > 0) return (a * a) / u;
  return v > 0 ? (b * b) / v : 0;
}
