import { describePersonas } from './explain/personas';
import { explore } from './explore/explore';
import { keepIdentity } from './judge/keep-identity';
import { judgeTrust } from './judge/trust';
import { tellTrust } from './judge/trust-told';
import type { LaterStep } from './plan';
import type { Run } from './steps';

/**
 * How the steps are done that the story does not wait for (`laterSteps` of plan.ts). Their code is loaded apart from that
 * of the others (`workers/later.ts`), so that the first segments do not wait for it either.
 */
export const laterRuns: { readonly [Id in LaterStep]: Run<Id> } = {
  personas: ({ derive, clean, encode, scale, cluster, profile }, recipe, ctx) =>
    describePersonas(
      { table: derive.table, rows: clean.rows, encode, X: scale.X, fit: cluster.fit, profile },
      recipe.personas,
      ctx,
    ),
  explore: ({ derive }, recipe, ctx) => explore(derive.table, recipe.clean.roles, ctx),
  trust: async ({ scale: { X }, sweep }, recipe, ctx) =>
    tellTrust(await judgeTrust(X, sweep, recipe.trust, ctx)),
};

export type LaterRuns = typeof laterRuns;

/** What steps of the story use of it, for choices that few make. */
export const laterCode = { ...laterRuns, keepIdentity };

export type LaterCode = typeof laterCode;
