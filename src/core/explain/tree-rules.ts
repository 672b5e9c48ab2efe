import type { Tree } from '../learn/tree';
import { majority } from '../learn/tree-predict';

/** A range of one feature, in its own unit: above `over`, up to `upTo`; null: no bound. */
export interface RulePart {
  readonly feature: number;
  readonly over: number | null;
  readonly upTo: number | null;
}

/** One leaf of a tree: IF all of `parts` THEN `segment`. */
export interface TreeRule {
  readonly node: number;
  readonly parts: readonly RulePart[];
  readonly segment: number;
}

type Links = Pick<Tree, 'feature' | 'threshold' | 'left' | 'right'>;

/**
 * What is true of all that reach a node, by node: the questions on the way, those about one feature as one range, in the
 * order in which they are first asked.
 */
export function partsByNode({ feature, threshold, left, right }: Links): RulePart[][] {
  const parts: RulePart[][] = [[]];
  // Children are numbered after their parent.
  for (let node = 0; node < left.length; node++) {
    if (left[node] < 0) continue;
    const [asked, cut] = [feature[node], threshold[node]];
    parts[left[node]] = narrowed(parts[node], asked, (part) => ({ ...part, upTo: cut }));
    parts[right[node]] = narrowed(parts[node], asked, (part) => ({ ...part, over: cut }));
  }
  return parts;
}

/** Every leaf as a rule, from left to right: exactly one of them holds for anybody. */
export function rulesOf(tree: Tree): TreeRule[] {
  return partsByNode(tree).flatMap((parts, node) =>
    tree.left[node] < 0 ? [{ node, parts, segment: majority(tree.value[node]) }] : [],
  );
}

/** The node above each, −1 above the root. */
export function parentsOf({ left, right }: Pick<Tree, 'left' | 'right'>): number[] {
  const parents = left.map(() => -1);
  left.forEach((child, node) => {
    if (child < 0) return;
    parents[child] = node;
    parents[right[node]] = node;
  });
  return parents;
}

/** The nodes from the root to this one, both included. */
export function pathTo(parents: readonly number[], node: number): number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = parents[at]) path.unshift(at);
  return path;
}

/** A later question about a feature is always inside of the earlier one's range. */
function narrowed(
  parts: readonly RulePart[],
  feature: number,
  narrow: (part: RulePart) => RulePart,
): RulePart[] {
  if (!parts.some((part) => part.feature === feature)) {
    return [...parts, narrow({ feature, over: null, upTo: null })];
  }
  return parts.map((part) => (part.feature === feature ? narrow(part) : part));
}
