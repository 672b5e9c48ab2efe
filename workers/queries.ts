import type { Queries, QueryKind } from '../src/contract/queries';
import type { Context } from '../src/core/context';
import { previewDerived } from '../src/core/derive/preview';
import { AppError } from '../src/core/errors';
import { outlierCounts } from '../src/core/explore/outlier-counts';
import { pairOf } from '../src/core/explore/pair';
import { offerPowers } from '../src/core/features/power-offer';
import { compareClassifiers, stratifiedFolds } from '../src/core/judge/compare-classifiers';
import type { FlowEnd } from '../src/core/judge/flow';
import { stratifiedSplit } from '../src/core/judge/classification';
import { fewestFields } from '../src/core/judge/fewest-fields';
import { countNodes } from '../src/core/judge/count-nodes';
import { mixtureNumbers, softenSegments, type SoftLabels } from '../src/core/judge/soft-segments';
import { numbersSentence, softSentences } from '../src/core/judge/soft-words';
import type { CovarianceType } from '../src/core/learn/gaussian-mixture';
import { featureLabel } from '../src/core/explain/feature-words';
import { compareLabelings } from '../src/core/judge/matching';
import { groupsByColumn, permutationImportance } from '../src/core/judge/permutation-importance';
import { smallModel } from '../src/core/judge/small-model';
import { treeParams } from '../src/core/judge/recognise';
import { rowSilhouettes } from '../src/core/judge/silhouette';
import { silhouetteProfiles } from '../src/core/judge/silhouette-profile';
import { dendrogram } from '../src/core/learn/dendrogram';
import { rowsToJudgeBy } from '../src/core/learn/sweep';
import { predictTreeRows } from '../src/core/learn/tree-predict';
import { canonicalJson, type StepId } from '../src/core/plan';
import { mapPicture } from '../src/core/map/map-picture';
import { mapScores } from '../src/core/map/map-scores';
import { mapShapes } from '../src/core/map/map-shapes';
import { tellMapTrust, trustMap } from '../src/core/map/map-trust';
import type { Projection } from '../src/core/map/projection';
import type { SpaceKind } from '../src/core/reduce/reduce-params';
import { compareReductions } from '../src/core/reduce/compare-reductions';
import type { Recipe } from '../src/core/recipe';
import { orderRows } from '../src/core/select/order-rows';
import { rowPage } from '../src/core/select/row-page';
import {
  mapsOf,
  mixturesOf,
  needsOf,
  partsOf,
  selectionKey,
  selectRows,
  type SelectFrom,
  type Selection,
} from '../src/core/select/selection';
import type { StepOutputs } from '../src/core/steps';
import { takeRows } from '../src/core/table/table';
import { labelledTable } from './label-csv';
import { findCustomer } from './find-customer';
import { comparePeriods, driftReference, moversAnswer } from './next-period';
import type { SliceScorers } from './score/score-file';
import { setAsideCsv } from '../src/core/table/set-aside-csv';

/** What questions are answered from. */
export interface Known {
  readonly recipe: Recipe;
  readonly ctx: Context;
  /** The output of a step, from the cache or computed; of another recipe, if one is given. */
  outputOf<Id extends StepId>(id: Id, recipe?: Recipe): Promise<StepOutputs[Id]>;
  /** Who scores the slices of another file. */
  scorersOf(file: Blob): SliceScorers;
  /** Asked twice it computes once. @param key unique among all that is remembered of this source and recipe */
  remember<T>(key: string, compute: () => Promise<T>): Promise<T>;
}

type Answers = {
  readonly [Kind in QueryKind]: (
    question: Queries[Kind]['question'],
    known: Known,
  ) => Promise<Queries[Kind]['answer']>;
};

const mostRowsAtOnce = 500;

