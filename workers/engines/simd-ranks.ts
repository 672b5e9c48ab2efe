import { mostBins, mostRanks, type RankedColumn } from '../../src/core/learn/tree-training';
import { plainRanks } from './plain-ranks';
import { memoryStart, place, type Kernels } from './simd-memory';

/** Counters of both digits that `workers/kernels/ranks.ts` sorts by. */
const counterBytes = 2 * 2_048 * 4;

/** `Engine.rankColumn`. What the kernel cannot tell apart is sorted natively instead. */
export function simdRanks(values: Float64Array, rows: Int32Array, kernels: Kernels): RankedColumn {
  const { memory } = kernels;
  const n = rows.length;
  const nRanks = Math.min(n, mostRanks);
  const { addresses } = place(memory, memoryStart, [
    ...[8 * values.length, 4 * n, 8 * n, 8 * n, 8 * n, counterBytes, 8 * n],
    ...[2 * n, 8 * nRanks, 8 * nRanks, nRanks, 2 * mostBins, 12],
  ]);
  const [column, rowsAt, given, order, spare, counts, sorted] = addresses;
  const [ranks, lowest, highest, binOf, lastRank, found] = addresses.slice(7);
  new Float64Array(memory.buffer, column, values.length).set(values);
  new Int32Array(memory.buffer, rowsAt, n).set(rows);
  if (!kernels.sortColumn(column, rowsAt, n, given, order, spare, counts, sorted)) {
    return plainRanks(values, rows);
  }
  kernels.rankColumn(n, ranks, lowest, highest, binOf, lastRank, found);
  const [nDistinct, nFound, nBins] = new Int32Array(memory.buffer, found, 3);
  const lowestOf = new Float64Array(memory.buffer, lowest, nFound).slice();
  return {
    ranks: new Uint16Array(memory.buffer, ranks, n).slice(),
    lowest: lowestOf,
    highest:
      nDistinct === nFound ? lowestOf : new Float64Array(memory.buffer, highest, nFound).slice(),
    binOf: new Uint8Array(memory.buffer, binOf, nFound).slice(),
    lastRank: new Uint16Array(memory.buffer, lastRank, nBins).slice(),
  };
}
