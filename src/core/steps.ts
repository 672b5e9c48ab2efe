import { clean, type CleanOutput } from './clean/clean';
import { part, type Context } from './context';
import type { DeriveOutput } from './derive/derive-table';
import type { Exploration } from './explore/explore';
import { AppError } from './errors';
import type { Personas } from './explain/personas';
import { profileSegments, type Profile } from './explain/profile';
import { encodeFeatures, type EncodeOutput } from './features/encode-table';
import { noPower, type Power } from './features/power';
import { fitScaler, transform, type Scaler } from './features/scale';
import { agreement, type Agreement } from './judge/agreement';
import type { Identity } from './judge/identity';
import { recogniseSegments, type Recognition } from './judge/recognise';
import type { Silhouette } from './judge/silhouette';
import type { Trust } from './judge/trust';
import type { TrustTold } from './judge/trust-told';
import type { KMeans } from './learn/kmeans';
import type { Prototypes } from './learn/merge-clusters';
import { fitPca, type Pca } from './learn/pca';
import { judgeIn, sweep, type Sweep } from './learn/sweep';
import { cutTree, fitWard, type WardTree } from './learn/ward';
import type { Matrix } from './matrix';
import { needOf, type MemoryNeed } from './memory';
import { assembleModel, type SegmentModel } from './model';
import type { LaterCode, LaterRuns } from './later-steps';
import { plan, type LaterStep, type NeedOf, type StepId } from './plan';
import type { Recipe } from './recipe';
import type { Space } from './reduce/space';
import type { ReadOutput, ReadParams } from './table/read-params';

export interface StepOutputs {
  read: ReadOutput;
  derive: DeriveOutput;
  clean: CleanOutput;
  encode: EncodeOutput & { readonly memory: MemoryNeed };
  /** `powers`: by feature, what was applied before scaling. */
  scale: { readonly powers: readonly Power[]; readonly scaler: Scaler; readonly X: Matrix };
  /** `scores`: row-major nSamples × 2, the first two components (the second is 0 when there is one column only). */
  pca: { readonly pca: Pca; readonly scores: Float32Array };
  space: Space;
  /** `overColumns`: silhouettes of the same clusters in the scaled columns; null where segments are formed from these. */
  sweep: Sweep & { readonly overColumns: Sweep['silhouettes'] | null };
  cluster: Segmentation;
  profile: Profile;
  tree: Recognition;
  model: SegmentModel;
  ward: WardTree;
  agreement: WardAgreement;
  personas: Personas;
  explore: Exploration;
  evidence: Trust;
  trust: TrustTold;
}

/** The segments of the page. */
export interface Segmentation {
  /**
   * Clusters of K-Means, or what came of merging some of them: then its centres are means, and inertia, iterations and
   * starts are those of all that K-Means formed.
   */
  readonly fit: KMeans;
  /** What decides where a row belongs. As many as K-Means formed clusters, in its order. */
  readonly prototypes: Prototypes;
  /** `limits`: those that the user sets moved it away from what the curves say. */
  readonly chosenBy: 'knee' | 'silhouette' | 'user' | 'limits';
  /** What has to be said of how it came about, in sentences: that limits changed it, for one. */
  readonly notes: readonly string[];
  /** In the space that they were formed in; undefined where a silhouette means nothing. */
  readonly silhouette: Silhouette | undefined;
  /** The same in the scaled columns. */
  readonly overColumns: Silhouette | undefined;
  /** Where segments have their numbers from pinned ones: how they continue those. null: they are numbered by size. */
  readonly identity: Identity | null;
}

/** The segments of K-Means (rows of the crosstab) against as many groups of Ward's method (columns), by size. */
export interface WardAgreement extends Agreement {
  readonly groupSizes: readonly number[];
}

export interface StepContext extends Context {
  /** Bytes that the analysis may take; see `memory.ts`. */
  readonly memoryBytes?: number;
  /** Reads the source that the whole evaluation is about. */
  readTable(params: ReadParams): Promise<ReadOutput>;
  /** The code of the later steps, and what else is seldom wanted. */
  later(): Promise<LaterCode>;
}

export type Run<Id extends StepId> = (
  inputs: Pick<StepOutputs, NeedOf<Id>>,
  recipe: Recipe,
  ctx: StepContext,
) => Promise<StepOutputs[Id]> | StepOutputs[Id];

function step<Id extends StepId>(id: Id, run: Run<Id>) {
  return { ...plan[id], run };
}

/** A step whose code is loaded when it is wanted. */
function laterStep<Id extends LaterStep>(id: Id) {
  return step<Id>(id, async (inputs, recipe, ctx) => {
    const runs: LaterRuns = await ctx.later();
    return runs[id](inputs, recipe, ctx);
  });
}

