import type { Matrix } from '../../src/core/matrix';

/** The exports of `workers/kernels`; their parameters are described there. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  assign(
    x: number,
    nSamples: number,
    nFeatures: number,
    groups: number,
    centers: number,
    nClusters: number,
    square: number,
    linear: number,
    constant: number,
    scores: number,
    labels: number,
  ): number;
  inertia(x: number, nSamples: number, nFeatures: number, labels: number, centers: number): number;
  reachFour(
    x: number,
    nSamples: number,
    nFeatures: number,
    points: number,
    closest: number,
    reached: number,
    potentials: number,
  ): void;
  takePoint(reached: number, nSamples: number, closest: number, cumulative: number): void;
  takeAll(reached: number, nSamples: number, closest: number, cumulative: number): void;
  sumRows(
    x: number,
    nSamples: number,
    nFeatures: number,
    labels: number,
    nClusters: number,
    sums: number,
    counts: number,
  ): void;
  follow(descent: number): number;
  addColumns(x: number, nRows: number, nFeatures: number, sums: number): void;
  addProducts(
    x: number,
    nRows: number,
    nFeatures: number,
    means: number,
    rows: number,
    sums: number,
  ): void;
  projectPair(x: number, nRows: number, nFeatures: number, pairs: number, scores: number): void;
  addDistances(
    block: number,
    rows: number,
    nFeatures: number,
    ends: number,
    nRuns: number,
    slots: number,
    nLabellings: number,
    distances: number,
    sums: number,
  ): void;
  nearestCluster(
    shadows: number,
    boxes: number,
    nBoxes: number,
    nFeatures: number,
    centers: number,
    sizes: number,
    ids: number,
    place: number,
    shadow: number,
    unit: number,
    slack: number,
    best: number,
  ): void;
  multiply(
    a: number,
    rowStep: number,
    innerStep: number,
    nRows: number,
    nInner: number,
    b: number,
    width: number,
    start: number,
    c: number,
  ): void;
  relu(values: number, slopes: number, length: number): void;
  tanh(values: number, slopes: number, length: number): void;
  gelu(values: number, slopes: number, length: number): void;
  scale(values: number, factors: number, length: number): void;
  adamStep(
    w: number,
    g: number,
    m: number,
    v: number,
    length: number,
    rate: number,
    unbias: number,
  ): void;
  sortColumn(
    column: number,
    rows: number,
    n: number,
    values: number,
    order: number,
    spare: number,
    counts: number,
    sorted: number,
  ): number;
  rankColumn(
    n: number,
    ranks: number,
    bins: number,
    lastRank: number,
    lowest: number,
    highest: number,
    found: number,
  ): void;
  binColumn(
    column: number,
    rows: number,
    n: number,
    ascending: number,
    nSample: number,
    bins: number,
    borders: number,
    lowest: number,
    highest: number,
    table: number,
    found: number,
  ): void;
  useRows(addresses: number): void;
  layOut(feature: number, first: number, nRows: number, bins: number): void;
  plant(): number;
  open(start: number, end: number): void;
  countBins(start: number, end: number, nListed: number, histogram: number): void;
  subtractBins(histogram: number, child: number): void;
  tryBins(nListed: number, histogram: number): number;
  tryRanks(nListed: number): number;
  hasCut(): number;
  split(): number;
}

/** Where the first piece lies. Not 0, so that a forgotten address shows. */
export const memoryStart = 1_024;
const pageBytes = 65_536;
const alignment = 64;

/**
 * Lays pieces out in memory, one after the other, and lets it grow to hold them.
 *
 * @param sizes in bytes
 * @returns their addresses, and the first free one after them
 * @throws RangeError when there is not so much memory
 */
export function place(memory: WebAssembly.Memory, start: number, sizes: readonly number[]) {
  let at = start;
  const addresses = sizes.map((size) => {
    const address = at;
    at = Math.ceil((at + size) / alignment) * alignment;
    return address;
  });
  const missing = at - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  return { addresses, end: at };
}

/** Rows of a block, see `workers/kernels/blocks.ts`. */
export const blockRows = 8;

/** Bytes of `nRows` rows in blocks. */
export function blockBytes(nRows: number, nFeatures: number): number {
  return Math.ceil(nRows / blockRows) * blockRows * (nFeatures + 1) * 4;
}

/** Longer rows might overflow float32 on the way: they count as infinitely long, and float64 decides about them. */
export const longest = 2 ** 50;

/**
 * Writes rows in blocks, each with its length.
 *
 * @param rows which rows, in which order; all of them if undefined
 * @param blocks written, `blockBytes` long
 * @returns the length of the longest row; infinite when it is `longest` or beyond, or not a number
 */
export function packRows(
  { data, nSamples, nFeatures }: Matrix,
  rows: Int32Array | undefined,
  blocks: Float32Array,
): number {
  const n = rows?.length ?? nSamples;
  const stride = (nFeatures + 1) * blockRows;
  let most = 0;
  blocks.fill(0, Math.floor(n / blockRows) * stride);
  for (let i = 0; i < n; i++) {
    let from = (rows === undefined ? i : rows[i]) * nFeatures;
    let to = Math.floor(i / blockRows) * stride + (i % blockRows);
    let square = 0;
    for (let j = 0; j < nFeatures; j++, to += blockRows) {
      const value = data[from++];
      blocks[to] = value;
      square += value * value;
    }
    const length = square < longest ** 2 ? Math.sqrt(square) : Infinity;
    blocks[to] = length;
    most = Math.max(most, length);
  }
  return most;
}
