import type { LoadedMatrix } from '../../src/core/engine';
import type { Profile } from '../../src/core/explain/profile';
import { calinskiHarabasz, daviesBouldin } from '../../src/core/judge/indices';
import { silhouettes, type Silhouette } from '../../src/core/judge/silhouette';
import { fitKMeans, type KMeans } from '../../src/core/learn/kmeans';
import { fitAll, rowsToJudgeBy } from '../../src/core/learn/sweep';
import type { WardTree } from '../../src/core/learn/ward';
import type { Matrix } from '../../src/core/matrix';
import type { Recipe } from '../../src/core/recipe';
import { steps, type StepContext, type StepOutputs } from '../../src/core/steps';
import type { Outcome, Settings, StageId } from './api';
import { checksum } from './checksum';
import { measureIteration, startOfIterations, type Iteration } from './iteration';
import { fitForestOn, fitTreeOn, splitOf, type Judged } from './trees';

/** What each stage computes. One with `milliseconds` in it has measured its work itself. */
export interface Results extends Pick<StepOutputs, 'read' | 'clean' | 'scale' | 'pca'> {
  sweep: readonly KMeans[];
  silhouettes: readonly Silhouette[];
  indices: { readonly calinskiHarabasz: number[]; readonly daviesBouldin: number[] };
  kmeans: KMeans;
  fit: KMeans;
  iteration: Iteration;
  ward: WardTree;
  tree: Judged;
  forest: Judged;
  profile: Profile;
}

/** The file that is worked on, as far as it has come. */
export interface Space {
  readonly settings: Settings;
  readonly recipe: Recipe;
  /** @throws Error when the stage was not run */
  get<Id extends StageId>(id: Id): Results[Id];
}

interface Stage<Id extends StageId> {
  run(space: Space, ctx: StepContext): Promise<Results[Id]> | Results[Id];
  /** What is compared with others. */
  outcome(result: Results[Id]): Outcome;
  /** What somebody else needs to do the same. */
  input?(space: Space): Outcome;
}

export const stages: { readonly [Id in StageId]: Stage<Id> } = {
  read: {
    run: ({ recipe }, ctx) => steps.read.run({}, recipe, ctx),
    outcome: ({ table: { nRows, columns } }) => ({
      nRows,
      columns: columns.map((column) => {
        return { name: column.name, kind: column.kind, checksum: checksum(column, nRows) };
      }),
    }),
  },
  clean: {
    async run(space, ctx) {
      const derive = await steps.derive.run({ read: space.get('read') }, space.recipe, ctx);
      return await steps.clean.run({ derive }, space.recipe, ctx);
    },
    outcome: ({ features, nKept }) => ({ nKept, means: features.map((column) => mean(column)) }),
    input: (space) => ({ columns: space.get('clean').columns.map(({ name }) => name) }),
  },
  scale: {
    async run(space, ctx) {
      return await steps.scale.run({ encode: await encoded(space, ctx) }, space.recipe, ctx);
    },
    outcome: ({ X }) => ({ head: X.data.slice(0, 1000 * X.nFeatures) }),
  },
  pca: {
    run: (space, ctx) => steps.pca.run({ scale: space.get('scale') }, space.recipe, ctx),
    outcome: ({ pca }) => ({ ratios: pca.explainedVarianceRatio }),
  },
  sweep: {
    run: (space, ctx) =>
      withMatrix(space, ctx, (X, loaded) => fitAll(X, loaded, space.recipe.sweep, ctx)),
    outcome: (fits) => ({ inertias: several(fits).map(({ inertia }) => inertia) }),
  },
  silhouettes: {
    run: (space, ctx) =>
      withMatrix(space, ctx, (X, loaded) =>
        silhouettes(
          loaded,
          rowsToJudgeBy(X, space.settings.seed),
          several(space.get('sweep')),
          ctx,
        ),
      ),
    outcome: (scores) => ({ means: scores.map((score) => score.mean) }),
    input: (space) => ({
      labels: several(space.get('sweep')).map(shortLabels),
      rows: rowsToJudgeBy(space.get('scale').X, space.settings.seed),
    }),
  },
  indices: {
    run(space) {
      const { X } = space.get('scale');
      const fits = space.get('sweep');
      const total = fits[0].inertia;
      return {
        calinskiHarabasz: several(fits).map((fit) => calinskiHarabasz(fit, total) ?? NaN),
        daviesBouldin: several(fits).map((fit) => daviesBouldin(X, fit) ?? NaN),
      };
    },
    outcome: (indices) => ({ ...indices }),
    input: (space) => ({ labels: several(space.get('sweep')).map(shortLabels) }),
  },
  kmeans: fitStage('kmeans', ({ nInit }) => nInit),
  fit: fitStage('fit', () => 1),
  iteration: {
    run: (space, ctx) =>
      withMatrix(space, ctx, (X, loaded) => measureIteration(X, loaded, space.settings)),
    outcome: ({ inertia }) => ({ inertia }),
    input: (space) => ({
      start: startOfIterations(space.get('scale').X, space.settings.iterationClusters),
    }),
  },
  ward: {
    run: (space, ctx) =>
      steps.ward.run({ space: inColumns(space.get('scale')) }, space.recipe, ctx),
    outcome: ({ heights, nLeaves, leafOfRow }) => ({
      heights,
      isExact: nLeaves === leafOfRow.length,
    }),
  },
  tree: {
    run: (space, ctx) => fitTreeOn(space.get('clean'), space.get('fit'), space, ctx),
    outcome: ({ accuracy }) => ({ accuracy }),
    input: trainingInput,
  },
  forest: {
    run: (space, ctx) => fitForestOn(space.get('clean'), space.get('fit'), space, ctx),
    outcome: ({ accuracy }) => ({ accuracy }),
    input: trainingInput,
  },
  profile: {
    async run(space, ctx) {
      const cluster = segmentation(space.get('fit'));
      const encode = await encoded(space, ctx);
      return await steps.profile.run({ encode, cluster }, space.recipe, ctx);
    },
    outcome: ({ segments }) => ({
      means: segments.map(({ columns }) => columns.map((column) => column.mean)),
    }),
    input: (space) => ({ labels: shortLabels(space.get('fit')) }),
  },
};

