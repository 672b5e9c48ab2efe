import type { Context } from '../context';
import { AppError } from '../errors';
import type { Matrix } from '../matrix';
import { disjointSets } from './disjoint-sets';
import { orderBySize } from './label-order';
import { neighbourChain, type Pair } from './neighbour-chain';
import { fitPrototypes } from './prototypes';

/** Merges from single leaves to one cluster, in the order of their heights, as SciPy's `linkage` numbers them. */
export interface WardTree {
  /** What is merged: the rows, or prototypes of them. */
  readonly nLeaves: number;
  /** Row-major (nLeaves − 1) × 2, the smaller one first: leaf m is m, the cluster of merge m is nLeaves + m. */
  readonly children: Int32Array;
  /** √(twice the growth of the inertia), ascending, in units of X. Length nLeaves − 1. */
  readonly heights: Float64Array;
  /** Rows of each merged cluster. Length nLeaves − 1. */
  readonly sizes: Int32Array;
  /** The leaf of each row. Length nSamples. */
  readonly leafOfRow: Int32Array;
}

/** Up to here all rows are merged; above, as many prototypes as `wardPrototypes`. */
export const wardRows = 30_000;
export const wardPrototypes = 2_000;

/**
 * Ward's method: merges, again and again, the two clusters whose union raises the inertia least. It begins with single
 * rows and needs no random start.
 *
 *   height = √(2·|a|·|b| / (|a| + |b|))·‖c_a − c_b‖, so Σ height² / 2 is the inertia of one cluster.
 *
 * By chains of nearest neighbours: from any cluster to its nearest, from there on, until two are each other's nearest;
 * those are merged. Merging never brings a cluster nearer to others, so the rest of the chain holds, and the merges are
 * those of always taking the nearest pair. Centres and sizes are all it needs: memory is linear in the rows.
 * Above `wardRows` rows it merges prototypes (`fitPrototypes`), each as heavy as its rows.
 * Source: Ward (1963); Murtagh (1983); Müllner (2011), arXiv:1109.2378.
 *
 * Differs from scikit-learn and SciPy: distances are computed from centres, not updated from other distances; of equal
 * ones the cluster with the smallest row counts. So trees of data with exact ties may differ from theirs.
 *
 * @param X centred, nSamples × nFeatures, nSamples ≥ 1
 */
export async function fitWard(X: Matrix, ctx: Context): Promise<WardTree> {
  const leaves = X.nSamples > wardRows ? await fitPrototypes(X, wardPrototypes, ctx) : leavesOf(X);
  const merges = await mergeAll(leaves.centers, leaves.sizes, X.nFeatures, ctx);
  return { ...numberMerges(merges, leaves.sizes), leafOfRow: leaves.labels };
}

function leavesOf({ data, nSamples }: Matrix) {
  return {
    centers: Float64Array.from(data),
    sizes: new Float64Array(nSamples).fill(1),
    labels: Int32Array.from({ length: nSamples }, (_, i) => i),
  };
}

/** Searches between two rests: a millisecond or two of work. */
const searchesPerStretch = 64;

/**
 * @param centers row-major, nFeatures values per leaf; overwritten
 * @returns in the order in which the chain finds them
 */
async function mergeAll(
  centers: Float64Array,
  leafSizes: Float64Array,
  nFeatures: number,
  ctx: Context,
): Promise<Pair[]> {
  const sizes = leafSizes.slice();
  const nMerges = sizes.length - 1;
  const merges: Pair[] = [];
  const search = await ctx.engine.searchClusters(centers, sizes, nFeatures);
  const chain = neighbourChain(search, sizes.length);
  try {
    for (let searches = 1; merges.length < nMerges; searches++) {
      const pair = chain.next();
      if (pair !== undefined) {
        join(centers, sizes, nFeatures, pair);
        const from = pair.first * nFeatures;
        search.replace(pair.first, centers.subarray(from, from + nFeatures), sizes[pair.first]);
        search.remove(pair.second);
        merges.push(pair);
      }
      if (searches % searchesPerStretch !== 0) continue;
      // The searches get shorter as clusters vanish.
      ctx.progress(1 - (1 - merges.length / nMerges) ** 2, 1);
      await ctx.breathe();
    }
    return merges;
  } finally {
    search.dispose();
  }
}

/** The union takes the place of the first. Written so that the mean of equal centres is exactly theirs. */
function join(
  centers: Float64Array,
  sizes: Float64Array,
  nFeatures: number,
  { first, second }: Pair,
): void {
  const share = sizes[second] / (sizes[first] + sizes[second]);
  const [to, from] = [first * nFeatures, second * nFeatures];
  for (let j = 0; j < nFeatures; j++) {
    centers[to + j] += (centers[from + j] - centers[to + j]) * share;
  }
  sizes[first] += sizes[second];
}

/** Sorts merges by height, those of equal height as they were found, and numbers the clusters that they make. */
function numberMerges(merges: readonly Pair[], leafSizes: Float64Array) {
  const nLeaves = leafSizes.length;
  const children = new Int32Array(2 * merges.length);
  const heights = new Float64Array(merges.length);
  const sizes = new Int32Array(merges.length);
  const sets = disjointSets(nLeaves);
  /** Number and rows of the cluster that each set is, by its root. */
  const numbers = Int32Array.from(leafSizes.keys());
  const rows = Int32Array.from(leafSizes);
  const sorted = merges.slice().sort((a, b) => a.distance - b.distance);
  sorted.forEach(({ first, second, distance }, m) => {
    const [a, b] = [sets.find(first), sets.find(second)];
    children[2 * m] = Math.min(numbers[a], numbers[b]);
    children[2 * m + 1] = Math.max(numbers[a], numbers[b]);
    heights[m] = Math.sqrt(distance);
    sizes[m] = rows[a] + rows[b];
    const root = sets.unite(a, b);
    numbers[root] = nLeaves + m;
    rows[root] = sizes[m];
  });
  return { nLeaves, children, heights, sizes };
}

/**
 * The clusters that are there before the last nClusters − 1 merges.
 *
 * @param nClusters in [1, nLeaves]
 * @returns label of each row; clusters are numbered by size, ties by first row
 * @throws AppError `k-too-large` when there are fewer leaves
 */
export function cutTree({ nLeaves, children, leafOfRow }: WardTree, nClusters: number): Int32Array {
  if (nClusters > nLeaves) {
    throw new AppError(
      'k-too-large',
      `${nClusters} groups were asked for, but only ${nLeaves} were merged. Choose at most ${nLeaves}.`,
      { nClusters, nLeaves },
    );
  }
  const nNodes = 2 * nLeaves - nClusters;
  const group = new Int32Array(nNodes).fill(-1);
  let next = 0;
  // From the last cluster that is there down to the leaves: whoever has no group yet is on top of one.
  for (let node = nNodes - 1; node >= 0; node--) {
    if (group[node] < 0) group[node] = next++;
    if (node < nLeaves) continue;
    const m = node - nLeaves;
    group[children[2 * m]] = group[children[2 * m + 1]] = group[node];
  }
  const labels = leafOfRow.map((leaf) => group[leaf]);
  const { rank } = orderBySize(labels, nClusters);
  return labels.map((label) => rank[label]);
}
