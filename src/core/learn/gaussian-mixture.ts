import { part, type Context } from '../context';
import { copyRows, type Matrix } from '../matrix';

/** `full`: each group has a spread and a tilt of its own. `diag`: it spreads along the columns, each for itself. */
export const covarianceTypes = ['full', 'diag'] as const;
export type CovarianceType = (typeof covarianceTypes)[number];

export interface MixtureParams {
  readonly nComponents: number;
  readonly covarianceType: CovarianceType;
  /** Ends when the mean log-likelihood of a row grows by less than this. */
  readonly tol: number;
  /** Added to every variance, in squared units of X: none of them becomes 0. */
  readonly regCovar: number;
  readonly maxIter: number;
}

/** Those of scikit-learn. */
export const mixtureDefaults = { tol: 1e-3, regCovar: 1e-6, maxIter: 100 } as const;

export interface GaussianMixture {
  readonly nComponents: number;
  readonly nFeatures: number;
  readonly covarianceType: CovarianceType;
  /** Shares of the components; they sum to 1. */
  readonly weights: Float64Array;
  /** Row-major nComponents × nFeatures. */
  readonly means: Float64Array;
  /** `full`: one row-major nFeatures × nFeatures matrix after the other; `diag`: row-major nComponents × nFeatures. */
  readonly covariances: Float64Array;
  /** Mean log-likelihood of the rows that were fitted, in nats. */
  readonly logLikelihood: number;
  readonly bic: number;
  readonly aic: number;
  readonly nIter: number;
  readonly hasConverged: boolean;
}

/** Rows between two rests. */
const stretch = 1024;
/** A row that belongs to a component with less than this adds nothing to it that float64 would show. */
const negligible = 1e-17;

/**
 * A mixture of normal distributions by expectation and maximisation, in float64: how probably each row belongs to each
 * component, then weights, means and covariances from that, until the likelihood hardly grows. Of several starts the best
 * end wins, the earliest on a tie.
 * Source: Dempster, Laird, Rubin (1977); scikit-learn `mixture/_gaussian_mixture.py`, whose numbers it has from the same
 * start (tests/fixtures/mixture.json).
 *
 * @param X nSamples × nFeatures, at least one row
 * @param starts labels of the rows, 0 ≤ label < nComponents, as K-Means found them; at least one start
 */
