import type { FeatureOrigin } from '../features/encode-table';
import type { NodeCounts } from '../judge/count-nodes';
import type { Tree } from '../learn/tree';
import { majority } from '../learn/tree-predict';
import { capitalise, counted, formatCount, formatShare, listInWords } from '../words';
import { answerInWords } from './feature-words';
import { partText } from './rule-words';
import { parentsOf, partsByNode } from './tree-rules';

/** A tree with who reaches its nodes, and what its numbers are called. */
export interface ToldTree extends NodeCounts {
  readonly tree: Tree;
  readonly features: readonly { readonly name: string; readonly from: FeatureOrigin }[];
  /** By segment. */
  readonly names: readonly string[];
}

/** Customers by segment: how many, and whose most of them are. */
export interface Mixture {
  readonly n: number;
  readonly segment: number;
  /** Of `segment` among them; 0 where there is nobody. */
  readonly share: number;
}

export function mixtureOf(counts: readonly number[]): Mixture {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const segment = majority(counts);
  return { n, segment, share: n === 0 ? 0 : counts[segment] / n };
}

/** The answer that led here from the node above, by node: "purchases ≤ 120"; "All customers" at the root. */
export function answersByNode({ tree, features }: ToldTree): string[] {
  return parentsOf(tree).map((parent, node) =>
    parent < 0
      ? 'All customers'
      : answerInWords(
          features[tree.feature[parent]],
          tree.threshold[parent],
          tree.left[parent] === node,
        ),
  );
}

/**
 * Who reaches a node, by all that was asked on the way, and what the tree makes of them. "Purchases up to 120 and balance
 * over 1,000: 1,234 customers (14 %), 91 % of them Quiet savers."
 */
export function nodeSentence(told: ToldTree, node: number): string {
  const { tree, features, names, all, tested } = told;
  const parts = partsByNode(tree)[node];
  const { n, segment, share } = mixtureOf(all[node]);
  const total = mixtureOf(all[0]).n;
  const who =
    parts.length === 0
      ? 'All customers'
      : capitalise(listInWords(parts.map((part) => partText(part, features[part.feature]))));
  const size = `${who}: ${counted(n, 'customer')} (${formatShare(total === 0 ? 0 : n / total)})`;
  if (n === 0) return `${size}.`;
  const mix =
    share === 1
      ? `all of them ${names[segment]}`
      : `${formatShare(share)} of them ${names[segment]}`;
  if (tree.left[node] >= 0) return `${size}, ${mix}.`;
  const said = majority(tree.value[node]);
  const nTested = mixtureOf(tested[node]).n;
  const right =
    nTested === 0
      ? 'None of those it was tested on came here.'
      : `Of the ${formatCount(nTested)} among them that it had not seen it is right for ${formatCount(tested[node][said])} (${formatShare(tested[node][said] / nTested)}).`;
  return `${size}, ${mix}. The tree says ${names[said]} here. ${right}`;
}
