import { compareLabelings } from '../judge/matching';
import type { Segmentation } from '../steps';
import type { Space, SpaceTraining } from './space';

/** What is left of the columns in as many numbers, and the segments that are formed from those. */
export interface Reduction {
  /** Numbers for each row. */
  readonly nNumbers: number;
  /** Mean of squared differences between a value and what the numbers tell of it, in squared scaled units. */
  readonly error: number;
  readonly sizes: readonly number[];
  /** Adjusted Rand index to the segments from the scaled columns. */
  readonly agreement: number;
  /** Rows that are in another segment than there. */
  readonly nMoved: number;
  /** Mean silhouettes of these segments; in the space that they were formed in they are always flattered. */
  readonly silhouetteOwn: number;
  readonly silhouetteFull: number;
}

/** An autoencoder beside as many principal components. */
export interface ReductionComparison {
  readonly nClusters: number;
  readonly nRows: number;
  /** Of the autoencoder. */
  readonly training: SpaceTraining | null;
  readonly autoencoder: Reduction;
  readonly pca: Reduction;
  /** Of the segments from the scaled columns. */
  readonly silhouette: number;
}

/** What the pipeline makes of one space. */
export interface SpaceAndSegments {
  readonly space: Space;
  readonly cluster: Segmentation;
}

/** Segments from codes and from components, each beside those from the scaled columns, of which there are as many. */
export function compareReductions(
  scaled: Segmentation,
  codes: SpaceAndSegments,
  components: SpaceAndSegments,
): ReductionComparison {
  return {
    nClusters: scaled.fit.nClusters,
    nRows: scaled.fit.labels.length,
    training: codes.space.training,
    autoencoder: reductionOf(codes, scaled),
    pca: reductionOf(components, scaled),
    silhouette: scaled.silhouette?.mean ?? NaN,
  };
}

function reductionOf({ space, cluster }: SpaceAndSegments, scaled: Segmentation): Reduction {
  const { labels, nClusters, sizes } = cluster.fit;
  const compared = compareLabelings(scaled.fit.labels, scaled.fit.nClusters, labels, nClusters);
  return {
    nNumbers: space.X.nFeatures,
    error: space.error,
    sizes,
    agreement: compared.adjustedRandIndex,
    nMoved: compared.nMoved,
    silhouetteOwn: cluster.silhouette?.mean ?? NaN,
    silhouetteFull: cluster.overColumns?.mean ?? NaN,
  };
}
