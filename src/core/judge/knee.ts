/** How clearly a falling curve bends at one place. */
export type Bend = 'clear' | 'mild' | 'none';

export interface Knee {
  readonly nClusters: number;
  readonly bend: Bend;
  /** How many times steeper the curve falls just before the knee than just after it. */
  readonly sharpness: number;
}

/**
 * The knee of the inertia curve: the point farthest below the straight line from its first to its last value, both axes
 * scaled to 0..1. Source: Satopää, Albrecht, Irwin, Raghavan (2011), "Finding a 'Kneedle' in a Haystack".
 *
 * A knee always exists, so its sharpness is told as well: below 1.3 there is no bend worth the name.
 *
 * @param inertias for k = 1, 2, …; at least three values
 * @returns undefined with fewer than three values, or when the curve does not fall
 */
export function findKnee(inertias: readonly number[]): Knee | undefined {
  const heights = heightsBelowLine(inertias);
  if (heights === undefined) return undefined;
  let best = 1;
  for (let i = 2; i < inertias.length - 1; i++) if (heights[i] > heights[best]) best = i;
  const before = inertias[best - 1] - inertias[best];
  const after = inertias[best] - inertias[best + 1];
  const sharpness = after > 0 ? before / after : Infinity;
  const bend = sharpness >= 2.5 ? 'clear' : sharpness >= 1.3 ? 'mild' : 'none';
  return { nClusters: best + 1, bend, sharpness };
}

/** How far each point lies below the straight line from the first to the last; undefined as for `findKnee`. */
export function heightsBelowLine(inertias: readonly number[]): number[] | undefined {
  const last = inertias.length - 1;
  const drop = inertias[0] - inertias[last];
  if (last < 2 || !(drop > 0)) return undefined;
  return inertias.map((inertia, i) => (inertias[0] - inertia) / drop - i / last);
}
