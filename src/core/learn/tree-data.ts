import { AppError } from '../errors';

export interface TreeData {
  /** nFeatures columns of length nRows in their own units; finite. */
  readonly features: readonly Float64Array[];
  /** Length nRows: the class of each row, 0 … nClasses − 1. Only the training rows are read. */
  readonly labels: Int32Array;
  readonly nClasses: number;
  /** The training rows, at least one. A row that is listed twice counts twice. */
  readonly rows: Int32Array;
}

export interface TreeParams {
  /** Number of questions on the longest way down, from 0; null = until the leaves are pure. */
  readonly maxDepth: number | null;
  /** Rows that each side of a split must keep, from 1. */
  readonly minSamplesLeaf: number;
  /** Rows that a node must have to be split, from 2. */
  readonly minSamplesSplit: number;
  /** What a row weighs, by its class; see `ClassWeight`. Default null. */
  readonly classWeight?: ClassWeight;
  /** What a leaf must be worth, as a share of all rows, from 0; see tree-prune.ts. Default 0: nothing is cut back. */
  readonly ccpAlpha?: number;
}

/**
 * null: every row weighs 1. `balanced`: n / (classes that occur · rows of the class), so that all classes weigh the same.
 * A list: one positive number for each class.
 */
export type ClassWeight = 'balanced' | readonly number[] | null;

/** @throws AppError `setting-invalid` with the name, the value and the least allowed */
export function checkTreeParams(params: TreeParams): void {
  const { maxDepth, minSamplesLeaf, minSamplesSplit, classWeight, ccpAlpha = 0 } = params;
  if (maxDepth !== null) checkWhole('maxDepth', maxDepth, 0);
  checkWhole('minSamplesLeaf', minSamplesLeaf, 1);
  checkWhole('minSamplesSplit', minSamplesSplit, 2);
  if (!(ccpAlpha >= 0 && ccpAlpha < Infinity)) {
    const message = `ccpAlpha must be a number from 0, got ${ccpAlpha}.`;
    throw new AppError('setting-invalid', message, { name: 'ccpAlpha', value: ccpAlpha, least: 0 });
  }
  if (!Array.isArray(classWeight)) return;
  classWeight.forEach((weight: number, c) => {
    if (weight > 0 && weight < Infinity) return;
    const message = `The weight of class ${c} must be a number above 0, got ${weight}.`;
    throw new AppError('setting-invalid', message, { name: 'classWeight', value: weight });
  });
}

export function checkWhole(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  const message = `${name} must be a whole number from ${least}, got ${value}.`;
  throw new AppError('setting-invalid', message, { name, value, least });
}

/**
 * What a row of each class weighs.
 * @param counts training rows by class
 * @throws AppError `setting-invalid` for a list of another length
 */
export function weightsOf(classWeight: ClassWeight, counts: readonly number[]): Float64Array {
  if (classWeight === null) return new Float64Array(counts.length).fill(1);
  if (classWeight !== 'balanced') {
    if (classWeight.length === counts.length) return Float64Array.from(classWeight);
    const message = `There are ${classWeight.length} class weights for ${counts.length} classes.`;
    throw new AppError('setting-invalid', message, {
      name: 'classWeight',
      value: classWeight.length,
    });
  }
  const nRows = counts.reduce((sum, count) => sum + count, 0);
  const nOccurring = counts.filter((count) => count > 0).length;
  // A class that does not occur has no row to weigh.
  return Float64Array.from(counts, (count) => (count > 0 ? nRows / (nOccurring * count) : 1));
}

/**
 * Whether the values are finite shows when they are ranked.
 * @throws AppError `too-few-rows` or `internal`, as `fitTree` says
 */
export function checkTreeData({ features, labels, nClasses, rows }: TreeData): void {
  if (rows.length === 0)
    throw new AppError('too-few-rows', 'A tree needs at least one row, got 0.');
  for (let i = 0; i < rows.length; i++) {
    const label = labels[rows[i]];
    if (label >= 0 && label < nClasses) continue;
    const message = `Row ${rows[i]} has the class ${label}, expected 0 to ${nClasses - 1}.`;
    throw new AppError('internal', message);
  }
  features.forEach((values, column) => {
    if (values.length === labels.length) return;
    const message = `Column ${column} has ${values.length} values for ${labels.length} labels.`;
    throw new AppError('internal', message);
  });
}
