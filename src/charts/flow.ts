/** One segment at an end of a flow, as it is drawn, in pixels. Its label stands at its middle. */
export interface FlowNode {
  readonly y: number;
  readonly height: number;
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
  /** Between two nodes, at least. */
  readonly gap: number;
  /** Room that a label needs: nodes with less are further apart. */
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
  const scale = Math.min(scaleFor(sizesBefore, size), scaleFor(sizesAfter, size));
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

/** The room that a node takes with its label. */
function roomOf(customers: number, scale: number, { gap, labelHeight }: FlowSize): number {
  return Math.max(labelHeight, customers * scale + gap);
}

/** Pixels for a customer: the most with which all nodes have their room. */
function scaleFor(sizes: readonly number[], size: FlowSize): number {
  let [low, high] = [0, size.height / Math.max(1, sum(sizes))];
  for (let halving = 0; halving < 40; halving++) {
    const scale = (low + high) / 2;
    const used = sum(sizes.map((customers) => roomOf(customers, scale, size)));
    if (used <= size.height) low = scale;
    else high = scale;
  }
  return low;
}

function place(
  sizes: readonly number[],
  order: readonly number[],
  scale: number,
  size: FlowSize,
): FlowNode[] {
  const rooms = sizes.map((customers) => roomOf(customers, scale, size));
  const nodes = new Array<FlowNode>(sizes.length);
  let top = (size.height - sum(rooms)) / 2;
  for (const c of order) {
    const height = sizes[c] * scale;
    nodes[c] = { y: top + (rooms[c] - height) / 2, height };
    top += rooms[c];
  }
  return nodes;
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
