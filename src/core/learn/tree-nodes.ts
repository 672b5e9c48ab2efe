/** A node that is still to be looked at. */
export interface Pending {
  readonly id: number;
  readonly depth: number;
  /** Its range of the rows, or of the sorted lists. */
  readonly start: number;
  readonly end: number;
  /** Rows per class, and in all. A row that was drawn twice counts twice. */
  readonly counts: number[];
  readonly nRows: number;
}

/** The nodes of a growing tree in the order in which they were made; lists with one entry per node. */
export interface Nodes {
  readonly feature: number[];
  readonly threshold: number[];
  readonly left: number[];
  readonly right: number[];
  readonly counts: number[][];
}

export const noNodes = (): Nodes => ({
  feature: [],
  threshold: [],
  left: [],
  right: [],
  counts: [],
});

/** Writes a leaf down and returns its number. */
export function addLeaf(nodes: Nodes, counts: number[]): number {
  nodes.feature.push(-1);
  nodes.threshold.push(0);
  nodes.left.push(-1);
  nodes.right.push(-1);
  return nodes.counts.push(counts) - 1;
}

/** The question of a node: whether a value is at most the threshold. */
export interface Question {
  readonly feature: number;
  readonly threshold: number;
  /** The first place of the node's range that does not go left. */
  readonly middle: number;
  /** Rows per class that go left. */
  readonly leftCounts: number[];
}

/** Makes a leaf ask, with two leaves below it, and returns these. */
export function addSplit(nodes: Nodes, node: Pending, question: Question): [Pending, Pending] {
  const { id, start, end, depth, counts } = node;
  const { feature, threshold, middle, leftCounts } = question;
  const rightCounts = counts.map((count, c) => count - leftCounts[c]);
  const hang = (counts: number[], start: number, end: number): Pending => ({
    id: addLeaf(nodes, counts),
    depth: depth + 1,
    start,
    end,
    counts,
    nRows: sum(counts),
  });
  const left = hang(leftCounts, start, middle);
  const right = hang(rightCounts, middle, end);
  nodes.feature[id] = feature;
  nodes.threshold[id] = threshold;
  nodes.left[id] = left.id;
  nodes.right[id] = right.id;
  return [left, right];
}

export function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/**
 * Half way between two neighbouring values, at least the lower and always below the upper one.
 * Where no number lies between them, rounding may give the upper one, and `upper <= threshold` would send it left.
 */
export function midpoint(lower: number, upper: number): number {
  const middle = lower / 2 + upper / 2;
  return middle >= lower && middle < upper ? middle : lower;
}