/** How each question is answered. */
export const answers: Answers = {
  driftReference: (_, known) => driftReference(known),

  async customer({ wanted, key }, known) {
    const { table } = await known.outputOf('derive');
    const { inputs } = await known.outputOf('model');
    return findCustomer(table, inputs, wanted, key);
  },

  async nextPeriod(later, known) {
    const { next, scored } = await comparePeriods(later, known);
    return { next, scored };
  },

  async movers({ from, to, ...later }, known) {
    const compared = await comparePeriods(later, known);
    return moversAnswer(compared, from, to);
  },

  async rows({ selection, order, first, nRows }, known) {
    const from = await gather(['clean', 'cluster'], known);
    const rows = await known.remember(
      JSON.stringify(['rows', selectionKey(selection), order]),
      async () => orderRows(from, await selected(selection, known), order, known.ctx),
    );
    return rowPage(from, rows, first, Math.min(nRows, mostRowsAtOnce));
  },

  async selected({ selection }, known) {
    const isSelected = await selected(selection, known);
    const { clean, cluster } = await gather(['clean', 'cluster'], known);
    const nRows = isSelected.reduce((sum, value) => sum + value, 0);
    if (clean === undefined || cluster === undefined) return { nRows, kept: null };
    const kept = new Uint8Array(clean.rows.length);
    for (let at = 0; at < kept.length; at++) kept[at] = isSelected[clean.rows[at]];
    return { nRows, kept };
  },

  async selectedCsv({ selection }, known) {
    const isSelected = await selected(selection, known);
    const [{ table }, cleaned, { fit }, profile] = await Promise.all([
      known.outputOf('derive'),
      known.outputOf('clean'),
      known.outputOf('cluster'),
      known.outputOf('profile'),
    ]);
    const rows = Int32Array.from(isSelected.keys()).filter((row) => isSelected[row] === 1);
    const labels = new Int32Array(table.nRows).fill(-1);
    cleaned.rows.forEach((row, at) => (labels[row] = fit.labels[at]));
    return labelledTable(
      takeRows(table, rows),
      rows.map((row) => labels[row]),
      Uint8Array.from(rows, (row) => cleaned.fate[row]),
      profile,
    );
  },

  async pair({ a, b }, known) {
    const { table } = await known.outputOf('derive');
    return pairOf(table, a, b, known.ctx);
  },

  async outliers({ columns, rules }, known) {
    const { table } = await known.outputOf('derive');
    return outlierCounts(table, columns, known.ctx, rules);
  },

  async derived(wanted, known) {
    const { table } = await known.outputOf('derive');
    return previewDerived(table, wanted);
  },

  async powers(_, known) {
    const { features, values } = await known.outputOf('encode');
    return offerPowers(features, values, known.ctx);
  },

  async compare({ recipe }, known) {
    return compareWith(recipe, known);
  },

  async flow({ recipe }, known) {
    const comparison = await compareWith(recipe, known);
    const [before, after] = [await endsOf(known), await endsOf(known, recipe)];
    return { ...comparison, before, after };
  },

  async silhouettes(_, known) {
    const values = await silhouettesOf(known);
    const { fit } = await known.outputOf('cluster');
    return silhouetteProfiles(values, fit.labels, fit.nClusters);
  },

  async dendrogram(_, known) {
    const ward = await known.outputOf('ward');
    const { fits } = await known.outputOf('sweep');
    const { fit } = await known.outputOf('cluster');
    const byNumber = new Map(fits.map((one) => [one.nClusters, one]));
    return known.remember('dendrogram', () =>
      dendrogram(ward, fit, byNumber.set(fit.nClusters, fit), known.ctx),
    );
  },

  async classifiers({ nFolds }, known) {
    const { X } = await known.outputOf('scale');
    const { values } = await known.outputOf('encode');
    const { fit } = await known.outputOf('cluster');
    const { tree } = known.recipe;
    const { labels, nClusters } = fit;
    return known.remember(`classifiers ${nFolds}`, () =>
      compareClassifiers(
        { X, values, labels, nClasses: nClusters, tree: treeParams(tree) },
        stratifiedFolds(labels, nClusters, nFolds, tree.seed),
        nFolds,
        known.ctx,
      ),
    );
  },

  async treeNodes(_, known) {
    const { tree, values, labels, test } = await testedTree(known);
    return { tree, ...countNodes(tree, values, labels, test) };
  },

  async importance({ nRepeats }, known) {
    const { tree, features, values, labels, test } = await testedTree(known);
    const groups = groupsByColumn(features);
    const rows = Int32Array.from(test.keys());
    const data = {
      features: values.map((column) => Float64Array.from(test, (row) => column[row])),
      labels: test.map((row) => labels[row]),
      groups: groups.map((group) => group.features),
    };
    const predict = (mixed: readonly Float64Array[]) => predictTreeRows(tree, mixed, rows);
    const { seed } = known.recipe.tree;
    const found = await known.remember(`importance ${nRepeats}`, () =>
      permutationImportance(data, predict, nRepeats, seed, known.ctx),
    );
    return {
      ...found,
      columns: groups.map(({ column }) => column),
      gains: groups.map((group) =>
        group.features.reduce((sum, j) => sum + tree.featureImportances[j], 0),
      ),
    };
  },

  async fewestFields(_, known) {
    const { X } = await known.outputOf('scale');
    const { features } = await known.outputOf('encode');
    const { fit } = await known.outputOf('cluster');
    const groups = groupsByColumn(features);
    const data = {
      X,
      labels: fit.labels,
      nClasses: fit.nClusters,
      groups: groups.map((group) => group.features),
    };
    const found = await known.remember('fewest fields', () =>
      fewestFields(data, known.recipe.tree.seed, known.ctx),
    );
    return { ...found, columns: groups.map(({ column }) => column) };
  },

  async smallModel({ columns }, known) {
    const { features } = await known.outputOf('encode');
    if (!features.some(({ from }) => columns.includes(from.column))) {
      throw new AppError('internal', 'A model needs one column at least.');
    }
    const outputs = {
      derive: await known.outputOf('derive'),
      encode: await known.outputOf('encode'),
      scale: await known.outputOf('scale'),
      pca: await known.outputOf('pca'),
      space: await known.outputOf('space'),
      cluster: await known.outputOf('cluster'),
      profile: await known.outputOf('profile'),
      tree: await known.outputOf('tree'),
    };
    return known.remember(`small model ${canonicalJson(columns)}`, () =>
      smallModel(outputs, columns, known.recipe, known.ctx),
    );
  },

  async autoencoder(params, known) {
    // What the pipeline makes of each space: whoever chooses one gets what was compared, and gets it at once.
    const { recipe } = known;
    const { prototypes } = await known.outputOf('cluster');
    const { X } = await known.outputOf('scale');
    const chosen = async (space: SpaceKind) => {
      const nComponents = Math.min(params.codeSize, X.nFeatures);
      const other: Recipe = {
        ...recipe,
        reduce: { space, nComponents, autoencoder: params },
        cluster: { ...recipe.cluster, nClusters: prototypes.clusterOf.length, merge: [] },
      };
      return {
        space: await known.outputOf('space', other),
        cluster: await known.outputOf('cluster', other),
      };
    };
    const scaled = await chosen('scaled');
    return compareReductions(scaled.cluster, await chosen('codes'), await chosen('components'));
  },

  async map({ projection }, known) {
    const { fit } = await known.outputOf('cluster');
    const found = await scoresOf(projection, known);
    const { features } = await known.outputOf('encode');
    return mapPicture(projection, found, fit, features);
  },

  async mapShapes({ projection, shape, frame }, known) {
    const { fit } = await known.outputOf('cluster');
    const { scores } = await scoresOf(projection, known);
    return known.remember(JSON.stringify(['map shapes', projection, shape, frame]), () =>
      Promise.resolve(mapShapes(shape, scores, fit, frame)),
    );
  },

  async mapTrust({ projection }, known) {
    const { X } = await known.outputOf('scale');
    const { fit } = await known.outputOf('cluster');
    const { scores } = await scoresOf(projection, known);
    const { segments } = await known.outputOf('profile');
    const trust = await known.remember(`map trust ${projection}`, () =>
      trustMap(X, scores, fit, known.recipe.sweep.seed, known.ctx),
    );
    const names = segments.map(({ name }) => name);
    return tellMapTrust(trust, names);
  },

  async mixture({ covarianceType }, known) {
    const { features } = await known.outputOf('encode');
    const { soft } = await softened(covarianceType, known);
    return { ...soft, sentences: softSentences(soft, features.map(featureLabel)) };
  },

  async mixtureNumbers({ covarianceType }, known) {
    const { X } = await known.outputOf('scale');
    const { fits } = await known.outputOf('sweep');
    const { fit } = await known.outputOf('cluster');
    const { seed } = known.recipe.sweep;
    const near = fits.filter(({ nClusters }) => Math.abs(nClusters - fit.nClusters) <= 2);
    const numbers = await known.remember(`mixture numbers ${covarianceType}`, () =>
      mixtureNumbers(X, near, covarianceType, seed, known.ctx),
    );
    return { numbers, sentence: numbersSentence(numbers) };
  },

  async setAsideCsv(_, known) {
    return new Blob([...setAsideCsv(await known.outputOf('read'))], { type: 'text/csv' });
  },
};

