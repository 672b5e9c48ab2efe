import { describe, expect, it } from 'vitest';
import { box, moveBy, openMore, openTo, placeTree } from './tree-layout';

/** 0 → 1, 4; 1 → 2, 3; 4 → 5, 6; 6 → 7, 8 */
const links = {
  left: [1, 2, -1, -1, 5, -1, 7, -1, -1],
  right: [4, 3, -1, -1, 6, -1, 8, -1, -1],
};
const line = box.height + box.gapY;

describe('the drawing of a tree', () => {
  it('begins with so many levels', () => {
    expect([...openTo(links, 1)]).toEqual([0]);
    expect([...openTo(links, 2)]).toEqual([0, 1, 4]);
    expect([...openTo(links, 9)]).toEqual([0, 1, 4, 6]);
  });

  it('opens one level more of what is shown', () => {
    const open = openMore(links, openTo(links, 1));
    expect([...open]).toEqual([0, 1, 4]);
    expect(placeTree(links, openMore(links, open)).nodes).toHaveLength(9);
  });

  it('has what is open in its order, parents beside the middle of their children', () => {
    const { nodes, width, height } = placeTree(links, openTo(links, 2));
    expect(nodes.map(({ node }) => node)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    // Four lines: 2, 3, 5, 6.
    expect(height).toBe(4 * line - box.gapY);
    expect(width).toBe(3 * box.width + 2 * box.gapX);
    const y = (node: number) => nodes.find((placed) => placed.node === node)?.y;
    expect(y(1)).toBe(box.height / 2 + line / 2);
    expect(y(0)).toBe(box.height / 2 + 1.5 * line);
    expect(nodes[6]).toMatchObject({ node: 6, parent: 4, depth: 2, isOpen: false, isLeaf: false });
  });

  it('never lays one box over another', () => {
    const { nodes } = placeTree(links, openTo(links, 9));
    const places = nodes.filter((placed) => !placed.isOpen).map(({ y }) => y);
    for (let i = 1; i < places.length; i++) expect(places[i] - places[i - 1]).toBeCloseTo(line);
  });

  it('is a single box where there is no question', () => {
    const drawing = placeTree({ left: [-1], right: [-1] }, new Set([0]));
    expect(drawing).toEqual({
      nodes: [
        { node: 0, parent: -1, depth: 0, x: 0, y: box.height / 2, isOpen: false, isLeaf: true },
      ],
      width: box.width,
      height: box.height,
    });
  });
});

describe('arrow keys in a tree', () => {
  const drawing = placeTree(links, openTo(links, 2));
  it.for([
    ['ArrowDown', 0, { to: 1 }],
    ['ArrowDown', 6, null],
    ['ArrowUp', 0, null],
    ['ArrowUp', 4, { to: 3 }],
    ['ArrowRight', 1, { to: 2 }],
    ['ArrowRight', 2, null],
    ['ArrowRight', 6, { open: 6 }],
    ['ArrowLeft', 2, { to: 1 }],
    ['ArrowLeft', 1, { close: 1 }],
    ['ArrowLeft', 6, { to: 4 }],
    ['Home', 5, { to: 0 }],
    ['End', 1, { to: 6 }],
    ['a', 1, undefined],
  ] as const)('%s at %i', ([key, from, move]) => {
    expect(moveBy(key, drawing, from)).toEqual(move);
  });

  it('a closed root opens, and has no parent', () => {
    const closed = placeTree(links, new Set());
    expect(moveBy('ArrowRight', closed, 0)).toEqual({ open: 0 });
    expect(moveBy('ArrowLeft', closed, 0)).toBe(null);
  });
});
