import { describe, expect, it } from 'vitest';
import type { DendrogramNode } from '../core/learn/dendrogram';
import { dendrogramPlot } from './dendrogram-plot';

const leaf = (x: number): DendrogramNode => ({
  x,
  height: 0,
  size: 1,
  parts: null,
  nGroups: 3,
  group: x,
});
// Leaves 0 and 1 merge at 50, with leaf 2 at 100.
const nodes: DendrogramNode[] = [
  ...[0, 1, 2].map(leaf),
  { x: 0.5, height: 50, size: 2, parts: [0, 1], nGroups: 2, group: 0 },
  { x: 1.25, height: 100, size: 3, parts: [3, 2], nGroups: 1, group: 0 },
];
const plot = dendrogramPlot(nodes, { width: 300, height: 660 });

describe('the picture of a tree', () => {
  it('has a bracket for each merge, at its height, over the middles of its parts', () => {
    // From 40 to 106 on 660 pixels: 10 pixels for 1. Leaves stand at 50, 150, 250.
    expect(plot.brackets).toEqual([
      { node: 3, path: 'M50 660V560H150V660' },
      { node: 4, path: 'M100 560V60H250V660' },
    ]);
    expect(plot.stems.map(({ path }) => path)).toEqual(['M50 660v6', 'M150 660v6', 'M250 660v6']);
  });

  it('can be pointed at: each node from its own height up to the merge that ends it', () => {
    expect(plot.boxes[3]).toEqual({ node: 3, x: 0, y: 60, width: 200, height: 500 });
    expect(plot.boxes[4]).toEqual({ node: 4, x: 0, y: 0, width: 300, height: 60 });
    expect(plot.boxes[2]).toEqual({ node: 2, x: 200, y: 60, width: 100, height: 600 });
  });

  it('knows heights by places and places by heights', () => {
    expect(plot.heightAt(plot.yOf(75))).toBeCloseTo(75, 9);
    expect([plot.heightAt(-10), plot.heightAt(9999)]).toEqual([106, 40]);
    expect(plot.ticks.map(({ height }) => height)).toEqual([40, 60, 80, 100]);
  });

  it('of one customer has nothing to show, and does not fail', () => {
    const lone = dendrogramPlot([leaf(0)], { width: 300, height: 100 });
    expect(lone.brackets).toEqual([]);
    expect(JSON.stringify(lone)).not.toContain('null');
  });
});
