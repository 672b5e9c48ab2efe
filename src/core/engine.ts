import type { DenseLayer } from './learn/dense-layer';
import type { Context } from './context';
import type { ForestParams } from './learn/forest';
import type { Nodes, Question } from './learn/tree-nodes';
import type { RankedColumns, TrainingSet } from './learn/tree-training';
import type { Matrix } from './matrix';

/**
 * `reference`: plain float64 loops. `simd`: WebAssembly with vectors. `tfjs`: TensorFlow.js on WebGL. `webgpu`: the same on
 * WebGPU.
 */
export type EngineId = 'reference' | 'simd' | 'tfjs' | 'webgpu';

/**
 * The few kernels that are worth an accelerator. Everything else is plain float64 code in core.
 *
 * Every engine returns the same labels, to the last row: the label of row i is
 *   argmin over c of  Σ_j (x_ij − center_cj)²   in float64, j ascending, the smallest c on a tie.
 * An engine that computes in float32 must recheck in float64 every row whose two best distances are nearer than its
 * error bound. What is float64 below has the same bits in every engine, because the order of its additions is given;
 * so a clustering does not depend on the engine.
 */
export interface Engine {
  readonly id: EngineId;
  /** For people: "plain loops", or the graphics card that TensorFlow.js runs on. */
  readonly detail: string;
  /** How many workers share the work; 1: one alone. */
  readonly nWorkers: number;
  /** Why this one, as a sentence, where that is decided job by job. */
  readonly reason?: string;
  /** Takes the matrix in (uploads it where there is something to upload to). Dispose of the result after use. */
  load(X: Matrix): LoadedMatrix;
  /**
   * Clusters that are merged until one is left, to be asked for their nearest neighbours. Dispose of it after use.
   *
   * @param centers row-major nClusters × nFeatures, finite; copied
   * @param sizes rows of each cluster: whole numbers, ≥ 1; copied
   */
  searchClusters(
    centers: Float64Array,
    sizes: Float64Array,
    nFeatures: number,
  ): Promise<ClusterSearch>;
  /**
   * Columns by the order of their values in some rows.
   *
   * @param columns of one with a value that counts and is not finite, nothing is promised but that this is said
   * @param rows at least one
   * @param rest called between pieces of work; what it throws ends the work
   * @param sample some of the rows: where it is given, there are bins only, each beginning with a value of the sample
   */
  rankColumns(
    columns: readonly Float64Array[],
    rows: Int32Array,
    rest: () => Promise<void>,
    sample?: Int32Array,
  ): Promise<RankedColumns>;
  /**
   * Takes training rows in, to grow trees from. Dispose of it after use.
   *
   * @param weights length nClasses: what a row of the class weighs
   * @param minSamplesLeaf rows that each side of a cut must keep
   */
  splitter(set: TrainingSet, weights: Float64Array, minSamplesLeaf: number): Splitter;
  /**
   * The trees of a random forest (`growTrees` of `learn/forest.ts`), in the order of their numbers.
   *
   * @param set the training rows, from `prepareForest`
   */
  growForest(
    set: TrainingSet,
    params: ForestParams,
    ctx: Pick<Context, 'breathe' | 'progress'>,
  ): Promise<Nodes[]>;
  /**
   * Takes a network of dense layers in, to train and to use it. Dispose of it after use.
   *
   * @param layers each with as many inputs as the one before has outputs; copied
   * @param batchSize rows that are learned from at a time, ≥ 1
   * @param sameBits not on a graphics card, which has last digits of its own
   */
  network(layers: readonly DenseLayer[], batchSize: number, sameBits?: boolean): DenseNetwork;
}

/** Whole starts of K-Means, which several workers can share, and the kernels that they are made of. */
export interface LoadedMatrix extends MatrixKernels {
  /**
   * Greedy k-means++ (`seedRows` of `learn/kmeans-init.ts`). Several may be under way at once.
   *
   * @param restart which start: its own stream of random numbers
   * @returns row indices, length nClusters
   */
  seed(nClusters: number, seed: number, restart: number): Promise<Int32Array>;
  /**
   * Lloyd's iterations from each of some starts (`descend` of `learn/lloyd.ts`). Several calls may be under way at once.
   *
   * @param starts each row-major nClusters × nFeatures, in the units of X
   * @param rest called between pieces of work; what it throws ends the work
   * @returns the run with the lowest inertia, the earliest on a tie, and the inertia of each
   */
  descend(
    starts: readonly Float64Array[],
    stop: StopRule,
    rest: () => Promise<void>,
  ): Promise<Descent>;
}

