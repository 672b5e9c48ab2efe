import { mostBins, mostRanks, type RankedColumn } from '../../src/core/learn/tree-training';

/** `Engine.rankColumn` by sorting. */
export function plainRanks(values: Float64Array, rows: Int32Array): RankedColumn {
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
  return {
    ranks: Uint16Array.from(rows, (row) => lastAtMost(lowest, values[row])),
    lowest: Float64Array.from(lowest),
    highest: Float64Array.from(highest),
    binOf: Uint8Array.from(binOf),
    lastRank: Uint16Array.from(lastRank),
  };
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
