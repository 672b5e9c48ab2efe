import type { ErrorCode, ErrorDetails } from '../core/errors';
import type { EpochLoss } from '../core/learn/train-network';
import type { SegmentModel } from '../core/model';
import type { Recipe } from '../core/recipe';
import type { StepId } from '../core/plan';
import type { Queries, QueryKind } from './queries';
import type { ScoredFile, ScoreSettings } from './scoring';
import type { StepView } from './views';

/** What is segmented. A File crosses to the worker by reference, so a request stays small and complete. */
export type Source =
  | { readonly kind: 'file'; readonly name: string; readonly blob: Blob }
  | {
      readonly kind: 'sample';
      readonly name: string;
      readonly nRows: number;
      readonly seed: number;
    };

/** `auto`: the graphics card where it is a real one and measured to be faster, else WebAssembly, else plain loops. */
export const engineChoices = ['auto', 'simd', 'reference', 'tfjs', 'webgpu'] as const;
export type EngineChoice = (typeof engineChoices)[number];

/** Which engine computes, and why. */
export interface EngineReport {
  readonly id: 'reference' | 'simd' | 'tfjs' | 'webgpu';
  /** "plain loops", "WebAssembly vectors", or the graphics card. */
  readonly detail: string;
  /** Why this one, as a sentence. */
  readonly reason: string;
  /** How many workers shared the work; 1: one alone. */
  readonly nWorkers: number;
}

export interface StartReport {
  readonly engine: EngineReport;
  /** The real (not imitated) graphics card that the worker could use, if it was built with TensorFlow.js. */
  readonly graphicsCard: string | null;
}

export interface StartOptions {
  /** How many workers share the work; as many as there are processors, but no more than 8, if absent. */
  readonly nWorkers?: number | undefined;
  /** Where the script with the rest of the worker's code is, as an absolute address; absent where modules can be imported. */
  readonly laterAddress?: string | undefined;
}

export interface Progress {
  readonly step: StepId;
  /** 0 … 1 */
  readonly share: number;
  /** Of a network that is learning, so far. */
  readonly losses?: readonly EpochLoss[] | undefined;
}

/** Hears how much of an answer is worked out, 0 … 1; of a network that is learning, its losses so far. */
export type OnShare = (share: number, losses?: readonly EpochLoss[]) => void;

/** A request is complete in itself: after a restart of the worker nothing has to be replayed. */
export interface Request {
  /** Chosen by the page, to cancel by. */
  readonly id: number;
  readonly source: Source;
  /** Fingerprint of the source's content, from `open`. */
  readonly sourceKey: string;
  readonly recipe: Recipe;
}

export interface Evaluation<Id extends StepId = StepId> {
  readonly step: Id;
  readonly view: StepView<Id>;
  /** Time that computing it took, whenever that was. */
  readonly milliseconds: number;
  readonly engine: EngineReport;
}

/** Errors cross as values: comlink would keep no more than their message. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

export type WireError =
  | { readonly cancelled: true }
  | {
      readonly cancelled?: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: ErrorDetails;
    };

/** The worker, as the page sees it. All methods are pure functions of their arguments (and faster the second time). */
export interface WorkerApi {
  /**
   * Proves the chosen engine on a small problem and says which one will compute.
   */
  start(choice: EngineChoice, options?: StartOptions): Promise<Result<StartReport>>;
  /** Has the browser compile what the first file will need, until something is asked. */
  warmUp(): Promise<void>;
  /** The fingerprint of a source: SHA-256 of its bytes. */
  open(id: number, source: Source): Promise<Result<string>>;
  /**
   * Some steps, one after the other. It does not wait for the page to show one before it goes on with the next.
   *
   * @param onEvaluation called with each when it is there, and has been when the answer comes, whatever that is
   */
  evaluate(
    request: Request,
    steps: readonly StepId[],
    onProgress: (progress: Progress) => void,
    onEvaluation: (evaluation: Evaluation) => void,
  ): Promise<Result<null>>;
  /** Something about the table or the results that is too large, or too seldom wanted, to be part of a view. */
  ask<Kind extends QueryKind>(
    request: Request,
    kind: Kind,
    question: Queries[Kind]['question'],
    onProgress?: OnShare,
  ): Promise<Result<Queries[Kind]['answer']>>;
  /**
   * Another file, of any length, with what the model says of each row, as CSV.
   *
   * @param into a file to write it into while it is scored; null: it is handed back
   * @param onProgress share of the bytes that have been scored
   */
  scoreCsv(
    id: number,
    source: Source,
    model: SegmentModel,
    settings: ScoreSettings,
    into: FileSystemFileHandle | null,
    onProgress: (share: number) => void,
  ): Promise<Result<ScoredFile>>;
  /** Asks a running request to stop at its next breath. */
  cancel(id: number): Promise<void>;
  /** The page is at work itself, and for a moment leaves the worker one processor less. */
  giveWay(): Promise<void>;
  /** A sign of life, given between two pieces of work. */
  ping(): Promise<void>;
}