export interface MatrixKernels {
  /** Labels that follow centres, with their sums. Dispose of it after use. */
  partition(nClusters: number): Partition;
  /**
   * @param centers row-major nClusters × nFeatures, in the units of X
   * @param labels written: the nearest center of each row, length nSamples
   */
  assign(centers: Float64Array, nClusters: number, labels: Int32Array): Promise<void>;
  /**
   * What the means of clusters are made of, added up in float64: exactly, because the values of a matrix lie on a grid
   * (`Matrix`), so in any order.
   *
   * @param labels in [0, nClusters), length nSamples
   */
  sums(labels: Int32Array, nClusters: number): ClusterSums;
  /**
   * Σ_i ‖x_i − center of its label‖² in float64 for each block of `sumBlockRows` rows: each row added up j ascending, the
   * rows ascending. The inertia is the sum of the blocks, ascending.
   *
   * @param centers row-major, as many as there are labels
   */
  inertias(labels: Int32Array, centers: Float64Array): Float64Array;
  /** How near rows lie to points that are still to be chosen. Dispose of it after use. */
  reach(): Reach;
  /**
   * Euclidean distances from each of some rows to all of them, added up by groups of rows. Each within 1e-6 of the
   * float64 value, relatively; summed in float64.
   *
   * @param rest called between pieces of work of a few milliseconds, with the share that is done
   * @param range only for the rows at these positions of `runs.rows`, `first` a multiple of 8; all if undefined
   * @returns row-major, as many rows × nSlots, in the order of `runs.rows`
   */
  distanceSums(
    runs: RowRuns,
    rest: (share: number) => Promise<void>,
    range?: RowRange,
  ): Promise<Float64Array>;
  /**
   * Covariances of the columns: Σ_i (x_ij − m_j)·(x_il − m_l) / max(1, nSamples − 1) in float64. m are the means, sums of
   * columns (rows ascending) divided by nSamples; products are added up rows ascending in each block of `sumBlockRows`,
   * then the blocks. The same bits in every engine on the processor; a card may differ by 1e-9 of √(C_jj·C_ll).
   *
   * @param rest called between pieces of work of a few milliseconds, with the share that is done
   * @returns row-major nFeatures × nFeatures
   */
  covariance(rest: (share: number) => Promise<void>): Promise<Float64Array>;
  /**
   * Scores = X · componentsᵀ. X is centred already. Each summed in float64, j ascending, and rounded to float32; on a card
   * within 1e-4, relatively where the score is above 1.
   *
   * @param components row-major nComponents × nFeatures
   * @returns row-major nSamples × nComponents
   */
  project(components: Float64Array, nComponents: number): Promise<Float32Array>;
  dispose(): void;
}

/** Blocks of rows whose float64 sums are added up alone, so that they can be computed apart with the same bits. */
export const sumBlockRows = 8_192;

/**
 * When Lloyd's iterations end: means and centres are, squared and summed, no more than `tolerance` apart; 0: no label
 * changes, and until then the iterations are plain.
 */
export interface StopRule {
  readonly tolerance: number;
  readonly maxIter: number;
}

/** One descent from given centres. Clusters in the order of the start. */
export interface Run {
  /** Row-major nClusters × nFeatures. */
  readonly centers: Float64Array;
  /** Nearest of these centres, length nSamples. */
  readonly labels: Int32Array;
  readonly inertia: number;
  readonly nIter: number;
}

export interface Descent {
  readonly best: Run;
  /** Of each start. */
  readonly inertias: readonly number[];
}

/** The labels of one descent, kept where they are computed: only centres, sums and counts travel. */
export interface Partition {
  /**
   * Gives every row its nearest centre.
   *
   * @param centers row-major nClusters × nFeatures
   * @returns sums of the clusters, to be used before the next move, and how many rows changed their label (all of them the
   *   first time)
   */
  move(centers: Float64Array): Promise<ClusterSums & { readonly nChanged: number }>;
  /** Of the last centres. Length nSamples, fresh. */
  labels(): Promise<Int32Array>;
  /** `LoadedMatrix.inertias` of the last labels. */
  inertias(centers: Float64Array): Promise<Float64Array>;
  dispose(): void;
}

/** How near each row lies to the nearest of some points, which are added one after the other. */
export interface Reach {
  /**
   * Adds one of some points: that for which Σ_i min(r_i, ‖x_i − point‖²) is smallest, the first on a tie; r_i is the squared
   * distance to the nearest point so far (infinite without one), and becomes that minimum. In float64, distances added up
   * j ascending, sums rows ascending: the same bits in every engine.
   *
   * @param points row-major, at most `mostTrials` × nFeatures
   * @returns which one
   */
  addBest(points: Float64Array): number;
  /** Adds all of some points. @param points row-major, any number × nFeatures */
  addAll(points: Float64Array): void;
  /** r_0 + … + r_i for each row i. To be read before the next call. */
  cumulative(): Float64Array;
  dispose(): void;
}

/** Points that `Reach.addBest` chooses from. */
export const mostTrials = 4;

export interface ClusterSums {
  /** Row-major nClusters × nFeatures. */
  readonly sums: Float64Array;
  /** Rows per cluster. */
  readonly counts: Float64Array;
}

