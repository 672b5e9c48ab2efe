/**
 * The nodes of a grown tree, numbered from the root (0) downwards, left before right: the left child of a node is the
 * next one. For each node, one after the other: the feature that it asks for (−1 in a leaf), two rows next to its cut, its
 * right child (−1 in a leaf), and how often rows of each class are counted, without weights. One list of whole numbers, so
 * that a worker can hand it over.
 */
export type Nodes = Int32Array;
export const nodeField = { feature: 0, below: 1, above: 2, right: 3, counts: 4 } as const;
export const nodeWidth = (nClasses: number) => nodeField.counts + nClasses;

/** What a node asks. */
export interface Question {
  readonly feature: number;
  /** Of the node's rows of the highest rank that goes left, the first. */
  readonly below: number;
  /** Of those of the lowest rank that goes right, the first. */
  readonly above: number;
}

export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
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