export async function fitGaussianMixture(
  X: Matrix,
  starts: readonly Int32Array[],
  params: MixtureParams,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<GaussianMixture> {
  const { nSamples, nFeatures } = X;
  const { nComponents, covarianceType } = params;
  const rows = copyRows(X, 0, nSamples);
  let best: Descended | undefined;
  for (const [s, labels] of starts.entries()) {
    const ofStart = part(ctx, s / starts.length, (s + 1) / starts.length);
    const found = await descend(rows, nSamples, nFeatures, labels, params, ofStart);
    if (best === undefined || found.bound > best.bound) best = found;
  }
  if (best === undefined) throw new RangeError('A mixture needs a start.');
  const { model, nIter, hasConverged } = best;
  const memberships = new Float64Array(nSamples * nComponents);
  const total = await expectation(model, rows, nSamples, memberships, ctx.breathe);
  const shape = covarianceType === 'full' ? (nFeatures * (nFeatures + 1)) / 2 : nFeatures;
  const nParameters = nComponents * (shape + nFeatures) + nComponents - 1;
  return {
    nComponents,
    nFeatures,
    covarianceType,
    weights: model.weights,
    means: model.means,
    covariances: model.covariances,
    logLikelihood: total / nSamples,
    bic: -2 * total + nParameters * Math.log(nSamples),
    aic: -2 * total + 2 * nParameters,
    nIter,
    hasConverged,
  };
}

/**
 * How probably each row belongs to each component.
 *
 * @returns row-major nSamples × nComponents; each row sums to 1
 */
export async function predictMemberships(
  mixture: GaussianMixture,
  X: Matrix,
  ctx: Pick<Context, 'breathe'>,
): Promise<Float64Array> {
  const { nSamples } = X;
  const { nComponents } = mixture;
  const model = withFactors(mixture, mixture.nFeatures, mixture.covarianceType);
  const memberships = new Float64Array(nSamples * nComponents);
  for (let first = 0; first < nSamples; first += stretch) {
    const n = Math.min(stretch, nSamples - first);
    const rows = copyRows(X, first, first + n);
    const some = memberships.subarray(first * nComponents, (first + n) * nComponents);
    await expectation(model, rows, n, some, ctx.breathe);
  }
  return memberships;
}

interface Parameters {
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly covariances: Float64Array;
}

/** Parameters, and what densities are computed from. */
interface Model extends Parameters {
  readonly nFeatures: number;
  readonly covarianceType: CovarianceType;
  /** Per component: the inverse of the lower Cholesky factor, row-major, or one over each deviation. */
  readonly factors: Float64Array;
  /** Per component: what does not depend on the row. */
  readonly constants: Float64Array;
}

interface Descended {
  readonly model: Model;
  readonly bound: number;
  readonly nIter: number;
  readonly hasConverged: boolean;
}

async function descend(
  rows: Float32Array,
  nSamples: number,
  nFeatures: number,
  labels: Int32Array,
  params: MixtureParams,
  { breathe, progress }: Pick<Context, 'breathe' | 'progress'>,
): Promise<Descended> {
  const { nComponents, covarianceType, regCovar, tol, maxIter } = params;
  const memberships = new Float64Array(nSamples * nComponents);
  labels.forEach((label, i) => (memberships[i * nComponents + label] = 1));
  const estimate = async () =>
    withFactors(
      await maximise(rows, nSamples, nFeatures, memberships, params, breathe),
      nFeatures,
      covarianceType,
      regCovar,
    );
  let model = await estimate();
  let bound = -Infinity;
  for (let nIter = 1; ; nIter++) {
    const before = bound;
    bound = (await expectation(model, rows, nSamples, memberships, breathe)) / nSamples;
    model = await estimate();
    const hasConverged = Math.abs(bound - before) < tol;
    if (hasConverged || nIter >= maxIter) return { model, bound, nIter, hasConverged };
    progress(nIter, maxIter);
  }
}

/**
 * Writes memberships, by the log of the sum of exponentials.
 *
 * @returns Σ log-likelihood of the rows
 */
async function expectation(
  model: Model,
  rows: Float32Array,
  nSamples: number,
  memberships: Float64Array,
  breathe: () => Promise<void>,
): Promise<number> {
  const { weights, nFeatures, means, factors, constants, covarianceType } = model;
  const nComponents = weights.length;
  const logWeights = weights.map(Math.log);
  const distanceOf = covarianceType === 'full' ? fullDistance : diagonalDistance;
  const size = factors.length / nComponents;
  const gap = new Float64Array(nFeatures);
  const logs = new Float64Array(nComponents);
  let total = 0;
  for (let i = 0; i < nSamples; i++) {
    let largest = -Infinity;
    for (let c = 0; c < nComponents; c++) {
      for (let j = 0; j < nFeatures; j++) {
        gap[j] = rows[i * nFeatures + j] - means[c * nFeatures + j];
      }
      logs[c] = constants[c] - 0.5 * distanceOf(gap, factors, c * size) + logWeights[c];
      if (logs[c] > largest) largest = logs[c];
    }
    let sum = 0;
    for (let c = 0; c < nComponents; c++) sum += Math.exp(logs[c] - largest);
    const log = largest + Math.log(sum);
    for (let c = 0; c < nComponents; c++) {
      memberships[i * nComponents + c] = Math.exp(logs[c] - log);
    }
    total += log;
    if (i % stretch === 0) await breathe();
  }
  return total;
}

/** ‖L⁻¹·gap‖², L⁻¹ lower triangular. */
function fullDistance(gap: Float64Array, factors: Float64Array, from: number): number {
  const n = gap.length;
  let distance = 0;
  for (let a = 0, at = from; a < n; a++, at += n) {
    let sum = 0;
    for (let b = 0; b <= a; b++) sum += factors[at + b] * gap[b];
    distance += sum * sum;
  }
  return distance;
}

function diagonalDistance(gap: Float64Array, factors: Float64Array, from: number): number {
  let distance = 0;
  for (let j = 0; j < gap.length; j++) distance += (factors[from + j] * gap[j]) ** 2;
  return distance;
}

/** Weights, means and covariances of rows that belong to components with these memberships. */
async function maximise(
  rows: Float32Array,
  nSamples: number,
  nFeatures: number,
  memberships: Float64Array,
  { nComponents, covarianceType, regCovar }: MixtureParams,
  breathe: () => Promise<void>,
): Promise<Parameters> {
  // As scikit-learn does, so that a component without rows divides by something.
  const sizes = new Float64Array(nComponents).fill(10 * Number.EPSILON);
  const means = new Float64Array(nComponents * nFeatures);
  for (let i = 0; i < nSamples; i++) {
    for (let c = 0; c < nComponents; c++) {
      const share = memberships[i * nComponents + c];
      sizes[c] += share;
      if (share < negligible) continue;
      for (let j = 0; j < nFeatures; j++) {
        means[c * nFeatures + j] += share * rows[i * nFeatures + j];
      }
    }
    if (i % stretch === 0) await breathe();
  }
  for (let at = 0; at < means.length; at++) means[at] /= sizes[Math.floor(at / nFeatures)];
  const isFull = covarianceType === 'full';
  const size = isFull ? nFeatures * nFeatures : nFeatures;
  const covariances = new Float64Array(nComponents * size);
  const gap = new Float64Array(nFeatures);
  for (let i = 0; i < nSamples; i++) {
    for (let c = 0; c < nComponents; c++) {
      const share = memberships[i * nComponents + c];
      if (share < negligible) continue;
      for (let j = 0; j < nFeatures; j++) {
        gap[j] = rows[i * nFeatures + j] - means[c * nFeatures + j];
      }
      if (isFull) addProducts(covariances, c * size, gap, share);
      else for (let j = 0; j < nFeatures; j++) covariances[c * size + j] += share * gap[j] * gap[j];
    }
    if (i % stretch === 0) await breathe();
  }
  for (let c = 0; c < nComponents; c++) {
    const own = covariances.subarray(c * size, (c + 1) * size);
    for (let at = 0; at < size; at++) own[at] /= sizes[c];
    for (let j = 0; j < nFeatures; j++) own[isFull ? j * nFeatures + j : j] += regCovar;
    if (isFull) mirror(own, nFeatures);
  }
  const all = sizes.reduce((sum, value) => sum + value, 0);
  return { weights: sizes.map((value) => value / all), means, covariances };
}

/** The lower triangle of share·gap·gapᵀ. */
function addProducts(into: Float64Array, from: number, gap: Float64Array, share: number): void {
  const n = gap.length;
  for (let a = 0, at = from; a < n; a++, at += n) {
    const weighted = share * gap[a];
    for (let b = 0; b <= a; b++) into[at + b] += weighted * gap[b];
  }
}

function mirror(square: Float64Array, n: number): void {
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < a; b++) square[b * n + a] = square[a * n + b];
  }
}

