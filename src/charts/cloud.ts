import { createRandom } from '../core/random';
import { segmentPath, shapeBox } from './theme';
import { createPause } from './turns';

/** Points by the thousand, each in the colour and shape of its segment. */
export interface Cloud {
  /** Row-major n × 2. */
  readonly scores: Float32Array;
  /** Segment of each row, length n. */
  readonly labels: Int32Array;
  /** What the plot shows, in the units of the scores. */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** By segment. */
  readonly colors: readonly string[];
  readonly opacity: number;
  /** Drawn last and with full strength; the others recede. */
  readonly emphasis?: number;
}

/** More would only lie on top of each other. */
export const maxPoints = 20_000;

/** How many of n rows are drawn. */
export function drawnPoints(nRows: number): number {
  return Math.min(nRows, maxPoints);
}

/** Side of a point's shape in pixels. */
const pointSize = 5.4;
/** Opacity of points that recede, as a share of the others'. */
const receding = 0.22;

/** Whether the one picture would be the other. */
export function isSameCloud(a: Cloud, b: Cloud): boolean {
  return (
    a.scores === b.scores &&
    a.labels === b.labels &&
    a.opacity === b.opacity &&
    a.emphasis === b.emphasis &&
    [a.x, a.y, a.colors].join() === [b.x, b.y, b.colors].join()
  );
}

/**
 * The rows to draw, in the order of the file: all of them, or one at random (always the same) of every n / maxPoints in a
 * row. Picking every so manieth would see only half of a file in which two kinds of customers alternate.
 */
export function drawnRows(nRows: number): Int32Array {
  const nDrawn = drawnPoints(nRows);
  if (nDrawn === nRows) return Int32Array.from({ length: nRows }, (_, row) => row);
  const random = createRandom(0);
  const start = (i: number) => Math.floor((i * nRows) / nDrawn);
  return Int32Array.from(
    { length: nDrawn },
    (_, i) => start(i) + Math.floor(random.uniform() * (start(i + 1) - start(i))),
  );
}

/**
 * Draws the points onto a canvas of the plot's size, pausing so that the page can answer. In the order of the file, so
 * that no segment lies on top of all others.
 */
export async function drawCloud(
  canvas: HTMLCanvasElement,
  cloud: Cloud,
  width: number,
  height: number,
): Promise<void> {
  const density = window.devicePixelRatio;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext('2d');
  if (context === null) return;
  const stamps = cloud.colors.map((color, c) => stamp(segmentPath(c), color, density));
  const { scores, labels, x, y, emphasis } = cloud;
  const [scaleX, scaleY] = [canvas.width / (x[1] - x[0]), canvas.height / (y[1] - y[0])];
  const pause = createPause();
  const rows = drawnRows(labels.length);
  const layers =
    emphasis === undefined
      ? [{ rows, opacity: cloud.opacity }]
      : [
          {
            rows: rows.filter((row) => labels[row] !== emphasis),
            opacity: receding * cloud.opacity,
          },
          { rows: rows.filter((row) => labels[row] === emphasis), opacity: cloud.opacity },
        ];
  for (const layer of layers) {
    context.globalAlpha = layer.opacity;
    for (const [i, row] of layer.rows.entries()) {
      const image = stamps[labels[row]];
      const half = image.width / 2;
      // Whole pixels: what lies between is blurred, and slower.
      context.drawImage(
        image,
        Math.round((scores[2 * row] - x[0]) * scaleX - half),
        Math.round((y[1] - scores[2 * row + 1]) * scaleY - half),
      );
      if (i % 500 === 499) await pause();
    }
  }
}

/** A segment's shape as a picture: to copy it is many times quicker than to draw it. */
function stamp(path: string, color: string, density: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const size = Math.ceil(pointSize * density);
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  context.scale(size / shapeBox, size / shapeBox);
  context.fillStyle = color;
  context.fill(new Path2D(path));
  return canvas;
}
