import { describe, expect, it } from 'vitest';
import { blobs, ctx, matrixOf } from '../../../tests/helpers/context';
import { dendrogram, mostLeaves, type Dendrogram } from './dendrogram';
import { cutTree, fitWard } from './ward';

const one = (nRows: number) => ({ labels: new Int32Array(nRows), nClusters: 1 });

/** The drawn leaves below a node. */
function leavesBelow({ nodes }: Dendrogram, at: number): number[] {
  const { parts } = nodes[at];
  return parts === null
    ? [at]
    : parts.flatMap((part) => leavesBelow({ nodes } as Dendrogram, part));
}

describe('the tree of Ward’s method, as it is drawn', () => {
  it('of four customers by hand', async () => {
    // On a line: 0, 1 | 5 | 100. Merges: {0, 1} at 1; with 5 at √(2·2·1/3)·4.5; with 100 at the top.
    const tree = await fitWard(matrixOf([[0], [1], [5], [100]]), ctx);
    const labels = Int32Array.of(0, 0, 0, 1);
    const same = new Map([[2, { labels, nClusters: 2 }]]);
    const found = await dendrogram(tree, { labels, nClusters: 2 }, same, ctx);
    expect(found.nLeaves).toBe(4);
    const { nodes, cuts } = found;
    expect(nodes.map(({ size }) => size)).toEqual([1, 1, 1, 1, 2, 3, 4]);
    expect(nodes[4]).toMatchObject({ height: 1, nGroups: 3, group: 0 });
    expect(nodes[5].height).toBeCloseTo(Math.sqrt(4 / 3) * 4.5, 5);
    expect(nodes[6]).toMatchObject({ nGroups: 1, group: 0, parts: [5, 3] });
    expect(nodes[6].x).toBeCloseTo((nodes[5].x + nodes[3].x) / 2, 9);
    expect(cuts.map(({ sizes }) => sizes)).toEqual([[4], [3, 1], [2, 1, 1], [1, 1, 1, 1]]);
    expect(cuts[1]).toMatchObject({ adjustedRandIndex: 1, segments: [0, 1] });
    expect(cuts[2]).toMatchObject({ adjustedRandIndex: null, low: 1 });
    expect(cuts[2].high).toBeCloseTo(nodes[5].height, 12);
    expect([cuts[0].high, cuts[3].low]).toEqual([Infinity, 0]);
    // {0, 1} has most in common with segment 0, 100 with segment 1; nobody is left for 5.
    expect(cuts[2].segments.filter((segment) => segment === null)).toHaveLength(1);
  });

  it('stands over its parts, no lines crossing, larger parts on the left', async () => {
    const { X } = blobs([[0, 0], [6, 0], [0, 7]], 60, 1, 4); // prettier-ignore
    const found = await dendrogram(await fitWard(X, ctx), one(180), new Map(), ctx);
    const { nodes, nLeaves } = found;
    expect([nLeaves, nodes.length]).toEqual([mostLeaves, 2 * mostLeaves - 1]);
    nodes.forEach(({ parts, x, size, height }, at) => {
      if (parts === null) {
        expect([x, height]).toEqual([at, 0]);
        return;
      }
      const [left, right] = parts.map((part) => nodes[part]);
      expect(x).toBe((left.x + right.x) / 2);
      expect(left.x).toBeLessThan(right.x);
      expect(left.size).toBeGreaterThanOrEqual(right.size);
      expect(size).toBe(left.size + right.size);
      expect(height).toBeGreaterThanOrEqual(Math.max(left.height, right.height));
      const below = leavesBelow(found, at);
      expect(below).toEqual(below.map((_, i) => below[0] + i));
    });
  });

  it('has groups at every cut that are those of the tree, and so has every branch', async () => {
    const { X } = blobs([[0, 0], [6, 0], [0, 7]], 50, 1, 9); // prettier-ignore
    const tree = await fitWard(X, ctx);
    const found = await dendrogram(tree, one(150), new Map(), ctx);
    for (const { nGroups, sizes, groupOfLeaf } of found.cuts) {
      const labels = cutTree(tree, nGroups);
      expect(sizes).toEqual(sizes.map((_, g) => labels.filter((label) => label === g).length));
      const byLeaf = new Array<number>(nGroups).fill(0);
      groupOfLeaf.forEach((group, leaf) => (byLeaf[group] += found.nodes[leaf].size));
      expect(byLeaf).toEqual(sizes);
    }
    found.nodes.forEach(({ nGroups, group, size }, at) => {
      const { sizes, groupOfLeaf } = found.cuts[nGroups - 1];
      expect(sizes[group]).toBe(size);
      const own = groupOfLeaf.flatMap((of, leaf) => (of === group ? [leaf] : []));
      expect(own).toEqual(leavesBelow(found, at));
    });
  });

  it('of a single customer is one leaf', async () => {
    const found = await dendrogram(await fitWard(matrixOf([[0]]), ctx), one(1), new Map(), ctx);
    expect(found.nodes).toHaveLength(1);
    expect(found.cuts).toHaveLength(1);
    expect(found.cuts[0]).toMatchObject({ sizes: [1], high: Infinity });
  });
});
