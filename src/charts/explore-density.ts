import type { Density, Points } from '../core/explore/pair-measures';
import type { Size } from './figure';

/** Cells in which about equally many rows lie, as one path. */
export interface DensityLevel {
  /** In (0, 1]: how many rows there are in a cell, on a logarithmic scale. */
  readonly strength: number;
  /** SVG path data, in pixels. */
  readonly path: string;
}

const nLevels = 8;

/** The rows of a density as paths, faintest first. */
export function densityLevels({ xEdges, yEdges, counts }: Density, size: Size): DensityLevel[] {
  const most = counts.reduce((best, count) => Math.max(best, count), 1);
  const [x, y] = [pixels(xEdges, size.width, false), pixels(yEdges, size.height, true)];
  const nx = xEdges.length - 1;
  const paths = Array.from({ length: nLevels }, (): string[] => []);
  counts.forEach((count, at) => {
    if (count === 0) return;
    const level = Math.ceil((nLevels * Math.log1p(count)) / Math.log1p(most)) - 1;
    const [i, j] = [at % nx, Math.floor(at / nx)];
    const [left, top] = [x[i], y[j + 1]];
    paths[Math.min(nLevels - 1, level)].push(`M${left} ${top}H${x[i + 1]}V${y[j]}H${left}Z`);
  });
  return paths.flatMap((parts, level) =>
    parts.length === 0 ? [] : [{ strength: (level + 1) / nLevels, path: parts.join('') }],
  );
}

/** Edges in whole pixels, so that cells meet without a seam. */
function pixels(edges: Float64Array, length: number, isUpwards: boolean): Float64Array {
  const [from, to] = [edges[0], edges[edges.length - 1]];
  return edges.map((edge) => {
    const share = (edge - from) / (to - from);
    return Math.round((isUpwards ? 1 - share : share) * length);
  });
}

/** Those of the points that lie in the picture, each a stroke without length: with round ends it is a dot. */
export function pointsPath({ x, y }: Points, { xEdges, yEdges }: Density, size: Size): string {
  const [left, right] = [xEdges[0], xEdges[xEdges.length - 1]];
  const [bottom, top] = [yEdges[0], yEdges[yEdges.length - 1]];
  const parts: string[] = [];
  x.forEach((value, i) => {
    if (value < left || value > right || y[i] < bottom || y[i] > top) return;
    const across = ((value - left) / (right - left)) * size.width;
    const down = (1 - (y[i] - bottom) / (top - bottom)) * size.height;
    parts.push(`M${across.toFixed(1)} ${down.toFixed(1)}h0`);
  });
  return parts.join('');
}

/** A cell of a density: column and line from the lower left, from 0. */
export interface Cell {
  readonly column: number;
  readonly line: number;
}

/** @param across, down from the upper left corner, as shares of the picture */
export function cellAt({ xEdges, yEdges }: Density, across: number, down: number): Cell {
  return { column: binAt(xEdges, across), line: binAt(yEdges, 1 - down) };
}

function binAt(edges: Float64Array, share: number): number {
  const value = edges[0] + share * (edges[edges.length - 1] - edges[0]);
  const after = edges.findIndex((edge, i) => i > 0 && value < edge);
  return after < 0 ? edges.length - 2 : after - 1;
}

/** The cell that holds the most rows. */
export function fullestCell({ xEdges, counts }: Density): Cell {
  const at = counts.reduce((best, count, i) => (count > counts[best] ? i : best), 0);
  const nx = xEdges.length - 1;
  return { column: at % nx, line: Math.floor(at / nx) };
}

/** A neighbour, as far as there is one. */
export function moved({ xEdges, yEdges }: Density, cell: Cell, right: number, up: number): Cell {
  const clamp = (value: number, nEdges: number) => Math.max(0, Math.min(nEdges - 2, value));
  return {
    column: clamp(cell.column + right, xEdges.length),
    line: clamp(cell.line + up, yEdges.length),
  };
}

export function countIn({ xEdges, counts }: Density, { column, line }: Cell): number {
  return counts[line * (xEdges.length - 1) + column];
}
