import * as v from 'valibot';
import { scalings } from '../core/features/scale';
import { AppError } from '../core/errors';
import { modelFormat, modelVersion, type SegmentModel } from '../core/model';

/** Larger than any model that this page writes: 40 levels of tree over 1,000 columns stay below. */
export const maxModelBytes = 32 * 2 ** 20;

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));
const notNegative = v.pipe(finite, v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const nodeIndex = v.pipe(v.number(), v.integer(), v.minValue(-1));
const share = v.pipe(finite, v.minValue(0), v.maxValue(1));
const name = v.pipe(v.string(), v.maxLength(10_000));

const modelSchema: v.GenericSchema<unknown, SegmentModel> = v.strictObject({
  format: v.literal(modelFormat),
  version: v.literal(modelVersion),
  nCustomers: count,
  scaling: v.picklist(scalings),
  columns: v.pipe(
    v.array(
      v.strictObject({
        name,
        fill: finite,
        clip: v.nullable(v.strictObject({ lower: finite, upper: finite })),
        center: finite,
        scale: positive,
        step: notNegative,
        min: finite,
        q1: finite,
        median: finite,
        q3: finite,
        max: finite,
      }),
    ),
    v.minLength(1),
    v.maxLength(10_000),
  ),
  projection: v.strictObject({
    components: v.pipe(v.array(v.array(finite)), v.length(2)),
    explainedVarianceRatio: v.pipe(v.array(share), v.length(2)),
  }),
  segments: v.pipe(
    v.array(
      v.strictObject({
        name,
        size: count,
        center: v.array(finite),
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
  if (!result.success) {
    const [issue] = result.issues;
    throw invalid(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  }
  assertShapes(result.output);
  return result.output;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalid('it is not JSON');
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
  return version === 1 ? fromVersion1(content as object) : content;
}

/** Version 1 knew no `step`: scaled values were not rounded to a grid. */
function fromVersion1(content: { columns?: unknown }): object {
  const { columns } = content;
  const complete = (column: unknown): unknown =>
    column !== null && typeof column === 'object' && !('step' in column)
      ? { ...column, step: 0 }
      : column;
  return {
    ...content,
    version: modelVersion,
    columns: Array.isArray(columns) ? columns.map(complete) : columns,
  };
}

/** What a schema cannot say: lengths that must agree, and a tree whose ways all lead down to a leaf. */
function assertShapes({ columns, segments, projection, tree }: SegmentModel): void {
  const nFeatures = columns.length;
  if (segments.some(({ center }) => center.length !== nFeatures)) {
    throw invalid(`a centre does not have ${nFeatures} values`);
  }
  if (projection.components.some((component) => component.length !== nFeatures)) {
    throw invalid(`a projection does not have ${nFeatures} values`);
  }
  if (new Set(columns.map((column) => column.name)).size !== nFeatures) {
    throw invalid('two columns have the same name');
  }
  assertTree(tree, nFeatures, segments.length);
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

function invalid(reason: string): AppError {
  return new AppError('model-invalid', `This file cannot be used as a model: ${reason}.`);
}
