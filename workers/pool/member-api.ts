import type { ClusterSums, Descent, RowRange, RowRuns, StopRule } from '../../src/core/engine';
import type { Result } from '../../src/contract/api';
import type { ForestParams } from '../../src/core/learn/forest';
import type { Nodes } from '../../src/core/learn/tree-nodes';
import type { TrainingSet } from '../../src/core/learn/tree-training';
import type { Matrix } from '../../src/core/matrix';
import type { ScoredPart, ScoreJob } from '../score/job';
import type { SliceResult, SliceTask } from '../read/slice-types';

/**
 * What a worker of the pool can do. Matrices, shards and partitions are kept under numbers that the caller chooses.
 * Errors cross as values.
 */
export interface MemberApi {
  /** Answers, if the worker is alive and not in the middle of a piece of work. */
  ping(): Promise<void>;
  /** `SliceParsers.parse` */
  parse(task: SliceTask): Promise<Result<SliceResult>>;
  /** Takes a whole matrix in. */
  load(matrix: number, X: Matrix): Promise<Result<void>>;
  /** `LoadedMatrix.seed` */
  seed(
    matrix: number,
    nClusters: number,
    seed: number,
    restart: number,
  ): Promise<Result<Int32Array>>;
  /** `LoadedMatrix.descend` */
  descend(
    matrix: number,
    starts: readonly Float64Array[],
    stop: StopRule,
  ): Promise<Result<Descent>>;
  /** `LoadedMatrix.distanceSums` */
  distanceSums(matrix: number, runs: RowRuns, range: RowRange): Promise<Result<Float64Array>>;
  /** `prepareForest`'s rows, and some of the trees that they grow into. */
  loadTraining(training: number, set: TrainingSet): Promise<Result<void>>;
  growTrees(
    training: number,
    params: ForestParams,
    firstTree: number,
    endTree: number,
  ): Promise<Result<Nodes[]>>;
  /** Takes on the scoring of a file, and scores slices of it; null for one that is not plain. @param laterAddress see `StartOptions` */
  loadScorer(
    scorer: number,
    job: ScoreJob,
    laterAddress: string | undefined,
  ): Promise<Result<void>>;
  scoreSlice(scorer: number, task: SliceTask): Promise<Result<ScoredPart | null>>;
  /** Takes some rows of a matrix in, piece by piece, for partitions alone. Gives the memory of a piece back for the next. */
  openShard(shard: number, nSamples: number, nFeatures: number): Promise<Result<void>>;
  addToShard(shard: number, rows: Matrix, first: number): Promise<Result<Float32Array>>;
  /** `Partition` of the rows of a shard, step by step. */
  openPartition(partition: number, shard: number, nClusters: number): Promise<Result<void>>;
  move(
    partition: number,
    centers: Float64Array,
  ): Promise<Result<ClusterSums & { readonly nChanged: number }>>;
  labels(partition: number): Promise<Result<Int32Array>>;
  inertias(partition: number, centers: Float64Array): Promise<Result<Float64Array>>;
  closePartition(partition: number): Promise<Result<void>>;
  /** Gives up a matrix, a shard, a training set or a scoring. */
  forget(id: number): Promise<Result<void>>;
}