/** Per row of the table: 1 for those that are selected. */
function selected(selection: Selection, known: Known): Promise<Uint8Array> {
  return known.remember(`selection ${selectionKey(selection)}`, async () => {
    const from = await gather(needsOf(selection), known);
    return selectRows(selection, { ...from, ...(await gatherBeside(selection, known)) });
  });
}

/** What selections need beside the outputs of steps. */
async function gatherBeside(
  selection: Selection,
  known: Known,
): Promise<Pick<SelectFrom, 'silhouettes' | 'elsewhere' | 'maps' | 'mixtures'>> {
  const parts = partsOf(selection);
  const elsewhere = new Map<string, Int32Array>();
  for (const part of parts) {
    if (part.kind !== 'elsewhere' || !isSameRead(part.recipe, known)) continue;
    elsewhere.set(canonicalJson(part.recipe), (await labelsByRow(known, part.recipe)).labels);
  }
  const needsSilhouettes = parts.some(({ kind }) => kind === 'silhouette');
  return {
    ...(needsSilhouettes ? { silhouettes: await silhouettesOf(known) } : {}),
    elsewhere: (recipe) => elsewhere.get(canonicalJson(recipe)),
    maps: await mapsFor(selection, known),
    mixtures: await mixturesFor(selection, known),
  };
}

