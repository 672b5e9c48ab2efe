import type { DerivedColumn } from './derive/derive-params';
import type { Feature, FeatureOrigin } from './features/encode-table';
import type { Power } from './features/power';
import type { Scaling } from './features/scale';
import type { Tree } from './learn/tree';
import { columnsOf } from './derive/columns';
import { parseFormula } from './derive/parse';
import { piecesOf } from './matrix';
import type { Recipe } from './recipe';
import type { StepOutputs } from './steps';
import type { Column, Table } from './table/table';
import { describe, quantiles } from './table/stats';

export const modelFormat = 'tessera-model';
export const modelVersion = 3;

/**
 * All that is needed to say which segment a customer belongs to, as one JSON object: no part of it can come from another
 * run. A customer belongs to the segment whose centre is nearest; the tree explains, it does not decide. `score.ts` uses it.
 */
export interface SegmentModel {
  readonly format: typeof modelFormat;
  readonly version: typeof modelVersion;
  readonly nCustomers: number;
  readonly scaling: Scaling;
  /** What is asked of a customer, in the order of the file. */
  readonly inputs: readonly ModelInput[];
  /** What is computed from the inputs before anything else. */
  readonly derived: readonly DerivedColumn[];
  /** What distances are measured in. */
  readonly features: readonly ModelFeature[];
  /** Two unit vectors over the scaled features, and the share of the variance that each keeps. */
  readonly projection: {
    readonly components: readonly (readonly number[])[];
    readonly explainedVarianceRatio: readonly number[];
  };
  /** In the order of size that names and colours follow. */
  readonly segments: readonly ModelSegment[];
  /** Asks about features, in their own units. */
  readonly tree: Tree;
  /** Of the tree, on customers it had not seen. */
  readonly treeAccuracy: number;
}

export type ModelInput = NumberInput | CategoryInput;

/** Of the training file, missing values left out: ranges for a form, in the column's unit. */
export interface NumberInput {
  readonly kind: 'number';
  readonly name: string;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
}

export interface CategoryInput {
  readonly kind: 'category';
  readonly name: string;
  /** Those that were seen and have a feature of their own. */
  readonly levels: readonly string[];
}

export interface ModelFeature {
  readonly name: string;
  /** An input, a derived column, or a level of an input. */
  readonly from: FeatureOrigin;
  /** Stands in for a missing value as it is: where training clipped it, so is this. */
  readonly fill: number;
  /** Values outside are moved to these bounds, as in training; null where nothing was clipped. */
  readonly clip: { readonly lower: number; readonly upper: number } | null;
  /** Applied to the value before it is scaled. */
  readonly power: Power;
  readonly center: number;
  readonly scale: number;
  /** Scaled values are rounded to its multiples; 0: not rounded. */
  readonly step: number;
}

export interface ModelSegment {
  readonly name: string;
  readonly size: number;
  /** In scaled units, by feature. */
  readonly center: readonly number[];
  /** Distances of its customers to its centre, in scaled units. */
  readonly distance: { readonly median: number; readonly p99: number };
}

export type ModelInputs = Pick<
  StepOutputs,
  'derive' | 'encode' | 'scale' | 'pca' | 'cluster' | 'profile' | 'tree'
>;

export function assembleModel(outputs: ModelInputs, recipe: Recipe): SegmentModel {
  const { derive, encode, scale, pca, cluster, profile, tree } = outputs;
  const { nFeatures, nSamples } = scale.X;
  const { fit } = cluster;
  const derived = derivedFor(encode.features, derive.reports);
  const distances = distancesOf(scale.X, fit);
  return {
    format: modelFormat,
    version: modelVersion,
    nCustomers: nSamples,
    scaling: recipe.scale.scaling,
    inputs: inputsFor(encode.features, derived, derive.table),
    derived,
    features: encode.features.map((feature, j) => modelFeature(feature, scale, j)),
    projection: {
      components: [0, 1].map((m) =>
        Array.from(pca.pca.components.subarray(m * nFeatures, (m + 1) * nFeatures)),
      ),
      explainedVarianceRatio: Array.from(pca.pca.explainedVarianceRatio.subarray(0, 2)),
    },
    segments: profile.segments.map(({ name, size }, c) => ({
      name,
      size,
      center: Array.from(fit.centers.subarray(c * nFeatures, (c + 1) * nFeatures)),
      distance: distances[c],
    })),
    tree: tree.tree,
    treeAccuracy: tree.report.accuracy,
  };
}

function modelFeature(
  { name, from, fillValue, clip }: Feature,
  { powers, scaler: { center, scale, step } }: StepOutputs['scale'],
  j: number,
): ModelFeature {
  return {
    name,
    from,
    fill: fillValue,
    clip,
    power: powers[j],
    center: center[j],
    scale: scale[j],
    step: step[j],
  };
}

/** The derived columns that features need, and those that these need, in the order of the recipe. */
function derivedFor(
  features: readonly Feature[],
  columns: readonly DerivedColumn[],
): DerivedColumn[] {
  const needed = new Set(features.map(({ from }) => from.column));
  const chosen = new Set<DerivedColumn>();
  // A formula may speak of those before it only.
  for (const column of columns.toReversed()) {
    if (!needed.has(column.name)) continue;
    chosen.add(column);
    for (const name of columnsOf(parseFormula(column.formula))) needed.add(name);
  }
  return columns
    .filter((column) => chosen.has(column))
    .map(({ name, formula }) => ({ name, formula }));
}

/** The columns of the file that features and formulas are made of. */
function inputsFor(
  features: readonly Feature[],
  derived: readonly DerivedColumn[],
  table: Table,
): ModelInput[] {
  const names = new Set([
    ...features.map(({ from }) => from.column),
    ...derived.flatMap(({ formula }) => columnsOf(parseFormula(formula))),
  ]);
  for (const { name } of derived) names.delete(name);
  return table.columns
    .filter(({ name }) => names.has(name))
    .map((column) => inputOf(column, features));
}

function inputOf(column: Column, features: readonly Feature[]): ModelInput {
  const { name } = column;
  if (column.kind !== 'number') {
    const levels = features.flatMap(({ from }) =>
      from.kind === 'level' && from.column === name ? [from.level] : [],
    );
    return { kind: 'category', name, levels };
  }
  const known = features.find(({ from }) => from.kind === 'number' && from.column === name);
  // A column that only feeds a formula may hold an infinite cell, which the formula passes over.
  const { min, q1, median, q3, max } =
    known?.raw ?? describe(column.values.filter(Number.isFinite));
  return { kind: 'number', name, min, q1, median, q3, max };
}

/** By segment, how far its customers are from its centre. All in one pass: rows may have to be computed for it. */
function distancesOf(
  X: StepOutputs['scale']['X'],
  { labels, centers, sizes }: StepOutputs['cluster']['fit'],
) {
  const { nFeatures } = X;
  const distances = sizes.map((size) => new Float64Array(size));
  const next = sizes.map(() => 0);
  for (const { data, nSamples, first } of piecesOf(X)) {
    for (let i = 0; i < nSamples; i++) {
      const label = labels[first + i];
      let squared = 0;
      for (let j = 0; j < nFeatures; j++) {
        const difference = data[i * nFeatures + j] - centers[label * nFeatures + j];
        squared += difference * difference;
      }
      distances[label][next[label]++] = Math.sqrt(squared);
    }
  }
  return distances.map((own) => {
    const [median, p99] = quantiles(own, [0.5, 0.99]);
    return { median, p99 };
  });
}
