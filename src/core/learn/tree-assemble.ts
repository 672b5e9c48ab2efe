import type { Tree } from './tree';
import { sum, type Nodes } from './tree-nodes';

/** The grown nodes as a tree: numbered from the root downwards, left before right. */
export function assembleTree(nodes: Nodes, nFeatures: number, weights: Float64Array): Tree {
  const order = preorder(nodes);
  const value = order.map((node) => nodes.counts[node].map((count, c) => count * weights[c]));
  const tree = {
    nFeatures,
    nClasses: weights.length,
    ...pickNodes(nodes, order),
    value,
    nSamples: order.map((node) => sum(nodes.counts[node])),
    impurity: value.map(gini),
    featureImportances: [],
  };
  return { ...tree, featureImportances: importances(tree) };
}

function gini(value: readonly number[]): number {
  let squares = 0;
  for (const weight of value) squares += weight * weight;
  const total = sum(value);
  return 1 - squares / (total * total);
}

type Links = Pick<Tree, 'feature' | 'threshold' | 'left' | 'right'>;

/** The nodes from the root downwards, left before right; nothing below a node that is cut. */
export function preorder(
  { left, right }: Pick<Links, 'left' | 'right'>,
  isCut: (node: number) => boolean = () => false,
): number[] {
  const order: number[] = [];
  const waiting = [0];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    order.push(node);
    if (left[node] >= 0 && !isCut(node)) waiting.push(right[node], left[node]);
  }
  return order;
}

/** The listed nodes under new numbers. One whose children are not listed becomes a leaf. */
export function pickNodes({ feature, threshold, left, right }: Links, order: number[]): Links {
  const numberOf = new Map(order.map((node, number) => [node, number]));
  const childOf = (list: number[]) => order.map((node) => numberOf.get(list[node]) ?? -1);
  const newLeft = childOf(left);
  return {
    feature: order.map((node, number) => (newLeft[number] < 0 ? -1 : feature[node])),
    threshold: order.map((node, number) => (newLeft[number] < 0 ? 0 : threshold[node])),
    left: newLeft,
    right: childOf(right),
  };
}

/** Mean decrease in impurity: Σ over the splits of n·G − n_L·G_L − n_R·G_R per feature, divided by its total. */
export function importances(tree: Omit<Tree, 'featureImportances'>): number[] {
  const decrease = new Array<number>(tree.nFeatures).fill(0);
  const weighted = tree.value.map((value, node) => sum(value) * tree.impurity[node]);
  tree.left.forEach((left, node) => {
    if (left < 0) return;
    const after = weighted[left] + weighted[tree.right[node]];
    decrease[tree.feature[node]] += weighted[node] - after;
  });
  const total = sum(decrease);
  return total > 0 ? decrease.map((value) => value / total) : decrease;
}
