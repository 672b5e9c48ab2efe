import type { Growing } from './tree-grow';
import type { Pending } from './tree-nodes';
import type { TrainingSet } from './tree-training';

/**
 * Rows of a node per feature, bin and class, in this order: the rows of class c in bin b of feature j stand at
 * (firstBin[j] + b) · nClasses + c. A row that was drawn twice counts twice.
 */
export type Histogram = Int32Array;

export function histogramSize({ firstBin, nFeatures, nClasses }: TrainingSet): number {
  return firstBin[nFeatures] * nClasses;
}

/** Counts the node's rows, in all features; the bins must lie by row. */
export function countNode(
  histogram: Histogram,
  { set, rows, times }: Growing,
  { start, end }: Pending,
): void {
  const { codes, rowStride, labels, nClasses, nFeatures, firstBin } = set;
  const offsets = firstBin.map((bin) => bin * nClasses);
  histogram.fill(0);
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const label = labels[row];
    const time = times[row];
    const first = row * rowStride;
    for (let j = 0; j < nFeatures; j++) {
      histogram[offsets[j] + codes[first + j] * nClasses + label] += time;
    }
  }
}

/** Counts the node's rows in the listed features; the others stay as they are. */
function countFeatures(
  histogram: Histogram,
  growing: Growing,
  node: Pending,
  features: Int32Array,
): void {
  const { firstBin, nClasses } = growing.set;
  for (const j of features) histogram.fill(0, firstBin[j] * nClasses, firstBin[j + 1] * nClasses);
  let k = 0;
  for (; k + 1 < features.length; k += 2) {
    countPair(histogram, growing, node, features[k], features[k + 1]);
  }
  if (k < features.length) countOne(histogram, growing, node, features[k]);
}

/**
 * Two features at a time: one row after the other would often add to the same counter of a feature, and wait for it.
 */
function countPair(
  histogram: Histogram,
  { set, rows, times }: Growing,
  { start, end }: Pending,
  a: number,
  b: number,
): void {
  const { codes, rowStride, featureStride, labels, nClasses, firstBin } = set;
  const [columnA, columnB] = [a * featureStride, b * featureStride];
  const [offsetA, offsetB] = [firstBin[a] * nClasses, firstBin[b] * nClasses];
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const label = labels[row];
    const time = times[row];
    const first = row * rowStride;
    histogram[offsetA + codes[first + columnA] * nClasses + label] += time;
    histogram[offsetB + codes[first + columnB] * nClasses + label] += time;
  }
}

function countOne(
  histogram: Histogram,
  { set, rows, times }: Growing,
  { start, end }: Pending,
  feature: number,
): void {
  const { codes, rowStride, featureStride, labels, nClasses, firstBin } = set;
  const column = feature * featureStride;
  const offset = firstBin[feature] * nClasses;
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const code = codes[row * rowStride + column];
    histogram[offset + code * nClasses + labels[row]] += times[row];
  }
}

/** Turns a parent's histogram into that of one child, given the other's. */
export function subtract(histogram: Histogram, sibling: Histogram): void {
  for (let i = 0; i < histogram.length; i++) histogram[i] -= sibling[i];
}

export interface BinCut {
  feature: number;
  /** Rows of this bin and of those below go left. */
  bin: number;
  score: number;
}

/**
 * The best cut over the features that are tried, or null when all rows lie in one bin of each (or no cut is allowed).
 * @param isCounted whether the histogram holds all features; if not, those that are tried are counted
 */
export function bestBinCut(
  growing: Growing,
  node: Pending,
  histogram: Histogram,
  isCounted: boolean,
): BinCut | null {
  const { candidates, set } = growing;
  const left = new Float64Array(set.nClasses);
  const best: BinCut = { feature: -1, bin: -1, score: -Infinity };
  let varies = false;
  for (let from = 0; from < set.nFeatures && !varies;) {
    // First as many as are to be tried, then one by one.
    const tried = new Int32Array(from === 0 ? candidates.maxFeatures : 1);
    for (let k = 0; k < tried.length; k++) tried[k] = candidates.at(from + k);
    if (!isCounted) countFeatures(histogram, growing, node, tried);
    for (const feature of tried) {
      if (tryBins(growing, node, histogram, feature, left, best)) varies = true;
    }
    from += tried.length;
  }
  return best.feature < 0 ? null : best;
}

/** As `tryCuts` in tree-cuts.ts, between bins. Returns whether there are rows in more than one. */
function tryBins(
  { set, weights, minSamplesLeaf }: Growing,
  { counts, nRows }: Pending,
  histogram: Histogram,
  feature: number,
  left: Float64Array,
  best: BinCut,
): boolean {
  const { nClasses, firstBin } = set;
  left.fill(0);
  let nLeft = 0;
  let varies = false;
  for (let bin = firstBin[feature]; bin < firstBin[feature + 1]; bin++) {
    const at = bin * nClasses;
    let inBin = 0;
    for (let c = 0; c < nClasses; c++) inBin += histogram[at + c];
    if (inBin === 0) continue;
    nLeft += inBin;
    if (nLeft === nRows) break;
    varies = true;
    let leftSquares = 0;
    let rightSquares = 0;
    let leftWeight = 0;
    let rightWeight = 0;
    for (let c = 0; c < nClasses; c++) {
      left[c] += histogram[at + c];
      const weightLeft = left[c] * weights[c];
      const weightRight = (counts[c] - left[c]) * weights[c];
      leftSquares += weightLeft * weightLeft;
      rightSquares += weightRight * weightRight;
      leftWeight += weightLeft;
      rightWeight += weightRight;
    }
    if (nLeft < minSamplesLeaf || nRows - nLeft < minSamplesLeaf) continue;
    const score =
      (leftSquares * rightWeight + rightSquares * leftWeight) / (leftWeight * rightWeight);
    if (score > best.score) {
      best.score = score;
      best.feature = feature;
      best.bin = bin - firstBin[feature];
    }
  }
  return varies;
}

/** Rows per class in the bins of a feature up to this one. */
export function countBelow(
  { nClasses, firstBin }: TrainingSet,
  histogram: Histogram,
  { feature, bin }: BinCut,
): number[] {
  const counts = new Array<number>(nClasses).fill(0);
  for (let b = firstBin[feature]; b <= firstBin[feature] + bin; b++) {
    for (let c = 0; c < nClasses; c++) counts[c] += histogram[b * nClasses + c];
  }
  return counts;
}

/** The nearest bins with rows on either side of the cut. */
export function binsAtCut(
  { nClasses, firstBin }: TrainingSet,
  histogram: Histogram,
  { feature, bin }: BinCut,
): { below: number; above: number } {
  const isEmpty = (b: number) => {
    const at = (firstBin[feature] + b) * nClasses;
    for (let c = 0; c < nClasses; c++) if (histogram[at + c] > 0) return false;
    return true;
  };
  let below = bin;
  let above = bin + 1;
  while (isEmpty(below)) below--;
  while (isEmpty(above)) above++;
  return { below, above };
}
