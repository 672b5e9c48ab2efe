import type { Labelling } from '../judge/silhouette';
import { densestPart, densityRaster, type DensityRaster, type MapFrame } from './density';
import { innerHull, innerShare } from './hull';
import type { Point } from './polygon';

/** What is drawn of segments beside their points. `shade`: all customers, counted in cells. */
export const mapShapeKinds = ['hull', 'density', 'shade'] as const;
export type MapShapeKind = (typeof mapShapeKinds)[number];

export interface MapShapes {
  readonly outlines: readonly Outline[];
  /** Only of the kind `shade`. */
  readonly raster: DensityRaster | null;
}

/** A closed line around customers of a segment. */
export interface Outline {
  readonly segment: number;
  /** Share of the segment's customers inside. */
  readonly share: number;
  readonly points: readonly Point[];
}

/** Shares that lines of density hold, the outer one first. */
export const densityShares = [0.8, 0.5] as const;

/** @param scores row-major n × 2 */
export function mapShapes(
  kind: MapShapeKind,
  scores: Float32Array,
  { labels, nClusters }: Labelling,
  frame: MapFrame,
): MapShapes {
  if (kind === 'hull') {
    const rows = rowsBySegment(labels, nClusters);
    return {
      raster: null,
      outlines: rows
        .map((own, segment) => ({
          segment,
          share: innerShare,
          points: innerHull(scores, own, innerShare),
        }))
        .filter(({ points }) => points.length > 2),
    };
  }
  const raster = densityRaster(scores, labels, nClusters, frame);
  if (kind === 'shade') return { raster, outlines: [] };
  const outlines = Array.from({ length: nClusters }, (_, segment) =>
    densityShares.flatMap((share) =>
      densestPart(raster, segment, share).map((points) => ({ segment, share, points })),
    ),
  ).flat();
  return { raster: null, outlines };
}

function rowsBySegment(labels: Int32Array, nClusters: number): Int32Array[] {
  const sizes = new Array<number>(nClusters).fill(0);
  for (const label of labels) sizes[label]++;
  const rows = sizes.map((size) => new Int32Array(size));
  const filled = new Array<number>(nClusters).fill(0);
  labels.forEach((label, i) => (rows[label][filled[label]++] = i));
  return rows;
}
