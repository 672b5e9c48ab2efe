import type { Stability } from './bootstrap';
import { strongEnough } from './prediction-strength';

/**
 * `natural`: groups that are there, with room between them. `reproducible`: no such groups, but a segmentation that other
 * customers of the same kind would give again. `constructed`: a segmentation that depends on who happens to be in the
 * file; it may still be useful. `none`: no clearer than what the same columns give when each is shuffled.
 * After Dolnicar, Leisch (2010), "Evaluation of structure and reproducibility of cluster solutions using the bootstrap".
 */
export type Verdict = 'natural' | 'reproducible' | 'constructed' | 'none';

/** Hennig (2007) and the documentation of R's `clusterboot`. */
export type Band = 'highly stable' | 'stable' | 'doubtful' | 'unstable';

export function bandOf(jaccard: number): Band {
  if (jaccard > 0.85) return 'highly stable';
  if (jaccard >= 0.75) return 'stable';
  if (jaccard >= 0.6) return 'doubtful';
  return 'unstable';
}

/** What is known of one number of segments. */
export interface Evidence {
  readonly silhouette: number;
  /** Share of segments' customers. */
  readonly shares: readonly number[];
  readonly chance: Chance;
  /** Per segment, towards the neighbour with the least room between (`crowding`). */
  readonly crowding: readonly number[];
  /** undefined where there were too few different rows. */
  readonly stability: Stability | undefined;
  readonly predictionStrength: number;
}

/**
 * How often tables without groups do at least as well as the data: (1 + how many) / (1 + tables), the p-value of a test by
 * simulation.
 */
export interface Chance {
  /** By their silhouettes for the same number of segments. */
  readonly shuffled: number;
  readonly gaussian: number;
  /** Against shuffled tables, each at the number of segments where it stands out most. */
  readonly anyNumber: number;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly segments: readonly Verdict[];
}

/** What `npm run calibrate` tries on tables of which the truth is known (docs/trust.md). */
export const thresholds = {
  /** None of twenty tables without groups may do as well. */
  chance: 0.05,
  /** In the middle between two groups at most a third as many customers as around the smaller one's centre. */
  crowding: 1 / 3,
  stable: 0.75,
  highlyStable: 0.85,
  /** Of a reproducible segmentation no segment is below, … */
  unstable: 0.6,
  /** … and so many customers are in stable ones. */
  shareStable: 0.9,
  /** What natural groups in a single column must reach: tables without groups never do. */
  plain: { crowding: 0.2, jaccard: 0.95, predictionStrength: 0.95 },
  predictionStrength: { natural: strongEnough, reproducible: 0.6 },
} as const;

/** @param hasOtherGroups there are groups through which K-Means cuts: then its segments are not the natural ones */
export function judge(evidence: Evidence, hasOtherGroups = false): Judgement {
  const { chance, shares, crowding, stability, predictionStrength } = evidence;
  const jaccards = shares.map((_, c) => stability?.clusters[c].jaccard ?? 0);
  const isBeyondOneCloud = chance.gaussian <= thresholds.chance;
  const isLikeChance = chance.shuffled > thresholds.chance || chance.anyNumber > thresholds.chance;
  if (isLikeChance && (hasOtherGroups || !isPlain(evidence, jaccards))) {
    return { verdict: 'none', segments: shares.map(() => 'none') };
  }
  const isApart = crowding.map(
    (between) => !hasOtherGroups && isBeyondOneCloud && between <= thresholds.crowding,
  );
  const segments = jaccards.map((jaccard, c): Verdict => {
    if (jaccard < thresholds.stable) return 'constructed';
    return isApart[c] && jaccard > thresholds.highlyStable ? 'natural' : 'reproducible';
  });
  const { natural, reproducible } = thresholds.predictionStrength;
  const lowest = Math.min(...jaccards);
  if (isApart.every(Boolean) && lowest >= thresholds.stable && predictionStrength > natural) {
    return { verdict: 'natural', segments };
  }
  const stableShare = shares.reduce(
    (sum, share, c) => (jaccards[c] >= thresholds.stable ? sum + share : sum),
    0,
  );
  const comesBack = lowest >= thresholds.unstable && stableShare >= thresholds.shareStable;
  const isReproducible = comesBack && predictionStrength >= reproducible;
  return { verdict: isReproducible ? 'reproducible' : 'constructed', segments };
}

/**
 * Groups that differ in one column alone are still there when every column is shuffled. They are believed where there is
 * hardly anybody between them, and they always come back.
 */
function isPlain(
  { chance, crowding, predictionStrength }: Evidence,
  jaccards: readonly number[],
): boolean {
  const { plain } = thresholds;
  return (
    chance.gaussian <= thresholds.chance &&
    Math.max(...crowding) <= plain.crowding &&
    Math.min(...jaccards) >= plain.jaccard &&
    predictionStrength >= plain.predictionStrength
  );
}

const ranks: readonly Verdict[] = ['none', 'constructed', 'reproducible', 'natural'];

interface Ranked {
  readonly nClusters: number;
  readonly verdict: Verdict;
  /** Median over the bootstraps. */
  readonly adjustedRandIndex: number;
}

/**
 * Which number of segments to begin with, and which one else. The best kind of verdict first; of several natural or
 * reproducible ones the largest number, because fewer segments merge some of these; of others the one that comes back most
 * alike.
 *
 * @returns numbers of segments, the best first
 */
export function rankCandidates(candidates: readonly Ranked[]): number[] {
  const best = (a: Ranked, b: Ranked) => {
    if (a.verdict !== b.verdict) return ranks.indexOf(b.verdict) - ranks.indexOf(a.verdict);
    if (a.verdict === 'natural' || a.verdict === 'reproducible') return b.nClusters - a.nClusters;
    return b.adjustedRandIndex - a.adjustedRandIndex || a.nClusters - b.nClusters;
  };
  return [...candidates].sort(best).map(({ nClusters }) => nClusters);
}
