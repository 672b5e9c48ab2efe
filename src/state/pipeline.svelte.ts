import type { Bridge, CallOptions } from '../bridge/bridge';
import type { EngineReport, Evaluation, Progress, Source } from '../contract/api';
import type { StepViews } from '../contract/views';
import { CancelledError } from '../core/errors';
import type { Recipe } from '../core/recipe';
import { stepKey, stepOrder, storySteps, type StepId } from '../core/plan';
import type { Settings } from '../storage/settings-schema';
import { Results } from './results';

/** The story, and what its segments are like, which is asked for in the same breath. */
const promptSteps: readonly StepId[] = [...storySteps, 'personas'];

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
  /** What is being computed after the story has been told, null: nothing. */
  later = $state.raw<Progress | null>(null);
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
    this.later = null;
    this.isSilent = false;
    return this.#run;
  }

  isCurrent(run: AbortController): boolean {
    return this.#run === run;
  }

  stop(): void {
    this.#run?.abort();
    this.running = null;
    this.later = null;
    this.isSilent = false;
  }

  forget(): void {
    this.shown = new Results();
    this.told = new Results();
  }

  async start({ engine, nWorkers }: Pick<Settings, 'engine' | 'nWorkers'>): Promise<void> {
    this.started = await this.#bridge.start(engine, nWorkers ?? undefined);
  }

  /** Before the first step there is nothing to tell but that it is about to begin. */
  prepare(): void {
    this.running ??= { step: 'read', share: 0 };
  }

  /** The fingerprint of the source. */
  open(source: Source, run: AbortController): Promise<string> {
    return this.#bridge.open(source, this.#callOptions(run));
  }

  /** What the file holds, before the rest is computed. */
  async read(ground: Ground, run: AbortController): Promise<StepViews['read']> {
    const { view } = await this.#bridge.evaluateOne(ground, 'read', this.#callOptions(run));
    if (run.signal.aborted) throw new CancelledError();
    return view;
  }

  /**
   * Does the work of a run. Once another has begun, or it was stopped, nobody is told how this one ended.
   *
   * @param onFailure called with what went wrong
   */
  async guard(
    run: AbortController,
    work: () => Promise<void>,
    onFailure: (error: unknown) => void,
    isAgain = false,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.isCurrent(run) || run.signal.aborted) return;
      const isCancelled = error instanceof CancelledError;
      // Nobody wanted that: its worker was ended for the sake of something else. Requests are complete in themselves.
      if (isCancelled && !isAgain) return this.guard(run, work, onFailure, true);
      this.stop();
      if (!isCancelled) onFailure(error);
    }
  }

  /**
   * Every step that is not shown for this ground, in their order. When those of the story are there, it is told; what it
   * does not wait for follows step by step, each when the page has drawn what was there before.
   *
   * @param onTold called when the story has been told
   */
  async evaluate(ground: Ground, run: AbortController, onTold: () => void): Promise<void> {
    const steps = stepOrder.filter((step) => !this.shown.isCurrent(step, keyOf(ground, step)));
    let isTold = false;
    const goOn = (at: number) => {
      const next = steps.at(at);
      const progress = next === undefined ? null : { step: next, share: 0 };
      const isOfStory = storySteps.some((step) => step === next);
      this.running = isOfStory ? progress : null;
      this.later = isOfStory ? null : progress;
      if (isOfStory || isTold) return;
      isTold = true;
      const story = this.shown.only(storySteps);
      // A story in which nothing is new stays the one that it was, and with it all that is shown of it.
      if (!story.equals(this.told)) this.told = story;
      onTold();
    };
    goOn(0);
    const onEvaluation = (evaluation: Evaluation) => {
      if (run.signal.aborted) return;
      const { step } = evaluation;
      this.shown = this.shown.with(step, keyOf(ground, step), evaluation);
      goOn(steps.indexOf(step) + 1);
    };
    const evaluate = async (some: readonly StepId[]) => {
      if (some.length === 0) return;
      await this.#bridge.evaluate(ground, some, onEvaluation, this.#callOptions(run));
      if (run.signal.aborted) throw new CancelledError();
    };
    await evaluate(steps.filter((step) => promptSteps.includes(step)));
    for (const step of steps.filter((step) => !promptSteps.includes(step))) {
      await this.#bridge.atRest();
      if (run.signal.aborted) throw new CancelledError();
      await evaluate([step]);
    }
  }

  #callOptions(run: AbortController): CallOptions {
    return {
      signal: run.signal,
      onProgress: (progress) => {
        if (this.#run !== run) return;
        if (this.running !== null) this.running = progress;
        else if (this.later !== null) this.later = progress;
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
