import { unmerged } from '../../core/learn/merge-clusters';
import type { Workbench } from '../../state/workbench.svelte';

/** What can be done with the segment of a card. */
export interface Merging {
  /** Segments that it was merged from; 1: it was not. */
  readonly nParts: number;
  /** Segments that it can be merged with. */
  readonly others: readonly number[];
  readonly join: (other: number) => void;
  readonly takeApart: () => void;
}

/**
 * Takes clusters of K-Means together. The recipe says which they are by what they are known by, and not by their numbers
 * alone; what becomes of the number of segments is not left to chance any more.
 */
export async function mergeClusters(
  workbench: Pick<Workbench, 'recipe' | 'story' | 'ask' | 'change' | 'report'>,
  groups: readonly (readonly number[])[],
): Promise<void> {
  const { recipe, story } = workbench;
  if (story === null) return;
  const nClusters = story.cluster.clusterOf.length;
  const cluster = { ...unmerged(recipe.cluster), nClusters };
  if (groups.length === 0) return workbench.change({ cluster });
  try {
    const mergedOn = await workbench.ask('formed', null);
    // Other settings, other clusters: what was asked for was about these.
    if (workbench.recipe !== recipe) return;
    await workbench.change({ cluster: { ...cluster, merge: groups, mergedOn } });
  } catch (error) {
    workbench.report(error);
  }
}
