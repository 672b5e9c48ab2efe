import type { Splitter } from '../../src/core/engine';
import { mostBins, mostRanks, type TrainingSet } from '../../src/core/learn/tree-training';

/** `Engine.splitter` as it is described. */
export function plainSplitter(
  set: TrainingSet,
  weights: Float64Array,
  minSamplesLeaf: number,
): Splitter {
  const { nRows, nClasses, ranks, bins, lastRank, labels } = set;
  const rankOf = (feature: number, row: number) => ranks[feature * nRows + row];
  const rows = new Int32Array(nRows);
  let times = set.times;
  /** Of the node in hand. */
  let own: Int32Array = rows;
  let total: Float64Array = new Float64Array(nClasses);
  let nInAll = 0;
  let best = noCut();

  function plant(drawn: Int32Array): number {
    times = drawn;
    let n = 0;
    for (let row = 0; row < nRows; row++) if (times[row] > 0) rows[n++] = row;
    return n;
  }

  function open(start: number, end: number, counts: readonly number[]): void {
    own = rows.subarray(start, end);
    total = Float64Array.from(counts);
    nInAll = sum(total);
    best = noCut();
  }

  /** Whether the node has anything on either side of a cut that sends so much left; the cut is taken where it is better. */
  function consider(feature: number, rank: number, left: Float64Array): boolean {
    const nLeft = sum(left);
    const nRight = nInAll - nLeft;
    if (nLeft === 0 || nRight === 0) return false;
    if (nLeft < minSamplesLeaf || nRight < minSamplesLeaf) return true;
    const score = scoreOf(left, total, weights);
    if (score > best.score * (1 + tie)) {
      best = { feature, rank, score, leftCounts: Array.from(left) };
    }
    return true;
  }

  function countBins(feature: number): Int32Array {
    const counts = new Int32Array(mostBins * nClasses);
    for (const row of own)
      counts[bins[feature * nRows + row] * nClasses + labels[row]] += times[row];
    return counts;
  }

  /** @param counts of its bins, by class */
  function tryBins(feature: number, counts: Int32Array): boolean {
    const left = new Float64Array(nClasses);
    let varies = false;
    for (let bin = 0; bin < set.nBins[feature]; bin++) {
      const inBin = counts.subarray(bin * nClasses, (bin + 1) * nClasses);
      if (sum(inBin) === 0) continue;
      for (let c = 0; c < nClasses; c++) left[c] += inBin[c];
      if (consider(feature, lastRank[feature * mostBins + bin], left)) varies = true;
    }
    return varies;
  }

  /** Rank and place of each row in one number, to be sorted. */
  function tryRanks(feature: number): boolean {
    if (own.length > mostRanks) return false;
    const keys = new Uint32Array(own.length);
    for (let i = 0; i < own.length; i++) keys[i] = rankOf(feature, own[i]) * mostRanks + i;
    keys.sort();
    const left = new Float64Array(nClasses);
    let varies = false;
    for (let i = 0; i + 1 < keys.length; i++) {
      const row = own[keys[i] % mostRanks];
      left[labels[row]] += times[row];
      const rank = Math.floor(keys[i] / mostRanks);
      if (rank === Math.floor(keys[i + 1] / mostRanks)) continue;
      if (consider(feature, rank, left)) varies = true;
    }
    return varies;
  }

  return {
    plant,
    open,
    tryBins(features, counted) {
      const size = mostBins * nClasses;
      const countsOf = (j: number) => counted?.subarray(j * size, (j + 1) * size) ?? countBins(j);
      return features.filter((j) => tryBins(j, countsOf(j))).length > 0;
    },
    tryRanks: (features) => features.filter(tryRanks).length > 0,
    rows: (start, end) => rows.slice(start, end),
    hasCut: () => best.feature >= 0,
    split() {
      const { feature, rank, leftCounts } = best;
      if (feature < 0) return undefined;
      const isLeft = (row: number) => rankOf(feature, row) <= rank;
      const [left, right] = [own.filter(isLeft), own.filter((row) => !isLeft(row))];
      own.set(left);
      own.set(right, left.length);
      const below = left.reduce((a, b) => (rankOf(feature, b) > rankOf(feature, a) ? b : a));
      const above = right.reduce((a, b) => (rankOf(feature, b) < rankOf(feature, a) ? b : a));
      return { feature, below, above, nLeft: left.length, leftCounts };
    },
    dispose() {
      // Nothing is kept elsewhere.
    },
  };
}

/** Scores that differ by less, relatively, differ by rounding. */
const tie = 1e-12;

const noCut = () => ({ feature: -1, rank: -1, score: -Infinity, leftCounts: [] as number[] });

function scoreOf(left: Float64Array, total: Float64Array, weights: Float64Array): number {
  // Of the even classes and of the odd ones, as vectors of two add them up.
  const leftWeight = [0, 0];
  const rightWeight = [0, 0];
  const leftSquares = [0, 0];
  const rightSquares = [0, 0];
  for (let c = 0; c < left.length; c++) {
    const l = left[c] * weights[c];
    const r = (total[c] - left[c]) * weights[c];
    leftWeight[c & 1] += l;
    rightWeight[c & 1] += r;
    leftSquares[c & 1] += l * l;
    rightSquares[c & 1] += r * r;
  }
  const wl = leftWeight[0] + leftWeight[1];
  const wr = rightWeight[0] + rightWeight[1];
  const sl = leftSquares[0] + leftSquares[1];
  const sr = rightSquares[0] + rightSquares[1];
  return (sl * wr + sr * wl) / (wl * wr);
}

function sum(values: Float64Array | Int32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
