import { featureLabel, isLevel } from '../explain/feature-words';
import type { Feature } from '../features/encode-table';
import { meansOf } from '../judge/contact';
import type { Labelling } from '../judge/silhouette';
import type { MapScores } from './map-scores';
import { directionsSentence, directionTitle, projectionSentence } from './map-words';
import type { Projection } from './projection';

/** A map of the customers, as the page draws it, with its words. */
export interface MapPicture extends MapScores {
  readonly projection: Projection;
  /** Per kept row, of the same run as the scores. */
  readonly labels: Int32Array;
  /** Mean of each segment. */
  readonly centers: readonly (readonly [number, number])[];
  readonly axisTitles: readonly [string, string];
  /** What the projection looks for, how much it keeps, and what its directions mean. */
  readonly sentences: readonly string[];
}

export function mapPicture(
  projection: Projection,
  found: MapScores,
  { labels, nClusters }: Labelling,
  features: readonly Feature[],
): MapPicture {
  const plane = { data: found.scores, nSamples: labels.length, nFeatures: 2 };
  const means = meansOf(plane, labels, nClusters);
  const [across, up] = found.meanings;
  const label = (feature: number) => featureLabel(features[feature]);
  const title = ({ feature, correlation }: typeof across, direction: 0 | 1) =>
    directionTitle(label(feature), isLevel(features[feature]), correlation, direction);
  return {
    ...found,
    projection,
    labels,
    centers: Array.from({ length: nClusters }, (_, c) => [means[2 * c], means[2 * c + 1]] as const),
    axisTitles: [title(across, 0), title(up, 1)],
    sentences: [
      projectionSentence(projection, found, nClusters),
      directionsSentence(
        [label(across.feature), label(up.feature)],
        [across.correlation, up.correlation],
      ),
    ],
  };
}
