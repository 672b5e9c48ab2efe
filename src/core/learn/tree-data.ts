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
}

/** @throws AppError `setting-invalid` with the name, the value and the least allowed */
export function checkTreeParams({ maxDepth, minSamplesLeaf, minSamplesSplit }: TreeParams): void {
  const check = (name: string, value: number, least: number) => {
    if (Number.isInteger(value) && value >= least) return;
    const message = `${name} must be a whole number from ${least}, got ${value}.`;
    throw new AppError('setting-invalid', message, { name, value, least });
  };
  if (maxDepth !== null) check('maxDepth', maxDepth, 0);
  check('minSamplesLeaf', minSamplesLeaf, 1);
  check('minSamplesSplit', minSamplesSplit, 2);
}

/** @throws AppError `too-few-rows`, `not-finite` or `internal`, as `fitTree` says */
export function checkTreeData({ features, labels, nClasses, rows }: TreeData): void {
  if (rows.length === 0)
    throw new AppError('too-few-rows', 'A tree needs at least one row, got 0.');
  for (const row of rows) {
    if (labels[row] >= 0 && labels[row] < nClasses) continue;
    const message = `Row ${row} has the class ${labels[row]}, expected 0 to ${nClasses - 1}.`;
    throw new AppError('internal', message);
  }
  features.forEach((values, j) => {
    if (values.length !== labels.length) {
      const message = `Column ${j} has ${values.length} values for ${labels.length} labels.`;
      throw new AppError('internal', message);
    }
    for (const row of rows) {
      if (Number.isFinite(values[row])) continue;
      const message = `Column ${j} has no finite value in row ${row}: ${values[row]}.`;
      throw new AppError('not-finite', message, { column: j, row });
    }
  });
}
