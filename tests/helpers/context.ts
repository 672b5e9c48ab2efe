import type { Context } from '../../src/core/context';
import type { LoadedMatrix } from '../../src/core/engine';
import { matrix, type Matrix } from '../../src/core/matrix';
import { createRandom } from '../../src/core/random';
import { createReferenceEngine } from '../../workers/engines/reference';

/** Plain loops, nobody who listens, nobody who cancels. */
export const ctx: Context = {
  engine: createReferenceEngine(),
  progress: () => undefined,
  breathe: () => Promise.resolve(),
};

export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return matrix(Float32Array.from(rows.flat()), rows.length, rows[0].length);
}

export function load(X: Matrix): LoadedMatrix {
  return ctx.engine.load(X);
}

export function row({ data, nFeatures }: Matrix, i: number): number[] {
  return Array.from(data.subarray(i * nFeatures, (i + 1) * nFeatures));
}

/** Gaussian clouds of equal size around the given centres, rows of one cloud together, centred on 0 as a whole. */
export function blobs(
  centers: readonly (readonly number[])[],
  perBlob: number,
  spread: number,
  seed: number,
): { X: Matrix; truth: Int32Array } {
  const random = createRandom(seed);
  const points = centers.flatMap((center) =>
    Array.from({ length: perBlob }, () => center.map((value) => value + spread * random.normal())),
  );
  const means = centers[0].map(
    (_, j) => points.reduce((sum, point) => sum + point[j], 0) / points.length,
  );
  return {
    X: matrixOf(points.map((point) => point.map((value, j) => value - means[j]))),
    truth: Int32Array.from(points, (_, i) => Math.floor(i / perBlob)),
  };
}

/** The same partition, whatever the numbers of its parts. */
export function samePartition(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  const forth = new Map<number, number>();
  const back = new Map<number, number>();
  for (let i = 0; i < a.length; i++) {
    if ((forth.get(a[i]) ?? b[i]) !== b[i] || (back.get(b[i]) ?? a[i]) !== a[i]) return false;
    forth.set(a[i], b[i]);
    back.set(b[i], a[i]);
  }
  return a.length === b.length;
}
