import type { DensityRaster } from '../core/map/density';
import { createRandom } from '../core/random';
import { segmentPath, shapeBox } from './theme';
import { pause } from './turns';

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
  /** Of what recedes behind a highlight. */
  readonly receded: string;
  readonly opacity: number;
  /** Drawn last and with full strength; the others recede. */
  readonly emphasis?: number;
  /** All rows, counted in cells, drawn below a few of the points. */
  readonly raster?: DensityRaster;
}

/** Rows that stand out from the others, of whatever segment they are. */
export interface Highlight {
  /** By row: 1 for those that do. */
  readonly rows: Uint8Array;
  /** The others are not drawn at all. */
  readonly isAlone: boolean;
}

/** More would only lie on top of each other. */
export const maxPoints = 20_000;

/** Beside a raster that counts all rows a few points show that each of them is somebody. */
const pointsOnRaster = 3_000;

/** How many of n rows are drawn. */
export function drawnPoints(nRows: number, hasRaster = false): number {
  return Math.min(nRows, hasRaster ? pointsOnRaster : maxPoints);
}

/** Side of a point's shape in pixels. */
const pointSize = 5.4;
/** Opacity of points that recede, as a share of the others'. */
const receding = 0.22;

/** What recedes behind a highlight: one point, and however many on top of each other. */
const greyOpacity = 0.2;
const mostGrey = 0.42;

/** Whether the one picture would be the other. */
export function isSameCloud(a: Cloud, b: Cloud): boolean {
  return (
    a.scores === b.scores &&
    a.labels === b.labels &&
    a.opacity === b.opacity &&
    a.emphasis === b.emphasis &&
    a.raster === b.raster &&
    [a.x, a.y, a.colors, a.receded].join() === [b.x, b.y, b.colors, b.receded].join()
  );
}

/**
 * The rows to draw, in the order of the file: all of them, or one at random (always the same) of every n / maxPoints in a
 * row. Picking every so manieth would see only half of a file in which two kinds of customers alternate.
 */
export function drawnRows(nRows: number, hasRaster = false): Int32Array {
  const nDrawn = drawnPoints(nRows, hasRaster);
  const rows = new Int32Array(nDrawn).map((_, i) => i);
  if (nDrawn === nRows) return rows;
  const random = createRandom(0);
  const start = (i: number) => Math.floor((i * nRows) / nDrawn);
  return rows.map((i) => start(i) + Math.floor(random.uniform() * (start(i + 1) - start(i))));
}

/** Points that are drawn alike, the last ones on top. */
interface Layer {
  readonly rows: Int32Array;
  readonly opacity: number;
  /** In the colour of what recedes, not in those of the segments. */
  readonly isGrey?: true;
}

function markedRows(isMarked: Uint8Array): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < isMarked.length; row++) if (isMarked[row] === 1) rows.push(row);
  return Int32Array.from(rows);
}

/** A few are to be found at a glance; so many that they cover each other are drawn as usual. */
function outstandingOpacity(nRows: number, usual: number): number {
  if (nRows <= 300) return 0.9;
  return nRows <= 3000 ? 0.6 : usual;
}

/** Which rows are drawn, and how strongly. Of rows that stand out as many are drawn as of all. */
export function layersOf(
  { labels, opacity, emphasis, raster }: Pick<Cloud, 'labels' | 'opacity' | 'emphasis' | 'raster'>,
  highlight: Highlight | null,
): Layer[] {
  const rows = drawnRows(labels.length, raster !== undefined);
  const faint = receding * opacity;
  if (highlight !== null) {
    const outstanding = markedRows(highlight.rows);
    const drawn = drawnRows(outstanding.length).map((i) => outstanding[i]);
    return [
      ...(highlight.isAlone
        ? []
        : [
            {
              rows: rows.filter((row) => highlight.rows[row] !== 1),
              opacity: greyOpacity,
              isGrey: true as const,
            },
          ]),
      { rows: drawn, opacity: outstandingOpacity(drawn.length, opacity) },
    ];
  }
  if (emphasis === undefined) return [{ rows, opacity }];
  return [
    { rows: rows.filter((row) => labels[row] !== emphasis), opacity: faint },
    { rows: rows.filter((row) => labels[row] === emphasis), opacity },
  ];
}

/**
 * Draws the points onto a canvas of the plot's size, pausing so that the page can answer. In the order of the file, so
 * that no segment lies on top of all others.
 */
