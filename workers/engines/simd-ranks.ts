import { mostBins, mostRanks } from '../../src/core/learn/tree-training';
import type { RankColumn } from './alone';
import { plainRanks } from './plain-ranks';
import { memoryStart, place, type Kernels } from './simd-memory';

/** Counters of both digits that `workers/kernels/ranks.ts` sorts by. */
const counterBytes = 2 * 2_048 * 4;

/** One column of `Engine.rankColumns`. What the kernel cannot tell apart is sorted natively instead. */
export const simdRanks =
  (kernels: Kernels): RankColumn =>
  (values, rows, { ranks, bins }) => {
    const { memory } = kernels;
    const n = rows.length;
    const nRanks = Math.min(n, mostRanks);
    const { addresses } = place(memory, memoryStart, [
      ...[8 * values.length, 4 * n, 8 * n, 8 * n, 8 * n, counterBytes, 8 * n],
      ...[2 * n, n, 2 * mostBins, 8 * nRanks, 8 * nRanks, 12],
    ]);
    const [column, rowsAt, given, order, spare, counts, sorted] = addresses;
    const [ranksAt, binsAt, lastRank, lowest, highest, found] = addresses.slice(7);
    new Float64Array(memory.buffer, column, values.length).set(values);
    new Int32Array(memory.buffer, rowsAt, n).set(rows);
    if (!kernels.sortColumn(column, rowsAt, n, given, order, spare, counts, sorted)) {
      return plainRanks(values, rows, { ranks, bins });
    }
    kernels.rankColumn(n, ranksAt, binsAt, lastRank, lowest, highest, found);
    const [nDistinct, nFound, nBins] = new Int32Array(memory.buffer, found, 3);
    ranks.set(new Uint16Array(memory.buffer, ranksAt, n));
    bins.set(new Uint8Array(memory.buffer, binsAt, n));
    const valuesAt = (address: number) => new Float64Array(memory.buffer, address, nFound).slice();
    return {
      lastRank: new Uint16Array(memory.buffer, lastRank, nBins).slice(),
      limits:
        nDistinct > nFound ? { lowest: valuesAt(lowest), highest: valuesAt(highest) } : undefined,
      // The kernel does not sort by a distance that is not.
      isFinite: true,
    };
  };
