import { createRandom } from '../random';

/** Up to so many values, it is not worth counting them in bins first. */
const fewValues = 2 ** 14;
const sampleSize = 256;
/** Deviations of a rank in the sample within which a value is expected. */
const deviations = 3;
const nBins = 1024;
/** Splits after which values are sorted instead: some forty are usual for ten million values. */
const mostSplits = 100;

/** @param values no NaN, at least one value */
export function extent(values: Float64Array): { readonly min: number; readonly max: number } {
  let min = values[0];
  let max = min;
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

/**
 * The values that would stand at some places if all were sorted, in linear time: a sample says between which two they
 * lie, values are counted in bins of equal width between those, and only the bins that hold a place are looked through.
 *
 * @param values no NaN, at least one value; not changed
 * @param ranks ascending, each in [0, values.length)
 * @returns by rank
 */
export function orderStatistics(values: Float64Array, ranks: readonly number[]): number[] {
  const bins = values.length > fewValues ? planBins(values, ranks) : undefined;
  if (bins === undefined) return selectAll(values.slice(), ranks);
  const counts = countBins(values, bins);
  const wanted = binsOf(ranks, counts);
  const inside = collect(values, bins, wanted, counts);
  return wanted.flatMap(({ ranksInside }, b) => selectAll(inside[b], ranksInside));
}

/** Bin b, from 1 to nBins, begins at low + (b − 1) / factor. Bin 0 is for all that lies before, the last for the rest. */
interface Bins {
  readonly low: number;
  readonly factor: number;
}

/**
 * Where the sample misleads, bins are fuller than they should be, and nothing worse.
 *
 * @returns undefined for values too far apart for this arithmetic
 */
function planBins(values: Float64Array, ranks: readonly number[]): Bins | undefined {
  // Drawn at random, because values at even distances may repeat themselves.
  const random = createRandom(0);
  const sample = new Float64Array(sampleSize);
  for (let k = 0; k < sampleSize; k++) sample[k] = values[random.integer(values.length)];
  sample.sort();
  const margin = (deviations * Math.sqrt(sampleSize)) / 2;
  const place = (rank: number) => (rank / values.length) * sampleSize;
  const low = sample[Math.max(0, Math.floor(place(ranks[0]) - margin))];
  const last = Math.ceil(place(ranks[ranks.length - 1]) + margin);
  const high = sample[Math.min(sampleSize - 1, last)];
  if (high - low === Infinity) return undefined;
  // Finite, also where low is high: 0 times infinity would be no bin.
  return { low, factor: Math.min(nBins / (high - low), 2 ** 1000) };
}

/** Larger values have larger bins or the same, whatever is lost in rounding. */
function binOf(value: number, low: number, factor: number): number {
  const bin = (value - low) * factor + 1;
  return bin > 0 ? (bin < nBins + 1 ? bin | 0 : nBins + 1) : 0;
}

function countBins(values: Float64Array, { low, factor }: Bins): Int32Array {
  const counts = new Int32Array(nBins + 2);
  for (let i = 0; i < values.length; i++) counts[binOf(values[i], low, factor)]++;
  return counts;
}

interface WantedBin {
  readonly bin: number;
  /** Counted from the first value of the bin. */
  readonly ranksInside: number[];
}

function binsOf(ranks: readonly number[], counts: Int32Array): WantedBin[] {
  const wanted: WantedBin[] = [];
  let bin = 0;
  let before = 0;
  for (const rank of ranks) {
    while (rank >= before + counts[bin]) before += counts[bin++];
    const last = wanted.at(-1);
    if (last?.bin === bin) last.ranksInside.push(rank - before);
    else wanted.push({ bin, ranksInside: [rank - before] });
  }
  return wanted;
}

/** The values of the wanted bins, bin by bin. */
function collect(
  values: Float64Array,
  { low, factor }: Bins,
  wanted: readonly WantedBin[],
  counts: Int32Array,
): Float64Array[] {
  const next = new Int32Array(nBins + 2).fill(-1);
  let size = 0;
  for (const { bin } of wanted) {
    next[bin] = size;
    size += counts[bin];
  }
  const room = new Float64Array(size);
  for (let i = 0; i < values.length; i++) {
    const bin = binOf(values[i], low, factor);
    if (next[bin] >= 0) room[next[bin]++] = values[i];
  }
  return wanted.map(({ bin }) => room.subarray(next[bin] - counts[bin], next[bin]));
}

/** @param values their order changes. @param ranks ascending */
function selectAll(values: Float64Array, ranks: readonly number[]): number[] {
  const { min, max } = extent(values);
  // Many columns hold one value over and over.
  if (min === max) return ranks.map(() => min);
  return ranks.map((rank, r) => select(values, r > 0 ? ranks[r - 1] : 0, rank));
}

/**
 * Puts the value of a rank in its place, with no larger one before and no smaller one after it, and returns it: splits
 * the values at one of them, goes on with the part that holds the place, until nothing is left to split.
 * Source: Hoare (1961), "Find".
 *
 * @param left no value before it is larger than one after it
 */
function select(values: Float64Array, left: number, rank: number): number {
  let right = values.length - 1;
  for (let splits = 0; left < right; splits++) {
    if (splits === mostSplits) {
      values.subarray(left, right + 1).sort();
      break;
    }
    const pivot = middleOf(values[left], values[(left + right) >> 1], values[right]);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const swapped = values[i];
      values[i++] = values[j];
      values[j--] = swapped;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else break;
  }
  return values[rank];
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
