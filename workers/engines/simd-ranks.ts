import { mostBins, mostRanks } from '../../src/core/learn/tree-training';
import type { RankColumn } from './alone';
import { plainRanks } from './plain-ranks';
import { memoryStart, place, type Kernels } from './simd-memory';

/** Counters of both digits that `workers/kernels/ranks.ts` sorts by. */
const counterBytes = 2 * 2_048 * 4;

/** One column of `Engine.rankColumns`. What the kernel cannot tell apart is sorted natively instead. */
export const simdRanks =
  (kernels: Kernels): RankColumn =>
  (values, rows, written, sample) => {
    if (sample !== undefined) return simdBins(kernels, values, rows, written, sample);
    const { ranks, bins } = written;
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
      return plainRanks(values, rows, written);
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

/** Of a number for each bin, and of the table by which a value finds its own, in `workers/kernels/bins.ts`. */
const limitBytes = 8 * (mostBins + 8);
const tableBytes = 4_096;

function simdBins(
  kernels: Kernels,
  values: Float64Array,
  rows: Int32Array,
  written: Parameters<RankColumn>[2],
  sample: Int32Array,
): ReturnType<RankColumn> {
  const { memory } = kernels;
  const n = rows.length;
  const m = sample.length;
  const { addresses } = place(memory, memoryStart, [
    ...[8 * values.length, 4 * n, 4 * m, 8 * m, 8 * m, 8 * m, counterBytes, 8 * m],
    ...[n, limitBytes, limitBytes, limitBytes, tableBytes, 8],
  ]);
  const [column, rowsAt, sampleAt, given, order, spare, counts, sorted] = addresses;
  const [binsAt, borders, lowest, highest, table, found] = addresses.slice(8);
  new Float64Array(memory.buffer, column, values.length).set(values);
  new Int32Array(memory.buffer, rowsAt, n).set(rows);
  new Int32Array(memory.buffer, sampleAt, m).set(sample);
  if (!kernels.sortColumn(column, sampleAt, m, given, order, spare, counts, sorted)) {
    return plainRanks(values, rows, written, sample);
  }
  const limits = [borders, lowest, highest] as const;
  kernels.binColumn(column, rowsAt, n, sorted, m, binsAt, ...limits, table, found);
  const [nBins, nFinite] = new Int32Array(memory.buffer, found, 2);
  written.bins.set(new Uint8Array(memory.buffer, binsAt, n));
  const limitsAt = (address: number) => new Float64Array(memory.buffer, address, nBins).slice();
  return {
    lastRank: Uint16Array.from({ length: nBins }, (_, bin) => bin),
    limits: { lowest: limitsAt(lowest), highest: limitsAt(highest) },
    isFinite: nFinite === n,
  };
}
