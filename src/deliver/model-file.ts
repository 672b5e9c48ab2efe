import * as v from 'valibot';
import { columnsOf } from '../core/derive/columns';
import { parseFormula } from '../core/derive/parse';
import { noPower, powerKinds } from '../core/features/power';
import { scalings } from '../core/features/scale';
import { activations } from '../core/learn/dense-layer';
import { AppError } from '../core/errors';
import type { Transformation } from '../core/reduce/transformation';
import {
  modelFormat,
  modelVersion,
  type CategoryInput,
  type ModelFeature,
  type SegmentModel,
} from '../core/model';

/** Larger than any model that this page writes: 40 levels of tree over 1,000 columns stay below. */
export const maxModelBytes = 32 * 2 ** 20;

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const notNegative = v.pipe(finite, v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const nodeIndex = v.pipe(v.number(), v.integer(), v.minValue(-1));
const share = v.pipe(finite, v.minValue(0), v.maxValue(1));
const name = v.pipe(v.string(), v.maxLength(10_000));
/** Of what training rows are, which are float32: squares of differences stay finite. */
const scaled = v.pipe(finite, v.minValue(-3.5e38), v.maxValue(3.5e38));
/** So that multiples of it that a double tells apart are numbers, too. */
const step = v.pipe(notNegative, v.maxValue(1e150));
/** Of a network that learned anything: what comes out of many layers still is a number. */
const weight = v.pipe(finite, v.minValue(-1e6), v.maxValue(1e6));
const width = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
/** Of a unit vector, rounded as it may be. */
const loading = v.pipe(finite, v.minValue(-1.001), v.maxValue(1.001));

const modelSchema: v.GenericSchema<unknown, SegmentModel> = v.strictObject({
  format: v.literal(modelFormat),
  version: v.literal(modelVersion),
  nCustomers: count,
  scaling: v.picklist(scalings),
  inputs: v.pipe(
    v.array(
      v.variant('kind', [
        v.strictObject({
          kind: v.literal('number'),
          name,
          min: finite,
          q1: finite,
          median: finite,
          q3: finite,
          max: finite,
        }),
        v.strictObject({
          kind: v.literal('category'),
          name,
          levels: v.pipe(v.array(name), v.maxLength(1000)),
        }),
      ]),
    ),
    v.minLength(1),
    v.maxLength(10_000),
  ),
  derived: v.pipe(
    v.array(v.strictObject({ name, formula: v.pipe(v.string(), v.maxLength(10_000)) })),
    v.maxLength(1000),
  ),
  features: v.pipe(
    v.array(
      v.strictObject({
        name,
        from: v.variant('kind', [
          v.strictObject({ kind: v.literal('number'), column: name }),
          v.strictObject({ kind: v.literal('level'), column: name, level: name }),
          v.strictObject({ kind: v.literal('other'), column: name }),
          v.strictObject({ kind: v.literal('missing'), column: name }),
        ]),
        fill: finite,
        clip: v.nullable(v.strictObject({ lower: finite, upper: finite })),
        power: v.strictObject({ kind: v.picklist(powerKinds), lambda: finite }),
        center: finite,
        scale: positive,
        step,
      }),
    ),
    v.minLength(1),
    v.maxLength(10_000),
  ),
  space: v.nullable(
    v.strictObject({
      kind: v.picklist(['components', 'codes']),
      layers: v.pipe(
        v.array(
          v.strictObject({
            nInputs: width,
            nOutputs: width,
            activation: v.picklist(activations),
            weights: v.array(weight),
            biases: v.array(weight),
          }),
        ),
        v.minLength(1),
        v.maxLength(9),
      ),
      center: v.array(scaled),
      step: v.array(step),
    }),
  ),
  centers: v.pipe(
    v.array(v.strictObject({ segment: count, at: v.array(scaled) })),
    v.minLength(1),
    v.maxLength(1000),
  ),
  projection: v.strictObject({
    components: v.pipe(v.array(v.array(loading)), v.length(2)),
    explainedVarianceRatio: v.pipe(v.array(share), v.length(2)),
  }),
  segments: v.pipe(
    v.array(
      v.strictObject({
        name,
        size: count,
        point: v.strictTuple([finite, finite]),
        distance: v.strictObject({ median: finite, p99: finite }),
      }),
    ),
    v.minLength(1),
    v.maxLength(1000),
  ),
  tree: v.strictObject({
    nFeatures: count,
    nClasses: count,
    feature: v.array(nodeIndex),
    threshold: v.array(finite),
    left: v.array(nodeIndex),
    right: v.array(nodeIndex),
    value: v.array(v.array(notNegative)),
    nSamples: v.array(count),
    impurity: v.array(finite),
    featureImportances: v.array(finite),
  }),
  treeAccuracy: share,
});

/** The model as a file: indented, so that a person can read it. Numbers keep every digit. */
export function writeModel(model: SegmentModel): string {
  return `${JSON.stringify(model, null, 1)}\n`;
}

/**
 * A model from a file that may be anything.
 *
 * @throws AppError `model-invalid` or `model-too-new`, saying where
 */
export function parseModel(text: string): SegmentModel {
  if (text.length > maxModelBytes) throw invalid('it is larger than any model of this page');
  const content = parseJson(text);
  const result = v.safeParse(modelSchema, inThisVersion(content));
  if (!result.success) throw invalidAt(result.issues);
  assertShapes(result.output);
  return result.output;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalid('it is not JSON, or cut off');
  }
}