export async function drawCloud(
  canvas: HTMLCanvasElement,
  cloud: Cloud,
  highlight: Highlight | null,
  width: number,
  height: number,
  density = window.devicePixelRatio,
): Promise<void> {
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext('2d');
  if (context === null) return;
  if (cloud.raster !== undefined) drawRaster(context, cloud, cloud.raster, highlight !== null);
  const stampsIn = (colors: readonly string[]) =>
    colors.map((color, c) => stamp(segmentPath(c), color, density));
  const inColor = stampsIn(cloud.colors);
  const inGrey = stampsIn(cloud.colors.map(() => cloud.receded));
  const { scores, labels, x, y } = cloud;
  const [scaleX, scaleY] = [canvas.width / (x[1] - x[0]), canvas.height / (y[1] - y[0])];
  // Whoever has just selected something looks at nothing else.
  const longest = highlight === null ? undefined : 40;
  for (const layer of layersOf(cloud, highlight)) {
    context.globalAlpha = layer.opacity;
    const stamps = layer.isGrey ? inGrey : inColor;
    for (const [i, row] of layer.rows.entries()) {
      const image = stamps[labels[row]];
      const half = image.width / 2;
      // Whole pixels: what lies between is blurred, and slower.
      context.drawImage(
        image,
        Math.round((scores[2 * row] - x[0]) * scaleX - half),
        Math.round((y[1] - scores[2 * row + 1]) * scaleY - half),
      );
      if (i % 500 === 499) await pause(longest);
    }
    if (layer.isGrey) fade(context, mostGrey);
  }
}

/** Cells in the mixed colours of whoever is in them, the stronger the more there are, by their logarithm. */
function drawRaster(
  context: CanvasRenderingContext2D,
  { colors, receded, emphasis }: Cloud,
  { nx, ny, counts }: DensityRaster,
  isBehind: boolean,
): void {
  const canvas = document.createElement('canvas');
  canvas.width = nx;
  canvas.height = ny;
  const cells = canvas.getContext('2d');
  if (cells === null) return;
  const image = cells.createImageData(nx, ny);
  const painted = colors.map((color, c) =>
    channelsOf(isBehind || (emphasis !== undefined && emphasis !== c) ? receded : color),
  );
  for (const [at, { mixed, strength }] of cellColors(counts, nx * ny, painted).entries()) {
    // Rows of the raster go upwards.
    const to = 4 * ((ny - 1 - Math.floor(at / nx)) * nx + (at % nx));
    image.data.set(mixed, to);
    image.data[to + 3] = Math.round((isBehind ? 90 : 235) * strength);
  }
  cells.putImageData(image, 0, 0);
  context.drawImage(canvas, 0, 0, context.canvas.width, context.canvas.height);
}

/**
 * @param counts segment after segment, as many cells each
 * @param colors by segment: red, green and blue
 * @returns per cell: its colour, and how strong it is, 0 … 1
 */
export function cellColors(
  counts: Float32Array,
  nCells: number,
  colors: readonly (readonly number[])[],
): { readonly mixed: number[]; readonly strength: number }[] {
  const totals = new Float32Array(nCells);
  counts.forEach((count, at) => (totals[at % nCells] += count));
  const most = Math.log1p(totals.reduce((a, b) => Math.max(a, b), 0));
  return Array.from(totals, (total, at) => {
    if (total === 0) return { mixed: [0, 0, 0], strength: 0 };
    const mixed = [0, 1, 2].map((channel) =>
      colors.reduce((sum, color, c) => sum + (counts[c * nCells + at] / total) * color[channel], 0),
    );
    // Even one customer is to be seen.
    return { mixed, strength: 0.15 + 0.85 * (Math.log1p(total) / most) };
  });
}

/** Red, green and blue of a colour that is written as the page's tokens are: #rgb, #rrggbb. */
function channelsOf(color: string): number[] {
  const hex = color.replace('#', '');
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  return [0, 2, 4].map((at) => parseInt(full.slice(at, at + 2), 16) || 0);
}

/** Takes back what has been drawn so far to a share of its strength. */
function fade(context: CanvasRenderingContext2D, share: number): void {
  context.globalCompositeOperation = 'destination-in';
  context.globalAlpha = share;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.globalCompositeOperation = 'source-over';
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
