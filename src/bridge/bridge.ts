import { proxy, type Remote } from 'comlink';
import type {
  EngineChoice,
  EngineReport,
  Evaluation,
  OnShare,
  Progress,
  Request,
  Result,
  Source,
  WorkerApi,
} from '../contract/api';
import type { Queries, QueryKind } from '../contract/queries';
import type { ScoredFile, ScoreSettings } from '../contract/scoring';
import { toException } from '../contract/wire-error';
import { CancelledError } from '../core/errors';
import type { SegmentModel } from '../core/model';
import type { StepId } from '../core/plan';
import { listenFor } from './heartbeat';
import { WorkerHandle, type Thread } from './worker-handle';

/** Which worker: the plain one, or one with TensorFlow.js built in, on WebGL or on WebGPU. */
export type WorkerKind = 'plain' | 'tfjs' | 'webgpu';
export type Spawn = (kind: WorkerKind) => Promise<Thread>;

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: Progress) => void;
  /** Called with true when the worker has not answered for long, and with false when it does again. */
  readonly onSilence?: (isSilent: boolean) => void;
}

export interface AskOptions extends Omit<CallOptions, 'onProgress'> {
  readonly onShare?: OnShare | undefined;
}

type Send<T> = (api: Remote<WorkerApi>, id: number) => Promise<Result<T>>;

/** How long a cancelled worker may take to stop by itself before it is terminated, in milliseconds. */
const graceTime = 1500;

/** The page is at rest when it has not been at work for this long, in milliseconds. */
const restAfter = 100;

/** How long a page that is never at rest is waited for, in milliseconds. */
const longestWait = 3000;

/**
 * The page's side of the worker: starts it when it is first needed, sends one request at a time, and turns the values
 * that come back into exceptions. A worker that dies rejects what was waiting; the next call starts a new one, and
 * because requests are complete nothing has to be replayed.
 */
export class Bridge {
  readonly #spawn: Spawn;
  #choice: EngineChoice = 'auto';
  #nWorkers: number | undefined;
  readonly #laterAddress: string | undefined;
  #worker: Promise<WorkerHandle> | undefined;
  readonly #alive = new Set<WorkerHandle>();
  #queue: Promise<unknown> = Promise.resolve();
  #nextId = 1;
  /** When the page was last at work. */
  #atWork = -Infinity;

  /** @param laterAddress see `StartOptions` */
  constructor(spawn: Spawn, laterAddress?: string) {
    this.#spawn = spawn;
    this.#laterAddress = laterAddress;
  }

  /**
   * Starts anew with this engine. Returns the one that will compute, which may be another if this one is not there.
   *
   * @param nWorkers see `StartOptions`
   */
  async start(choice: EngineChoice, nWorkers?: number): Promise<EngineReport> {
    this.#choice = choice;
    this.#nWorkers = nWorkers;
    this.#stop();
    return (await this.#running()).engine;
  }

  /** Uses the time until there is a file: see `WorkerApi`. */
  async warmUp(): Promise<void> {
    const worker = await this.#running();
    await Promise.race([worker.api.warmUp(), worker.died]);
  }

  /** The page is at work itself: see `WorkerApi`. Of no concern to a worker that is not there. */
  giveWay(): void {
    this.#atWork = performance.now();
    void this.#worker?.then(
      ({ api }) => api.giveWay(),
      () => undefined,
    );
  }

  /** Resolves when the page has made and drawn what it was given until now: what nobody waits for would keep it from that. */
  async atRest(): Promise<void> {
    const asked = performance.now();
    for (;;) {
      const rest = Math.max(asked, this.#atWork) + restAfter;
      const left = Math.min(rest, asked + longestWait) - performance.now();
      if (left <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, left));
    }
  }

  open(source: Source, options: CallOptions = {}): Promise<string> {
    return this.#call(options, (api, id) => api.open(id, source));
  }

