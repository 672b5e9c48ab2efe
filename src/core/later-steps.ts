import type { Context } from './context';
import { deriveColumns } from './derive/derive-table';
import { describePersonas } from './explain/personas';
import { explore } from './explore/explore';
import { evenOut } from './features/even-out';
import { carriedNote, carryMerging, type CarriedMerging } from './judge/carry-merging';
import { keepIdentity } from './judge/keep-identity';
import { limitNote } from './judge/limit-words';
import { numberWithin, smallestShareOf, type NumberLimits } from './judge/number-limits';
import { judgeTrust } from './judge/trust';
import { tellTrust } from './judge/trust-told';
import { mergeClusters } from './learn/merge-clusters';
import { judgeIn, type Sweep } from './learn/sweep';
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
  evidence: ({ space: { X }, sweep }, recipe, ctx) => judgeTrust(X, sweep, recipe.trust, ctx),
  // Apart from the evidence, which takes long: limits change what is recommended, and nothing that it rests on.
  trust: ({ evidence }, { cluster: { limits } }) => tellTrust(evidence, limits),
};

export type LaterRuns = typeof laterRuns;

/** What steps of the story use of it, for choices that few make. */
export const laterCode = {
  ...laterRuns,
  carryMerging,
  deriveColumns,
  evenOut,
  fitSpace,
  keepIdentity,
  mergeSegments,
  noteLimits,
  suggestWithin,
};

export type LaterCode = typeof laterCode;

/** @param spaces the one that segments were formed in, and the scaled columns */
async function mergeSegments(
  formed: Segmentation,
  merging: CarriedMerging,
  spaces: readonly [Matrix, Matrix],
  seed: number,
  ctx: Context,
): Promise<Segmentation> {
  const note = carriedNote(merging);
  const notes = note === null ? formed.notes : [...formed.notes, note];
  if (merging.groups.length === 0) return { ...formed, notes };
  const { fit, prototypes } = mergeClusters(formed.fit, merging.groups);
  const [own, columns] = spaces;
  const [silhouette] = await judgeIn(own, [fit], seed, ctx);
  const overColumns = own === columns ? [silhouette] : await judgeIn(columns, [fit], seed, ctx);
  return {
    fit,
    prototypes,
    chosenBy: formed.chosenBy,
    notes,
    identity: null,
    silhouette,
    overColumns: overColumns[0],
  };
}

/** The number of segments to start from within limits. */
function suggestWithin({ fits, silhouettes, suggested }: Sweep, limits: NumberLimits): number {
  const tried = fits.map((fit, at) => ({
    nClusters: fit.nClusters,
    smallestShare: smallestShareOf(fit.sizes),
    inertia: fit.inertia,
    silhouette: silhouettes[at]?.mean ?? null,
  }));
  return numberWithin(tried, suggested, limits);
}

/** @param without the number that is suggested without them */
function noteLimits(chosen: Segmentation, limits: NumberLimits, without: number): Segmentation {
  const { fit, chosenBy, notes } = chosen;
  const note = limitNote({
    limits,
    chosen: { nClusters: fit.nClusters, smallestShare: smallestShareOf(fit.sizes) },
    isChosenByUser: chosenBy === 'user',
    without,
  });
  return note === null ? chosen : { ...chosen, notes: [...notes, note] };
}
