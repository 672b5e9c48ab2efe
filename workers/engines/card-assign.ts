import type { LoadedMatrix } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';
import type { Card } from './card';
import type { CardChunks } from './card-chunks';
import { nearestProgram } from './nearest-program';
import { passOf, settleRows, spotCheck, type Pass } from './settle';

/** Centres, row-major nClusters × nFeatures, and the labels to write. */
export interface Labelling {
  readonly centers: Float64Array;
  readonly nClusters: number;
  readonly labels: Int32Array;
}

/** Sets of centres that programs are made for: few, because each number compiles one. */
const capacities = [1, 4, 16];

/** Labellings of one matrix, at most, in one go. */
export const mostLabellings = 16;

/**
 * `LoadedMatrix.assign` for several labellings with equally many clusters, each row of X read once for all of them: the
 * card proposes, what it cannot tell is settled in float64.
 *
 * @throws AppError `engine-failed`
 */
export async function assignOnCard(
  card: Card,
  X: Matrix,
  chunks: CardChunks,
  labellings: readonly Labelling[],
  processor: LoadedMatrix,
): Promise<void> {
  const { nFeatures } = X;
  const [{ nClusters }] = labellings;
  const passes = labellings.map(({ centers }) => passOf(centers, nClusters, nFeatures));
  const doubt = Math.max(...passes.map((pass) => pass.doubt));
  if (nClusters === 1 || !Number.isFinite(doubt)) {
    for (const { centers, labels } of labellings)
      await processor.assign(centers, nClusters, labels);
    return;
  }
  const nSets = capacities.find((capacity) => capacity >= labellings.length) ?? mostLabellings;
  const stride = Math.ceil(nClusters / 8) * 8;
  const centers = card.upload(
    packSets(passes, stride, nSets, nFeatures),
    nSets * stride,
    nFeatures,
  );
  const program = nearestProgram(chunks.rows, nFeatures, nSets);
  // Float32 of the doubt, rounded up.
  const uniforms = { nClusters, stride, nUsed: passes.length, doubt: doubt * (1 + 2 ** -20) };
  await chunks.run(program, centers, uniforms, (said, range) => {
    labellings.forEach(({ labels }, which) => {
      settleRows(X, passes[which], { said, nSets, which }, range, labels);
    });
  });
  labellings.forEach(({ labels }, which) => spotCheck(X, passes[which], labels));
}

/** Set after set, each of `stride` rows, rounded to float32. */
function packSets(
  passes: readonly Pass[],
  stride: number,
  nSets: number,
  nFeatures: number,
): Float32Array {
  const values = new Float32Array(nSets * stride * nFeatures);
  passes.forEach(({ centers, nClusters }, which) => {
    values.set(centers.subarray(0, nClusters * nFeatures), which * stride * nFeatures);
  });
  return values;
}