  /** @param onEvaluation called with the result of each step when it is there, also after the call has been given up */
  async evaluate(
    request: Omit<Request, 'id'>,
    steps: readonly StepId[],
    onEvaluation: (evaluation: Evaluation) => void,
    options: CallOptions = {},
  ): Promise<void> {
    const onProgress = options.onProgress ?? (() => undefined);
    await this.#call(options, (api, id) =>
      api.evaluate({ ...request, id }, steps, proxy(onProgress), proxy(onEvaluation)),
    );
  }

  /** One step. */
  async evaluateOne<Id extends StepId>(
    request: Omit<Request, 'id'>,
    step: Id,
    options: CallOptions = {},
  ): Promise<Evaluation<Id>> {
    const found: Evaluation[] = [];
    await this.evaluate(request, [step], (evaluation) => void found.push(evaluation), options);
    return found[0] as Evaluation<Id>;
  }

  ask<Kind extends QueryKind>(
    request: Omit<Request, 'id'>,
    kind: Kind,
    question: Queries[Kind]['question'],
    options: AskOptions = {},
  ): Promise<Queries[Kind]['answer']> {
    const { onShare } = options;
    // Not in turn: a question is short, and whoever asks must not wait for steps that nobody waits for.
    return this.#callNow(
      options,
      (api, id) =>
        api.ask(
          { ...request, id },
          kind,
          question,
          onShare === undefined ? undefined : proxy(onShare),
        ) as Promise<Result<Queries[Kind]['answer']>>,
    );
  }

  /**
   * @param into see `WorkerApi.scoreCsv`
   * @param onShare share of the bytes that have been scored
   */
  scoreCsv(
    source: Source,
    model: SegmentModel,
    settings: ScoreSettings,
    options: Pick<CallOptions, 'signal'> & {
      readonly into?: FileSystemFileHandle | null;
      readonly onShare?: (share: number) => void;
    } = {},
  ): Promise<ScoredFile> {
    const { into = null, onShare = () => undefined } = options;
    // Not in turn: it is of no concern to the steps, nor they to it.
    return this.#callNow(options, (api, id) =>
      api.scoreCsv(id, source, model, settings, into, proxy(onShare)),
    );
  }

  /** One call after the other; an earlier one's failure does not concern the next. */
  #call<T>(options: CallOptions, send: Send<T>): Promise<T> {
    const turn = this.#queue.then(() => this.#send(options, send));
    this.#queue = turn.then(
      () => undefined,
      () => undefined,
    );
    // The page is free at once; the queue waits until the worker has really stopped.
    return options.signal === undefined ? turn : abortable(turn, options.signal);
  }

  /** Beside whatever else the worker is doing. */
  #callNow<T>(options: CallOptions, send: Send<T>): Promise<T> {
    const answer = this.#send(options, send, false);
    return options.signal === undefined ? answer : abortable(answer, options.signal);
  }

  /** @param mayEndWorker whether a worker that does not stop is ended: not where it works on something else, too */
  async #send<T>(
    { signal, onSilence = () => undefined }: CallOptions,
    send: Send<T>,
    mayEndWorker = true,
  ): Promise<T> {
    const id = this.#nextId++;
    if (signal?.aborted) throw new CancelledError();
    return await this.#stoppable(id, signal, mayEndWorker, async () => {
      const worker = await this.#running();
      // Starting takes a while: the call may have been given up meanwhile.
      if (signal?.aborted) throw new CancelledError();
      const stopListening = listenFor(() => worker.api.ping(), onSilence);
      try {
        const result = await Promise.race([send(worker.api, id), worker.died]);
        if (result.ok) return result.value;
        throw toException(result.error);
      } finally {
        stopListening();
      }
    });
  }

  /** On abort the worker is asked to stop; if the work is not over after the grace time, it is terminated. */
  async #stoppable<T>(
    id: number,
    signal: AbortSignal | undefined,
    mayEndWorker: boolean,
    work: () => Promise<T>,
  ): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      void this.#worker?.then(
        ({ api }) => api.cancel(id),
        () => undefined,
      );
      if (mayEndWorker) timer = setTimeout(() => this.#stop(), graceTime);
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** The worker that runs, else a new one. It is forgotten when it dies. */
  #running(): Promise<WorkerHandle> {
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.#begin();
    const forget = () => {
      if (this.#worker === worker) this.#worker = undefined;
    };
    worker.then(({ died }) => died.catch(forget), forget);
    this.#worker = worker;
    return worker;
  }

  /**
   * The plain worker first: it is small, and can tell whether the one with TensorFlow.js is worth loading. It stays where
   * that one cannot be had.
   */
  async #begin(): Promise<WorkerHandle> {
    if (this.#choice === 'tfjs' || this.#choice === 'webgpu') return this.#launch(this.#choice);
    const plain = await this.#launch('plain');
    if (this.#choice !== 'auto' || plain.graphicsCard === null) return plain;
    try {
      const card = await this.#launch('tfjs');
      plain.terminate();
      return card;
    } catch {
      return plain;
    }
  }

  async #launch(kind: WorkerKind): Promise<WorkerHandle> {
    const handle = new WorkerHandle(await this.#spawn(kind));
    this.#alive.add(handle);
    handle.died.catch(() => this.#alive.delete(handle));
    await handle.start(this.#choice, {
      nWorkers: this.#nWorkers,
      laterAddress: this.#laterAddress,
    });
    return handle;
  }

  /** Ends all workers, those that are still starting included. */
  #stop(): void {
    this.#worker = undefined;
    for (const handle of this.#alive) handle.terminate();
  }
}

/** Rejects as soon as the signal says so, whatever the promise is still waiting for. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new CancelledError());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
