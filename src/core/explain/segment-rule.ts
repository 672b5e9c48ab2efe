import type { Context } from '../context';
import { fitTree, type Tree } from '../learn/tree';
import { rulesOf, type RulePart } from './tree-rules';

/** "and" of some ranges that finds a segment, and how well it does. Shares are of the customers that segments were formed from. */
export interface SegmentRule {
  readonly parts: readonly RulePart[];
  /** Of the segment's customers, those that the rule finds. */
  readonly coverage: number;
  /** Of those that the rule finds, the segment's. */
  readonly precision: number;
  readonly nFound: number;
}

const maxDepth = 3;
/** A rule for so small a share of a segment is none. */
const leastShare = 0.01;

/**
 * The single rule of at most three questions that tells one segment best from all others: the leaf of a shallow tree (one
 * segment against the rest, both weighing the same) with the largest harmonic mean of coverage and precision.
 *
 * @param values by feature, in own units
 * @returns null where no question helps
 */
export async function findSegmentRule(
  values: readonly Float64Array[],
  labels: Int32Array,
  segment: number,
  ctx: Context,
): Promise<SegmentRule | null> {
  const isOwn = labels.map((label) => (label === segment ? 1 : 0));
  const rows = Int32Array.from(labels.keys());
  const nOwn = isOwn.reduce((sum, own) => sum + own, 0);
  if (nOwn === 0 || nOwn === labels.length) return null;
  const params = {
    maxDepth,
    minSamplesLeaf: Math.max(1, Math.ceil(nOwn * leastShare)),
    minSamplesSplit: 2,
    classWeight: 'balanced',
  } as const;
  const tree = await fitTree({ features: values, labels: isOwn, nClasses: 2, rows }, params, ctx);
  const { nFound, nHits } = countLeaves(tree, values, isOwn);
  let best: SegmentRule | null = null;
  for (const { node: leaf, parts } of rulesOf(tree)) {
    if (parts.length === 0 || nHits[leaf] === 0) continue;
    const rule = {
      parts,
      coverage: nHits[leaf] / nOwn,
      precision: nHits[leaf] / nFound[leaf],
      nFound: nFound[leaf],
    };
    if (best === null || harmonic(rule) > harmonic(best)) best = rule;
  }
  return best;
}

function harmonic({ coverage, precision }: SegmentRule): number {
  return (2 * coverage * precision) / (coverage + precision);
}

/** Rows of each leaf, and those of the segment among them. */
function countLeaves(tree: Tree, values: readonly Float64Array[], isOwn: Int32Array) {
  const { feature, threshold, left, right } = tree;
  const nFound = new Float64Array(feature.length);
  const nHits = new Float64Array(feature.length);
  for (let i = 0; i < isOwn.length; i++) {
    let node = 0;
    while (left[node] >= 0) {
      node = values[feature[node]][i] <= threshold[node] ? left[node] : right[node];
    }
    nFound[node]++;
    nHits[node] += isOwn[i];
  }
  return { nFound, nHits };
}
