import type { ClusterParams } from '../recipe';
import { heightsBelowLine } from './knee';

/** What the number of segments has to keep to where nobody names one. */
export interface NumberLimits {
  /** Share of the customers that the smallest segment must have; 0: any. */
  readonly smallestShare: number;
  /** null: as many as are tried. */
  readonly mostSegments: number | null;
}

export const noLimits: NumberLimits = { smallestShare: 0, mostSegments: null };

/** A number of segments, as far as limits look at it. */
export interface Limited {
  readonly nClusters: number;
  /** Of the smallest segment. */
  readonly smallestShare: number;
}

export function smallestShareOf(sizes: readonly number[]): number {
  return Math.min(...sizes) / sizes.reduce((sum, size) => sum + size, 0);
}

/** What a number is chosen by. */
export interface Tried extends Limited {
  readonly inertia: number;
  /** null: it means nothing. */
  readonly silhouette: number | null;
}

export function isWithin({ nClusters, smallestShare }: Limited, limits: NumberLimits): boolean {
  return isFewEnough(nClusters, limits) && smallestShare >= limits.smallestShare;
}

function isFewEnough(nClusters: number, { mostSegments }: NumberLimits): boolean {
  return mostSegments === null || nClusters <= mostSegments;
}

/**
 * The number to start from within limits: the suggested one if it keeps to them; else, of those that do, the one that lies
 * farthest below the straight line of the inertia curve, by which a knee is found (`knee.ts`), or where there is no curve
 * the one with the best silhouette. Where none keeps to them, the nearest one.
 *
 * @param tried for k = 1, 2, …
 */
export function numberWithin(
  tried: readonly Tried[],
  suggested: number,
  limits: NumberLimits,
): number {
  const within = tried.filter((one) => one.nClusters > 1 && isWithin(one, limits));
  if (within.some(({ nClusters }) => nClusters === suggested)) return suggested;
  if (within.length === 0) return nearestTo(tried, limits) ?? suggested;
  const heights = heightsBelowLine(tried.map(({ inertia }) => inertia));
  const worth = ({ nClusters, silhouette }: Tried) =>
    heights === undefined ? (silhouette ?? -Infinity) : heights[nClusters - 1];
  return within.reduce((best, one) => (worth(one) > worth(best) ? one : best)).nClusters;
}

/**
 * Of the numbers that are few enough the one whose smallest segment is largest, the smallest number on a tie: what comes
 * nearest where none keeps to the limits.
 */
export function nearestTo(tried: readonly Limited[], limits: NumberLimits): number | undefined {
  const several = tried.filter(({ nClusters }) => nClusters > 1 && isFewEnough(nClusters, limits));
  if (several.length === 0) return undefined;
  return several.reduce((best, one) => (one.smallestShare > best.smallestShare ? one : best))
    .nClusters;
}

/** Limits that limit nothing are left out, so that they change no key. */
export function withLimits(
  { limits: _, ...rest }: ClusterParams,
  limits: NumberLimits,
): ClusterParams {
  const isNone = limits.smallestShare === 0 && limits.mostSegments === null;
  return isNone ? rest : { ...rest, limits };
}
