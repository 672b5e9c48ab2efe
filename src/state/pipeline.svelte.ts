import type { Bridge, CallOptions } from '../bridge/bridge';
import type { EngineChoice, EngineReport, Progress, Source } from '../contract/api';
import { CancelledError } from '../core/errors';
import type { Recipe } from '../core/recipe';
import { stepKey, stepOrder, type StepId } from '../core/plan';
import { Results } from './results';

/** What everything is computed from. */
export interface Ground {
  readonly source: Source;
  /** Fingerprint of the source's content. */
  readonly sourceKey: string;
  readonly recipe: Recipe;
}

/** One run after another: each has the steps computed that are not there yet, and a new one ends the one before. */
export class Pipeline {
  /** What is being computed, null: nothing. */
  running = $state.raw<Progress | null>(null);
  /** The worker has not answered for long, though it is at work. */
  isSilent = $state.raw(false);
  /** The engine that is ready to compute. */
  started = $state.raw<EngineReport | null>(null);
  /** Newest result of each step: what the sections Data and Clean show, as soon as it is there. */
  shown = $state.raw(new Results());
  /** The results of one complete run, replaced as a whole: no two parts of the story are ever of different runs. */
  told = $state.raw(new Results());
  #run: AbortController | undefined;
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** A new run. Whatever the one before was doing no longer concerns anybody. */
  begin(): AbortController {
    this.#run?.abort();
    this.#run = new AbortController();
    this.isSilent = false;
    return this.#run;
  }

  isCurrent(run: AbortController): boolean {
    return this.#run === run;
  }

  stop(): void {
    this.#run?.abort();
    this.running = null;
    this.isSilent = false;
  }

  forget(): void {
    this.shown = new Results();
    this.told = new Results();
  }

  async start(engine: EngineChoice): Promise<void> {
    this.started = await this.#bridge.start(engine);
  }

  /** Before the first step there is nothing to tell but that it is about to begin. */
  prepare(): void {
    this.running ??= { step: 'read', share: 0 };
  }

  /** The fingerprint of the source. */
  open(source: Source, run: AbortController): Promise<string> {
    return this.#bridge.open(source, this.#callOptions(run));
  }

  /** Every step that is not shown for this ground, in the order of the story; then that story is told. */
  async evaluate(ground: Ground, run: AbortController): Promise<void> {
    for (const step of stepOrder) {
      const key = keyOf(ground, step);
      if (this.shown.isCurrent(step, key)) continue;
      this.running = { step, share: 0 };
      const evaluation = await this.#bridge.evaluate(ground, step, this.#callOptions(run));
      if (run.signal.aborted) throw new CancelledError();
      this.shown = this.shown.with(step, key, evaluation);
    }
    this.told = this.shown;
    this.running = null;
  }

  #callOptions(run: AbortController): CallOptions {
    return {
      signal: run.signal,
      onProgress: (progress) => {
        if (this.#run === run && this.running !== null) this.running = progress;
      },
      onSilence: (isSilent) => {
        if (this.#run === run) this.isSilent = isSilent;
      },
    };
  }
}

export function keyOf({ sourceKey, recipe }: Omit<Ground, 'source'>, step: StepId): string {
  return stepKey(step, sourceKey, recipe);
}
