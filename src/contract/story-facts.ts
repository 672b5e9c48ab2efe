import type { StoryFacts } from '../core/explain/story';
import { overColumns, overSpace } from '../core/reduce/space-words';
import type { StoryViews } from './views';

/** What the first sentences of a story are told from. */
export function storyFacts({
  space,
  sweep,
  cluster,
  clean,
  encode,
}: Pick<StoryViews, 'space' | 'sweep' | 'cluster' | 'clean' | 'encode'>): StoryFacts {
  const nFormed = cluster.clusterOf.length;
  const chosen = sweep.candidates[nFormed - 1];
  const overAll = cluster.overColumns?.mean;
  return {
    nCustomers: clean.nKept,
    where: overSpace(space),
    nClusters: nFormed,
    nSegments: cluster.nClusters,
    chosenBy: cluster.chosenBy,
    notes: cluster.notes,
    knee: sweep.knee,
    silhouette: cluster.silhouette?.mean ?? null,
    elsewhere:
      space.kind === 'scaled' || overAll === undefined
        ? null
        : { silhouette: overAll, where: overColumns(encode.features.length) },
    silhouettes: sweep.candidates.flatMap(({ nClusters, silhouette }) =>
      silhouette === null ? [] : [{ nClusters, silhouette }],
    ),
    nStarts: chosen.startInertias.length,
    nStartsAtBest: chosen.nStartsAtBest,
  };
}
