import { describe, expect, it } from 'vitest';
import type { Profile } from '../core/explain/profile';
import type { ToldTree } from '../core/explain/tree-words';
import type { Dendrogram } from '../core/learn/dendrogram';
import type { NextPeriod } from '../core/scoring/next-period';
import type { Column } from '../core/table/table';
import { columnsCsv, numbers, words } from './columns-csv';
import {
  barColumns,
  countColumns,
  dendrogramColumns,
  driftColumns,
  flowColumns,
  importanceColumns,
  lossColumns,
  migrationColumns,
  profileColumns,
  screeColumns,
  silhouetteColumns,
  treeColumns,
} from './picture-data';

const lines = async (columns: readonly Column[]) =>
  (await columnsCsv(columns).text()).split('\r\n').slice(0, -1);

describe('columns as a file', () => {
  it('are safe for a spreadsheet, and keep every digit', async () => {
    const rows = [0.1 + 0.2, -5, NaN];
    const names = ['=HYPERLINK("http://a")', '-5', 'a,b'];
    const columns = [words('+name', names, (name) => name), numbers('x', rows, (value) => value)];
    expect(await lines(columns)).toEqual([
      `"'+name",x`,
      `"'=HYPERLINK(""http://a"")",0.30000000000000004`,
      '-5,-5',
      '"a,b",',
    ]);
  });

  it('may be none, or without a line', async () => {
    expect(await columnsCsv([]).text()).toBe('\r\n');
    expect(await lines([numbers('x', [], () => 0)])).toEqual(['x']);
  });
});

