import { drawnPoints } from '../../charts/cloud';
import { nOutside, type MapInput } from '../../charts/map';
import type { StepViews } from '../../contract/views';
import { featureLabel, isLevel } from '../../core/explain/feature-words';
import type { SegmentModel } from '../../core/model';
import { formatCount } from '../../core/words';

/** What the map shows of a model: centres, names, and what its two directions mean. */
export function modelOnMap(model: SegmentModel): Pick<MapInput, 'segments' | 'axisTitles'> {
  return {
    segments: model.segments.map(({ name, point }) => ({ name, center: point })),
    axisTitles: [axisTitle(model, 0), axisTitle(model, 1)],
  };
}

/** The customers of a story, with its model. */
export function storyOnMap(
  story: Pick<StepViews, 'pca' | 'cluster'>,
  model: SegmentModel,
): MapInput {
  return { scores: story.pca.scores, labels: story.cluster.labels, ...modelOnMap(model) };
}

/** "All 8,950 customers", "20,000 of 1,000,000 customers" */
export function drawnInWords({
  labels: { length },
  raster,
}: Pick<MapInput, 'labels' | 'raster'>): string {
  if (raster) {
    const nPoints = drawnPoints(length, true);
    const points = nPoints < length ? `, and ${formatCount(nPoints)} of them as points` : '';
    return `All ${formatCount(length)} customers as shading${points}`;
  }
  const nDrawn = drawnPoints(length);
  return nDrawn < length
    ? `${formatCount(nDrawn)} of ${formatCount(length)} customers`
    : `All ${formatCount(length)} customers`;
}

/** A sentence on those that the frame leaves out, with a space before it; nothing if it leaves out none. */
export function outsideInWords(input: MapInput): string {
  const n = nOutside(input);
  if (n === 0) return '';
  return ` ${formatCount(n)} extreme ${n === 1 ? 'one lies' : 'ones lie'} beyond the frame.`;
}

/** A direction is called by the feature that weighs most in it; the sign rule makes that weight positive. */
function axisTitle({ projection, features }: SegmentModel, component: 0 | 1): string {
  const loadings = projection.components[component];
  const largest = loadings.reduce(
    (best, value, j) => (Math.abs(value) > Math.abs(loadings[best]) ? j : best),
    0,
  );
  const feature = features[largest];
  return `${isLevel(feature) ? 'More often' : 'More'} ${featureLabel(feature)}`;
}
