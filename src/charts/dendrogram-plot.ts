import type { DendrogramNode } from '../core/learn/dendrogram';

/** A tree as it is drawn, in pixels. */
export interface DendrogramPlot {
  /** By node that is a merge: its bracket, from one part over the top to the other. */
  readonly brackets: readonly {
    readonly node: number;
    /** SVG path data. */
    readonly path: string;
  }[];
  /** From a drawn leaf to the bottom. */
  readonly stems: readonly { readonly node: number; readonly path: string }[];
  /** What belongs to a node alone: from its height up to that of the merge that ends it. */
  readonly boxes: readonly {
    readonly node: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly ticks: readonly { readonly height: number; readonly y: number }[];
  /** Where a height is. */
  readonly yOf: (height: number) => number;
  /** The height at a place. */
  readonly heightAt: (y: number) => number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Room above the root, and below the lowest merge, as shares of the highest one. */
const headroom = 0.06;
const footroom = 0.8;

/** @param nodes leaves first, the root last (`dendrogram` of core) */
export function dendrogramPlot(
  nodes: readonly DendrogramNode[],
  { width, height }: Size,
): DendrogramPlot {
  const merges = nodes.filter(({ parts }) => parts !== null).map((node) => node.height);
  const top = Math.max(...merges, 0) * (1 + headroom) || 1;
  // The picture begins a little below the lowest merge that is drawn: what is below is not drawn.
  const bottom = Math.min(...merges, top) * footroom;
  const nLeaves = nodes.filter(({ parts }) => parts === null).length;
  const xOf = (x: number) => round(((x + 0.5) / nLeaves) * width);
  const yOf = (value: number) =>
    round(((top - Math.max(bottom, value)) / (top - bottom || 1)) * height);
  const heightAt = (y: number) =>
    top - (Math.min(Math.max(y, 0), height) / height) * (top - bottom);
  const spans = spansOf(nodes);
  const endOf = new Map<number, number>();
  nodes.forEach(({ parts, height: at }) => parts?.forEach((part) => endOf.set(part, at)));
  return {
    brackets: nodes.flatMap(({ parts, height: own }, node) => {
      if (parts === null) return [];
      const [a, b] = parts.map((part) => nodes[part]);
      const path = `M${xOf(a.x)} ${yOf(a.height)}V${yOf(own)}H${xOf(b.x)}V${yOf(b.height)}`;
      return [{ node, path }];
    }),
    stems: nodes.flatMap(({ parts, x }, node) =>
      parts === null ? [{ node, path: `M${xOf(x)} ${yOf(bottom)}v6` }] : [],
    ),
    boxes: nodes.map(({ height: own }, node) => {
      const [first, last] = spans[node];
      const y = yOf(endOf.get(node) ?? top);
      return {
        node,
        x: round((first / nLeaves) * width),
        y,
        width: round(((last - first + 1) / nLeaves) * width),
        height: round(Math.max(0, yOf(own) - y)),
      };
    }),
    ticks: ticksBetween(bottom, top).map((value) => ({ height: value, y: yOf(value) })),
    yOf,
    heightAt,
  };
}

/** First and last drawn leaf below each node. */
function spansOf(nodes: readonly DendrogramNode[]): [number, number][] {
  const spans: [number, number][] = [];
  nodes.forEach(({ parts }, at) => {
    spans.push(parts === null ? [at, at] : [spans[parts[0]][0], spans[parts[1]][1]]);
  });
  return spans;
}

/** About five round numbers. */
function ticksBetween(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough) ?? rough;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
