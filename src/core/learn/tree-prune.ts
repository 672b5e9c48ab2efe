import type { Tree } from './tree';
import { importances, pickNodes, preorder } from './tree-assemble';
import { sum } from './tree-nodes';

/** One entry for the whole tree and one for every node that becomes a leaf, weakest first. */
export interface PruningPath {
  /** From which ccpAlpha on the tree is at least as small as this; 0 for the whole tree. */
  readonly ccpAlphas: number[];
  /** R of the tree that is left: the sum over its leaves of share of the rows × impurity. */
  readonly impurities: number[];
}

/**
 * Minimal cost-complexity pruning. R(t) = share of the rows (by weight) × Gini impurity of node t as a leaf, R(T_t) the
 * same added up over the leaves below it. A node is worth α(t) = (R(t) − R(T_t)) / (leaves below it − 1) per leaf. As long
 * as the least of them is at most ccpAlpha, that node becomes a leaf; the smaller node number on a tie.
 *
 * @param ccpAlpha from 0; 0 leaves the tree as it is
 *
 * Source: Breiman et al. (1984), chapter 3; scikit-learn `tree/_tree.pyx` (_cost_complexity_prune).
 */
export function pruneTree(tree: Tree, ccpAlpha: number): Tree {
  if (ccpAlpha === 0) return tree;
  const weakest = weakestLinks(tree);
  while (weakest.alpha() <= ccpAlpha) weakest.cut();
  const order = preorder(tree, (node) => weakest.isCut[node] === 1);
  const pick = <T>(list: readonly T[]) => order.map((node) => list[node]);
  const { nFeatures, nClasses } = tree;
  const pruned = {
    nFeatures,
    nClasses,
    ...pickNodes(tree, order),
    value: pick(tree.value),
    nSamples: pick(tree.nSamples),
    impurity: pick(tree.impurity),
  };
  return { ...pruned, featureImportances: importances(pruned) };
}

/**
 * What pruning would do to a tree step by step, down to its root.
 * Differs from scikit-learn in: sums are not updated but added up anew, so the last digits may differ.
 */
export function pruningPath(tree: Tree): PruningPath {
  const weakest = weakestLinks(tree);
  const path: PruningPath = { ccpAlphas: [0], impurities: [weakest.impurity()] };
  for (let alpha = weakest.alpha(); alpha < Infinity; alpha = weakest.alpha()) {
    weakest.cut();
    path.ccpAlphas.push(alpha);
    path.impurities.push(weakest.impurity());
  }
  return path;
}

interface WeakestLinks {
  readonly isCut: Uint8Array;
  /** Of the weakest node, Infinity when only the root is left. */
  alpha(): number;
  impurity(): number;
  /** Makes the weakest node a leaf. */
  cut(): void;
}

/** Each node knows the least α in its branch, so a cut costs one way down to it and one way up. */
function weakestLinks(tree: Tree): WeakestLinks {
  const { left, right } = tree;
  const nNodes = left.length;
  const total = sum(tree.value[0]);
  const own = tree.value.map((value, node) => (sum(value) / total) * tree.impurity[node]);
  const below = Float64Array.from(own);
  const nLeaves = new Int32Array(nNodes).fill(1);
  const least = new Float64Array(nNodes).fill(Infinity);
  const isCut = new Uint8Array(nNodes);
  const alphaOf = (node: number) => (own[node] - below[node]) / (nLeaves[node] - 1);
  const update = (node: number) => {
    const [l, r] = [left[node], right[node]];
    below[node] = below[l] + below[r];
    nLeaves[node] = nLeaves[l] + nLeaves[r];
    least[node] = Math.min(alphaOf(node), least[l], least[r]);
  };
  // Children have larger numbers than their parent.
  for (let node = nNodes - 1; node >= 0; node--) if (left[node] >= 0) update(node);
  return {
    isCut,
    alpha: () => least[0],
    impurity: () => below[0],
    cut() {
      const way: number[] = [];
      let node = 0;
      while (alphaOf(node) > least[0]) {
        way.push(node);
        node = least[left[node]] === least[0] ? left[node] : right[node];
      }
      isCut[node] = 1;
      below[node] = own[node];
      nLeaves[node] = 1;
      least[node] = Infinity;
      for (let parent = way.pop(); parent !== undefined; parent = way.pop()) update(parent);
    },
  };
}
