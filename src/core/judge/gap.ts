/** How far the inertia lies below that of tables without groups, for k = 1, 2, …; index k − 1. */
export interface Gap {
  /** ln(W_k / 2), W_k the inertia. */
  readonly logW: readonly number[];
  /** Mean of the same over the tables without groups. */
  readonly expectedLogW: readonly number[];
  /** expectedLogW − logW: the larger, the more groups like these exceed chance. */
  readonly gap: readonly number[];
  /** Standard error of the simulation: the deviation times √(1 + 1/B). */
  readonly se: readonly number[];
  /** The first k whose gap is within one se of the first local maximum (`firstSEmax` of R's maxSE). */
  readonly firstSEmax: number;
  /** The first k whose gap is at least that of k + 1 minus its se (Tibshirani et al. 2001). */
  readonly tibs2001SEmax: number;
  /** The gap is largest at the last k: it says no number. */
  readonly neverStopsRising: boolean;
}

/**
 * The gap statistic. Source: Tibshirani, Walther, Hastie (2001), "Estimating the number of clusters in a data set via the
 * gap statistic"; R `cluster::clusGap` with d.power = 2, and `maxSE`. Deviations are divided by B − 1, as in R (by B in the
 * paper).
 *
 * @param inertias of the data for k = 1, 2, …
 * @param references the same of B ≥ 1 tables without groups
 * @returns undefined where an inertia is 0, so that its logarithm means nothing
 */
export function gapStatistic(
  inertias: readonly number[],
  references: readonly (readonly number[])[],
): Gap | undefined {
  const usable = [inertias, ...references].every((values) => values.every((value) => value > 0));
  if (inertias.length === 0 || references.length === 0 || !usable) return undefined;
  const logW = inertias.map(logHalf);
  const B = references.length;
  const expectedLogW: number[] = [];
  const se: number[] = [];
  logW.forEach((_, i) => {
    const values = references.map((reference) => logHalf(reference[i]));
    const mean = values.reduce((sum, value) => sum + value, 0) / B;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expectedLogW.push(mean);
    se.push(Math.sqrt((squares / Math.max(1, B - 1)) * (1 + 1 / B)));
  });
  const gap = expectedLogW.map((expected, i) => expected - logW[i]);
  return {
    logW,
    expectedLogW,
    gap,
    se,
    firstSEmax: firstSEmax(gap, se),
    tibs2001SEmax: tibs2001SEmax(gap, se),
    neverStopsRising: gap.length > 1 && gap.indexOf(Math.max(...gap)) === gap.length - 1,
  };
}

function logHalf(inertia: number): number {
  return Math.log(inertia / 2);
}

/** R: nc = the first local maximum; if any earlier f ≥ f[nc] − se[nc], the first of those. */
export function firstSEmax(gap: readonly number[], se: readonly number[]): number {
  const falls = gap.findIndex((value, i) => i + 1 < gap.length && gap[i + 1] <= value);
  const peak = falls < 0 ? gap.length - 1 : falls;
  return gap.findIndex((value, i) => i === peak || value >= gap[peak] - se[peak]) + 1;
}

export function tibs2001SEmax(gap: readonly number[], se: readonly number[]): number {
  const found = gap.findIndex((value, i) => i + 1 < gap.length && value >= gap[i + 1] - se[i + 1]);
  return found < 0 ? gap.length : found + 1;
}
