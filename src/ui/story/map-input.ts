import type { MapInput } from '../../charts/map';
import { columnLabel } from '../../core/explain/words';
import { projectCenter, type SegmentModel } from '../../core/model';

/** What the map shows of a model: centres, names, and what its two directions mean. */
export function modelOnMap(model: SegmentModel): Pick<MapInput, 'segments' | 'axisTitles'> {
  return {
    segments: model.segments.map(({ name }, c) => ({ name, center: projectCenter(model, c) })),
    axisTitles: [axisTitle(model, 0), axisTitle(model, 1)],
  };
}

/** A direction is called by the column that weighs most in it; the sign rule makes that weight positive. */
function axisTitle({ projection, columns }: SegmentModel, component: 0 | 1): string {
  const loadings = projection.components[component];
  const largest = loadings.reduce(
    (best, value, j) => (Math.abs(value) > Math.abs(loadings[best]) ? j : best),
    0,
  );
  return `More ${columnLabel(columns[largest].name)}`;
}