/** By kept row, in the space that segments are formed in; NaN beyond the sample that very many rows are judged by. */
async function silhouettesOf(known: Known): Promise<Float64Array> {
  const { fit } = await known.outputOf('cluster');
  const { X } = await known.outputOf('space');
  if (fit.nClusters < 2) return new Float64Array(fit.labels.length).fill(NaN);
  return known.remember('silhouettes', async () => {
    const loaded = known.ctx.engine.load(X);
    try {
      const rows = rowsToJudgeBy(X, known.recipe.sweep.seed);
      return await rowSilhouettes(loaded, rows, fit, known.ctx);
    } finally {
      loaded.dispose();
    }
  });
}

async function mixturesFor(selection: Selection, known: Known) {
  const mixtures = new Map<CovarianceType, SoftLabels>();
  for (const type of mixturesOf(selection)) {
    try {
      mixtures.set(type, (await softened(type, known)).labels);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'internal') throw error;
    }
  }
  return mixtures;
}

function softened(covarianceType: CovarianceType, known: Known) {
  return known.remember(`mixture ${covarianceType}`, async () => {
    const { X } = await known.outputOf('scale');
    const { fit } = await known.outputOf('cluster');
    return softenSegments(X, fit, covarianceType, known.recipe.sweep.seed, known.ctx);
  });
}

/** Maps that cannot be drawn select nobody. */
async function mapsFor(selection: Selection, known: Known): Promise<Map<Projection, Float32Array>> {
  const maps = new Map<Projection, Float32Array>();
  for (const projection of mapsOf(selection)) {
    try {
      maps.set(projection, (await scoresOf(projection, known)).scores);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'internal') throw error;
    }
  }
  return maps;
}

function scoresOf(projection: Projection, known: Known) {
  return known.remember(`map ${projection}`, async () => {
    const [{ X }, pca, { fit }] = await Promise.all([
      known.outputOf('scale'),
      known.outputOf('pca'),
      known.outputOf('cluster'),
    ]);
    return mapScores(projection, { X, pca, fit, seed: known.recipe.sweep.seed }, known.ctx);
  });
}

/** The table, and of these steps those that succeed: a file of which no segments can be formed still has customers. */
async function gather(ids: readonly StepId[], known: Known): Promise<SelectFrom> {
  const derive = await known.outputOf('derive');
  const outputs: Partial<StepOutputs> = {};
  for (const id of ids) {
    try {
      Object.assign(outputs, { [id]: await known.outputOf(id) });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'internal') throw error;
    }
  }
  return { ...outputs, derive, recipe: known.recipe };
}

function isSameRead(recipe: Recipe, known: Known): boolean {
  return canonicalJson(recipe.read) === canonicalJson(known.recipe.read);
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

/** The tree with what it was learned from, and the rows that it was tested on. */
async function testedTree(known: Known) {
  const { features, values } = await known.outputOf('encode');
  const { fit } = await known.outputOf('cluster');
  const { tree } = await known.outputOf('tree');
  const { testShare, seed } = known.recipe.tree;
  const { test } = stratifiedSplit(fit.labels, fit.nClusters, testShare, seed);
  return { tree, features, values, labels: fit.labels, test };
}

/** Segment of each row of the table, −1 where it was set aside. */
async function labelsByRow(known: Known, recipe?: Recipe) {
  const { table } = await known.outputOf('derive', recipe);
  const { rows } = await known.outputOf('clean', recipe);
  const { fit } = await known.outputOf('cluster', recipe);
  const labels = new Int32Array(table.nRows).fill(-1);
  rows.forEach((row, at) => (labels[row] = fit.labels[at]));
  return { labels, nClusters: fit.nClusters };
}
