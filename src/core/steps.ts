import { clean, type CleanOutput } from './clean/clean';
import type { Context } from './context';
import { AppError } from './errors';
import { profileSegments, type Profile } from './explain/profile';
import { fitScaler, transform, type Scaler } from './features/scale';
import { agreement, type Agreement } from './judge/agreement';
import { recogniseSegments, type Recognition } from './judge/recognise';
import type { KMeans } from './learn/kmeans';
import { fitPca, type Pca } from './learn/pca';
import { sweep, type Sweep } from './learn/sweep';
import { cutTree, fitWard, type WardTree } from './learn/ward';
import type { Matrix } from './matrix';
import { assembleModel, type SegmentModel } from './model';
import type { Recipe } from './recipe';
import type { ReadOutput, ReadParams } from './table/read-params';

export interface StepOutputs {
  read: ReadOutput;
  clean: CleanOutput;
  scale: { readonly scaler: Scaler; readonly X: Matrix };
  /** `scores`: row-major nSamples × 2, the first two components (the second is 0 when there is one column only). */
  pca: { readonly pca: Pca; readonly scores: Float32Array };
  sweep: Sweep;
  cluster: { readonly fit: KMeans; readonly chosenBy: 'knee' | 'silhouette' | 'user' };
  profile: Profile;
  tree: Recognition;
  model: SegmentModel;
  ward: WardTree;
  agreement: WardAgreement;
}

/** The segments of K-Means (rows of the crosstab) against as many groups of Ward's method (columns), by size. */
export interface WardAgreement extends Agreement {
  readonly groupSizes: readonly number[];
}

export type StepId = keyof StepOutputs;

export interface StepContext extends Context {
  /** Reads the source that the whole evaluation is about. */
  readTable(params: ReadParams): Promise<ReadOutput>;
}

/** One row of the step table. The version belongs to the key of its results: raise it when the algorithm changes. */
export interface Step<Id extends StepId, Need extends StepId> {
  readonly version: number;
  readonly needs: readonly Need[];
  /** The part of the recipe that this step reads. */
  readonly params: (recipe: Recipe) => unknown;
  readonly run: (
    inputs: Pick<StepOutputs, Need>,
    recipe: Recipe,
    ctx: StepContext,
  ) => Promise<StepOutputs[Id]> | StepOutputs[Id];
}

function step<Id extends StepId>() {
  return <Need extends StepId>(row: Step<Id, Need>) => row;
}

/** The pipeline. Each step is a pure function of its inputs and its part of the recipe. */
export const steps = {
  read: step<'read'>()({
    version: 1,
    needs: [],
    params: ({ read }) => read,
    run: (_, { read }, ctx) => ctx.readTable(read),
  }),
  clean: step<'clean'>()({
    version: 1,
    needs: ['read'],
    params: (recipe) => recipe.clean,
    run: ({ read }, recipe) => clean(read.table, recipe.clean),
  }),
  scale: step<'scale'>()({
    version: 1,
    needs: ['clean'],
    params: (recipe) => recipe.scale,
    run({ clean: { features } }, recipe) {
      const scaler = fitScaler(features, recipe.scale.scaling);
      return { scaler, X: transform(scaler, features) };
    },
  }),
  pca: step<'pca'>()({
    version: 1,
    needs: ['scale'],
    params: () => null,
    async run({ scale: { X } }, _, ctx) {
      const pca = await fitPca(X, ctx);
      const loaded = ctx.engine.load(X);
      try {
        const plane = pca.components.subarray(0, 2 * X.nFeatures);
        return { pca, scores: await loaded.project(plane, 2) };
      } finally {
        loaded.dispose();
      }
    },
  }),
  sweep: step<'sweep'>()({
    version: 1,
    needs: ['scale'],
    params: (recipe) => recipe.sweep,
    async run({ scale: { X } }, recipe, ctx) {
      const loaded = ctx.engine.load(X);
      try {
        return await sweep(X, loaded, recipe.sweep, ctx);
      } finally {
        loaded.dispose();
      }
    },
  }),
  cluster: step<'cluster'>()({
    version: 1,
    needs: ['sweep'],
    params: (recipe) => recipe.cluster,
    run: ({ sweep }, recipe) => chooseFit(sweep, recipe.cluster.nClusters, recipe.sweep.kMax),
  }),
  profile: step<'profile'>()({
    version: 1,
    needs: ['clean', 'cluster'],
    params: () => null,
    run: ({ clean, cluster: { fit } }) => profileSegments(clean, fit.labels, fit.nClusters),
  }),
  tree: step<'tree'>()({
    version: 1,
    needs: ['clean', 'cluster'],
    params: (recipe) => recipe.tree,
    run: ({ clean, cluster: { fit } }, recipe, ctx) =>
      recogniseSegments(clean.features, fit.labels, fit.nClusters, recipe.tree, ctx),
  }),
  model: step<'model'>()({
    version: 1,
    needs: ['clean', 'scale', 'pca', 'cluster', 'profile', 'tree'],
    params: (recipe) => [recipe.scale, recipe.clean],
    run: (inputs, recipe) => assembleModel(inputs, recipe),
  }),
  ward: step<'ward'>()({
    version: 1,
    needs: ['scale'],
    params: () => null,
    run: ({ scale: { X } }, _, ctx) => fitWard(X, ctx),
  }),
  agreement: step<'agreement'>()({
    version: 1,
    needs: ['ward', 'cluster'],
    params: () => null,
    run: ({ ward, cluster: { fit } }) => compareWithWard(ward, fit),
  }),
};

/** In the order in which the page asks for them: the story first, then the proof, then what another method says. */
export const stepOrder = Object.keys(steps) as StepId[];

function chooseFit({ fits, knee, suggested }: Sweep, wanted: 'auto' | number, kMax: number) {
  const nClusters = wanted === 'auto' ? suggested : wanted;
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
  const chosenBy = wanted !== 'auto' ? 'user' : knee === undefined ? 'silhouette' : 'knee';
  return { fit: fits[nClusters - 1], chosenBy } as const;
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

/**
 * What a step's result is known by: canonical JSON of its id, version, its part of the recipe and the keys of what it
 * needs, down to the source. Readable in a debugger, free of collisions.
 */
export function stepKey(id: StepId, sourceKey: string, recipe: Recipe): string {
  const row = steps[id];
  const needs: readonly StepId[] = row.needs;
  return canonicalJson([
    id,
    row.version,
    row.params(recipe),
    needs.length === 0 ? sourceKey : needs.map((need) => stepKey(need, sourceKey, recipe)),
  ]);
}

/** JSON with sorted keys, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
