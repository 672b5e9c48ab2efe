import type { Context } from '../context';
import type { Tree } from './tree';
import { assembleNodes, finishTree, type Bare } from './tree-assemble';
import { allFeatures } from './tree-candidates';
import { weightsOf, type TreeData, type TreeParams } from './tree-data';
import { growBranch, growTree, type Waiting } from './tree-grow';
import { preparePart, prepareTraining, type Training } from './tree-training';
import { countWork } from './worked';

/** Training rows above which a tree is grown in two steps. */
export const manyRows = 32_768;

/**
 * Grows a tree of many rows: first its trunk, over bins alone; then the nodes in which values have to be looked at, each as
 * a branch. Of most files only a small part of the rows comes into such nodes, and only these are ranked by their values.
 */
export async function growLarge(
  data: TreeData,
  params: TreeParams,
  ctx: Pick<Context, 'breathe' | 'engine'>,
): Promise<Tree> {
  const worked = countWork(ctx);
  const training = await prepareTraining(data, ctx, 'bins');
  const weights = weightsOf(params.classWeight ?? null, training.set.counts);
  const candidates = allFeatures(training.set.nFeatures);
  const splitterOf = ({ set }: Training) =>
    ctx.engine.splitter(set, weights, params.minSamplesLeaf);

  async function growTrunk() {
    const { set } = training;
    const splitter = splitterOf(training);
    const waiting: Waiting[] = [];
    try {
      const seedling = { set, splitter, times: set.times, candidates };
      const nodes = await growTree(seedling, params, worked, waiting);
      const rows = waiting.map(({ start, end }) => splitter.rows(start, end));
      return { trunk: assembleNodes(nodes, training, weights), waiting, rows: joined(rows) };
    } finally {
      splitter.dispose();
    }
  }

  /** @param part the rows of the waiting nodes, one node after the other */
  async function growBranches(part: Training, waiting: readonly Waiting[]) {
    const { set } = part;
    const splitter = splitterOf(part);
    const branches = new Map<number, Bare>();
    try {
      splitter.plant(set.times);
      let start = 0;
      for (const node of waiting) {
        const end = start + node.end - node.start;
        const root = { ...node, rightOf: -1, start, end };
        const nodes = await growBranch({ set, splitter, candidates }, root, params, worked);
        branches.set(node.id, assembleNodes(nodes, part, weights));
        start = end;
      }
      return branches;
    } finally {
      splitter.dispose();
    }
  }

  const { trunk, waiting, rows } = await growTrunk();
  if (waiting.length === 0) return finishTree(trunk);
  const part = await preparePart(training, rows, ctx);
  return finishTree(graft(trunk, await growBranches(part, waiting)));
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** @param branches by the number of the leaf whose place they take */
function graft(trunk: Bare, branches: ReadonlyMap<number, Bare>): Bare {
  const numberOf: number[] = [];
  let nNodes = 0;
  for (let id = 0; id < trunk.left.length; id++) {
    numberOf.push(nNodes);
    nNodes += branches.get(id)?.left.length ?? 1;
  }
  const { nFeatures, nClasses } = trunk;
  const tree = {
    nFeatures,
    nClasses,
    feature: [] as number[],
    threshold: [] as number[],
    left: [] as number[],
    right: [] as number[],
    value: [] as number[][],
    nSamples: [] as number[],
    impurity: [] as number[],
  };
  const add = (from: Bare, node: number, newNumber: (child: number) => number) => {
    tree.feature.push(from.feature[node]);
    tree.threshold.push(from.threshold[node]);
    tree.left.push(from.left[node] < 0 ? -1 : newNumber(from.left[node]));
    tree.right.push(from.right[node] < 0 ? -1 : newNumber(from.right[node]));
    tree.value.push(from.value[node]);
    tree.nSamples.push(from.nSamples[node]);
    tree.impurity.push(from.impurity[node]);
  };
  numberOf.forEach((first, id) => {
    const branch = branches.get(id);
    if (branch === undefined) add(trunk, id, (child) => numberOf[child]);
    else branch.left.forEach((_, node) => add(branch, node, (child) => first + child));
  });
  return tree;
}
