import type { Context } from '../context';
import { fitTree, type Tree } from '../learn/tree';
import type { TreeParams } from '../learn/tree-data';
import { predictTreeRows } from '../learn/tree-predict';
import { classificationReport, confusionMatrix, stratifiedSplit } from './classification';

export interface TreeStepParams {
  /** Share of each segment's customers kept aside to test the tree on. In (0, 1). */
  readonly testShare: number;
  readonly maxDepth: number | null;
  readonly minSamplesLeaf: number;
  /** `balanced`: all segments weigh the same, whatever their size. */
  readonly classWeight: 'none' | 'balanced';
  /** From 0 (nothing is cut back): see `pruneTree`. */
  readonly ccpAlpha: number;
  readonly seed: number;
}

export const treeDefaults: TreeStepParams = {
  testShare: 0.3,
  maxDepth: 12,
  minSamplesLeaf: 5,
  classWeight: 'none',
  ccpAlpha: 0,
  seed: 42,
};

/** The same for the tree itself. */
export function treeParams({
  maxDepth,
  minSamplesLeaf,
  classWeight,
  ccpAlpha,
}: TreeStepParams): TreeParams {
  return {
    maxDepth,
    minSamplesLeaf,
    minSamplesSplit: 2,
    classWeight: classWeight === 'none' ? null : classWeight,
    ccpAlpha,
  };
}

/** A tree that recognises the segments, and how well it does on customers it has not seen. */
export interface Recognition {
  readonly tree: Tree;
  readonly nTrain: number;
  readonly nTest: number;
  /** Rows: the segment K-Means gave; columns: the segment the tree gives. Test customers only. */
  readonly confusion: readonly (readonly number[])[];
  readonly report: ReturnType<typeof classificationReport>;
}

/**
 * @param features columns in original units, cleaned, length nRows each
 * @param labels segment of each row
 */
export async function recogniseSegments(
  features: readonly Float64Array[],
  labels: Int32Array,
  nClusters: number,
  params: TreeStepParams,
  ctx: Context,
): Promise<Recognition> {
  const { train, test } = stratifiedSplit(labels, nClusters, params.testShare, params.seed);
  const data = { features, labels, nClasses: nClusters, rows: train };
  const tree = await fitTree(data, treeParams(params), ctx);
  const truth = test.map((i) => labels[i]);
  const confusion = confusionMatrix(truth, predictTreeRows(tree, features, test), nClusters);
  return {
    tree,
    nTrain: train.length,
    nTest: test.length,
    confusion,
    report: classificationReport(confusion),
  };
}
