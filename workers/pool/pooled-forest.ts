import type { Context } from '../../src/core/context';
import type { ForestParams } from '../../src/core/learn/forest';
import type { Nodes } from '../../src/core/learn/tree-nodes';
import type { TrainingSet } from '../../src/core/learn/tree-training';
import { nextNumber } from './numbers';
import type { Pool } from './pool';

/** Trees that a worker grows in one go: few enough that all end at about the same time. */
const treesAtATime = 5;

/** `Engine.growForest`, a few trees each. A tree depends on its number alone, so on nobody who grew it. */
export async function growForestOn(
  pool: Pool,
  set: TrainingSet,
  params: ForestParams,
  ctx: Pick<Context, 'breathe' | 'progress'>,
): Promise<Nodes[]> {
  const id = nextNumber();
  const { nEstimators } = params;
  const trees: Nodes[] = Array.from({ length: nEstimators });
  let done = 0;
  const pieces = [];
  for (let first = 0; first < nEstimators; first += treesAtATime) {
    const end = Math.min(nEstimators, first + treesAtATime);
    pieces.push(
      pool.run(async (member) => {
        await ctx.breathe();
        await member.give(id, (api) => api.loadTraining(id, set));
        const grown = await member.call((api) => api.growTrees(id, params, first, end));
        grown.forEach((tree, t) => (trees[first + t] = tree));
        ctx.progress((done += grown.length), nEstimators);
      }),
    );
  }
  try {
    await Promise.all(pieces);
  } finally {
    pool.forget(id);
  }
  return trees;
}
