import { contourRings } from './contour';
import type { Point } from './polygon';

/** What a picture shows, in units of the map. */
export interface MapFrame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Customers by segment and cell of a grid over the frame. */
export interface DensityRaster extends MapFrame {
  readonly nx: number;
  readonly ny: number;
  /** Segment after segment; each row-major, the rows upwards. Length nClusters × nx × ny. */
  readonly counts: Float32Array;
}

/** Fine enough to see shapes, coarse enough to count in. */
const [rasterX, rasterY] = [180, 120];

/**
 * Counts all customers in cells, in one pass. Whoever lies beyond the frame is not counted.
 *
 * @param scores row-major n × 2
 */
export function densityRaster(
  scores: Float32Array,
  labels: Int32Array,
  nClusters: number,
  { x, y }: MapFrame,
): DensityRaster {
  const [nx, ny] = [rasterX, rasterY];
  const counts = new Float32Array(nClusters * nx * ny);
  const [scaleX, scaleY] = [nx / (x[1] - x[0]), ny / (y[1] - y[0])];
  for (let i = 0; i < labels.length; i++) {
    const column = Math.floor((scores[2 * i] - x[0]) * scaleX);
    const row = Math.floor((scores[2 * i + 1] - y[0]) * scaleY);
    if (column < 0 || row < 0 || column >= nx || row >= ny) continue;
    counts[(labels[i] * ny + row) * nx + column]++;
  }
  return { x, y, nx, ny, counts };
}

/**
 * Lines around the densest part of a segment that holds a share of its customers in the frame: a normal kernel over the
 * raster, Silverman's width in each direction, at least one cell; then the highest level above which lies that share.
 * Source: Silverman (1986); Hyndman (1996), "Computing and graphing highest density regions".
 *
 * @returns rings in units of the map
 */
export function densestPart(raster: DensityRaster, segment: number, share: number): Point[][] {
  const { nx, ny, counts, x, y } = raster;
  const own = Float64Array.from(counts.subarray(segment * nx * ny, (segment + 1) * nx * ny));
  const n = own.reduce((sum, value) => sum + value, 0);
  if (n === 0) return [];
  const across = new Float64Array(nx);
  const up = new Float64Array(ny);
  own.forEach((count, at) => {
    across[at % nx] += count;
    up[Math.floor(at / nx)] += count;
  });
  const smooth = blurred(own, nx, ny, widthOf(across, n), widthOf(up, n));
  const level = levelHolding(smooth, share);
  const [stepX, stepY] = [(x[1] - x[0]) / nx, (y[1] - y[0]) / ny];
  // Counts stand for the middle of their cells.
  return contourRings({ values: smooth, nx, ny }, level).map((ring) =>
    ring.map(([column, row]): Point => [x[0] + (column + 0.5) * stepX, y[0] + (row + 0.5) * stepY]),
  );
}

/** Silverman's rule for two dimensions, in cells: n^(−1/6) times the smaller of deviation and quartile range / 1.34. */
function widthOf(marginal: Float64Array, n: number): number {
  let [mean, square] = [0, 0];
  marginal.forEach((count, at) => {
    mean += (count / n) * at;
    square += (count / n) * at * at;
  });
  const quantile = (share: number) => {
    let below = 0;
    for (let at = 0; at < marginal.length; at++) {
      if (below + marginal[at] >= share * n) return at + (share * n - below) / marginal[at];
      below += marginal[at];
    }
    return marginal.length;
  };
  const deviation = Math.sqrt(Math.max(0, square - mean * mean));
  const quartiles = (quantile(0.75) - quantile(0.25)) / 1.34;
  const spread = quartiles > 0 ? Math.min(deviation, quartiles) : deviation;
  return Math.max(1, spread * n ** (-1 / 6));
}

/** Normal kernels, one direction after the other. What is pushed over the edge is lost. */
function blurred(values: Float64Array, nx: number, ny: number, wx: number, wy: number) {
  const along = new Float64Array(nx * ny);
  const both = new Float64Array(nx * ny);
  const inX = kernel(wx);
  const inY = kernel(wy);
  for (let row = 0; row < ny; row++) {
    for (let column = 0; column < nx; column++) {
      const value = values[row * nx + column];
      if (value === 0) continue;
      inX.forEach((weight, k) => {
        const to = column + k - (inX.length - 1) / 2;
        if (to >= 0 && to < nx) along[row * nx + to] += weight * value;
      });
    }
  }
  for (let row = 0; row < ny; row++) {
    for (let column = 0; column < nx; column++) {
      const value = along[row * nx + column];
      if (value === 0) continue;
      inY.forEach((weight, k) => {
        const to = row + k - (inY.length - 1) / 2;
        if (to >= 0 && to < ny) both[to * nx + column] += weight * value;
      });
    }
  }
  return both;
}

function kernel(width: number): Float64Array {
  const reach = Math.ceil(3 * width);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-0.5 * ((k - reach) / width) ** 2),
  );
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The highest level above or at which lies a share of the whole. */
function levelHolding(values: Float64Array, share: number): number {
  const falling = values.toSorted().reverse();
  const whole = falling.reduce((sum, value) => sum + value, 0);
  let held = 0;
  for (const value of falling) {
    held += value;
    // A little below the value itself, so that its own knot lies above the level.
    if (held >= share * whole) return value * (1 - 1e-9);
  }
  return 0;
}
