import { AppError } from '../../src/core/errors';
import { stratifiedSplit } from '../../src/core/judge/classification';
import { compareClassifiers, stratifiedFolds } from '../../src/core/judge/compare-classifiers';
import { countNodes } from '../../src/core/judge/count-nodes';
import { fewestFields as findFewest } from '../../src/core/judge/fewest-fields';
import { groupsByColumn, permutationImportance } from '../../src/core/judge/permutation-importance';
import { treeParams } from '../../src/core/judge/recognise';
import { smallModel as modelOf } from '../../src/core/judge/small-model';
import { predictTreeRows } from '../../src/core/learn/tree-predict';
import { canonicalJson } from '../../src/core/plan';
import type { Answer, Known } from './known';

export const classifiers: Answer<'classifiers'> = async ({ nFolds }, known) => {
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
};

export const treeNodes: Answer<'treeNodes'> = async (_, known) => {
  const { tree, values, labels, test } = await testedTree(known);
  return { tree, ...countNodes(tree, values, labels, test) };
};

export const importance: Answer<'importance'> = async ({ nRepeats }, known) => {
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
};

export const fewestFields: Answer<'fewestFields'> = async (_, known) => {
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
    findFewest(data, known.recipe.tree.seed, known.ctx),
  );
  return { ...found, columns: groups.map(({ column }) => column) };
};

export const smallModel: Answer<'smallModel'> = async ({ columns }, known) => {
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
    modelOf(outputs, columns, known.recipe, known.ctx),
  );
};

/** The tree with what it was learned from, and the rows that it was tested on. */
async function testedTree(known: Known) {
  const { features, values } = await known.outputOf('encode');
  const { fit } = await known.outputOf('cluster');
  const { tree } = await known.outputOf('tree');
  const { testShare, seed } = known.recipe.tree;
  const { test } = stratifiedSplit(fit.labels, fit.nClusters, testShare, seed);
  return { tree, features, values, labels: fit.labels, test };
}
