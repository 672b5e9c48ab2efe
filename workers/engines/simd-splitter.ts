import type { Splitter } from '../../src/core/engine';
import { mostBins, mostRanks, type TrainingSet } from '../../src/core/learn/tree-training';
import { createHistograms } from './simd-histograms';
import { memoryStart, place, type Kernels } from './simd-memory';

/** Classes are counted in vectors of four. */
const lanes = 4;
/** The counters of both digits that ranks are sorted by, in `workers/kernels/splits.ts`. */
const digitBytes = 2 * 256 * 4;
/** Rows that are laid out in one go: few enough for the processor's first cache. */
const rowsAtATime = 2_048;
/** Histograms of all features that are kept at a time, where they take no more than so many bytes. */
const mostHistograms = 32;
const histogramsBytes = 2 ** 25;

/**
 * `Engine.splitter`. What is counted are whole numbers, so the cuts are those of plain loops, to the last bit.
 *
 * @param kernels used by nobody else meanwhile
 */
export function simdSplitter(
  set: TrainingSet,
  weights: Float64Array,
  minSamplesLeaf: number,
  kernels: Kernels,
  giveBack: () => void,
): Splitter {
  const { nRows, nFeatures, nClasses } = set;
  const nLanes = Math.ceil(nClasses / lanes) * lanes;
  const width = 4 * nLanes;
  const nValues = nRows * nFeatures;
  const most = Math.min(nRows, mostRanks);
  const histogramBytes = nFeatures * mostBins * width;
  const nHistograms = Math.max(
    2,
    Math.min(mostHistograms, Math.floor(histogramsBytes / histogramBytes)),
  );
  const { addresses } = place(kernels.memory, memoryStart, [
    // As in `useRows`, ranks by column and row by row, bins row by row; by feature: bins and their last ranks,
    ...[2 * nValues, 2 * nValues, nValues, 4 * nFeatures, 2 * mostBins * nFeatures],
    // labels, times, rows, weights, the features to try;
    ...[2 * nRows, 4 * nRows, 4 * nRows, 8 * nLanes, 4 * nFeatures],
    // of the node: its classes, those on the left, where its rows begin, what they count for,
    ...[width, width, 4 * most, 8 * most],
    // keys and where they are sorted to, digits, rows on the right, the best cut.
    ...[4 * most, 4 * most, digitBytes, 4 * nRows, width + 12],
    // The list of the addresses, what is laid out, histograms.
    ...[4 * 23, rowsAtATime, nHistograms * histogramBytes],
  ]);
  const { buffer } = kernels.memory;
  const used = addresses.slice(0, 19);
  const [columns, , , nBins, lastRanks, labels, timesAt, rowsAt, weightsAt, listAt, totalAt] = used;
  const [useAt, binsAt, histogramsAt] = addresses.slice(19);
  new Uint16Array(buffer, columns, nValues).set(set.ranks);
  new Int32Array(buffer, nBins, nFeatures).set(set.nBins);
  new Uint16Array(buffer, lastRanks, set.lastRank.length).set(set.lastRank);
  new Uint16Array(buffer, labels, nRows).set(set.labels);
  new Float64Array(buffer, weightsAt, nLanes).fill(1).set(weights);
  new Int32Array(buffer, useAt, 23).set([nFeatures, nRows, minSamplesLeaf, width, ...used]);
  kernels.useRows(useAt);
  for (let first = 0; first < nRows; first += rowsAtATime) {
    const n = Math.min(rowsAtATime, nRows - first);
    for (let j = 0; j < nFeatures; j++) {
      const from = j * nRows + first;
      new Uint8Array(buffer, binsAt, n).set(set.bins.subarray(from, from + n));
      kernels.layOut(j, first, n, binsAt);
    }
  }
  const times = new Int32Array(buffer, timesAt, nRows);
  const list = new Int32Array(buffer, listAt, nFeatures);
  const total = new Int32Array(buffer, totalAt, nLanes).fill(0);
  const best = new Int32Array(buffer, used[18], nLanes + 3);
  const places = Array.from(
    { length: nHistograms },
    (_, place) => histogramsAt + place * histogramBytes,
  );
  const histograms = createHistograms(kernels, places, nFeatures);
  let node = { start: 0, end: 0 };

  function choose(features: Int32Array): void {
    for (let k = 0; k < features.length; k++) list[k] = features[k];
  }

  /** Classes are `nLanes` apart there. */
  function write(counted: Int32Array, address: number): void {
    const counters = new Int32Array(buffer, address, histogramBytes / 4);
    for (let from = 0, to = 0; from < counted.length; from += nClasses, to += nLanes) {
      for (let c = 0; c < nLanes; c++) counters[to + c] = c < nClasses ? counted[from + c] : 0;
    }
  }

  return {
    plant(drawn) {
      times.set(drawn);
      histograms.forget();
      return kernels.plant();
    },
    open(start, end, counts) {
      node = { start, end };
      // A loop: `set` takes longer to begin with than for a few.
      for (let c = 0; c < nClasses; c++) total[c] = counts[c];
      kernels.open(start, end);
    },
    tryBins(features, counted) {
      choose(features);
      const at =
        counted === undefined
          ? histograms.of(node, features.length)
          : histograms.keep(node, (address) => write(counted, address));
      return kernels.tryBins(features.length, at) !== 0;
    },
    tryRanks(features) {
      if (node.end - node.start > mostRanks) return false;
      choose(features);
      return kernels.tryRanks(features.length) !== 0;
    },
    rows: (start, end) => new Int32Array(buffer, rowsAt, nRows).slice(start, end),
    hasCut: () => kernels.hasCut() !== 0,
    split() {
      const nLeft = kernels.split();
      if (nLeft === 0) return undefined;
      histograms.divide(node, node.start + nLeft);
      const leftCounts: number[] = [];
      for (let c = 0; c < nClasses; c++) leftCounts.push(best[c]);
      return {
        feature: best[nLanes],
        below: best[nLanes + 1],
        above: best[nLanes + 2],
        nLeft,
        leftCounts,
      };
    },
    dispose: giveBack,
  };
}
