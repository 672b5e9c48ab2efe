import { part, type Context } from '../context';
import {
  fitGaussianMixture,
  mixtureDefaults,
  predictMemberships,
  type CovarianceType,
  type GaussianMixture,
} from '../learn/gaussian-mixture';
import { takeRows, type Matrix } from '../matrix';
import { createRandom } from '../random';
import { agreement, type Agreement } from './agreement';
import { matchClusters } from './matching';
import type { Labelling } from './silhouette';

/** A customer whose likeliest group is less likely than this lies in between. */
export const sureFrom = 0.8;

/** Which group of a mixture each customer belongs to most, and how surely. */
export interface SoftLabels {
  /** Group c continues segment c as far as groups and segments can be matched. */
  readonly labels: Int32Array;
  /** Probability of that group, 1 / nClusters … 1. */
  readonly certainty: Float32Array;
}

/** The same with the probability of every group. */
export interface SoftMemberships extends SoftLabels {
  readonly nGroups: number;
  /** Row-major nRows × nGroups, groups in the same order; the probabilities of a row sum to 1. */
  readonly memberships: Float32Array;
}

/** A mixture of normal distributions beside the segments that it began with. The crosstab is segments × groups. */
export interface SoftSegments extends Agreement {
  readonly covarianceType: CovarianceType;
  readonly nClusters: number;
  readonly nRows: number;
  /** Customers that it was fitted to; all were judged by it. */
  readonly nFitted: number;
  readonly nParameters: number;
  readonly mixture: Pick<
    GaussianMixture,
    'logLikelihood' | 'bic' | 'aic' | 'nIter' | 'hasConverged'
  >;
  readonly groups: readonly SoftPart[];
  readonly segments: readonly SoftPart[];
  /** Mean probability of each group among the customers of each segment: segments × groups, rows sum to 1. */
  readonly shares: readonly (readonly number[])[];
  readonly nBetween: number;
  /** Customers of a segment whose likeliest group is the one that continues it. */
  readonly nStayed: number;
  /** Per group: columns that hardly vary in it. */
  readonly flat: readonly (readonly number[])[];
}

/** Customers of one group, or of one segment. */
export interface SoftPart {
  readonly size: number;
  /** Mean probability of the likeliest group; NaN where there is nobody. */
  readonly certainty: number;
  readonly nBetween: number;
}

/** Of more rows a seeded sample is fitted. */
export const mostFitted = 20_000;
/** A column whose variance in a group is less than this share of its variance in all has hardly more than one value there. */
const flatShare = 1e-3;
const sampleStream = -6;

