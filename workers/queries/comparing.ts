import type { Progress } from '../../src/contract/api';
import { AppError } from '../../src/core/errors';
import type { FlowEnd } from '../../src/core/judge/flow';
import { compareLabelings } from '../../src/core/judge/matching';
import { unmerged } from '../../src/core/learn/merge-clusters';
import { canonicalJson, type StepId } from '../../src/core/plan';
import type { Recipe } from '../../src/core/recipe';
import { compareReductions } from '../../src/core/reduce/compare-reductions';
import type { SpaceKind } from '../../src/core/reduce/reduce-params';
import type { Answer, Known } from './known';

export const compare: Answer<'compare'> = async ({ recipe }, known) => {
  return compareWith(recipe, known);
};

export const flow: Answer<'flow'> = async ({ recipe }, known) => {
  const comparison = await compareWith(recipe, known);
  const [before, after] = [await endsOf(known), await endsOf(known, recipe)];
  return { ...comparison, before, after };
};

export const autoencoder: Answer<'autoencoder'> = async (params, known) => {
  // What the pipeline makes of each space: whoever chooses one gets what was compared, and gets it at once.
  const { recipe } = known;
  const { prototypes } = await known.outputOf('cluster');
  const { X } = await known.outputOf('scale');
  // Within a step shares may begin again: what has been told is not taken back.
  let told = 0;
  /** @param shares of the answer that is there when it begins, when the space is there, and when its segments are */
  const chosen = async (space: SpaceKind, [begin, isThere, end]: readonly number[]) => {
    const within =
      (step: StepId, from: number, to: number) =>
      ({ step: current, share, losses }: Progress) => {
        if (current !== step) return;
        told = Math.max(told, from + (to - from) * share);
        known.ctx.progress(told, 1, losses);
      };
    const nComponents = Math.min(params.codeSize, X.nFeatures);
    const other: Recipe = {
      ...recipe,
      reduce: { space, nComponents, autoencoder: params },
      cluster: { ...unmerged(recipe.cluster), nClusters: prototypes.clusterOf.length },
    };
    return {
      space: await known.outputOf('space', other, within('space', begin, isThere)),
      cluster: await known.outputOf('cluster', other, within('sweep', isThere, end)),
    };
  };
  const scaled = await chosen('scaled', [0, 0, 0]);
  const codes = await chosen('codes', [0, 0.4, 0.7]);
  return compareReductions(scaled.cluster, codes, await chosen('components', [0.7, 0.7, 1]));
};

export function isSameRead(recipe: Recipe, known: Known): boolean {
  return canonicalJson(recipe.read) === canonicalJson(known.recipe.read);
}

/** Segment of each row of the table, −1 where it was set aside. */
export async function labelsByRow(known: Known, recipe?: Recipe) {
  const { table } = await known.outputOf('derive', recipe);
  const { rows } = await known.outputOf('clean', recipe);
  const { fit } = await known.outputOf('cluster', recipe);
  const labels = new Int32Array(table.nRows).fill(-1);
  rows.forEach((row, at) => (labels[row] = fit.labels[at]));
  return { labels, nClusters: fit.nClusters };
}

async function compareWith(recipe: Recipe, known: Known) {
  if (!isSameRead(recipe, known)) {
    throw new AppError('internal', 'Segments of differently read files cannot be compared.');
  }
  const [before, after] = [await labelsByRow(known), await labelsByRow(known, recipe)];
  return compareLabelings(before.labels, before.nClusters, after.labels, after.nClusters);
}

async function endsOf(known: Known, recipe?: Recipe): Promise<FlowEnd[]> {
  const { segments } = await known.outputOf('profile', recipe);
  return segments.map(({ name, size }) => ({ name, size }));
}
