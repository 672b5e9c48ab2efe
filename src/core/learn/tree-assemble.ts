import type { Tree } from './tree';
import { midpoint, nodeField, nodeWidth, sum, type Nodes, type Question } from './tree-nodes';
import type { Training } from './tree-training';

/** A tree before it is judged. */
export type Bare = Omit<Tree, 'featureImportances'>;

/** The grown nodes as a tree, in the units of the data. */
export function assembleTree(nodes: Nodes, training: Training, weights: Float64Array): Tree {
  return finishTree(assembleNodes(nodes, training, weights));
}

export function finishTree(tree: Bare): Tree {
  return { ...tree, featureImportances: importances(tree) };
}

export function assembleNodes(nodes: Nodes, training: Training, weights: Float64Array): Bare {
  const { nFeatures, nClasses } = training.set;
  const width = nodeWidth(nClasses);
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const value: number[][] = [];
  const nSamples: number[] = [];
  const impurity: number[] = [];
  for (let at = 0; at < nodes.length; at += width) {
    const asked = nodes[at + nodeField.feature];
    const own: number[] = [];
    let n = 0;
    let total = 0;
    let squares = 0;
    for (let c = 0; c < nClasses; c++) {
      const count = nodes[at + nodeField.counts + c];
      const weight = count * weights[c];
      own.push(weight);
      n += count;
      total += weight;
      squares += weight * weight;
    }
    feature.push(asked);
    left.push(asked < 0 ? -1 : feature.length);
    right.push(nodes[at + nodeField.right]);
    value.push(own);
    nSamples.push(n);
    impurity.push(1 - squares / (total * total));
    const [below, above] = [nodes[at + nodeField.below], nodes[at + nodeField.above]];
    threshold.push(asked < 0 ? 0 : thresholdOf({ feature: asked, below, above }, training));
  }
  return { nFeatures, nClasses, feature, threshold, left, right, value, nSamples, impurity };
}

/** Half way from the highest value that goes left to the lowest that goes right. */
function thresholdOf(
  { feature, below, above }: Question,
  { set: { ranks, nRows }, data: { features }, rows, limits }: Training,
): number {
  const several = limits[feature];
  const valueOf = (row: number, ofRank: Float64Array | undefined) =>
    // There is no −0.
    ofRank?.[ranks[feature * nRows + row]] ?? features[feature][rows[row]] + 0;
  return midpoint(valueOf(below, several?.highest), valueOf(above, several?.lowest));
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
export function importances(tree: Bare): number[] {
  const { left, right, feature, value, impurity, nFeatures } = tree;
  const decrease = new Array<number>(nFeatures).fill(0);
  const weighted = new Float64Array(left.length);
  for (let node = 0; node < left.length; node++) weighted[node] = sum(value[node]) * impurity[node];
  for (let node = 0; node < left.length; node++) {
    if (left[node] < 0) continue;
    const after = weighted[left[node]] + weighted[right[node]];
    decrease[feature[node]] += weighted[node] - after;
  }
  const total = sum(decrease);
  return total > 0 ? decrease.map((value) => value / total) : decrease;
}