/** From `first` to before `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Rows in runs, and which totals the distances to a run count towards: one in each of several labellings. */
export interface RowRuns {
  /** Row indices, run after run. */
  readonly rows: Int32Array;
  /** Where each run ends in `rows`, ascending; the last one at its length. */
  readonly ends: Int32Array;
  /** Row-major nRuns × nLabellings, each in [0, nSlots). */
  readonly slots: Int32Array;
  readonly nSlots: number;
}

/** The clusters that are left, by their index at the start. */
export interface ClusterSearch {
  /**
   * The nearest cluster to another one by Ward's distance, twice the growth of the inertia if the two were merged:
   *   2·|a|·|b| / (|a| + |b|) · Σ_j (c_aj − c_bj)², in float64, j ascending; the smallest index on a tie.
   * The same bits in every engine.
   *
   * @param known a neighbour whose distance is known already, to begin with; `nobody` if there is none
   */
  nearest(cluster: number, known: Neighbour): Neighbour;
  /** @param center nFeatures values; copied */
  replace(cluster: number, center: Float64Array, size: number): void;
  remove(cluster: number): void;
  dispose(): void;
}

export interface Neighbour {
  readonly cluster: number;
  /** Ward's distance as above, in squared units of the centres. */
  readonly distance: number;
}

/** Farther than any other, and after them on a tie. */
export const nobody: Neighbour = { cluster: 2 ** 31 - 1, distance: Infinity };

/**
 * A network in float32, every operation rounded, the same bits in every engine on the processor: a sum begins with the bias
 * (with 0 where there is none) and adds products in ascending order, of inputs forwards, of outputs backwards, of rows for
 * gradients. Activations are those of `workers/engines/plain-activations.ts`.
 *
 * What learns on a card adds in the card's own order and rounds as the card does. One that was not trained yet has the same
 * bits there, too: what layers make of rows depends on their weights alone.
 */
export interface DenseNetwork {
  /**
   * One step of Adam for each batch of consecutive rows, the last of which may be smaller, on the mean of
   * (output − target)² over the entries of the batch. Kingma, Ba (2015): β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
   *
   * @param X nRows × inputs of the first layer
   * @param Y what should come out: nRows × outputs of the last layer
   * @returns Σ (output − target)² over all entries, in float64, as they were before the step of their batch
   */
  train(X: Matrix, Y: Matrix, learningRate: number): Promise<number>;
  /**
   * What comes out of the last layer.
   *
   * @param X nRows × inputs of the first layer
   * @returns row-major nRows × outputs of the last layer
   */
  forward(X: Matrix): Promise<Float32Array>;
  /** As they are now: a copy. */
  layers(): Promise<DenseLayer[]>;
  dispose(): void;
}

/**
 * Finds the cuts of one tree after the other, node by node. The same in every engine, to the last bit.
 *
 * A cut is worth Σ (w_c·l_c)² / Σ w_c·l_c + Σ (w_c·r_c)² / Σ w_c·r_c, with l_c and r_c rows of class c on either side that
 * weigh w_c each: the larger, the smaller the Gini impurity that is left. In float64, each sum that of the even
 * classes plus that of the odd ones, both ascending. The cut that was tried first wins on a tie, of one feature the lowest;
 * scores that differ by less than 1e-12, relatively, are a tie.
 */
export interface Splitter {
  /**
   * Begins a tree with all rows in one node.
   *
   * @param times how often each row counts, whole numbers from 0
   * @returns rows that count at all
   */
  plant(times: Int32Array): number;
  /**
   * Takes a node in hand: its rows stand at the places from `start` to before `end`. Nodes come in the order of their
   * places, each before those that it is split into.
   *
   * @param counts how often rows of each class are counted
   */
  open(start: number, end: number, counts: readonly number[]): void;
  /**
   * To be waited for before `tryBins`, where there is such a thing: counts the node's bins on a card, if they are many.
   *
   * @param rest called between pieces of work; what it throws ends the work
   */
  readonly countBins?: (rest: () => Promise<void>) => Promise<void>;
  /**
   * Tries the cuts between bins of some features. Returns whether the node's rows lie in more than one of any.
   *
   * @param counted how often rows are counted by feature, bin and class, nFeatures × 256 × nClasses, where that is known
   */
  readonly tryBins: (features: Int32Array, counted?: Int32Array) => boolean;
  /** Tries the cuts between ranks. Returns whether any feature has several. Of more than 65,536 rows it tries none. */
  readonly tryRanks: (features: Int32Array) => boolean;
  /** Whether there is a cut among those that were tried. */
  hasCut(): boolean;
  /** The rows at the places from `start` to before `end`: a copy. */
  rows(start: number, end: number): Int32Array;
  /** Moves the rows that go left by the best cut to the front of the node's. undefined where there is no cut. */
  split(): Split | undefined;
  dispose(): void;
}

export interface Split extends Question {
  /** Places that go left, and how often rows of each class are counted there. */
  readonly nLeft: number;
  readonly leftCounts: readonly number[];
}
