import { mostBins, mostRanks } from '../../src/core/learn/tree-training';
import type { RankColumn } from './alone';

/** One column of `Engine.rankColumns` by sorting. */
export const plainRanks: RankColumn = (values, rows, { ranks, bins }) => {
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
