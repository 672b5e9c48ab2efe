import { mostBins, mostRanks } from '../../src/core/learn/tree-training';
import type { RankColumn } from './alone';

/** One column of `Engine.rankColumns` by sorting. */
export const plainRanks: RankColumn = (values, rows, { ranks, bins }, sample) => {
  if (sample !== undefined) return plainBins(values, rows, bins, sample);
  const n = rows.length;
  // There is no −0, so that equal values have the same bits.
  const sorted = Float64Array.from(rows, (row) => values[row] + 0).sort();
  let nDistinct = 0;
  for (let i = 0; i < n; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) nDistinct++;
  const perRank = nDistinct <= mostRanks ? 1 : n / mostRanks;
  const perBin = nDistinct <= mostBins ? 1 : n / mostBins;
  const lowest: number[] = [];
  const highest: number[] = [];
  const binOf: number[] = [];
  const lastRank: number[] = [];
  let fullRank = 0;
  let fullBin = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    if (i >= fullRank) {
      fullRank = (Math.floor(i / perRank) + 1) * perRank;
      const rank = lowest.push(sorted[i]) - 1;
      if (i >= fullBin) {
        fullBin = (Math.floor(i / perBin) + 1) * perBin;
        lastRank.push(rank);
      }
      binOf.push(lastRank.length - 1);
      lastRank[lastRank.length - 1] = rank;
    }
    highest[lowest.length - 1] = sorted[i];
  }
  rows.forEach((row, i) => {
    ranks[i] = lastAtMost(lowest, values[row]);
    bins[i] = binOf[ranks[i]];
  });
  return {
    lastRank: Uint16Array.from(lastRank),
    limits:
      nDistinct > lowest.length
        ? { lowest: Float64Array.from(lowest), highest: Float64Array.from(highest) }
        : undefined,
    isFinite: Number.isFinite(sorted[0]) && Number.isFinite(sorted[n - 1]),
  };
};

/**
 * Bins of about a 256th of a sample each. A bin begins with a value of the sample, or just above the value before it where
 * this one has filled a bin by itself, so that a crowd has no company that nobody asked for.
 */
function plainBins(
  values: Float64Array,
  rows: Int32Array,
  bins: Uint8Array,
  sample: Int32Array,
): ReturnType<RankColumn> {
  const sorted = Float64Array.from(sample, (row) => values[row] + 0).sort();
  const nDistinct = new Set(sorted).size;
  const perBin = nDistinct <= mostBins ? 1 : sample.length / mostBins;
  const borders: number[] = [];
  let runStart = 0;
  let fullBin = 0;
  sorted.forEach((value, i) => {
    if (value === sorted[i - 1]) return;
    if (i >= fullBin) {
      fullBin = (Math.floor(i / perBin) + 1) * perBin;
      borders.push(i - runStart >= perBin ? justAbove(sorted[i - 1]) : value);
    }
    runStart = i;
  });
  borders[0] = -Infinity;
  const lowest = new Float64Array(borders.length).fill(Infinity);
  const highest = new Float64Array(borders.length).fill(-Infinity);
  rows.forEach((row, i) => {
    const value = values[row] + 0;
    const bin = lastAtMost(borders, value);
    bins[i] = bin;
    lowest[bin] = Math.min(lowest[bin], value);
    highest[bin] = Math.max(highest[bin], value);
  });
  return {
    lastRank: Uint16Array.from(borders.keys()),
    limits: { lowest, highest },
    isFinite: rows.every((row) => Number.isFinite(values[row])),
  };
}

/** The next number. There is no −0. */
function justAbove(value: number): number {
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0] += bits[0] < 0n ? -1n : 1n;
  return new Float64Array(bits.buffer)[0];
}

/** The last index whose value is at most `value`. */
function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}
