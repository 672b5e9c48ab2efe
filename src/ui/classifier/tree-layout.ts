import type { Tree } from '../../core/learn/tree';

type Links = Pick<Tree, 'left' | 'right'>;

/** A node that is drawn. */
export interface PlacedNode {
  readonly node: number;
  readonly parent: number;
  /** From 0 at the root. */
  readonly depth: number;
  /** Of its middle, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly isOpen: boolean;
  readonly isLeaf: boolean;
}

export interface TreeDrawing {
  /** From the root downwards, left before right. */
  readonly nodes: readonly PlacedNode[];
  readonly width: number;
  readonly height: number;
}

/** In pixels. */
export const box = { width: 188, height: 72, gapX: 40, gapY: 10 } as const;

/** The nodes whose children are shown: those above `depth`. */
export function openTo({ left, right }: Links, depth: number): ReadonlySet<number> {
  const depths = left.map(() => 0);
  const open = new Set<number>();
  left.forEach((child, node) => {
    if (child < 0) return;
    depths[child] = depths[right[node]] = depths[node] + 1;
    if (depths[node] < depth) open.add(node);
  });
  return open;
}

/** One level more below every node that is shown and can be opened. */
export function openMore(links: Links, open: ReadonlySet<number>): ReadonlySet<number> {
  const more = new Set(open);
  for (const { node, isLeaf } of placeTree(links, open).nodes) if (!isLeaf) more.add(node);
  return more;
}

/** Places the root on the left, its children to the right of it and below each other, a parent beside their middle. */
export function placeTree({ left, right }: Links, open: ReadonlySet<number>): TreeDrawing {
  const nodes: PlacedNode[] = [];
  let nLines = 0;
  let deepest = 0;
  const line = box.height + box.gapY;
  const place = (node: number, parent: number, depth: number): number => {
    const isLeaf = left[node] < 0;
    const isOpen = !isLeaf && open.has(node);
    const at = nodes.length;
    deepest = Math.max(deepest, depth);
    const x = depth * (box.width + box.gapX);
    nodes.push({ node, parent, depth, x, y: 0, isOpen, isLeaf });
    const y = isOpen
      ? (place(left[node], node, depth + 1) + place(right[node], node, depth + 1)) / 2
      : nLines++ * line + box.height / 2;
    nodes[at] = { ...nodes[at], y };
    return y;
  };
  place(0, -1, 0);
  return {
    nodes,
    width: deepest * (box.width + box.gapX) + box.width,
    height: nLines * line - box.gapY,
  };
}

/** Where an arrow key leads: to another node, or a node that opens or closes; null: nowhere. */
export type Move =
  { readonly to: number } | { readonly open: number } | { readonly close: number } | null;

/** As the tree pattern of ARIA says. */
export function moveBy(key: string, { nodes }: TreeDrawing, from: number): Move | undefined {
  const at = nodes.findIndex(({ node }) => node === from);
  const { isOpen, isLeaf, parent } = nodes[at] ?? nodes[0];
  const to = (index: number): Move =>
    nodes[index] === undefined ? null : { to: nodes[index].node };
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'ArrowRight':
      return isLeaf ? null : isOpen ? to(at + 1) : { open: from };
    case 'ArrowLeft':
      return isOpen ? { close: from } : parent < 0 ? null : { to: parent };
    case 'Home':
      return to(0);
    case 'End':
      return to(nodes.length - 1);
    default:
      return undefined;
  }
}
