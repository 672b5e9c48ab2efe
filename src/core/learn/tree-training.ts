import { createBinSpace, writeBins } from './tree-bins';
import type { TreeData } from './tree-data';
import type { Worked } from './worked';

/** So few rows are not put into bins: their trees are exact. */
const exactRows = 1024;

/** The training rows, laid out for growing any number of trees: plain typed arrays that any worker can be given. */
export interface TrainingSet {
  readonly nRows: number;
  readonly nFeatures: number;
  readonly nClasses: number;
  /** As in the data. */
  readonly features: readonly Float64Array[];
  readonly labels: Int32Array;
  /** The training rows as listed, and how often each row is (length nRows, 0 for those that do not train). */
  readonly rows: Int32Array;
  readonly times: Int32Array;
  /** Training rows per class. */
  readonly counts: number[];
  /**
   * The bin of row i and feature j, as tree-bins.ts says, at place i · rowStride + j · featureStride.
   * Empty for a small set.
   */
  readonly codes: Uint8Array;
  readonly rowStride: number;
  readonly featureStride: number;
  /** Length nFeatures + 1: bins of the features before this one. */
  readonly firstBin: Int32Array;
}

/**
 * @param layout of the bins: by row where nodes try all features, at most 256 for each; by feature where they try a few
 *   and there will be many trees, at most 128
 */
export async function prepareTraining(
  data: TreeData,
  layout: 'by-row' | 'by-feature',
  worked: Worked,
): Promise<TrainingSet> {
  const { features, labels, nClasses, rows } = data;
  const nRows = labels.length;
  const nFeatures = features.length;
  const times = new Int32Array(nRows);
  const counts = new Array<number>(nClasses).fill(0);
  for (const row of rows) {
    times[row]++;
    counts[labels[row]]++;
  }
  const inUse = rowsInUse(times);
  const isSmall = inUse.length <= exactRows;
  const codes = new Uint8Array(isSmall ? 0 : nRows * nFeatures);
  const [rowStride, featureStride] = layout === 'by-row' ? [nFeatures, 1] : [1, nRows];
  const firstBin = new Int32Array(nFeatures + 1);
  const space = createBinSpace(isSmall ? 0 : inUse.length, layout === 'by-row' ? 256 : 128);
  for (let j = 0; j < nFeatures && !isSmall; j++) {
    firstBin[j + 1] =
      firstBin[j] + writeBins(features[j], inUse, space, codes, rowStride, j * featureStride);
    // A value that is put into a bin costs about as much as five that are only looked at.
    if (worked.on(5 * inUse.length)) await worked.rest();
  }
  return {
    nRows,
    nFeatures,
    nClasses,
    features,
    labels,
    rows,
    times,
    counts,
    codes,
    rowStride,
    featureStride,
    firstBin,
  };
}

/** The rows that count, ascending. */
export function rowsInUse(times: Int32Array): Int32Array {
  const rows = new Int32Array(times.length);
  let n = 0;
  // Each is written and kept by counting on: no branch that cannot be guessed.
  for (let row = 0; row < times.length; row++) {
    rows[n] = row;
    n += times[row] > 0 ? 1 : 0;
  }
  return rows.slice(0, n);
}
