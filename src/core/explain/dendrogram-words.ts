import { formatCount, formatValue, listInWords, counted, countInWords } from '../words';
import type { DendrogramCut } from '../learn/dendrogram';

type Cut = Pick<DendrogramCut, 'nGroups' | 'low' | 'high'>;

/** Sizes that are told; the others are counted. */
const mostSizes = 8;

/** "Cut into four groups of 4,875, 2,581, 1,194 and 300 customers; they agree with four segments …" */
export function cutSentence({ nGroups, sizes, adjustedRandIndex }: DendrogramCut): string {
  if (nGroups === 1) return 'Uncut, the tree is one group of all customers.';
  const told = listInWords(sizes.slice(0, mostSizes).map(formatCount), sizes.length);
  const begin = `Cut into ${countInWords(nGroups)} groups of ${told} customers`;
  if (adjustedRandIndex === null) return `${begin}.`;
  const index = (Math.round(adjustedRandIndex * 100) / 100 + 0).toFixed(2);
  return `${begin}; with ${countInWords(nGroups)} segments of K-Means they agree to ${index} (adjusted Rand index: 1 is the same, 0 is chance).`;
}

/** Numbers of groups by the gap between the merge that ends them and the one before, the largest first. */
function byGap(cuts: readonly Cut[]): { readonly nGroups: number; readonly gap: number }[] {
  return cuts
    .filter(({ high, nGroups }) => Number.isFinite(high) && nGroups < cuts.length)
    .map(({ nGroups, low, high }) => ({ nGroups, gap: high - low }))
    .sort((a, b) => b.gap - a.gap || a.nGroups - b.nGroups);
}

/**
 * What the heights say about the number of groups, and whether they reconfirm the number of segments of the page.
 *
 * @param cuts from one group on
 */
export function gapsSentence(cuts: readonly Cut[], nClusters: number): string {
  const [largest, next] = byGap(cuts);
  if (largest === undefined) return 'There are too few merges to tell a number of groups by.';
  const named = `${countInWords(largest.nGroups)} groups (${formatValue(largest.gap)})`;
  const begin = `Between its merges, the tree has the largest gap at ${named}`;
  if (largest.nGroups === nClusters) {
    return `${begin}: it reconfirms ${countInWords(nClusters)}.`;
  }
  if (next?.nGroups === nClusters) {
    return `${begin}, the next at ${countInWords(nClusters)} (${formatValue(next.gap)}): ${countInWords(nClusters)} is its second choice.`;
  }
  const second =
    next === undefined
      ? ''
      : `, the next at ${countInWords(next.nGroups)} (${formatValue(next.gap)})`;
  return `${begin}${second}: it does not reconfirm ${countInWords(nClusters)}.`;
}

/** What the whole picture shows, for those who do not see it. */
export function treeSentence(nLeaves: number, cut: DendrogramCut): string {
  return `The last ${counted(nLeaves - 1, 'merge')} of Ward’s method as a tree. ${cutSentence(cut)}`;
}
