import type { DerivedColumn } from './derive/derive-params';
import type { Feature, FeatureOrigin } from './features/encode-table';
import type { Power } from './features/power';
import type { Scaling } from './features/scale';
import type { Tree } from './learn/tree';
import { piecesOf } from './matrix';
import type { Recipe } from './recipe';
import type { Transformation } from './reduce/transformation';
import type { StepOutputs } from './steps';
import type { Column } from './table/table';
import { describe, quantiles } from './table/stats';

export const modelFormat = 'tessera-model';
export const modelVersion = 4;

/**
 * All that is needed to say which segment a customer belongs to, as one JSON object: no part of it can come from another
 * run. A customer belongs to the segment that has the nearest centre; the tree explains, it does not decide. `score.ts` uses
 * it.
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
  /** What is made of the inputs, each scaled. */
  readonly features: readonly ModelFeature[];
  /** The way from the scaled features to where distances are measured; null: they are measured between the features. */
  readonly space: Transformation | null;
  /** The first of the nearest decides. Every segment has at least one. */
  readonly centers: readonly ModelCenter[];
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

export interface ModelCenter {
  /** Index into `segments`. */
  readonly segment: number;
  /** In units of the space: by feature where there is no transformation, else by number that comes out of it. */
  readonly at: readonly number[];
}

export interface ModelSegment {
  readonly name: string;
  readonly size: number;
  /** The mean of its customers on the map. */
  readonly point: readonly [number, number];
  /** Distances of its customers to the nearest of its centres, in units of the space. */
  readonly distance: { readonly median: number; readonly p99: number };
}

export type ModelInputs = Pick<
  StepOutputs,
  'derive' | 'encode' | 'scale' | 'pca' | 'space' | 'cluster' | 'profile' | 'tree'
>;

export function assembleModel(outputs: ModelInputs, recipe: Recipe): SegmentModel {
  const { derive, encode, scale, pca, space, cluster, profile, tree } = outputs;
  const { nFeatures, nSamples } = scale.X;
  const { fit, prototypes } = cluster;
  const nNumbers = space.X.nFeatures;
  const { derived, inputs } = neededFor(encode.features, derive);
  const distances = distancesOf(space.X, cluster);
  const points = pointsOf(pca.scores, fit);
  return {
    format: modelFormat,
    version: modelVersion,
    nCustomers: nSamples,
    scaling: recipe.scale.scaling,
    inputs,
    derived,
    features: encode.features.map((feature, j) => modelFeature(feature, scale, j)),
    space: space.transformation,
    centers: Array.from(prototypes.clusterOf, (segment, c) => ({
      segment,
      at: Array.from(prototypes.centers.subarray(c * nNumbers, (c + 1) * nNumbers)),
    })),
    projection: {
      components: [0, 1].map((m) =>
        Array.from(pca.pca.components.subarray(m * nFeatures, (m + 1) * nFeatures)),
      ),
      explainedVarianceRatio: Array.from(pca.pca.explainedVarianceRatio.subarray(0, 2)),
    },
    segments: profile.segments.map(({ name, size }, c) => ({
      name,
      size,
      point: points[c],
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

/** The derived columns that features need, and those that these need; the columns of the file that all are made of. */
function neededFor(
  features: readonly Feature[],
  { table, reports, uses }: StepOutputs['derive'],
): Pick<SegmentModel, 'derived' | 'inputs'> {
  const needed = new Set(features.map(({ from }) => from.column));
  const derived: DerivedColumn[] = [];
  // A formula may speak of those before it only.
  for (let at = reports.length - 1; at >= 0; at--) {
    const { name, formula } = reports[at];
    if (!needed.delete(name)) continue;
    derived.unshift({ name, formula });
    for (const column of uses[at]) needed.add(column);
  }
  const inputs = table.columns
    .filter(({ name }) => needed.has(name))
    .map((column) => inputOf(column, features));
  return { derived, inputs };
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

/** By segment, the mean of its customers on the map. */
function pointsOf(
  scores: Float32Array,
  { labels, sizes }: StepOutputs['cluster']['fit'],
): [number, number][] {
  const sums = sizes.map((): [number, number] => [0, 0]);
  labels.forEach((label, i) => {
    sums[label][0] += scores[2 * i];
    sums[label][1] += scores[2 * i + 1];
  });
  return sums.map(([x, y], c) => [x / sizes[c], y / sizes[c]]);
}

/** By segment, how far its customers are from its nearest centre. All in one pass: rows may have to be computed for it. */
function distancesOf(
  X: StepOutputs['space']['X'],
  { fit: { labels, sizes }, prototypes: { centers, clusterOf } }: StepOutputs['cluster'],
) {
  const { nFeatures } = X;
  const ownCenters = sizes.map((_, c) =>
    Array.from(clusterOf.keys()).filter((prototype) => clusterOf[prototype] === c),
  );
  const distances = sizes.map((size) => new Float64Array(size));
  const next = sizes.map(() => 0);
  for (const { data, nSamples, first } of piecesOf(X)) {
    for (let i = 0; i < nSamples; i++) {
      const label = labels[first + i];
      let least = Infinity;
      for (const prototype of ownCenters[label]) {
        let squared = 0;
        for (let j = 0; j < nFeatures; j++) {
          const difference = data[i * nFeatures + j] - centers[prototype * nFeatures + j];
          squared += difference * difference;
        }
        if (squared < least) least = squared;
      }
      distances[label][next[label]++] = Math.sqrt(least);
    }
  }
  return distances.map((own) => {
    const [median, p99] = quantiles(own, [0.5, 0.99]);
    return { median, p99 };
  });
}
