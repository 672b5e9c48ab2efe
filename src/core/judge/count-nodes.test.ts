import { describe, expect, it } from 'vitest';
import { countNodes } from './count-nodes';

/** x ≤ 2: 1, else y ≤ 0: 3, 4 */
const tree = {
  nFeatures: 2,
  nClasses: 2,
  feature: [0, -1, 1, -1, -1],
  threshold: [2, 0, 0, 0, 0],
  left: [1, -1, 3, -1, -1],
  right: [2, -1, 4, -1, -1],
  value: [
    [1, 1],
    [1, 0],
    [0, 1],
    [0, 1],
    [0, 1],
  ],
  nSamples: [2, 1, 1, 1, 1],
  impurity: [0, 0, 0, 0, 0],
  featureImportances: [1, 0],
};

describe('who reaches the nodes of a tree', () => {
  it('is counted by segment, those that it was tested on apart', () => {
    const x = Float64Array.of(1, 2, 3, 4, 5);
    const y = Float64Array.of(9, 9, 0, 1, -1);
    const labels = Int32Array.of(0, 1, 1, 1, 0);
    const { all, tested } = countNodes(tree, [x, y], labels, Int32Array.of(1, 3));
    expect(all).toEqual([
      [2, 3],
      [1, 1],
      [1, 2],
      [1, 1],
      [0, 1],
    ]);
    expect(tested).toEqual([
      [0, 2],
      [0, 1],
      [0, 1],
      [0, 0],
      [0, 1],
    ]);
  });

  it('needs the columns of the tree', () => {
    expect(() => countNodes(tree, [], new Int32Array(0), new Int32Array(0))).toThrow(
      'fitted on 2 columns, got 0',
    );
  });
});
