import type { EngineChoice } from '../../src/contract/api';

/** What is timed one by one, with the code that the app's worker runs. */
export const stageIds = [
  'read',
  'clean',
  'scale',
  'pca',
  'sweep',
  'silhouettes',
  'indices',
  'kmeans',
  'fit',
  'iteration',
  'ward',
  'tree',
  'forest',
  'profile',
] as const;
export type StageId = (typeof stageIds)[number];

/** The settings that both sides compute with. */
export interface Settings {
  /** The sweep's k ends here. */
  readonly kMax: number;
  /** Starts of each K-Means fit. */
  readonly nInit: number;
  /** Segments of a single fit, and classes of the trees. */
  readonly nClusters: number;
  /** Clusters of the single iterations, and how many of those are averaged. */
  readonly iterationClusters: number;
  readonly nIterations: number;
  readonly nTrees: number;
  readonly seed: number;
}

export interface EngineOptions {
  readonly choice: EngineChoice;
  /** Workers that share the work; undefined: as many as the app takes. */
  readonly nWorkers: number | undefined;
}

/** Numbers, lists and typed arrays, to be compared with what others find. */
export type Outcome = Readonly<Record<string, unknown>>;

/** The worker of the benchmark, as its page sees it. What goes wrong rejects with a message. */
export interface BenchApi {
  /** @returns which engine computes, for people */
  start(options: EngineOptions): Promise<string>;
  /** Forgets what was computed, and takes another file. */
  open(file: Blob, settings: Settings): void;
  /** Computes a stage from what is there; the stages that it needs must have been run. */
  run(stage: StageId): Promise<number>;
  /** What the last run of a stage found. */
  outcome(stage: StageId): Outcome;
  /** What somebody else needs to do the same stage: labels, a split, a start. */
  input(stage: StageId): Outcome;
  /** The scaled matrix, for those who cannot make it themselves. */
  matrix(): { readonly X: Float32Array; readonly nFeatures: number };
  /** Lets the memory of a result go. */
  forget(stage: StageId): void;
}
