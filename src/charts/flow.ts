/** One segment at an end of a flow, as it is drawn. In pixels. */
export interface FlowNode {
  readonly y: number;
  readonly height: number;
  /** The middle of its label: labels do not overlap, though thin nodes lie close together. */
  readonly labelY: number;
}

/** Customers who are in one segment here and in another one there. */
export interface Ribbon {
  readonly before: number;
  readonly after: number;
  readonly count: number;
  /** SVG path data. */
  readonly path: string;
}

export interface FlowLayout {
  readonly before: readonly FlowNode[];
  readonly after: readonly FlowNode[];
  readonly ribbons: readonly Ribbon[];
}

export interface FlowSize {
  /** From the nodes on the left to those on the right. */
  readonly width: number;
  readonly height: number;
  /** Between two nodes. */
  readonly gap: number;
  /** Room that a label needs. */
  readonly labelHeight: number;
}

/** What is too thin to be seen is drawn this high. */
const thinnest = 0.75;

/**
 * Two columns of nodes, and a ribbon for each pair that has customers in common; heights in proportion to customers. On
 * the right, nodes stand where most of their customers come from, so that few ribbons cross.
 *
 * @param crosstab customers by node on the left (rows) and on the right (columns)
 */
export function flowLayout(crosstab: readonly (readonly number[])[], size: FlowSize): FlowLayout {
  const nAfter = crosstab[0]?.length ?? 0;
  const sizesBefore = crosstab.map(sum);
  const sizesAfter = Array.from({ length: nAfter }, (_, c) => sum(crosstab.map((row) => row[c])));
  const nMost = Math.max(crosstab.length, nAfter, 1);
  const scale = (size.height - size.gap * (nMost - 1)) / Math.max(1, sum(sizesBefore));
  const orderBefore = sizesBefore.map((_, r) => r);
  const orderAfter = byOrigin(crosstab, sizesAfter);
  const before = place(sizesBefore, orderBefore, scale, size);
  const after = place(sizesAfter, orderAfter, scale, size);
  return { before, after, ribbons: ribbonsOf(crosstab, before, after, orderAfter, scale, size) };
}

/** Columns by where their customers come from on average. */
function byOrigin(crosstab: readonly (readonly number[])[], sizes: readonly number[]): number[] {
  const origin = sizes.map((total, c) =>
    total > 0 ? sum(crosstab.map((row, r) => r * row[c])) / total : crosstab.length,
  );
  return sizes.map((_, c) => c).sort((a, b) => origin[a] - origin[b] || a - b);
}

function place(
  sizes: readonly number[],
  order: readonly number[],
  scale: number,
  { height, gap, labelHeight }: FlowSize,
): FlowNode[] {
  const used = sum(sizes) * scale + gap * (sizes.length - 1);
  const nodes = new Array<FlowNode>(sizes.length);
  let y = (height - used) / 2;
  for (const c of order) {
    nodes[c] = { y, height: sizes[c] * scale, labelY: 0 };
    y += sizes[c] * scale + gap;
  }
  const middles = order.map((c) => nodes[c].y + nodes[c].height / 2);
  const labels = keepApart(middles, labelHeight, height);
  order.forEach((c, at) => (nodes[c] = { ...nodes[c], labelY: labels[at] }));
  return nodes;
}

/**
 * Moves places as little as it takes for neighbours to be `least` apart, inside of 0 … `most` where there is room.
 *
 * @param wanted ascending
 */
export function keepApart(wanted: readonly number[], least: number, most: number): number[] {
  const places = [...wanted];
  for (let i = 0; i < places.length; i++) {
    places[i] = Math.max(places[i], i === 0 ? least / 2 : places[i - 1] + least);
  }
  for (let i = places.length - 1; i >= 0; i--) {
    const bound = i === places.length - 1 ? most - least / 2 : places[i + 1] - least;
    places[i] = Math.min(places[i], bound);
  }
  return places;
}

function ribbonsOf(
  crosstab: readonly (readonly number[])[],
  before: readonly FlowNode[],
  after: readonly FlowNode[],
  orderAfter: readonly number[],
  scale: number,
  { width }: FlowSize,
): Ribbon[] {
  const ends = after.map(({ y }) => y);
  return crosstab.flatMap((row, r) => {
    let start = before[r].y;
    return orderAfter.flatMap((c): Ribbon[] => {
      const count = row[c];
      if (count === 0) return [];
      const height = count * scale;
      const path = ribbon(width, start, ends[c], Math.max(thinnest, height));
      start += height;
      ends[c] += height;
      return [{ before: r, after: c, count, path }];
    });
  });
}

/** From the left edge at y = from to the right edge at y = to, level at both. */
function ribbon(width: number, from: number, to: number, height: number): string {
  const middle = round(width / 2);
  const [a, b, c, d] = [from, to, to + height, from + height].map(round);
  return `M0 ${a}C${middle} ${a} ${middle} ${b} ${round(width)} ${b}V${c}C${middle} ${c} ${middle} ${d} 0 ${d}Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