describe('the numbers behind a picture', () => {
  it('are the silhouettes of each segment, falling', async () => {
    const segments = [
      { nJudged: 3, mean: 0.25, nNegative: 1, values: Float32Array.of(0.75, 0.5, -0.5) },
      { nJudged: 1, mean: 0, nNegative: 0, values: Float32Array.of(0) },
      { nJudged: 0, mean: NaN, nNegative: 0, values: new Float32Array() },
    ];
    const columns = silhouetteColumns({ mean: 0.2, nJudged: 4, segments }, ['A', '=B', 'C']);
    expect(await lines(columns)).toEqual([
      'segment,name,"place, from 0 (highest) to 1 (lowest)",silhouette',
      '1,A,0,0.75',
      '1,A,0.5,0.5',
      '1,A,1,-0.5',
      `2,"'=B",0,0`,
    ]);
  });

  it('are the nodes of a tree with their groups at the cut', async () => {
    const leaf = (x: number, size: number) => {
      return { x, height: 0, size, parts: null, nGroups: 3, group: x };
    };
    const tree: Dendrogram = {
      nLeaves: 3,
      nodes: [
        leaf(0, 5),
        leaf(1, 4),
        leaf(2, 1),
        { x: 0.5, height: 2, size: 9, parts: [0, 1], nGroups: 2, group: 0 },
        { x: 1.25, height: 7.5, size: 10, parts: [3, 2], nGroups: 1, group: 0 },
      ],
      cuts: [],
    };
    const cut = {
      nGroups: 2,
      sizes: [9, 1],
      low: 2,
      high: 7.5,
      adjustedRandIndex: 1,
      segments: [1, null],
      groupOfLeaf: [0, 0, 1],
    };
    expect(await lines(dendrogramColumns(tree, cut))).toEqual([
      'node,part of node,height,customers,group,segment',
      '1,4,0,5,1,2',
      '2,4,0,4,1,2',
      '3,5,0,1,2,',
      '4,5,2,9,1,2',
      '5,,7.5,10,,',
    ]);
  });

  it('are the boxes of a decision tree, also those that are closed', async () => {
    const told = {
      tree: { feature: [0, -1, -1], threshold: [100, 0, 0], left: [1, -1, -1], right: [2, -1, -1] },
      features: [{ name: '=spend', from: { kind: 'number', column: '=spend' } }],
      names: ['Savers', 'Spenders'],
      all: [
        [8, 2],
        [8, 1],
        [0, 1],
      ],
    } as unknown as ToldTree;
    const [header, root, ...boxes] = await lines(treeColumns(told));
    expect(header).toBe('box,below box,answer,customers,most are,Savers,Spenders');
    expect(root).toBe('1,,All customers,10,Savers,8,2');
    expect(boxes).toEqual([
      expect.stringMatching(/^2,1,"'=spend.*100.*",9,Savers,8,1$/),
      expect.stringMatching(/^3,1,"'=spend.*100.*",1,Spenders,0,1$/),
    ]);
  });

  it('are who goes where, also those pairs between which nobody goes', async () => {
    const flow = {
      before: [
        { name: 'A', size: 3 },
        { name: '@B', size: 1 },
      ],
      after: [{ name: 'C', size: 4 }],
      crosstab: [[3], [0]],
    };
    expect(await lines(flowColumns(flow, 'this file', '=next.csv'))).toEqual([
      `this file,"'=next.csv",customers`,
      'A,C,3',
      `"'@B",C,0`,
    ]);
  });

  it('are shares with their sums, and errors by round', async () => {
    expect(await lines(screeColumns([0.5, 0.25]))).toEqual([
      'direction,share,together',
      '1,0.5,0.5',
      '2,0.25,0.75',
    ]);
    const losses = [
      { train: 2, validation: 3 },
      { train: 1, validation: 2.5 },
    ];
    expect(await lines(lossColumns(losses))).toEqual([
      'round,"error, learned from","error, others"',
      '1,2,3',
      '2,1,2.5',
    ]);
  });

  it('are averages and deviations by segment', async () => {
    const profile = {
      overall: [{ name: 'BALANCE', mean: 10 }],
      segments: [
        { name: 'Low', columns: [{ mean: 4, effect: -1.5 }] },
        { name: 'High', columns: [{ mean: 20, effect: 2.5 }] },
      ],
    } as unknown as Profile;
    expect(await lines(profileColumns(profile))).toEqual([
      'column,all customers,Low,"Low, deviations",High,"High, deviations"',
      'BALANCE,10,4,-1.5,20,2.5',
    ]);
  });

  it('are what a tree needs', async () => {
    const rows = [{ column: 'PAYMENTS', loss: { mean: 0.125, sd: 0.01 }, gain: 0.5 }];
    expect(await lines(importanceColumns(rows))).toEqual([
      'column,lost without it,its spread,share of the gain',
      'PAYMENTS,0.125,0.01,0.5',
    ]);
  });

  it('are who moved, came and went, and what has changed', async () => {
    const drift = { psi: 0.3, chance: 0.01, band: 'much' } as const;
    const next = {
      segments: ['Low', '=High'],
      value: null,
      migration: {
        counts: [
          [5, 1],
          [0, 2],
        ],
        arrived: [3, 0],
        gone: [0, 4],
        ...{ valueBefore: null, valueAfter: null, arrivedValue: null, goneValue: null },
      },
      columns: [{ ...drift, column: 'BALANCE', missingBefore: 0, missingAfter: 0.5 }],
      sizeDrift: { ...drift, psi: 0.05, band: 'little' },
    } as unknown as NextPeriod;
    expect(await lines(migrationColumns(next))).toEqual([
      'from,to,customers',
      'Low,Low,5',
      `Low,"'=High",1`,
      'Low,(gone),0',
      `"'=High",Low,0`,
      `"'=High","'=High",2`,
      `"'=High",(gone),4`,
      '(new),Low,3',
      `(new),"'=High",0`,
    ]);
    const worth = {
      ...next.migration,
      valueBefore: [
        [9, 8],
        [7, 6],
      ],
      valueAfter: [
        [1, 2],
        [3, 4],
      ],
    };
    const ends = { goneValue: [0, 50], arrivedValue: [30, 0] };
    const valued = { ...next, value: 'SPEND', migration: { ...worth, ...ends } };
    const [header, ...rows] = await lines(migrationColumns(valued));
    expect(header).toBe('from,to,customers,SPEND before,SPEND after');
    expect([rows[0], rows[5], rows[6]]).toEqual([
      'Low,Low,5,9,1',
      `"'=High",(gone),4,50,`,
      '(new),Low,3,,30',
    ]);
    expect(await lines(driftColumns(next))).toEqual([
      'column,stability index,by chance up to,changed,missing before,missing after',
      '(sizes of the segments),0.05,0.01,little,,',
      'BALANCE,0.3,0.01,much,0,0.5',
    ]);
  });

  it('are the counts of a table, and the lengths of bars', async () => {
    const counts = [
      [1, 2],
      [3, 4],
    ];
    expect(await lines(countColumns(['A', 'B'], ['tree says A', '-1'], counts))).toEqual([
      'segment,tree says A,-1',
      'A,1,2',
      'B,3,4',
    ]);
    const bars = [{ label: 'Balance', value: 0.6 }];
    expect(await lines(barColumns('column', 'share of the gain', bars))).toEqual([
      'column,share of the gain',
      'Balance,0.6',
    ]);
  });
});
