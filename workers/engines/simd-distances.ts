import type { RowRange, RowRuns } from '../../src/core/engine';
import type { Matrix } from '../../src/core/matrix';
import { guard } from './simd-guard';
import { blockBytes, blockRows, memoryStart, packRows, place, type Kernels } from './simd-memory';

/** Pairs of rows between two rests: a millisecond or two of work. */
const pairsPerStretch = 1_000_000;

interface Layout {
  readonly blocks: number;
  readonly ends: number;
  readonly slots: number;
  readonly distances: number;
  readonly sums: number;
}

/**
 * `LoadedMatrix.distanceSums` in float32, summed in float64.
 *
 * Each distance is √Σ(x_j − y_j)² with every operation rounded to nearest, so it is off by at most (d + 4)/2 + 1 units
 * of 2^-24, relatively, as long as no square overflows or vanishes; rounding errors of either sign cancel in a sum, and
 * what remains is some 1e-8.
 *
 * @param kernels used by nobody else meanwhile
 * @returns undefined when the rows are too long, or all too short, for squares in float32
 */
export async function simdDistanceSums(
  X: Matrix,
  runs: RowRuns,
  kernels: Kernels,
  rest: (share: number) => Promise<void>,
  range: RowRange = { first: 0, end: runs.rows.length },
): Promise<Float64Array | undefined> {
  const n = runs.rows.length;
  const nRows = range.end - range.first;
  const layout = guard(() => placeRuns(X, runs, kernels));
  if (layout === undefined) return undefined;
  const sums = new Float64Array(nRows * runs.nSlots);
  const blocksPerStretch = Math.ceil(pairsPerStretch / (n * blockRows));
  for (let done = 0, block = 0; done < nRows; done += blockRows, block++) {
    guard(() => addBlock(X.nFeatures, runs, kernels, layout, range, done, sums));
    if ((block + 1) % blocksPerStretch === 0) await rest((done + blockRows) / nRows);
  }
  return sums;
}

/** @returns undefined when float32 will not do */
function placeRuns(X: Matrix, { rows, ends, slots, nSlots }: RowRuns, { memory }: Kernels) {
  const bytes = blockBytes(rows.length, X.nFeatures);
  const pieces = [
    bytes,
    ends.length * 4,
    slots.length * 4,
    4 * blockRows * 4,
    nSlots * blockRows * 8,
  ];
  const [blocksAt, endsAt, slotsAt, distancesAt, sumsAt] = place(
    memory,
    memoryStart,
    pieces,
  ).addresses;
  const longest = packRows(X, rows, new Float32Array(memory.buffer, blocksAt, bytes / 4));
  if (!(longest < 2 ** 50 && longest > 2 ** -20)) return undefined;
  new Int32Array(memory.buffer, endsAt, ends.length).set(ends);
  new Int32Array(memory.buffer, slotsAt, slots.length).set(slots);
  const layout: Layout = {
    blocks: blocksAt,
    ends: endsAt,
    slots: slotsAt,
    distances: distancesAt,
    sums: sumsAt,
  };
  return layout;
}

/** The distances from the rows of one block. */
function addBlock(
  nFeatures: number,
  { ends, slots, nSlots }: RowRuns,
  kernels: Kernels,
  at: Layout,
  range: RowRange,
  done: number,
  sums: Float64Array,
): void {
  const first = range.first + done;
  const found = new Float64Array(kernels.memory.buffer, at.sums, nSlots * blockRows).fill(0);
  kernels.addDistances(
    at.blocks + first * (nFeatures + 1) * 4,
    at.blocks,
    nFeatures,
    at.ends,
    ends.length,
    at.slots,
    slots.length / ends.length,
    at.distances,
    at.sums,
  );
  const nRows = Math.min(blockRows, range.end - first);
  for (let row = 0; row < nRows; row++) {
    const base = (done + row) * nSlots;
    for (let slot = 0; slot < nSlots; slot++) sums[base + slot] = found[slot * blockRows + row];
  }
}