/** The centres and labels of a fit go out as well, so that somebody else can check that they belong together. */
function fitStage<Id extends 'kmeans' | 'fit'>(
  id: Id,
  nInit: (settings: Settings) => number,
): Stage<Id> {
  return {
    run: (space, ctx) =>
      withMatrix(space, ctx, (X, loaded) => {
        const { nClusters, seed } = space.settings;
        return fitKMeans(X, loaded, { nClusters, nInit: nInit(space.settings), seed }, ctx);
      }),
    outcome: ({ inertia }) => ({ inertia }),
    input(space) {
      const fit = space.get(id);
      return { centers: fit.centers, labels: shortLabels(fit) };
    },
  };
}

/** Segments are formed from the scaled columns. */
function inColumns({ X }: StepOutputs['scale']): StepOutputs['space'] {
  return { X, transformation: null, error: 0, training: null };
}

function segmentation(fit: KMeans): StepOutputs['cluster'] {
  const prototypes = { centers: fit.centers, clusterOf: Int32Array.from(fit.sizes.keys()) };
  const unknown = { silhouette: undefined, overColumns: undefined };
  return { fit, prototypes, chosenBy: 'user', notes: [], identity: null, ...unknown };
}

/** All columns of the files that are measured with are numbers: nothing but names is added to them. */
async function encoded(space: Space, ctx: StepContext): Promise<StepOutputs['encode']> {
  return await steps.encode.run({ clean: space.get('clean') }, space.recipe, ctx);
}

function trainingInput(space: Space): Outcome {
  const fit = space.get('fit');
  return { labels: shortLabels(fit), ...splitOf(fit, space.settings) };
}

/** Taking the matrix into the engine counts: the app's steps do so, too. */
async function withMatrix<T>(
  space: Space,
  ctx: StepContext,
  work: (X: Matrix, loaded: LoadedMatrix) => Promise<T>,
): Promise<T> {
  const { X } = space.get('scale');
  const loaded = ctx.engine.load(X);
  try {
    return await work(X, loaded);
  } finally {
    loaded.dispose();
  }
}

/** Fits with more than one cluster. */
function several(fits: readonly KMeans[]): readonly KMeans[] {
  return fits.filter(({ nClusters }) => nClusters > 1);
}

/** There are never more than 256 clusters, and a byte each travels better. */
function shortLabels({ labels }: { readonly labels: Int32Array }): Uint8Array {
  return Uint8Array.from(labels);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
