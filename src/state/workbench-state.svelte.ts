import type { Bridge } from '../bridge/bridge';
import type { EngineReport, OnShare, Progress, Source } from '../contract/api';
import type { Queries, QueryKind } from '../contract/queries';
import { plainScoring, type ScoredFile, type ScoreSettings } from '../contract/scoring';
import type { StepViews, StoryViews } from '../contract/views';
import { AppError } from '../core/errors';
import type { SegmentModel } from '../core/model';
import { asOutOfMemory } from '../core/out-of-memory';
import type { StepId } from '../core/plan';
import { defaultRecipe, type Recipe } from '../core/recipe';
import type { RowOrder } from '../core/select/order-rows';
import type { Selection } from '../core/select/selection';
import type { ProjectStore } from '../storage/project-store';
import type { Settings } from '../storage/settings-schema';
import type { Arrival } from './arrival';
import { byStep } from './by-step.svelte';
import { keyOf, Pipeline, type Ground } from './pipeline.svelte';
import { Projects } from './projects.svelte';
import { Selecting, type Selected } from './selection.svelte';

export type PipelineState = 'empty' | 'running' | 'ready' | 'failed';

/** A file beside the page's own. */
export interface Beside {
  readonly ground: Ground;
  readonly blob: Blob;
  readonly read: StepViews['read'];
}

/**
 * What the page shows, and what can be asked about it: source and recipe are the ground, and the rest is derived from
 * them by the worker. Nothing here changes either; the commands that do are those of `Workbench`.
 */
export class WorkbenchState {
  source = $state.raw<Source | null>(null);
  /** Fingerprint of the source's content. */
  sourceKey = $state.raw('');
  recipe = $state.raw<Recipe>(defaultRecipe);
  /** Why the pipeline stopped. */
  error = $state.raw<AppError | null>(null);
  /** What went wrong beside the pipeline: an import, a download. It leaves the results as they are. */
  complaint = $state.raw<AppError | null>(null);
  /** A model from a file; with it the form predicts without the customers it was learned from. */
  importedModel = $state.raw<SegmentModel | null>(null);
  /** Something to tell that is no error: at most one at a time. */
  notice = $state.raw('');
  /** What was open before a file that could not be read: one goes back to it. */
  left = $state.raw<Source | null>(null);
  /** Settings that wait for their file. */
  arrival = $state.raw<Arrival | null>(null);

  /** The selected customers, and those of them that are listed. */
  readonly selecting = new Selecting({
    ask: (kind, question, signal) => this.ask(kind, question, signal),
    canAsk: () => this.running === null && this.sourceKey !== '',
    report: (error) => this.report(error),
  });

  /** What the browser remembers. */
  readonly projects: Projects;
  protected readonly bridge: Bridge;
  protected readonly pipeline: Pipeline;

  constructor(bridge: Bridge, store: ProjectStore) {
    this.bridge = bridge;
    this.pipeline = new Pipeline(bridge);
    this.projects = new Projects(store, (sentence) => (this.notice = sentence));
  }

  get settings(): Settings {
    return this.projects.settings;
  }

  get running(): Progress | null {
    return this.pipeline.running;
  }

  /** What is being computed after the story has been told. */
  get later(): Progress | null {
    return this.pipeline.later;
  }

  /** The worker has not answered for long, though it is at work. */
  get isSilent(): boolean {
    return this.pipeline.isSilent;
  }

  /** Newest view of each step: what the sections Data and Clean show, as soon as it is there. */
  readonly views = byStep<{ [Id in StepId]: StepViews[Id] | undefined }>((step) =>
    this.pipeline.shown.viewOf(step),
  );

  readonly story = $derived.by((): StoryViews | null => {
    const { told } = this.pipeline;
    return told.isEmpty ? null : (told.views as StoryViews);
  });

  /** The customers that are selected, whatever picture they were selected in; null: none are. */
  get selection(): Selected | null {
    return this.selecting.selected;
  }