/** @param X nSamples × nFeatures, centred and scaled */
export async function softenSegments(
  X: Matrix,
  segments: Labelling,
  covarianceType: CovarianceType,
  seed: number,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<{ readonly soft: SoftSegments; readonly labels: SoftMemberships }> {
  const { nClusters } = segments;
  const { mixture, nFitted, spread } = await fitTo(X, segments, covarianceType, seed, ctx);
  const memberships = await predictMemberships(mixture, X, ctx);
  const found = likeliest(memberships, X.nSamples, nClusters);
  const { crosstab } = agreement(segments.labels, nClusters, found.labels, nClusters);
  const order = groupOrder(crosstab);
  const labels = found.labels.map((group) => order.indexOf(group));
  const compared = agreement(segments.labels, nClusters, labels, nClusters);
  const { certainty } = found;
  return {
    labels: { labels, certainty, nGroups: nClusters, memberships: inOrder(memberships, order) },
    soft: {
      ...compared,
      covarianceType,
      nClusters,
      nRows: X.nSamples,
      nFitted,
      nParameters: parametersOf(mixture),
      mixture: {
        logLikelihood: mixture.logLikelihood,
        bic: mixture.bic,
        aic: mixture.aic,
        nIter: mixture.nIter,
        hasConverged: mixture.hasConverged,
      },
      groups: partsOf(labels, certainty, nClusters),
      segments: partsOf(segments.labels, certainty, nClusters),
      shares: sharesOf(memberships, segments, order),
      nBetween: certainty.reduce((n, value) => n + (value < sureFrom ? 1 : 0), 0),
      nStayed: compared.crosstab.reduce((n, row, c) => n + row[c], 0),
      flat: order.map((group) => flatColumns(mixture, group, spread)),
    },
  };
}

/** One number of groups, by how well a mixture of so many explains the customers. */
export interface MixtureNumber {
  readonly nClusters: number;
  readonly bic: number;
  readonly aic: number;
  readonly hasConverged: boolean;
}

/** BIC and AIC of mixtures that begin at each of several segmentations. */
export async function mixtureNumbers(
  X: Matrix,
  fits: readonly Labelling[],
  covarianceType: CovarianceType,
  seed: number,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<MixtureNumber[]> {
  const numbers: MixtureNumber[] = [];
  // A round takes as long as there are components.
  const costs = fits.map(({ nClusters }) => nClusters);
  const all = costs.reduce((sum, cost) => sum + cost, 0);
  let done = 0;
  for (const [at, fit] of fits.entries()) {
    const ofFit = part(ctx, done / all, (done + costs[at]) / all);
    const { mixture } = await fitTo(X, fit, covarianceType, seed, ofFit);
    done += costs[at];
    const { bic, aic, hasConverged } = mixture;
    numbers.push({ nClusters: fit.nClusters, bic, aic, hasConverged });
  }
  return numbers;
}

async function fitTo(
  X: Matrix,
  { labels, nClusters }: Labelling,
  covarianceType: CovarianceType,
  seed: number,
  ctx: Pick<Context, 'breathe' | 'progress'>,
) {
  const rows = sampleOf(X.nSamples, seed);
  const sample = rows === null ? X : takeRows(X, rows);
  const start = rows === null ? labels : rows.map((row) => labels[row]);
  const params = { ...mixtureDefaults, nComponents: nClusters, covarianceType };
  const mixture = await fitGaussianMixture(sample, [start], params, ctx);
  return { mixture, nFitted: sample.nSamples, spread: variancesOf(mixture) };
}

function sampleOf(nSamples: number, seed: number): Int32Array | null {
  if (nSamples <= mostFitted) return null;
  const random = createRandom(seed, sampleStream);
  const chosen = new Set<number>();
  while (chosen.size < mostFitted) chosen.add(random.integer(nSamples));
  return Int32Array.from(chosen).sort();
}

function likeliest(memberships: Float64Array, nRows: number, nGroups: number): SoftLabels {
  const labels = new Int32Array(nRows);
  const certainty = new Float32Array(nRows);
  for (let i = 0; i < nRows; i++) {
    for (let c = 0; c < nGroups; c++) {
      const share = memberships[i * nGroups + c];
      if (c > 0 && share <= certainty[i]) continue;
      labels[i] = c;
      certainty[i] = share;
    }
  }
  return { labels, certainty };
}

/** Which group comes at each place: the one that continues the segment of this number, then those left over. */
function groupOrder(crosstab: readonly (readonly number[])[]): number[] {
  const matched = matchClusters(crosstab);
  const free = crosstab.map((_, group) => group).filter((group) => !matched.includes(group));
  return matched.map((group) => group ?? free.shift() ?? 0);
}

/** @param order the group that comes at each place */
function inOrder(memberships: Float64Array, order: readonly number[]): Float32Array {
  const nGroups = order.length;
  return Float32Array.from(memberships, (_, at) => {
    const place = at % nGroups;
    return memberships[at - place + order[place]];
  });
}

function partsOf(labels: Int32Array, certainty: Float32Array, n: number): SoftPart[] {
  const sizes = new Array<number>(n).fill(0);
  const sums = new Array<number>(n).fill(0);
  const between = new Array<number>(n).fill(0);
  labels.forEach((label, i) => {
    sizes[label]++;
    sums[label] += certainty[i];
    if (certainty[i] < sureFrom) between[label]++;
  });
  return sizes.map((size, c) => ({ size, certainty: sums[c] / size, nBetween: between[c] }));
}

function sharesOf(
  memberships: Float64Array,
  { labels, nClusters }: Labelling,
  order: readonly number[],
): number[][] {
  const sums = Array.from({ length: nClusters }, () => new Array<number>(nClusters).fill(0));
  const sizes = new Array<number>(nClusters).fill(0);
  labels.forEach((segment, i) => {
    sizes[segment]++;
    order.forEach((group, at) => (sums[segment][at] += memberships[i * nClusters + group]));
  });
  return sums.map((row, c) => row.map((sum) => sum / Math.max(1, sizes[c])));
}

function parametersOf({ nComponents, nFeatures, covarianceType }: GaussianMixture): number {
  const shape = covarianceType === 'full' ? (nFeatures * (nFeatures + 1)) / 2 : nFeatures;
  return nComponents * (shape + nFeatures) + nComponents - 1;
}

/** Of each column over all rows, from the components: the mean of their variances and the variance of their means. */
function variancesOf({ nComponents, nFeatures, weights, means, ...rest }: GaussianMixture) {
  return Float64Array.from({ length: nFeatures }, (_, j) => {
    let [mean, square] = [0, 0];
    for (let c = 0; c < nComponents; c++) {
      const own = means[c * nFeatures + j];
      mean += weights[c] * own;
      square += weights[c] * (varianceOf({ nFeatures, ...rest }, c, j) + own * own);
    }
    return square - mean * mean;
  });
}

function varianceOf(
  { covariances, covarianceType, nFeatures }: Pick<GaussianMixture, 'covariances' | 'covarianceType' | 'nFeatures'>, // prettier-ignore
  component: number,
  j: number,
): number {
  return covarianceType === 'full'
    ? covariances[component * nFeatures * nFeatures + j * nFeatures + j]
    : covariances[component * nFeatures + j];
}

function flatColumns(mixture: GaussianMixture, group: number, spread: Float64Array): number[] {
  return Array.from(spread.keys()).filter(
    (j) => varianceOf(mixture, group, j) < flatShare * spread[j],
  );
}
