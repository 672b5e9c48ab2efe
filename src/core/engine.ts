import type { Matrix } from './matrix';

/** `reference`: plain float64 loops. `simd`: WebAssembly with vectors. `tfjs`: TensorFlow.js on WebGL. */
export type EngineId = 'reference' | 'simd' | 'tfjs';

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
  /** Takes the matrix in (uploads it where there is something to upload to). Dispose of the result after use. */
  load(X: Matrix): LoadedMatrix;
  /**
   * Clusters that are merged until one is left, to be asked for their nearest neighbours. Dispose of it after use.
   *
   * @param centers row-major nClusters × nFeatures, finite; copied
   * @param sizes rows of each cluster: whole numbers, ≥ 1; copied
   */
  searchClusters(centers: Float64Array, sizes: Float64Array, nFeatures: number): ClusterSearch;
}

export interface LoadedMatrix {
  /**
   * @param centers row-major nClusters × nFeatures, in the units of X
   * @param labels written: the nearest center of each row, length nSamples
   */
  assign(centers: Float64Array, nClusters: number, labels: Int32Array): Promise<void>;
  /**
   * What the means of clusters are made of. Each sum is added up in float64, rows ascending, from 0.
   *
   * @param labels in [0, nClusters), length nSamples
   */
  sums(labels: Int32Array, nClusters: number): ClusterSums;
  /**
   * Σ_i ‖x_i − center of its label‖² in float64, each row added up j ascending, the rows ascending.
   *
   * @param centers row-major, as many as there are labels
   */
  inertia(labels: Int32Array, centers: Float64Array): number;
  /**
   * ‖x_i − point‖² in float64, j ascending, for the rows from `first` to before `end`.
   *
   * @param points row-major nPoints × nFeatures
   * @returns row-major nPoints × (end − first)
   */
  squaredDistances(points: Float64Array, first: number, end: number): Float64Array;
  /**
   * Euclidean distances from each of some rows to all of them, added up by groups of rows. Each within 1e-6 of the
   * float64 value, relatively; summed in float64.
   *
   * @param rest called between pieces of work of a few milliseconds, with the share that is done
   * @returns row-major rows.length × nSlots, in the order of `runs.rows`
   */
  distanceSums(runs: RowRuns, rest: (share: number) => Promise<void>): Promise<Float64Array>;
  /**
   * Scores = X · componentsᵀ. X is centred already.
   * @param components row-major nComponents × nFeatures
   * @returns row-major nSamples × nComponents
   */
  project(components: Float64Array, nComponents: number): Promise<Float32Array>;
  dispose(): void;
}

export interface ClusterSums {
  /** Row-major nClusters × nFeatures. */
  readonly sums: Float64Array;
  /** Rows per cluster. */
  readonly counts: Float64Array;
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