/** A model of a newer version is refused by name before its fields are looked at; one of an older version is completed. */
function inThisVersion(content: unknown): unknown {
  const parsed = v.safeParse(
    v.looseObject({ format: v.literal(modelFormat), version: v.number() }),
    content,
  );
  if (!parsed.success) throw invalid('it does not say that it is a Tessera model');
  const { version } = parsed.output;
  if (version > modelVersion) {
    throw new AppError(
      'model-too-new',
      `This model has version ${version}; this page reads up to version ${modelVersion}. Reload the page to get its newest version.`,
      { version, supported: modelVersion },
    );
  }
  const inVersion3 =
    version === 1 || version === 2 ? fromColumns(content as object, version) : content;
  return version < modelVersion ? fromOwnCenters(inVersion3 as object, version) : content;
}

/** A column of numbers, which was what is asked for and what is measured in one. The new fields are checked as such later. */
const columnOfVersion2 = v.strictObject({
  name: v.unknown(),
  fill: v.number(),
  clip: v.nullable(v.strictObject({ lower: v.number(), upper: v.number() })),
  center: v.unknown(),
  scale: v.unknown(),
  step: v.unknown(),
  min: v.unknown(),
  q1: v.unknown(),
  median: v.unknown(),
  q3: v.unknown(),
  max: v.unknown(),
});
/** Version 1 did not round scaled values to a grid. */
const columnsOf1And2 = {
  1: v.array(v.strictObject({ ...v.omit(columnOfVersion2, ['step']).entries })),
  2: v.array(columnOfVersion2),
};

/** Up to version 2 there were no categories, formulas and powers. */
function fromColumns(content: { columns?: unknown }, version: 1 | 2): object {
  const { columns, ...rest } = content;
  for (const later of ['inputs', 'derived', 'features']) {
    if (Object.hasOwn(rest, later)) throw invalid(`version ${version} has no ${later}`);
  }
  const parsed = v.safeParse(columnsOf1And2[version], columns);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const place = v.getDotPath(issue);
    throw invalid(`columns${place === null ? '' : `.${place}`}: ${issue.message}`);
  }
  return {
    ...rest,
    version: 3,
    inputs: parsed.output.map(({ name, min, q1, median, q3, max }) => {
      return { kind: 'number', name, min, q1, median, q3, max };
    }),
    derived: [],
    features: parsed.output.map(({ name, fill, clip, center, scale, ...more }) => ({
      name,
      from: { kind: 'number', column: name },
      // What was filled in was clipped as well.
      fill: clip === null ? fill : Math.min(Math.max(fill, clip.lower), clip.upper),
      clip,
      power: noPower,
      center,
      scale,
      step: 'step' in more ? more.step : 0,
    })),
  };
}

const segmentOfVersion3 = v.strictObject({
  name: v.unknown(),
  size: v.unknown(),
  center: v.array(scaled),
  distance: v.unknown(),
});
const neededOfVersion3 = v.looseObject({
  segments: v.array(segmentOfVersion3),
  projection: v.looseObject({ components: v.array(v.array(loading)) }),
});

/** Up to version 3 distances were measured between features, and a segment had one centre, which was its mean. */
function fromOwnCenters(content: object, version: number): object {
  for (const later of ['space', 'centers']) {
    if (Object.hasOwn(content, later)) throw invalid(`version ${version} has no ${later}`);
  }
  const parsed = v.safeParse(neededOfVersion3, content);
  if (!parsed.success) throw invalidAt(parsed.issues);
  const { segments, projection } = parsed.output;
  const onMap = (center: readonly number[]) =>
    projection.components.map((component) =>
      component.reduce((sum, loading, j) => sum + loading * Math.fround(center[j] ?? 0), 0),
    );
  return {
    ...content,
    version: modelVersion,
    space: null,
    centers: segments.map(({ center }, segment) => ({ segment, at: center })),
    segments: segments.map(({ center, ...segment }) => ({ ...segment, point: onMap(center) })),
  };
}

