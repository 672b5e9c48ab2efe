import type { Context } from './context';
import { deriveColumns } from './derive/derive-table';
import { describePersonas } from './explain/personas';
import { explore } from './explore/explore';
import { keepIdentity } from './judge/keep-identity';
import { judgeTrust } from './judge/trust';
import { tellTrust } from './judge/trust-told';
import { mergeClusters } from './learn/merge-clusters';
import { judgeIn } from './learn/sweep';
import type { Matrix } from './matrix';
import type { LaterStep } from './plan';
import { fitSpace } from './reduce/fit-space';
import type { Run, Segmentation } from './steps';

/**
 * How the steps are done that the story does not wait for (`laterSteps` of plan.ts). Their code is loaded apart from that
 * of the others (`workers/later.ts`), so that the first segments do not wait for it either.
 */
export const laterRuns: { readonly [Id in LaterStep]: Run<Id> } = {
  personas: ({ derive, clean, encode, space, cluster, profile }, recipe, ctx) =>
    describePersonas(
      { table: derive.table, rows: clean.rows, encode, X: space.X, fit: cluster.fit, profile },
      recipe.personas,
      ctx,
    ),
  explore: ({ derive }, recipe, ctx) => explore(derive.table, recipe.clean.roles, ctx),
  trust: async ({ space: { X }, sweep }, recipe, ctx) =>
    tellTrust(await judgeTrust(X, sweep, recipe.trust, ctx)),
};

export type LaterRuns = typeof laterRuns;

/** What steps of the story use of it, for choices that few make. */
export const laterCode = { ...laterRuns, deriveColumns, fitSpace, keepIdentity, mergeSegments };

export type LaterCode = typeof laterCode;

/** @param spaces the one that segments were formed in, and the scaled columns */
async function mergeSegments(
  { fit: formed, chosenBy }: Segmentation,
  groups: readonly (readonly number[])[],
  spaces: readonly [Matrix, Matrix],
  seed: number,
  ctx: Context,
): Promise<Segmentation> {
  const { fit, prototypes } = mergeClusters(formed, groups);
  const [own, columns] = spaces;
  const [silhouette] = await judgeIn(own, [fit], seed, ctx);
  const overColumns = own === columns ? [silhouette] : await judgeIn(columns, [fit], seed, ctx);
  return {
    fit,
    prototypes,
    chosenBy,
    identity: null,
    silhouette,
    overColumns: overColumns[0],
  };
}
