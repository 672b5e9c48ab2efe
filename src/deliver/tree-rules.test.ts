import { beforeAll, describe, expect, it } from 'vitest';
import { quickRecipe, runPipeline, sampleText } from '../../tests/helpers/pipeline';
import type { ToldTree } from '../core/explain/tree-words';
import { stratifiedSplit } from '../core/judge/classification';
import { countNodes } from '../core/judge/count-nodes';
import { predictTreeRows } from '../core/learn/tree-predict';
import type { StepOutputs } from '../core/steps';
import { treeRulesText } from './tree-rules';

interface Read {
  readonly conditions: readonly { column: string; sign: string; value: number }[];
  readonly segment: string;
  readonly n: number;
}

/** A reading of the text of this test's own. */
function read(text: string): Read[] {
  return text
    .split('\n\n')
    .slice(1)
    .map((block) => {
      const conditions = [...block.matchAll(/(?:IF|AND) (\S+) (>|<=) (\S+)/g)].map(
        ([, column, sign, value]) => ({ column, sign, value: Number(value) }),
      );
      const segment = /THEN (.+)/.exec(block)?.[1] ?? '';
      return { conditions, segment, n: Number(/n = (\d+)/.exec(block)?.[1]) };
    });
}

describe('the rules of a tree as text', () => {
  let outputs: StepOutputs;
  let told: ToldTree;
  beforeAll(async () => {
    outputs = await runPipeline(sampleText(500), quickRecipe);
    const { encode, cluster, tree, profile } = outputs;
    const { labels, nClusters } = cluster.fit;
    const { testShare, seed } = quickRecipe.tree;
    const { test } = stratifiedSplit(labels, nClusters, testShare, seed);
    told = {
      ...countNodes(tree.tree, encode.values, labels, test),
      tree: tree.tree,
      features: encode.features,
      names: profile.segments.map(({ name }) => name),
    };
  });

  it('say of every customer what the tree says, and exactly one of them does', () => {
    const { encode, tree } = outputs;
    const rules = read(treeRulesText(told));
    expect(rules.length).toBeGreaterThan(3);
    const rows = Int32Array.from(encode.values[0].keys());
    const predicted = predictTreeRows(tree.tree, encode.values, rows);
    const columns = new Map(encode.features.map(({ name }, j) => [name, encode.values[j]]));
    const found = rules.map(() => 0);
    for (const row of rows) {
      const holding = rules.filter(({ conditions }) =>
        conditions.every(({ column, sign, value }) => {
          const own = columns.get(column)?.[row] ?? NaN;
          return sign === '>' ? own > value : own <= value;
        }),
      );
      expect(holding).toHaveLength(1);
      expect(holding[0].segment).toBe(told.names[predicted[row]]);
      found[rules.indexOf(holding[0])]++;
    }
    expect(found).toEqual(rules.map(({ n }) => n));
  });

  it('begin with those for most customers', () => {
    const sizes = read(treeRulesText(told)).map(({ n }) => n);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('stay on their lines, whatever a column is called', () => {
    const features = told.features.map((feature) => ({
      ...feature,
      from: { kind: 'level', column: 'a\nTHEN b', level: 'x"' } as const,
    }));
    const text = treeRulesText({ ...told, features, names: told.names.map(() => 'c\nIF d') });
    expect(text).toContain('"a\\nTHEN b" IS "x\\""');
    expect(text).toContain('"a\\nTHEN b" IS NOT "x\\""');
    expect(text).not.toMatch(/^(THEN b|IF d)/m);
  });

  it('of a tree without a question is one that always holds', () => {
    const lone = {
      ...told.tree,
      feature: [-1],
      threshold: [0],
      left: [-1],
      right: [-1],
      value: [told.tree.value[0]],
    };
    expect(treeRulesText({ ...told, tree: lone })).toContain('IF always\nTHEN ');
  });
});