  /** The engine that computed the story; before there is one, the engine that will. */
  readonly engine = $derived.by((): EngineReport | null => {
    const { told, started } = this.pipeline;
    return told.engine ?? started;
  });

  /** What the results of each step are known by under the settings chosen now. */
  readonly #keys = byStep<Record<StepId, string>>((step) => keyOf(this, step));

  /** Steps of the story that belong to other settings than those chosen now. */
  readonly stale = $derived.by(() => this.pipeline.told.stale(this.#keys));

  /** Which of `views` belong to other settings. */
  readonly isStaleView = byStep<Record<StepId, boolean>>((step) =>
    this.pipeline.shown.isStale(step, this.#keys[step]),
  );

  readonly state = $derived.by((): PipelineState => {
    if (this.running !== null) return 'running';
    if (this.error !== null) return 'failed';
    return this.story !== null && this.stale.size === 0 ? 'ready' : 'empty';
  });

  readonly model = $derived.by(
    (): SegmentModel | null => this.importedModel ?? this.story?.model ?? null,
  );

  /** Customers by segment of the story. */
  protected get sizes(): readonly number[] | null {
    return this.story?.profile.segments.map(({ size }) => size) ?? null;
  }

  /** How each step of the story was computed, in order. */
  readonly computations = $derived.by(() => this.pipeline.told.computations);

  /**
   * Asks the worker something about what is shown; rejects with CancelledError where `signal` says so.
   *
   * @param onShare called with the share of the answer that is worked out, where that takes long
   * @param ground what is asked about, where it is not what is shown
   */
  async ask<Kind extends QueryKind>(
    kind: Kind,
    question: Queries[Kind]['question'],
    signal?: AbortSignal,
    onShare?: OnShare,
    ground?: Ground,
  ): Promise<Queries[Kind]['answer']> {
    const about = ground ?? this.#ground();
    return this.bridge.ask(about, kind, question, { signal, onShare });
  }

  /** Reads a file beside the page's own, with the default recipe: it can be asked about, and changes nothing here. */
  async openBeside(file: File, signal: AbortSignal): Promise<Beside> {
    const source = { kind: 'file', name: file.name, blob: file } as const;
    const sourceKey = await this.bridge.open(source, { signal });
    const ground = { source, sourceKey, recipe: defaultRecipe };
    const { view } = await this.bridge.evaluateOne(ground, 'read', { signal });
    return { ground, blob: file, read: view };
  }

  /**
   * Selects customers: they are listed, and stand out on the map.
   *
   * @param title whom, to be read after "1,234 customers: ", where the words of `selectionInWords` can be bettered, as
   *   for dates. A selection that names segments has their names of the moment instead
   * @param order how they are listed at first; else as in the file
   */
  select(selection: Selection, title?: string, order?: RowOrder): Promise<void> {
    return this.selecting.select(selection, title, order);
  }

  clearSelection(): void {
    this.selecting.clear();
  }

  /** Scores another file with the model in use, read as the page's own file where the model is the page's own. */
  scoreCsv(
    file: File,
    model: SegmentModel,
    options: Parameters<Bridge['scoreCsv']>[3],
    settings: Partial<ScoreSettings> = {},
  ): Promise<ScoredFile> {
    const { missing, names } = this.recipe.read;
    const read = this.importedModel === null ? { missing, names } : null;
    const source = { kind: 'file', name: file.name, blob: file } as const;
    return this.bridge.scoreCsv(source, model, { ...plainScoring, read, ...settings }, options);
  }

  report(error: unknown): void {
    this.complaint = asAppError(error);
  }

  protected clearMessages(): void {
    this.error = null;
    this.complaint = null;
    this.notice = '';
  }

  #ground(): Ground {
    const { source, sourceKey, recipe } = this;
    if (source === null) throw new AppError('internal', 'There is no file to ask about.');
    return { source, sourceKey, recipe };
  }
}

export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return asOutOfMemory(error) ?? new AppError('internal', message);
}
