import type { Growing } from './tree-grow';
import {
  bestBinCut,
  binsAtCut,
  countBelow,
  countNode,
  histogramSize,
  subtract,
  type BinCut,
  type Histogram,
} from './tree-histogram';
import { addSplit, midpoint, type Pending } from './tree-nodes';
import { largestSubtree } from './tree-sort';
import type { TrainingSet } from './tree-training';
import type { Worked } from './worked';

/**
 * A node with more rows looks for its split in histograms; one with at most so many looks at every value.
 * Where a few features are drawn for every node, sorting them pays for fewer rows only.
 */
const smallNode = 512;
const smallDrawnNode = 64;

/** A large node that waits, with its histogram where that came for little. */
interface Waiting {
  readonly node: Pending;
  readonly histogram: Histogram | null;
}

/**
 * Splits the nodes with more rows than a small one, by histograms, and returns the small ones that are left.
 *
 * Counting n rows costs n additions per feature. Of two children only the smaller one is counted: the larger one's
 * histogram is the parent's minus the smaller one's. Where a node tries a few features only, just these are counted.
 */
export async function growLarge(
  growing: Growing,
  root: Pending,
  worked: Worked,
): Promise<Pending[]> {
  const { set, candidates } = growing;
  const small: Pending[] = [];
  const large: Waiting[] = [];
  const free: Histogram[] = [];
  const scratch = new Int32Array(growing.rows.length);
  const triesAll = candidates.maxFeatures === set.nFeatures;
  const mostRows = set.codes.length === 0 ? Infinity : triesAll ? smallNode : smallDrawnNode;
  const isLarge = (node: Pending) => node.end - node.start > mostRows && growing.maySplit(node);
  const take = () => free.pop() ?? new Int32Array(histogramSize(set));
  const release = (histogram: Histogram | null) => {
    if (histogram !== null) free.push(histogram);
  };
  const sort = (node: Pending, histogram: Histogram | null) => {
    if (isLarge(node)) {
      large.push({ node, histogram });
      return;
    }
    if (growing.maySplit(node)) small.push(node);
    release(histogram);
  };

  sort(root, null);
  for (let next = large.pop(); next !== undefined; next = large.pop()) {
    const { node } = next;
    const histogram = next.histogram ?? take();
    if (triesAll && next.histogram === null) countNode(histogram, growing, node);
    const cut = bestBinCut(growing, node, histogram, triesAll);
    if (worked.on((node.end - node.start) * set.nFeatures)) await worked.rest();
    if (cut === null) {
      // All values are in one bin of each feature, or no bin may end here: look at the values themselves.
      if (node.end - node.start <= largestSubtree) small.push(node);
      release(histogram);
      continue;
    }
    const [fewer, more] = splitNode(growing, scratch, node, cut, histogram);
    if (triesAll && isLarge(more)) {
      const sibling = take();
      countNode(sibling, growing, fewer);
      subtract(histogram, sibling);
      sort(more, histogram);
      sort(fewer, sibling);
    } else {
      release(histogram);
      sort(more, null);
      sort(fewer, null);
    }
  }
  return small;
}

/** Reorders the node's rows, hangs two children under it and returns them, the one with fewer rows first. */
function splitNode(
  { set, rows, nodes }: Growing,
  scratch: Int32Array,
  node: Pending,
  cut: BinCut,
  histogram: Histogram,
): [Pending, Pending] {
  const own = rows.subarray(node.start, node.end);
  const { nLeft, threshold } = partition(set, own, scratch, cut, binsAtCut(set, histogram, cut));
  own.set(scratch.subarray(0, own.length - nLeft), nLeft);
  const [left, right] = addSplit(nodes, node, {
    feature: cut.feature,
    threshold,
    middle: node.start + nLeft,
    leftCounts: countBelow(set, histogram, cut),
  });
  return nLeft <= own.length - nLeft ? [left, right] : [right, left];
}

/**
 * Moves the rows that go left to the front, in their order; the others are in `scratch` then.
 * @returns how many go left, and the middle between the two nearest values on either side
 */
function partition(
  { codes, rowStride, featureStride, features }: TrainingSet,
  rows: Int32Array,
  scratch: Int32Array,
  { feature, bin }: BinCut,
  { below, above }: { below: number; above: number },
): { nLeft: number; threshold: number } {
  const values = features[feature];
  const column = feature * featureStride;
  let nLeft = 0;
  let nRight = 0;
  let lower = -Infinity;
  let upper = Infinity;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const code = codes[row * rowStride + column];
    // No branch: which way a row goes cannot be guessed.
    const isLeft = code <= bin ? 1 : 0;
    rows[nLeft] = row;
    scratch[nRight] = row;
    nLeft += isLeft;
    nRight += 1 - isLeft;
    if (code === below) lower = Math.max(lower, values[row]);
    else if (code === above) upper = Math.min(upper, values[row]);
  }
  return { nLeft, threshold: midpoint(lower, upper) };
}
