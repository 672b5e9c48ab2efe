import { describe, expect, it } from 'vitest';
import { parentsOf, partsByNode, pathTo, rulesOf } from './tree-rules';
import { answersByNode, mixtureOf, nodeSentence, type ToldTree } from './tree-words';

/**
 *            0: spend ≤ 100
 *      1: visits ≤ 5    4: spend ≤ 200
 *        2     3          5      6: North ≤ 0.5
 *                                  7    8
 */
const tree = {
  nFeatures: 3,
  nClasses: 2,
  feature: [0, 1, -1, -1, 0, -1, 2, -1, -1],
  threshold: [100, 5, 0, 0, 200, 0, 0.5, 0, 0],
  left: [1, 2, -1, -1, 5, -1, 7, -1, -1],
  right: [4, 3, -1, -1, 6, -1, 8, -1, -1],
  value: [
    [5, 5],
    [4, 1],
    [3, 0],
    [1, 1],
    [1, 4],
    [0, 2],
    [1, 2],
    [1, 0],
    [0, 2],
  ],
  nSamples: [10, 5, 3, 2, 5, 2, 3, 1, 2],
  impurity: [0, 0, 0, 0, 0, 0, 0, 0, 0],
  featureImportances: [1, 0, 0],
};

const told: ToldTree = {
  tree,
  features: [
    { name: 'spend', from: { kind: 'number', column: 'spend' } },
    { name: 'visits', from: { kind: 'number', column: 'visits' } },
    { name: 'Region: North', from: { kind: 'level', column: 'Region', level: 'North' } },
  ],
  names: ['Savers', 'Spenders'],
  all: [
    [8, 12],
    [6, 2],
    [5, 0],
    [1, 2],
    [2, 10],
    [0, 4],
    [2, 6],
    [2, 0],
    [0, 6],
  ],
  tested: [
    [3, 7],
    [2, 1],
    [2, 0],
    [0, 1],
    [1, 6],
    [0, 2],
    [1, 4],
    [0, 0],
    [1, 4],
  ],
};

describe('a tree as rules', () => {
  it('has one for each leaf, with one range for each column on its way', () => {
    expect(rulesOf(tree)).toEqual([
      {
        node: 2,
        segment: 0,
        parts: [
          { feature: 0, over: null, upTo: 100 },
          { feature: 1, over: null, upTo: 5 },
        ],
      },
      {
        node: 3,
        // A tie: the smaller index, as when the tree predicts.
        segment: 0,
        parts: [
          { feature: 0, over: null, upTo: 100 },
          { feature: 1, over: 5, upTo: null },
        ],
      },
      { node: 5, segment: 1, parts: [{ feature: 0, over: 100, upTo: 200 }] },
      {
        node: 7,
        segment: 0,
        parts: [
          { feature: 0, over: 200, upTo: null },
          { feature: 2, over: null, upTo: 0.5 },
        ],
      },
      {
        node: 8,
        segment: 1,
        parts: [
          { feature: 0, over: 200, upTo: null },
          { feature: 2, over: 0.5, upTo: null },
        ],
      },
    ]);
  });

  it('knows the way to every node', () => {
    const parents = parentsOf(tree);
    expect(parents).toEqual([-1, 0, 1, 1, 0, 4, 4, 6, 6]);
    expect(pathTo(parents, 8)).toEqual([0, 4, 6, 8]);
    expect(pathTo(parents, 0)).toEqual([0]);
    expect(partsByNode(tree)[0]).toEqual([]);
  });
});

describe('the nodes of a tree in words', () => {
  it('are called by the answer that led there', () => {
    expect(answersByNode(told)).toEqual([
      'All customers',
      'spend ≤ 100',
      'visits ≤ 5',
      'visits > 5',
      'spend > 100',
      'spend ≤ 200',
      'spend > 200',
      'Region is not North',
      'Region is North',
    ]);
  });

  it('tell who is there, by all that was asked on the way', () => {
    expect(nodeSentence(told, 0)).toBe(
      'All customers: 20 customers (100\u00a0%), 60\u00a0% of them Spenders.',
    );
    expect(nodeSentence(told, 6)).toBe(
      'Spend over 200: 8 customers (40\u00a0%), 75\u00a0% of them Spenders.',
    );
  });

  it('tell at a leaf what the tree says, and how often it was right for those it had not seen', () => {
    expect(nodeSentence(told, 8)).toBe(
      'Spend over 200 and Region is North: 6 customers (30\u00a0%), all of them Spenders. The tree says Spenders here. Of the 5 among them that it had not seen it is right for 4 (80\u00a0%).',
    );
    // Nobody was tested there, and the tree says another one than most of those who are there.
    expect(nodeSentence(told, 7)).toContain('None of those it was tested on came here.');
    expect(nodeSentence(told, 3)).toContain(
      '67\u00a0% of them Spenders. The tree says Savers here.',
    );
  });

  it('have nobody without a share', () => {
    expect(mixtureOf([0, 0])).toEqual({ n: 0, segment: 0, share: 0 });
    const all = told.all.map(() => [0, 0]);
    expect(nodeSentence({ ...told, all }, 2)).toBe(
      'Spend up to 100 and visits up to 5: 0 customers (0\u00a0%).',
    );
  });
});