/** What a schema cannot say: lengths that must agree, and a tree whose ways all lead down to a leaf. */
function assertShapes(model: SegmentModel): void {
  const { features, segments, space, centers, projection, tree } = model;
  const nFeatures = features.length;
  const nNumbers = space === null ? nFeatures : space.center.length;
  if (space !== null) assertLayers(space, nFeatures);
  if (centers.some(({ at }) => at.length !== nNumbers)) {
    throw invalid(`a centre does not have ${nNumbers} values`);
  }
  const owners = new Set(centers.map(({ segment }) => segment));
  if (centers.some(({ segment }) => segment >= segments.length)) {
    throw invalid('a centre belongs to no segment');
  }
  if (owners.size < segments.length) throw invalid('a segment has no centre');
  if (projection.components.some((component) => component.length !== nFeatures)) {
    throw invalid(`a projection does not have ${nFeatures} values`);
  }
  if (features.some(({ clip }) => clip !== null && clip.lower > clip.upper)) {
    throw invalid('a lower bound is above the upper one');
  }
  assertNames(model);
  assertTree(tree, nFeatures, segments.length);
}

/** Each layer takes what the one before gives; the first takes the features. */
function assertLayers({ layers, center, step }: Transformation, nFeatures: number): void {
  let width = nFeatures;
  for (const [at, { nInputs, nOutputs, weights, biases }] of layers.entries()) {
    const fits =
      nInputs === width && weights.length === nInputs * nOutputs && biases.length === nOutputs;
    if (!fits) throw invalid(`layer ${at} of its space does not fit what comes before it`);
    width = nOutputs;
  }
  if (center.length !== width || step.length !== width) {
    throw invalid(`its space does not have ${width} numbers`);
  }
}

/** Every feature is made of something that is there, and no name is there twice. */
function assertNames({ inputs, derived, features }: SegmentModel): void {
  const kinds = new Map(inputs.map(({ name, kind }) => [name, kind]));
  for (const { name, formula } of derived) {
    for (const needed of columnsOf(parsedFormula(name, formula))) {
      if (kinds.get(needed) !== 'number') {
        throw invalid(`the formula of “${name}” speaks of a column that is not there`);
      }
    }
    kinds.set(name, 'number');
  }
  const areNamedOnce =
    kinds.size === inputs.length + derived.length &&
    new Set(features.map(({ name }) => name)).size === features.length;
  if (!areNamedOnce) throw invalid('two columns have the same name');
  const origins = new Set(features.map(({ from }) => JSON.stringify(Object.values(from))));
  if (origins.size < features.length) throw invalid('two features are made of the same');
  for (const { name, from } of features) {
    const wanted = from.kind === 'number' ? 'number' : 'category';
    if (kinds.get(from.column) !== wanted) {
      throw invalid(`“${name}” is made of a column that is not there`);
    }
  }
  for (const input of inputs) {
    if (input.kind === 'category') assertLevels(input, features);
  }
}

/** What can be chosen in the form are the levels that have a feature. */
function assertLevels({ name, levels }: CategoryInput, features: readonly ModelFeature[]): void {
  const measured = features.flatMap(({ from }) =>
    from.kind === 'level' && from.column === name ? [from.level] : [],
  );
  const agree =
    levels.length === measured.length && measured.every((level) => levels.includes(level));
  if (!agree) throw invalid(`the levels of “${name}” are not those of its features`);
}

function parsedFormula(name: string, formula: string) {
  try {
    return parseFormula(formula);
  } catch {
    throw invalid(`the formula of “${name}” cannot be read`);
  }
}

function assertTree(tree: SegmentModel['tree'], nFeatures: number, nClasses: number): void {
  const nNodes = tree.feature.length;
  const lists = [tree.threshold, tree.left, tree.right, tree.value, tree.nSamples, tree.impurity];
  const shapesAgree =
    nNodes > 0 &&
    tree.nFeatures === nFeatures &&
    tree.nClasses === nClasses &&
    tree.featureImportances.length === nFeatures &&
    lists.every((list) => list.length === nNodes) &&
    tree.value.every((counts) => counts.length === nClasses);
  if (!shapesAgree) throw invalid('the parts of its tree do not have the same length');
  for (let node = 0; node < nNodes; node++) {
    const [left, right] = [tree.left[node], tree.right[node]];
    const isLeaf = left === -1 && right === -1;
    // Children come after their parent, so there is no way round in a circle.
    const isSplit = left > node && right > node && left < nNodes && right < nNodes;
    const asks = tree.feature[node] >= 0 && tree.feature[node] < nFeatures;
    if (!isLeaf && !(isSplit && asks)) throw invalid(`node ${node} of its tree leads nowhere`);
  }
}

function invalidAt([issue]: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): AppError {
  return invalid(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
}

function invalid(reason: string): AppError {
  return new AppError('model-invalid', `This file cannot be used as a model: ${reason}.`);
}
