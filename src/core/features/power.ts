import type { Context } from '../context';
import { AppError } from '../errors';
import { extent } from '../table/order-statistics';
import { moments, observed } from '../table/stats';
import { formatValue } from '../words';
import { maximise } from './maximise';

/** What evens out a skewed column. Each keeps the order of its values. */
export const powerKinds = ['none', 'log1p', 'sqrt', 'yeo-johnson'] as const;
export type PowerKind = (typeof powerKinds)[number];

export interface Power {
  readonly kind: PowerKind;
  /** Of `yeo-johnson`: 1 leaves values as they are, 0 is log1p of positive ones. Of the others 1, and not used. */
  readonly lambda: number;
}

export const noPower: Power = { kind: 'none', lambda: 1 };

/** Powers of e beyond which squares and cubes of values could no longer be summed. */
const largestExponent = 200;
/** Powers of e below 1 at which values still differ in more than half of their digits. */
const smallestExponent = -20;

/** λ below which digits of the transformed would get lost, and log1p is the same to the last one. */
const nearlyZero = Number.EPSILON;

/** A logarithm or a root of negative values does not exist; Yeo–Johnson is made for them. */
export function canTake(kind: PowerKind, min: number): boolean {
  return min >= 0 || kind === 'none' || kind === 'yeo-johnson';
}

/**
 * Learns the power for a column. λ of Yeo–Johnson is the one that makes the transformed values most likely under a normal
 * distribution, whose mean and (population) variance go with λ.
 * Source: Yeo, Johnson (2000); scipy.stats.yeojohnson_normmax, scikit-learn `PowerTransformer`.
 *
 * Differs from scikit-learn: does not standardise (scaling comes after it); λ is kept where transformed values stay in
 * the range of numbers and differ in half of their digits; a column without two different values keeps λ = 1.
 *
 * @param values of a column; NaN is missing
 * @param name of the column, for the message
 * @throws AppError `setting-invalid` for log1p and sqrt of a column with negative values
 */
export async function fitPower(
  values: Float64Array,
  kind: PowerKind,
  ctx: Pick<Context, 'breathe'>,
  name: string,
): Promise<Power> {
  if (kind === 'none') return noPower;
  const present = observed(values);
  if (present.length === 0) return { kind, lambda: 1 };
  const { min, max } = extent(present);
  if (!canTake(kind, min)) {
    throw new AppError(
      'setting-invalid',
      `Column “${name}” goes down to ${formatValue(min)}, and ${kind === 'sqrt' ? 'the square root' : 'the logarithm'} needs values of 0 or more. Yeo–Johnson takes any.`,
      { column: name, min },
    );
  }
  if (kind !== 'yeo-johnson') return { kind, lambda: 1 };
  return { kind, lambda: await likeliestLambda(present, min, max, ctx) };
}

async function likeliestLambda(
  values: Float64Array,
  min: number,
  max: number,
  ctx: Pick<Context, 'breathe'>,
): Promise<number> {
  const bounds = lambdaBounds(min, max);
  if (min === max || !(bounds.low < bounds.high)) return 1;
  const logs = values.map((x) => (x < 0 ? -Math.log1p(-x) : Math.log1p(x)));
  const scratch = new Float64Array(values.length);
  const likelihoodAt = async (lambda: number) => {
    const likelihood = logLikelihood(logs, lambda, scratch);
    await ctx.breathe();
    return likelihood;
  };
  const from = Math.min(Math.max(-2, bounds.low), bounds.high);
  const to = Math.max(Math.min(2, bounds.high), bounds.low);
  // Where the usual range lies outside of the bounds, they are all there is to search.
  return from < to
    ? maximise(likelihoodAt, from, to, bounds)
    : maximise(likelihoodAt, bounds.low, bounds.high, bounds);
}

/** λ for which transformed values can be computed with: e to the λ·log1p(x), and to the (2 − λ)·log1p(−x). */
function lambdaBounds(min: number, max: number): { low: number; high: number } {
  const above = Math.log1p(Math.max(0, max));
  const below = Math.log1p(Math.max(0, -min));
  return {
    low: Math.max(
      -largestExponent / above,
      2 - largestExponent / below,
      min > 0 ? smallestExponent / Math.log1p(min) : -Infinity,
    ),
    high: Math.min(
      largestExponent / above,
      2 + largestExponent / below,
      max < 0 ? 2 - smallestExponent / Math.log1p(-max) : Infinity,
    ),
  };
}

/** Of λ, constants left out. @param values no NaN, at least two different ones */
export function yeoJohnsonLogLikelihood(values: Float64Array, lambda: number): number {
  const logs = values.map((x) => (x < 0 ? -Math.log1p(-x) : Math.log1p(x)));
  return logLikelihood(logs, lambda, new Float64Array(values.length));
}

/**
 * −n/2·log(variance of the transformed) + (λ − 1)·Σ sign(x)·log1p|x|
 *
 * @param logs sign(x)·log1p|x|
 */
function logLikelihood(logs: Float64Array, lambda: number, scratch: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < logs.length; i++) {
    sum += logs[i];
    scratch[i] = yeoJohnsonOfLog(logs[i], lambda);
  }
  const variance = moments(scratch).squares / logs.length;
  // All the same to the last digit: a λ to keep away from.
  if (!(variance > 0)) return -Infinity;
  return (-logs.length / 2) * Math.log(variance) + (lambda - 1) * sum;
}

/** @param log sign(x)·log1p|x| */
function yeoJohnsonOfLog(log: number, lambda: number): number {
  return log >= 0 ? upperHalf(log, lambda) : -upperHalf(-log, 2 - lambda);
}

/** ((x + 1)^λ − 1) / λ @param log log1p(x), x ≥ 0 */
function upperHalf(log: number, lambda: number): number {
  return Math.abs(lambda) < nearlyZero ? log : Math.expm1(lambda * log) / lambda;
}

/**
 * The transformed value, the same in training and ever after.
 * log1p and sqrt are only fitted to values of 0 or more: a negative one that comes later counts as 0.
 *
 * @param x NaN is missing, and stays so
 */
export function applyPower(x: number, { kind, lambda }: Power): number {
  switch (kind) {
    case 'none':
      return x;
    case 'log1p':
      return Math.log1p(Math.max(x, 0));
    case 'sqrt':
      return Math.sqrt(Math.max(x, 0));
    case 'yeo-johnson':
      return yeoJohnsonOfLog(x < 0 ? -Math.log1p(-x) : Math.log1p(x), lambda);
  }
}

/**
 * The value that is transformed into y: a centre in the column's own unit.
 *
 * @returns NaN where there is none: Yeo–Johnson with λ < 0 or λ > 2 does not reach all numbers
 */
export function invertPower(y: number, { kind, lambda }: Power): number {
  switch (kind) {
    case 'none':
      return y;
    case 'log1p':
      return Math.expm1(y);
    case 'sqrt':
      return y * y;
    case 'yeo-johnson':
      return y < 0 ? -invertUpperHalf(-y, 2 - lambda) : invertUpperHalf(y, lambda);
  }
}

function invertUpperHalf(y: number, lambda: number): number {
  return Math.expm1(Math.abs(lambda) < nearlyZero ? y : Math.log1p(lambda * y) / lambda);
}
