import type { Context } from '../context';
import { agreement } from '../judge/agreement';
import { matchClusters } from '../judge/matching';
import { cutTree, type WardTree } from './ward';

/** A cluster of the drawn part of a tree. */
export interface DendrogramNode {
  /** From 0, one for each drawn leaf from left to right; of a merge, the middle between its two parts. */
  readonly x: number;
  /** Of its merge; 0 for a drawn leaf, whose own merges are not drawn. */
  readonly height: number;
  /** Customers. */
  readonly size: number;
  /** Places of its parts among the nodes; null for a drawn leaf. */
  readonly parts: readonly [number, number] | null;
  /** It is a group of its own when the tree is cut into `nGroups`: that one, by size. */
  readonly nGroups: number;
  readonly group: number;
}

/** A tree cut into so many groups. */
export interface DendrogramCut {
  readonly nGroups: number;
  /** Falling. */
  readonly sizes: readonly number[];
  /** Between which heights a cut gives this number; Infinity above the root. */
  readonly low: number;
  readonly high: number;
  /** Between the groups and as many clusters of K-Means; null where those are not known, and for one group. */
  readonly adjustedRandIndex: number | null;
  /** By group: the segment of the page that it has most in common with, one to one; null for those left over. */
  readonly segments: readonly (number | null)[];
  /** By drawn leaf, in the order of the nodes: its group. */
  readonly groupOfLeaf: readonly number[];
}

/** The upper part of a tree: its last merges, ready to be drawn and cut. */
export interface Dendrogram {
  /** The drawn leaves from left to right, then the merges by rising height; the last one is the root. */
  readonly nodes: readonly DendrogramNode[];
  readonly nLeaves: number;
  /** From one group to as many as there are drawn leaves. */
  readonly cuts: readonly DendrogramCut[];
}

interface Labelling {
  readonly labels: Int32Array;
  readonly nClusters: number;
}

/** Leaves that are drawn at most: merges below are too many to be seen. */
export const mostLeaves = 30;

/**
 * The last merges of a tree, and what comes of cutting it at any of them.
 *
 * @param segments those of the page, for the same rows
 * @param byNumber clusterings of K-Means by number of clusters, to compare cuts of the same number with
 */
export async function dendrogram(
  tree: WardTree,
  segments: Labelling,
  byNumber: ReadonlyMap<number, Labelling>,
  ctx: Context,
): Promise<Dendrogram> {
  const nLeaves = Math.min(mostLeaves, tree.nLeaves);
  const { firstRows, nodes: drawn } = drawTree(tree, nLeaves);
  const cuts: DendrogramCut[] = [];
  for (let nGroups = 1; nGroups <= nLeaves; nGroups++) {
    cuts.push(cutAt(tree, nGroups, firstRows, segments, byNumber.get(nGroups)));
    await ctx.breathe();
  }
  const nodes = drawn.map(({ leaf, nGroups, ...node }) => ({
    ...node,
    nGroups,
    group: cuts[nGroups - 1].groupOfLeaf[leaf],
  }));
  return { nodes, nLeaves, cuts };
}

interface Drawn extends Omit<DendrogramNode, 'group'> {
  /** One of the drawn leaves that it has. */
  readonly leaf: number;
}

/** Numbers of the tree's own clusters: m for leaf m, nLeaves + m for the cluster of merge m. */
function drawTree(tree: WardTree, nDrawn: number) {
  const { children, heights } = tree;
  /** Clusters from here on are merges that are drawn. */
  const firstDrawn = 2 * tree.nLeaves - nDrawn;
  const root = 2 * tree.nLeaves - 2;
  const sizeOf = (cluster: number) => sizeOfCluster(tree, cluster);
  const leaves: number[] = [];
  const places = new Map<number, number>();
  // The larger part stands on the left.
  const collect = (cluster: number): void => {
    if (cluster < firstDrawn) {
      places.set(cluster, leaves.length);
      leaves.push(cluster);
      return;
    }
    partsOf(cluster).forEach(collect);
  };
  const partsOf = (cluster: number): [number, number] => {
    const m = cluster - tree.nLeaves;
    const [a, b] = [children[2 * m], children[2 * m + 1]];
    return sizeOf(a) >= sizeOf(b) ? [a, b] : [b, a];
  };
  collect(root);
  const nodes: Drawn[] = leaves.map((cluster, leaf) => ({
    x: leaf,
    height: 0,
    size: sizeOf(cluster),
    parts: null,
    nGroups: nDrawn,
    leaf,
  }));
  for (let cluster = firstDrawn; cluster <= root; cluster++) {
    const [a, b] = partsOf(cluster).map((part) => places.get(part) ?? 0);
    places.set(cluster, nodes.length);
    nodes.push({
      x: (nodes[a].x + nodes[b].x) / 2,
      height: heights[cluster - tree.nLeaves],
      size: sizeOf(cluster),
      parts: [a, b],
      nGroups: root - cluster + 1,
      leaf: nodes[a].leaf,
    });
  }
  return { nodes, firstRows: firstRowsOf(tree, leaves) };
}

function sizeOfCluster({ nLeaves, sizes, leafOfRow }: WardTree, cluster: number): number {
  if (cluster >= nLeaves) return sizes[cluster - nLeaves];
  return leafOfRow.reduce((count, leaf) => (leaf === cluster ? count + 1 : count), 0);
}

/** A row of each of some clusters. */
function firstRowsOf({ nLeaves, children, leafOfRow }: WardTree, clusters: readonly number[]) {
  const rowOfLeaf = new Int32Array(nLeaves);
  for (let i = leafOfRow.length - 1; i >= 0; i--) rowOfLeaf[leafOfRow[i]] = i;
  return clusters.map((cluster) => {
    let at = cluster;
    while (at >= nLeaves) at = children[2 * (at - nLeaves)];
    return rowOfLeaf[at];
  });
}

function cutAt(
  tree: WardTree,
  nGroups: number,
  firstRows: readonly number[],
  segments: Labelling,
  same: Labelling | undefined,
): DendrogramCut {
  const labels = cutTree(tree, nGroups);
  const nMerges = tree.heights.length;
  const { crosstab } = agreement(labels, nGroups, segments.labels, segments.nClusters);
  return {
    nGroups,
    sizes: crosstab.map((row) => row.reduce((sum, count) => sum + count, 0)),
    low: nGroups <= nMerges ? tree.heights[nMerges - nGroups] : 0,
    high: nGroups > 1 ? tree.heights[nMerges - nGroups + 1] : Infinity,
    adjustedRandIndex:
      same === undefined || nGroups < 2
        ? null
        : agreement(labels, nGroups, same.labels, same.nClusters).adjustedRandIndex,
    segments: matchClusters(crosstab),
    groupOfLeaf: firstRows.map((row) => labels[row]),
  };
}
