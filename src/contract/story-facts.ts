import type { StoryFacts } from '../core/explain/story';
import type { StoryViews } from './views';

/** What the first sentences of a story are told from. */
export function storyFacts({
  sweep,
  cluster,
  clean,
  encode,
}: Pick<StoryViews, 'sweep' | 'cluster' | 'clean' | 'encode'>): StoryFacts {
  const chosen = sweep.candidates[cluster.nClusters - 1];
  return {
    nCustomers: clean.nKept,
    nFeatures: encode.features.length,
    nClusters: cluster.nClusters,
    chosenBy: cluster.chosenBy,
    knee: sweep.knee,
    silhouette: chosen.silhouette,
    silhouettes: sweep.candidates.flatMap(({ nClusters, silhouette }) =>
      silhouette === null ? [] : [{ nClusters, silhouette }],
    ),
    nStarts: chosen.startInertias.length,
    nStartsAtBest: chosen.nStartsAtBest,
  };
}