function withFactors(
  { weights, means, covariances }: Parameters,
  nFeatures: number,
  covarianceType: CovarianceType,
  regCovar: number = mixtureDefaults.regCovar,
): Model {
  const nComponents = weights.length;
  const size = covariances.length / nComponents;
  const factors = new Float64Array(covariances.length);
  const constants = new Float64Array(nComponents);
  for (let c = 0; c < nComponents; c++) {
    const own = covariances.subarray(c * size, (c + 1) * size);
    const inverse = factors.subarray(c * size, (c + 1) * size);
    if (covarianceType === 'full') invertCholesky(own, nFeatures, regCovar, inverse);
    else own.forEach((variance, j) => (inverse[j] = 1 / Math.sqrt(variance)));
    constants[c] = -0.5 * nFeatures * Math.log(2 * Math.PI);
    for (let j = 0; j < nFeatures; j++) {
      constants[c] += Math.log(inverse[covarianceType === 'full' ? j * nFeatures + j : j]);
    }
  }
  return { weights, means, covariances, nFeatures, covarianceType, factors, constants };
}

/**
 * The inverse of the lower Cholesky factor.
 *
 * @param least what is added to every variance is no more than any pivot, but for rounding; below it one is lifted
 */
function invertCholesky(matrix: Float64Array, n: number, least: number, into: Float64Array): void {
  const lower = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      let rest = matrix[a * n + b];
      for (let m = 0; m < b; m++) rest -= lower[a * n + m] * lower[b * n + m];
      lower[a * n + b] =
        a === b ? Math.sqrt(Math.max(rest, least * pivotRoom)) : rest / lower[b * n + b];
    }
  }
  for (let b = 0; b < n; b++) {
    into[b * n + b] = 1 / lower[b * n + b];
    for (let a = b + 1; a < n; a++) {
      let sum = 0;
      for (let m = b; m < a; m++) sum += lower[a * n + m] * into[m * n + b];
      into[a * n + b] = -sum / lower[a * n + a];
    }
  }
}

/** Rounding may take a little from a pivot that is all regularisation. */
const pivotRoom = 0.5;