/** How each step of the plan is done: a pure function of its inputs and its part of the recipe. */
export const steps = {
  read: step('read', (_, { read }, ctx) => ctx.readTable(read)),
  derive: step('derive', async ({ read: { table } }, recipe, ctx) =>
    recipe.derive.columns.length === 0
      ? { table, reports: [], uses: [] }
      : (await ctx.later()).deriveColumns(table, recipe.derive, ctx),
  ),
  clean: step('clean', ({ derive }, recipe, ctx) => clean(derive.table, recipe.clean, ctx)),
  encode: step('encode', ({ clean }, { encode }, { memoryBytes }) => {
    const memory = needOf(clean, encode.maxLevels, memoryBytes);
    return { ...encodeFeatures(clean, encode), memory };
  }),
  scale: step('scale', async ({ encode: { features, values } }, recipe, ctx) => {
    const { powers, scaling } = recipe.scale;
    const evened =
      powers.length === 0
        ? { powers: features.map(() => noPower), values }
        : await (await ctx.later()).evenOut(features, values, powers, ctx);
    const scaler = await fitScaler(evened.values, scaling, ctx);
    return { powers: evened.powers, scaler, X: await transform(scaler, evened.values, ctx) };
  }),
  pca: step('pca', async ({ scale: { X } }, _, ctx) => {
    const loaded = ctx.engine.load(X);
    try {
      const pca = await fitPca(loaded, X.nFeatures, ctx);
      const plane = pca.components.subarray(0, 2 * X.nFeatures);
      return { pca, scores: await loaded.project(plane, 2) };
    } finally {
      loaded.dispose();
    }
  }),
  space: step('space', async ({ scale: { X }, pca: { pca } }, { reduce }, ctx) =>
    reduce.space === 'scaled'
      ? { X, transformation: null, error: 0, training: null }
      : (await ctx.later()).fitSpace(X, pca, reduce, ctx),
  ),
  sweep: step('sweep', async ({ scale, space: { X } }, recipe, ctx) => {
    const loaded = ctx.engine.load(X);
    try {
      if (X === scale.X) {
        return { ...(await sweep(X, loaded, recipe.sweep, ctx)), overColumns: null };
      }
      const found = await sweep(X, loaded, recipe.sweep, part(ctx, 0, 0.8));
      const { seed } = recipe.sweep;
      const overColumns = await judgeIn(scale.X, found.fits, seed, part(ctx, 0.8, 1));
      return { ...found, overColumns };
    } finally {
      loaded.dispose();
    }
  }),
  cluster: step(
    'cluster',
    async ({ encode, scale, space, sweep }, { cluster, sweep: { kMax, seed } }, ctx) => {
      const { nClusters, limits, merge = [], mergedOn, pinned } = cluster;
      const suggested =
        limits === undefined ? sweep.suggested : (await ctx.later()).suggestWithin(sweep, limits);
      let chosen = chooseFit(sweep, nClusters, suggested, kMax);
      if (merge.length > 0) {
        const spaces = [space.X, scale.X] as const;
        const later = await ctx.later();
        const merging = later.carryMerging(merge, mergedOn, encode, chosen.fit);
        chosen = await later.mergeSegments(chosen, merging, spaces, seed, ctx);
      }
      if (limits !== undefined) {
        chosen = (await ctx.later()).noteLimits(chosen, limits, sweep.suggested);
      }
      return pinned === undefined
        ? chosen
        : (await ctx.later()).keepIdentity(chosen, pinned, encode);
    },
  ),
  profile: step('profile', ({ encode, cluster: { fit } }, recipe, ctx) =>
    profileSegments(encode, fit.labels, fit.nClusters, recipe.segments, ctx),
  ),
  tree: step('tree', ({ encode, cluster: { fit } }, recipe, ctx) =>
    recogniseSegments(encode.values, fit.labels, fit.nClusters, recipe.tree, ctx),
  ),
  model: step('model', (inputs, recipe) => assembleModel(inputs, recipe)),
  ward: step('ward', ({ space: { X } }, _, ctx) => fitWard(X, ctx)),
  agreement: step('agreement', ({ ward, cluster: { fit } }) => compareWithWard(ward, fit)),
  personas: laterStep('personas'),
  explore: laterStep('explore'),
  evidence: laterStep('evidence'),
  trust: laterStep('trust'),
};

/** @param within what `auto` is: the suggestion of the sweep, or what limits leave of it */
function chooseFit(
  { fits, knee, suggested, silhouettes, overColumns }: StepOutputs['sweep'],
  wanted: 'auto' | number,
  within: number,
  kMax: number,
): Segmentation {
  const nClusters = wanted === 'auto' ? within : wanted;
  if (nClusters > fits.length) {
    const limit =
      fits.length < kMax
        ? `only ${fits.length} customers differ from each other`
        : `the search ends at ${kMax}`;
    throw new AppError(
      'k-too-large',
      `${nClusters} segments were asked for, but ${limit}. Choose at most ${fits.length}.`,
      { nClusters, limit: fits.length },
    );
  }
  const byCurves = knee === undefined ? 'silhouette' : 'knee';
  const chosenBy = wanted !== 'auto' ? 'user' : within === suggested ? byCurves : 'limits';
  const fit = fits[nClusters - 1];
  const silhouette = silhouettes[nClusters - 1];
  return {
    fit,
    prototypes: { centers: fit.centers, clusterOf: Int32Array.from(fit.sizes.keys()) },
    chosenBy,
    notes: [],
    identity: null,
    silhouette,
    overColumns: overColumns === null ? silhouette : overColumns[nClusters - 1],
  };
}

/** There may be fewer prototypes than segments, where nearly all of very many rows are copies. */
function compareWithWard(tree: WardTree, { labels, nClusters }: KMeans): WardAgreement {
  const nGroups = Math.min(nClusters, tree.nLeaves);
  const compared = agreement(labels, nClusters, cutTree(tree, nGroups), nGroups);
  const groupSizes = Array.from({ length: nGroups }, (_, group) =>
    compared.crosstab.reduce((size, row) => size + row[group], 0),
  );
  return { ...compared, groupSizes };
}
