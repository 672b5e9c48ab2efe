import type { SegmentModel } from './model';

/**
 * Where a customer lies on the map of a model.
 *
 * @param x scaled features
 */
export function project(
  { projection }: Pick<SegmentModel, 'projection'>,
  x: Float32Array,
): [number, number] {
  const [first, second] = projection.components.map((component) =>
    component.reduce((sum, loading, j) => sum + loading * x[j], 0),
  );
  return [first, second];
}
