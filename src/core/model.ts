import type { OutlierAction } from './clean/clean';
import { scaleValue, type Scaler, type Scaling } from './features/scale';
import { nearestCenter } from './learn/nearest';
import type { Tree } from './learn/tree';
import { decisionPath, predictTree, type DecisionStep } from './learn/tree-predict';
import type { Recipe } from './recipe';
import type { StepOutputs } from './steps';
import { quantiles } from './table/stats';

export const modelFormat = 'tessera-model';
export const modelVersion = 2;

/**
 * All that is needed to say which segment a customer belongs to, as one JSON object: no part of it can come from another
 * run. A customer belongs to the segment whose centre is nearest; the tree explains, it does not decide.
 */
export interface SegmentModel {
  readonly format: typeof modelFormat;
  readonly version: typeof modelVersion;
  readonly nCustomers: number;
  readonly scaling: Scaling;
  readonly columns: readonly ModelColumn[];
  /** Two unit vectors over the scaled columns, and the share of the variance that each keeps. */
  readonly projection: {
    readonly components: readonly (readonly number[])[];
    readonly explainedVarianceRatio: readonly number[];
  };
  /** In the order of size that names and colours follow. */
  readonly segments: readonly ModelSegment[];
  readonly tree: Tree;
  /** Of the tree, on customers it had not seen. */
  readonly treeAccuracy: number;
}

export interface ModelColumn {
  readonly name: string;
  /** Stands in for a missing value. */
  readonly fill: number;
  /** Values outside are moved to these bounds before scaling, as in training; null where nothing was clipped. */
  readonly clip: { readonly lower: number; readonly upper: number } | null;
  readonly center: number;
  readonly scale: number;
  /** Scaled values are rounded to its multiples; 0: not rounded. */
  readonly step: number;
  /** Of the training file, missing values left out: ranges for a form. */
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
}

export interface ModelSegment {
  readonly name: string;
  readonly size: number;
  /** In scaled units, by column. */
  readonly center: readonly number[];
  /** Distances of its customers to its centre, in scaled units. */
  readonly distance: { readonly median: number; readonly p99: number };
}

type ModelInputs = Pick<StepOutputs, 'clean' | 'scale' | 'pca' | 'cluster' | 'profile' | 'tree'>;

export function assembleModel(inputs: ModelInputs, recipe: Recipe): SegmentModel {
  const { clean, scale, pca, cluster, profile, tree } = inputs;
  const { nFeatures } = scale.X;
  const { fit } = cluster;
  return {
    format: modelFormat,
    version: modelVersion,
    nCustomers: clean.nKept,
    scaling: recipe.scale.scaling,
    columns: clean.columns.map((column, j) =>
      modelColumn(column, scale.scaler, j, recipe.clean.outlierAction),
    ),
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
      distance: distancesOf(scale.X, fit, c),
    })),
    tree: tree.tree,
    treeAccuracy: tree.report.accuracy,
  };
}

function modelColumn(
  column: StepOutputs['clean']['columns'][number],
  scaler: Scaler,
  j: number,
  action: OutlierAction,
): ModelColumn {
  const { name, fillValue, lower, upper, raw } = column;
  const { min, q1, median, q3, max } = raw;
  const clip = action === 'clip' ? { lower, upper } : null;
  return {
    name,
    fill: fillValue,
    clip,
    center: scaler.center[j],
    scale: scaler.scale[j],
    step: scaler.step[j],
    min,
    q1,
    median,
    q3,
    max,
  };
}

function distancesOf(
  { data, nFeatures }: StepOutputs['scale']['X'],
  { labels, centers, sizes }: StepOutputs['cluster']['fit'],
  cluster: number,
) {
  const distances = new Float64Array(sizes[cluster]);
  for (let i = 0, at = 0; at < distances.length; i++) {
    if (labels[i] !== cluster) continue;
    let squared = 0;
    for (let j = 0; j < nFeatures; j++) {
      const difference = data[i * nFeatures + j] - centers[cluster * nFeatures + j];
      squared += difference * difference;
    }
    distances[at++] = Math.sqrt(squared);
  }
  const [median, p99] = quantiles(distances, [0.5, 0.99]);
  return { median, p99 };
}

export interface Prediction {
  /** Index into `model.segments`. */
  readonly segment: number;
  /** Distance to each segment's centre, in scaled units. */
  readonly distances: readonly number[];
  /** The customer on the map. */
  readonly point: readonly [number, number];
  /** Columns that were missing and were filled. */
  readonly filled: readonly number[];
  /** What the tree says, and by which questions. */
  readonly treeSegment: number;
  readonly treePath: readonly DecisionStep[];
}

/** Clipped and filled as in training, in the columns' units. */
function prepare({ fill, clip }: ModelColumn, value: number | null): number {
  const known = value === null || Number.isNaN(value) ? fill : value;
  return clip === null ? known : Math.min(Math.max(known, clip.lower), clip.upper);
}

/**
 * Which segment one customer belongs to, and why.
 *
 * @param values by model column; null or NaN is missing
 */
export function predict(model: SegmentModel, values: readonly (number | null)[]): Prediction {
  const prepared = model.columns.map((column, j) => prepare(column, values[j]));
  const x = scaleRow(model, prepared);
  const distances = model.segments.map(({ center }) =>
    Math.sqrt(x.reduce((sum, value, j) => sum + (value - center[j]) ** 2, 0)),
  );
  const getValue = (feature: number) => prepared[feature];
  return {
    segment: createAssigner(model)(x),
    distances,
    point: project(model, x),
    filled: model.columns.flatMap((_, j) =>
      values[j] === null || Number.isNaN(values[j]) ? [j] : [],
    ),
    treeSegment: predictTree(model.tree, getValue).label,
    treePath: decisionPath(model.tree, getValue).steps,
  };
}

/**
 * The segment of every row, exactly as `predict` would say one by one.
 *
 * @param columns values by model column, all of length nRows; NaN is missing
 */
export function predictRows(model: SegmentModel, columns: readonly Float64Array[]): Int32Array {
  const assign = createAssigner(model);
  const nRows = columns[0]?.length ?? 0;
  const labels = new Int32Array(nRows);
  for (let i = 0; i < nRows; i++) {
    const prepared = model.columns.map((column, j) => prepare(column, columns[j][i]));
    labels[i] = assign(scaleRow(model, prepared));
  }
  return labels;
}

/** Rounded to float32 as the training matrix was: a training row falls on the very same point. */
function scaleRow({ columns }: SegmentModel, values: readonly number[]): Float32Array {
  return Float32Array.from(columns, ({ center, scale, step }, j) =>
    scaleValue(values[j], center, scale, step),
  );
}

function createAssigner({ segments, columns }: SegmentModel): (x: Float32Array) => number {
  const centers = Float64Array.from(segments.flatMap(({ center }) => center));
  return (x) => nearestCenter(x, 0, centers, segments.length, columns.length);
}

function project({ projection }: SegmentModel, x: Float32Array): [number, number] {
  const [first, second] = projection.components.map((component) =>
    component.reduce((sum, loading, j) => sum + loading * x[j], 0),
  );
  return [first, second];
}

/** A segment's centre on the map. */
export function projectCenter(model: SegmentModel, segment: number): [number, number] {
  return project(model, Float32Array.from(model.segments[segment].center));
}
